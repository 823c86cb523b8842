package io.rist4j.net.nio;

import io.rist4j.net.PortPoller;
import io.rist4j.net.PortProvider;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The ports that work everywhere. */
public final class NioPortProvider implements PortProvider {
    /** Name of this provider. */
    public static final String NAME = "nio";

    /** The provider; it has no state. */
    public NioPortProvider() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isUsable() {
        return true;
    }

    @Override
    public int preference() {
        return 0;
    }

    @Override
    public PortPoller newPoller() {
        try {
            return new NioPortPoller();
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
