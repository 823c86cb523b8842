package io.rist4j;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The peer of each path, written by the network thread, read by any. */
final class PeerTable {
    private static final int PATHS = 256;

    private final AtomicReferenceArray<@Nullable InetSocketAddress> peers =
            new AtomicReferenceArray<>(PATHS);

    void set(int path, InetSocketAddress peer) {
        peers.set(path, peer);
    }

    @Nullable InetSocketAddress peer(int path) {
        return peers.get(path);
    }
}
