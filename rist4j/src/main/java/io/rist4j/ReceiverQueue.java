package io.rist4j;

import io.rist4j.core.flow.MediaBlock;
import io.rist4j.host.PacketQueue;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

/** Packets on their way from the network thread to the application's. */
final class ReceiverQueue implements HandleCore.Output {
    private static final long RECHECK_NS = 500_000_000L;

    private final HandleCore core;
    private final PacketOrigin origin;
    private final PacketQueue queue;
    private final OverflowPolicy policy;
    private final RistBlockView view;
    private final ReentrantLock taking = new ReentrantLock();
    private final AtomicReference<@Nullable BlockSubscription> subscription =
            new AtomicReference<>();

    // written by the network thread
    private volatile long dropped;
    private long droppedSincePut;

    /** Under {@link OverflowPolicy#FAIL}: drops that no call has told yet. */
    private final AtomicLong untold = new AtomicLong();

    // with the lock: the packet at hand, and the number of the next if none is dropped
    private final MediaBlock packet = new MediaBlock();
    private long expected;

    ReceiverQueue(HandleCore core, PacketOrigin origin, PacketQueue queue, PeerTable peers) {
        this.core = core;
        this.origin = origin;
        this.queue = queue;
        policy = core.plan().overflowOr(OverflowPolicy.DROP_OLDEST);
        view = new RistBlockView(peers);
    }

    @Override
    public void onBlock(MediaBlock block) {
        while (!offer(block)) {
            if (policy != OverflowPolicy.DROP_OLDEST || !queue.dropOldest()) {
                if (policy == OverflowPolicy.FAIL) {
                    untold.incrementAndGet();
                }
                droppedSincePut++;
                count();
                return;
            }
            count();
        }
        droppedSincePut = 0;
    }

    private boolean offer(MediaBlock block) {
        return queue.offer(
                block, block.buffer, block.payloadAt, block.payloadBytes, droppedSincePut);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    private void count() {
        dropped++;
    }

    @Override
    public void onRoundEnd() {
        queue.signalTaker();
    }

    int size() {
        return queue.size();
    }

    long dropped() {
        return dropped;
    }

    Flow.Publisher<RistBlock> publisher() {
        return subscriber -> new BlockSubscription(this, subscriber, subscription).start();
    }

    int receive(ByteBuffer target, Duration timeout) throws IOException {
        int start = target.position();
        lock();
        try {
            while (awaitPacket(timeout)) {
                long number = look();
                if (number == PacketQueue.EMPTY) {
                    continue;
                }
                int bytes = packet.payloadBytes;
                if (bytes > target.remaining()) {
                    throw new BufferOverflowException();
                }
                target.put(start, packet.buffer, packet.payloadAt, bytes);
                if (release(number)) {
                    target.position(start + bytes);
                    return bytes;
                }
            }
            return -1;
        } finally {
            taking.unlock();
        }
    }

    @Nullable RistBlock receiveBlock(Duration timeout) throws IOException {
        lock();
        try {
            while (awaitPacket(timeout)) {
                long number = look();
                if (number == PacketQueue.EMPTY) {
                    continue;
                }
                long droppedBefore = number - expected + queue.droppedBefore(number);
                view.show(
                        packet,
                        droppedBefore,
                        origin.bufferNs(),
                        core.pump().clock().wallOffsetNs());
                RistBlock block = view.toBlock();
                if (release(number)) {
                    return block;
                }
            }
            return null;
        } finally {
            taking.unlock();
        }
    }

    /**
     * Copies what the queue says of the next packet, so that it holds together even when the packet
     * is dropped meanwhile. Its bytes are sure only when {@link #release} says so.
     */
    private long look() {
        long number = queue.first();
        if (number == PacketQueue.EMPTY) {
            return number;
        }
        MediaBlock next = queue.packet(number);
        PacketQueue.copyProperties(next, packet);
        packet.buffer = next.buffer;
        packet.payloadAt = next.payloadAt;
        packet.payloadBytes = next.payloadBytes;
        return queue.isStill(number) ? number : PacketQueue.EMPTY;
    }

    private boolean release(long number) {
        if (queue.release(number)) {
            expected = number + 1;
            return true;
        }
        return false;
    }

    private void lock() throws IOException {
        try {
            taking.lockInterruptibly();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw HandleCore.interruption("waiting to take a packet", interrupted);
        }
    }

    /** Waits until there is a packet. Returns false at the end of the stream. */
    private boolean awaitPacket(Duration timeout) throws IOException {
        tellDrops();
        if (!queue.isEmpty()) {
            return true;
        }
        long timeoutNs = HandleCore.saturatedNs(timeout);
        long startNs = System.nanoTime();
        while (true) {
            boolean over = origin.isClosed(); // read before the queue, which it comes after
            if (!queue.isEmpty()) {
                return true;
            }
            if (over) {
                return endOfStream();
            }
            if (Thread.interrupted()) {
                Thread.currentThread().interrupt();
                throw HandleCore.interruption(
                        "waiting for a packet", new InterruptedException("receive"));
            }
            long leftNs = timeoutNs - (System.nanoTime() - startNs);
            if (leftNs <= 0) {
                throw new RistTimeoutException("no packet within " + DurationKind.text(timeout));
            }
            NetworkThreadCalls.mayWait(
                    "receive", "take packets with onBlock, or with a timeout of zero");
            queue.awaitPacket(Math.min(leftNs, RECHECK_NS));
        }
    }

    private boolean endOfStream() throws IOException {
        throwCause();
        return false;
    }

    /** Throws what ended the session, if it did not end in order. */
    void throwCause() throws IOException {
        if (core.end().cause() != null) {
            throw core.end().refusal();
        }
    }

    /** Whether no packet is there and none comes any more. */
    boolean isOver() {
        boolean over = origin.isClosed(); // read before the queue, which it comes after
        return over && queue.isEmpty();
    }

    /** Waits for a packet or the end. May return early. */
    void awaitChange(long ns) {
        queue.awaitPacket(ns);
    }

    /** Payload bytes of the packet that is taken next, 0 while there is none. */
    int nextBytes() {
        while (true) {
            long number = queue.first();
            if (number == PacketQueue.EMPTY) {
                return 0;
            }
            int bytes = queue.packet(number).payloadBytes;
            if (queue.isStill(number)) {
                return bytes;
            }
        }
    }

    private void tellDrops() throws IOException {
        if (policy == OverflowPolicy.FAIL && untold.get() > 0) {
            long packets = untold.getAndSet(0);
            throw new RistOverflowException(
                    packets + " packets were dropped: the queue was full", packets);
        }
    }
}
