package io.rist4j.host;

import static io.rist4j.core.time.SessionTime.NEVER;

import io.rist4j.core.flow.MediaBlock;
import io.rist4j.net.SessionClock;
import io.rist4j.session.Session;

import java.nio.ByteBuffer;

/** The queue of one of a sender's flows, as the network thread empties it. */
final class Outgoing {
    private final Session session;
    private final SessionClock clock;
    private final int flow;
    private final PacketQueue queue;
    private final boolean copiesFirst;
    private final ByteBuffer taken;
    private int lastBatch;

    /**
     * @param copiesFirst whether packets are dropped from the queue while they are taken
     * @param scratch room for any packet, where they are copied first
     */
    Outgoing(
            Session session,
            SessionClock clock,
            int flow,
            PacketQueue queue,
            boolean copiesFirst,
            ByteBuffer scratch) {
        this.session = session;
        this.clock = clock;
        this.flow = flow;
        this.queue = queue;
        this.copiesFirst = copiesFirst;
        taken = scratch;
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** How many went the last time that any did. */
    int lastBatch() {
        return lastBatch;
    }

    /** A deadline that has passed, not far: the source time of what waits. */
    long sinceNs() {
        long number = queue.first();
        return number == PacketQueue.EMPTY ? NEVER : queue.packet(number).sourceNs;
    }

    /** Sends what is queued at this moment; what comes meanwhile has the next turn. */
    void send() {
        if (queue.isEmpty()) {
            return;
        }
        int batch = queue.size();
        long nowNs = clock.nowNs(); // after the size, so no source time is in the future
        for (lastBatch = 0; lastBatch < batch; lastBatch++) {
            long number = queue.first();
            if (number == PacketQueue.EMPTY) {
                break;
            }
            if (copiesFirst) {
                sendCopy(number, nowNs);
            } else {
                MediaBlock packet = queue.packet(number);
                session.send(
                        nowNs,
                        flow,
                        packet.sourceNs,
                        packet.buffer,
                        packet.payloadAt,
                        packet.payloadBytes);
                queue.release(number);
            }
        }
        queue.signalPutter();
    }

    private void sendCopy(long number, long nowNs) {
        MediaBlock packet = queue.packet(number);
        long sourceNs = packet.sourceNs;
        int at = packet.payloadAt;
        int bytes = packet.payloadBytes;
        if (queue.isStill(number)) {
            taken.put(0, packet.buffer, at, bytes);
            if (queue.release(number)) {
                session.send(nowNs, flow, sourceNs, taken, 0, bytes);
            }
        }
    }
}
