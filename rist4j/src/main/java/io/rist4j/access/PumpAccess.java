package io.rist4j.access;

import io.rist4j.RistPump;
import io.rist4j.net.Pump;

import org.jspecify.annotations.Nullable;

import java.util.function.Function;

/**
 * Lets the command put ports, network devices and tasks of its own on the thread of a {@link
 * RistPump}. Programs have {@link RistPump#execute} and {@link RistPump#nowNs} instead, so that
 * nothing of the modules below becomes part of what they are promised.
 */
public final class PumpAccess {
    private static volatile @Nullable Function<RistPump, Pump> opener;

    private PumpAccess() {}

    /**
     * The pump within.
     *
     * @param pump whose
     */
    public static Pump pump(RistPump pump) {
        Function<RistPump, Pump> open = opener;
        if (open == null) {
            throw new IllegalStateException("a pump was made before its class was ready");
        }
        return open.apply(pump);
    }

    /**
     * Called by {@link RistPump} when its class is made ready, and by nobody else.
     *
     * @param open gives the pump within
     */
    public static void install(Function<RistPump, Pump> open) {
        opener = open;
    }
}
