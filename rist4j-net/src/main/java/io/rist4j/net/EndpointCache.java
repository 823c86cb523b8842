package io.rist4j.net;

import io.rist4j.core.address.Endpoint;

import org.jspecify.annotations.Nullable;

/**
 * Gives the same object for the same address, so that a port does not create one per datagram.
 *
 * <p>Holds a fixed number of endpoints, the lately used ones; a flood of sources costs objects but
 * keeps no more of them. Not thread-safe. Allocates only when it does not know the endpoint.
 */
public final class EndpointCache {
    private static final int WAYS = 4;
    private static final int SETS = 128;

    /** Within a set the endpoint used last comes first. */
    private final @Nullable Endpoint[] slots = new @Nullable Endpoint[SETS * WAYS];

    private Endpoint last = Endpoint.ipv4(0, 0);

    /** An empty cache. */
    public EndpointCache() {}

    /** How many endpoints it holds at most. */
    public static int capacity() {
        return SETS * WAYS;
    }

    /**
     * The endpoint with these parts; see {@link Endpoint#of}.
     *
     * @param high the address's first 64 bits
     * @param low the address's last 64 bits
     * @param scope the IPv6 scope id
     * @param port UDP port
     * @return an endpoint with these parts, usually the same object as before
     */
    public Endpoint get(long high, long low, int scope, int port) {
        if (!matches(last, high, low, scope, port)) {
            last = find(high, low, scope, port);
        }
        return last;
    }

    private Endpoint find(long high, long low, int scope, int port) {
        long mixed = (low ^ Long.rotateLeft(high, 29) ^ port ^ scope) * 0x9E37_79B9_7F4A_7C15L;
        int first = (int) (mixed >>> (64 - Integer.numberOfTrailingZeros(SETS))) * WAYS;
        for (int i = first; i < first + WAYS; i++) {
            Endpoint known = slots[i];
            if (known == null) {
                break;
            }
            if (matches(known, high, low, scope, port)) {
                System.arraycopy(slots, first, slots, first + 1, i - first);
                slots[first] = known;
                return known;
            }
        }
        var made = Endpoint.of(high, low, scope, port);
        System.arraycopy(slots, first, slots, first + 1, WAYS - 1);
        slots[first] = made;
        return made;
    }

    private static boolean matches(Endpoint known, long high, long low, int scope, int port) {
        return known.low() == low
                && known.port() == port
                && known.high() == high
                && known.scope() == scope;
    }
}
