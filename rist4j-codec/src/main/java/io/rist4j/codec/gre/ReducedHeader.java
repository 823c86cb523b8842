package io.rist4j.codec.gre;

import io.rist4j.core.message.Verdict;

import java.nio.ByteBuffer;

/**
 * The reduced UDP header, which gives a datagram in the tunnel its virtual ports (TR-06-2:2022
 * §5.3.2). Behind it comes what the Simple profile would send to these ports.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-------------------------------+-------------------------------+
 * |          source port          |       destination port        |
 * +-------------------------------+-------------------------------+
 * </pre>
 *
 * <p>Spec: media goes to an even port V, RTCP to V+1. libRIST: ignores the ports it hears and tells
 * media and RTCP apart by content; ristgo sends both to V. Ours: hands on both ports and leaves the
 * choice to the caller.
 */
final class ReducedHeader {
    static final int BYTES = 4;

    private static final int DESTINATION = 2;

    private ReducedHeader() {}

    static Verdict read(ByteBuffer b, int at, int bytes, TunnelHandler handler) {
        if (bytes < BYTES) {
            return Verdict.TRUNCATED;
        }
        int source = b.getShort(at) & 0xFFFF;
        int destination = b.getShort(at + DESTINATION) & 0xFFFF;
        return handler.onReduced(source, destination, b, at + BYTES, bytes - BYTES);
    }

    static int write(ByteBuffer b, int at, int sourcePort, int destinationPort) {
        b.putShort(at, (short) sourcePort);
        b.putShort(at + DESTINATION, (short) destinationPort);
        return BYTES;
    }
}
