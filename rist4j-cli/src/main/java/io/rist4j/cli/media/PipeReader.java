package io.rist4j.cli.media;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads a pipe ahead on a thread of its own, so that its reader can stop waiting for more. It ends
 * with the pipe, or when the channel is closed. One thread may call {@link #fill}.
 */
public final class PipeReader {
    private static final int CAPACITY = 1 << 17;
    private static final int READ_BYTES = 1 << 15;

    private final FileChannel pipe;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ByteBuffer ring = ByteBuffer.allocate(CAPACITY);
    private int from;
    private int held;
    private boolean ended;
    private @Nullable IOException failure;

    private PipeReader(FileChannel pipe) {
        this.pipe = pipe;
    }

    /** Begins to read {@code pipe}, which stays its owner's. */
    public static PipeReader start(FileChannel pipe) {
        var reader = new PipeReader(pipe);
        Thread.ofPlatform().daemon().name("rist-pipe").start(reader::run);
        return reader;
    }

    /**
     * Waits for bytes, then until the buffer is full, but no longer than {@code patienceNs} more.
     *
     * @param to filled from its position to its limit
     * @return false at the end of the pipe, when there is nothing more than what was added
     * @throws IOException why reading failed
     */
    public boolean fill(ByteBuffer to, long patienceNs) throws IOException {
        lock.lock();
        try {
            while (held == 0 && !ended) {
                changed.await();
            }
            take(to);
            long restNs = patienceNs;
            while (to.hasRemaining() && !ended && restNs > 0) {
                restNs = changed.awaitNanos(restNs);
                take(to);
            }
            if (failure != null && held == 0) {
                throw failure;
            }
            return held > 0 || !ended;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    private void take(ByteBuffer to) {
        while (held > 0 && to.hasRemaining()) {
            int bytes = Math.min(Math.min(held, to.remaining()), CAPACITY - from);
            to.put(to.position(), ring, from, bytes);
            to.position(to.position() + bytes);
            from = (from + bytes) % CAPACITY;
            held -= bytes;
        }
        changed.signalAll();
    }

    private void run() {
        ByteBuffer read = ByteBuffer.allocateDirect(READ_BYTES);
        try {
            while (pipe.read(read.clear()) >= 0) {
                add(read.flip());
            }
            end(null);
        } catch (IOException e) {
            end(e);
        } catch (InterruptedException e) {
            end(new IOException("interrupted", e));
        }
    }

    private void add(ByteBuffer read) throws InterruptedException {
        lock.lock();
        try {
            while (read.hasRemaining()) {
                while (held == CAPACITY) {
                    // gone on with when there is room; polled, for nobody takes from a closed one
                    boolean _ = changed.await(1, TimeUnit.SECONDS);
                    if (!pipe.isOpen()) {
                        return;
                    }
                }
                int at = (from + held) % CAPACITY;
                int bytes = Math.min(Math.min(read.remaining(), CAPACITY - held), CAPACITY - at);
                ring.put(at, read, read.position(), bytes);
                read.position(read.position() + bytes);
                held += bytes;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void end(@Nullable IOException why) {
        lock.lock();
        try {
            ended = true;
            failure = why;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
