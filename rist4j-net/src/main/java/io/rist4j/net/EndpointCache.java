package io.rist4j.net;

import io.rist4j.core.address.Endpoint;

import org.jspecify.annotations.Nullable;

/**
 * Gives the same object for the same address, so that a port does not create one per datagram.
 *
 * <p>Holds {@link #capacity} endpoints at most, the lately used ones, and has room for few until
 * there are more; a flood of sources costs objects but keeps no more of them. Not thread-safe.
 * Allocates only when it does not know the endpoint.
 */
public final class EndpointCache {
    private static final int WAYS = 4;
    private static final int SETS = 128;

    /** What it begins with, for most ports speak with one peer: it doubles when a set is full. */
    private static final int FIRST_SETS = 2;

    /** Within a set the endpoint used last comes first. */
    private @Nullable Endpoint[] slots = new @Nullable Endpoint[FIRST_SETS * WAYS];

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
        int first = first(high, low, scope, port);
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
        if (slots[first + WAYS - 1] != null && slots.length < SETS * WAYS) {
            grow();
        }
        var made = Endpoint.of(high, low, scope, port);
        put(made);
        return made;
    }

    private void grow() {
        @Nullable Endpoint[] former = slots;
        slots = new @Nullable Endpoint[2 * former.length];
        for (int i = former.length - 1; i >= 0; i--) { // those used last come last, and so first
            Endpoint known = former[i];
            if (known != null) {
                put(known);
            }
        }
    }

    private void put(Endpoint endpoint) {
        int first = first(endpoint.high(), endpoint.low(), endpoint.scope(), endpoint.port());
        System.arraycopy(slots, first, slots, first + 1, WAYS - 1);
        slots[first] = endpoint;
    }

    private int first(long high, long low, int scope, int port) {
        long mixed = (low ^ Long.rotateLeft(high, 29) ^ port ^ scope) * 0x9E37_79B9_7F4A_7C15L;
        int sets = slots.length / WAYS;
        return (int) (mixed >>> (64 - Integer.numberOfTrailingZeros(sets))) * WAYS;
    }

    private static boolean matches(Endpoint known, long high, long low, int scope, int port) {
        return known.low() == low
                && known.port() == port
                && known.high() == high
                && known.scope() == scope;
    }
}
