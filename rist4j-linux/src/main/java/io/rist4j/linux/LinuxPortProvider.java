package io.rist4j.linux;

import io.rist4j.net.PortPoller;
import io.rist4j.net.PortProvider;

/**
 * Ports on Linux system calls. Usable on 64-bit Linux when native access is enabled for this
 * module, and the kernel does in a short trial on the loopback interface what they need.
 */
public final class LinuxPortProvider implements PortProvider {
    /** Name of this provider. */
    public static final String NAME = "linux";

    /** The provider; found by {@link java.util.ServiceLoader}. */
    public LinuxPortProvider() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isUsable() {
        return obstacle().isEmpty();
    }

    @Override
    public String obstacle() {
        return Probe.obstacle();
    }

    @Override
    public int preference() {
        return 10;
    }

    @Override
    public PortPoller newPoller() {
        return new LinuxPortPoller();
    }
}
