package io.rist4j;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The peer of each path, written by the network thread, read by any. Grows with the paths that
 * there are.
 */
final class PeerTable {
    private volatile AtomicReferenceArray<@Nullable InetSocketAddress> peers =
            new AtomicReferenceArray<>(1);

    void set(int path, InetSocketAddress peer) {
        AtomicReferenceArray<@Nullable InetSocketAddress> known = peers;
        if (path >= known.length()) {
            known = grown(known, Math.max(path + 1, 2 * known.length()));
        }
        known.set(path, peer);
        peers = known;
    }

    private static AtomicReferenceArray<@Nullable InetSocketAddress> grown(
            AtomicReferenceArray<@Nullable InetSocketAddress> known, int length) {
        AtomicReferenceArray<@Nullable InetSocketAddress> more = new AtomicReferenceArray<>(length);
        for (int path = 0; path < known.length(); path++) {
            more.set(path, known.get(path));
        }
        return more;
    }

    @Nullable InetSocketAddress peer(int path) {
        AtomicReferenceArray<@Nullable InetSocketAddress> known = peers;
        return path < known.length() ? known.get(path) : null;
    }
}
