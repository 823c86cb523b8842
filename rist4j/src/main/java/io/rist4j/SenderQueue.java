package io.rist4j;

import io.rist4j.core.flow.MediaBlock;
import io.rist4j.core.message.Verdict;
import io.rist4j.host.PacketQueue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/** Payloads of one flow on their way from the application's threads to the network thread. */
final class SenderQueue {
    private static final long ROOM_RECHECK_NS = 100_000_000L;

    private final HandleCore core;
    private final int flow;
    private final PacketQueue queue;
    private final OverflowPolicy policy;
    private final ReentrantLock putting = new ReentrantLock();
    private final MediaBlock put = new MediaBlock();
    private final LongAdder dropped = new LongAdder();

    SenderQueue(HandleCore core, int flow, PacketQueue queue) {
        this.core = core;
        this.flow = flow;
        this.queue = queue;
        policy = core.plan().settings().overflowPolicy().orElse(OverflowPolicy.BLOCK);
    }

    int size() {
        return queue.size();
    }

    long dropped() {
        return dropped.sum();
    }

    /** The remaining bytes as one packet, whose media time is the present. */
    void send(ByteBuffer payload) throws IOException {
        send(payload, payload.position(), payload.remaining(), core.pump().clock().nowNs());
        payload.position(payload.limit());
    }

    void send(ByteBuffer buffer, int at, int bytes, long sourceNs) throws IOException {
        if (bytes < 0 || bytes > RistSender.MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException(
                    "payload of " + bytes + " bytes is outside 0.." + RistSender.MAX_PAYLOAD_BYTES);
        }
        if (bytes == 0) {
            return;
        }
        core.checkOpen();
        if (core.pump().isPumpThread()) {
            Verdict verdict = core.host().send(flow, sourceNs, buffer, at, bytes);
            assert verdict == Verdict.OK : verdict;
            return;
        }
        putting.lock();
        try {
            put.sourceNs = sourceNs;
            while (!queue.offer(put, buffer, at, bytes, 0)) {
                if (!makeRoom()) {
                    return;
                }
            }
        } finally {
            putting.unlock();
        }
        core.pump().wakeSoon();
    }

    /** Acts on a full queue. Returns false when the payload at hand is dropped. */
    private boolean makeRoom() throws IOException {
        return switch (policy) {
            case BLOCK -> awaitRoom();
            case FAIL -> {
                dropped.increment();
                throw new RistOverflowException(
                        "the queue of " + queue.size() + " packets is full", 1);
            }
            case DROP_OLDEST -> {
                if (queue.dropOldest()) {
                    dropped.increment();
                }
                yield true;
            }
            case DROP_NEWEST -> {
                dropped.increment();
                yield false;
            }
        };
    }

    private boolean awaitRoom() throws IOException {
        long removed = queue.removed();
        core.pump().wakeSoon();
        if (queue.size() > 0) {
            queue.awaitRoom(removed, ROOM_RECHECK_NS);
        }
        core.checkOpen();
        if (Thread.interrupted()) {
            Thread.currentThread().interrupt();
            throw HandleCore.interruption("waiting for room", new InterruptedException("send"));
        }
        return true;
    }
}
