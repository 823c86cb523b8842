package io.rist4j.bench.session;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.flow.MediaBlock;
import io.rist4j.session.SessionEvent;
import io.rist4j.session.SessionSink;

import java.nio.ByteBuffer;

/** Takes what a session does and counts it; every datagram is written over the one before. */
final class CountingSink implements SessionSink {
    private static final int DATAGRAM_BYTES = 65_536;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(DATAGRAM_BYTES);
    private long count;

    /** Datagrams sent and blocks delivered. */
    long count() {
        return count;
    }

    @Override
    public int claim(int socket, Endpoint to, int maxBytes) {
        return 0;
    }

    @Override
    public ByteBuffer buffer(int socket) {
        return buffer;
    }

    @Override
    public void commit(int socket, int bytes) {
        count++;
    }

    @Override
    public void deliver(MediaBlock block) {
        count++;
    }

    @Override
    public void event(SessionEvent event) {}
}
