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
    private final ReentrantLock waiting = new ReentrantLock(true);
    private final MediaBlock put = new MediaBlock();
    private final LongAdder dropped = new LongAdder();

    SenderQueue(HandleCore core, int flow, PacketQueue queue) {
        this.core = core;
        this.flow = flow;
        this.queue = queue;
        policy = core.plan().overflowOr(OverflowPolicy.BLOCK);
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
        core.end().checkOpen();
        if (core.pump().isPumpThread()) {
            Verdict verdict = core.host().send(flow, sourceNs, buffer, at, bytes);
            assert verdict == Verdict.OK : verdict;
            return;
        }
        while (!offer(buffer, at, bytes, sourceNs)) {
            if (!makeRoom()) {
                return;
            }
        }
        core.pump().wakeSoon(core.host());
    }

    /**
     * Whoever waits for room does not hold the lock, so that each of several can be interrupted.
     */
    private boolean offer(ByteBuffer buffer, int at, int bytes, long sourceNs) {
        putting.lock();
        try {
            put.sourceNs = sourceNs;
            boolean fits = queue.offer(put, buffer, at, bytes, 0);
            if (!fits && policy == OverflowPolicy.DROP_OLDEST && queue.dropOldest()) {
                dropped.increment();
            }
            return fits;
        } finally {
            putting.unlock();
        }
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
            case DROP_OLDEST -> true; // one was dropped when the offer failed
            case DROP_NEWEST -> {
                dropped.increment();
                yield false;
            }
        };
    }

    private boolean awaitRoom() throws IOException {
        NetworkThreadCalls.mayWait("send on a full queue", "choose an overflow policy that drops");
        try {
            waiting.lockInterruptibly(); // the queue knows one waiting thread
        } catch (InterruptedException interrupted) {
            throw interruption(interrupted);
        }
        try {
            long removed = queue.removed();
            core.pump().wakeSoon(core.host());
            if (queue.size() > 0) {
                queue.awaitRoom(removed, ROOM_RECHECK_NS);
            }
        } finally {
            waiting.unlock();
        }
        core.end().checkOpen();
        if (Thread.interrupted()) {
            throw interruption(new InterruptedException("send"));
        }
        return true;
    }

    private static IOException interruption(InterruptedException why) {
        Thread.currentThread().interrupt();
        return HandleCore.interruption("waiting for room", why);
    }
}
