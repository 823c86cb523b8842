package io.rist4j.testkit.impair;

import io.rist4j.core.address.Endpoint;

import org.jspecify.annotations.Nullable;

/**
 * Who is served on a port: whoever spoke first, until nothing came from him for {@link
 * #SILENCE_NS}; then whoever speaks next, which may be the same peer from another port. So nobody
 * can take the answers away from a peer that is there. Not thread-safe.
 */
final class ServedPeer {
    /** A peer that says nothing for so long has gone. */
    static final long SILENCE_NS = 500_000_000L;

    private @Nullable Endpoint endpoint;
    private long heardNs;

    /** Whether a datagram from there is served; it keeps, or takes, the place then. */
    boolean serves(Endpoint from, long nowNs) {
        Endpoint present = endpoint;
        if (present != null && !present.equals(from) && nowNs - heardNs < SILENCE_NS) {
            return false;
        }
        endpoint = from;
        heardNs = nowNs;
        return true;
    }

    /** Where answers go; null while nobody spoke. */
    @Nullable Endpoint endpoint() {
        return endpoint;
    }
}
