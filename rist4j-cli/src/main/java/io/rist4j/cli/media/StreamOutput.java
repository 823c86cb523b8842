package io.rist4j.cli.media;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.TimeUnit;

/**
 * A file, a named pipe or standard output. Its own thread opens and writes, so that neither a slow
 * disk nor a pipe that nobody reads holds the session up; it gathers for some milliseconds, for
 * waking it costs more than a packet.
 *
 * <p>Packets wait in one of two buffers that grow up to {@link #MAX_BYTES}; what does not fit then
 * is dropped and counted, and so is everything while the place is not open. Where writing fails the
 * place is opened again after 1 s, 2 s and so on up to 30 s, as far as it can be.
 */
public final class StreamOutput implements MediaOutput {
    /** The most that may wait for a slow disk or reader: 1.3 s of 100 Mb/s. */
    static final int MAX_BYTES = 16 << 20;

    private static final int FIRST_BYTES = 1 << 18;
    private static final long GATHER_MS = 5;
    private static final long FIRST_PAUSE_MS = 1_000;
    private static final long LONGEST_PAUSE_MS = 30_000;

    /** How long closing waits for a disk or a reader that takes nothing. */
    private static final long PATIENCE_MS = 2_000;

    /** Is told how it goes, on the writing thread. */
    public interface Listener {
        /**
         * Writing, or opening, failed. Told once, until it goes on.
         *
         * @param why its message names the output
         * @param retries whether the output is tried again by itself
         */
        void onFailure(IOException why, boolean retries);

        /**
         * What had failed goes on.
         *
         * @param where it writes now
         * @param droppedPackets that were not written meanwhile
         */
        void onRecovered(String where, long droppedPackets);
    }

    private final OutputPlace place;
    private final Listener listener;
    private final long firstPauseMs;
    private final Thread thread;
    private ByteBuffer filling = ByteBuffer.allocateDirect(FIRST_BYTES);
    private ByteBuffer writing = ByteBuffer.allocateDirect(FIRST_BYTES);
    private @Nullable WritableByteChannel channel;
    private @Nullable IOException failure;
    private boolean takes;
    private boolean wasOpen;
    private boolean closed;
    private long droppedPackets;
    private long untoldPackets;

    /** Counts what was written, so that whoever waits sees it move. */
    private long steps;

    /**
     * Opens the place, unless that may block, and begins to write.
     *
     * @param place closed with this output
     * @param listener told of failures
     * @throws IOException when it cannot be opened the first time
     */
    public StreamOutput(OutputPlace place, Listener listener) throws IOException {
        this(place, listener, FIRST_PAUSE_MS);
    }

    StreamOutput(OutputPlace place, Listener listener, long firstPauseMs) throws IOException {
        this.place = place;
        this.listener = listener;
        this.firstPauseMs = firstPauseMs;
        if (!place.mayBlock()) {
            channel = place.open();
            takes = true;
            wasOpen = true;
        }
        thread = Thread.ofPlatform().daemon().name("rist-write").start(this::run);
    }

    @Override
    public synchronized void write(
            long sequence, long timestamp, int flowId, ByteBuffer buffer, int at, int bytes) {
        if (closed) {
            return;
        }
        if (!takes || (filling.remaining() < bytes && !grow(bytes))) {
            droppedPackets++;
            untoldPackets++;
            return;
        }
        boolean wasEmpty = filling.position() == 0;
        filling.put(filling.position(), buffer, at, bytes);
        filling.position(filling.position() + bytes);
        if (wasEmpty) {
            notifyAll();
        }
    }

    private boolean grow(int bytes) {
        int wanted = Math.min(MAX_BYTES, filling.capacity() * 2);
        if (wanted - filling.position() < bytes) {
            return false;
        }
        filling = ByteBuffer.allocateDirect(wanted).put(filling.flip());
        return true;
    }

    private void run() {
        long pauseMs = firstPauseMs;
        boolean failed = false;
        try {
            while (true) {
                try {
                    WritableByteChannel to = opened();
                    boolean more = awaitBytes();
                    if (more && to != null) {
                        drain(to);
                    }
                    if (failed && more) {
                        failed = false;
                        pauseMs = firstPauseMs;
                        onRecovered();
                    }
                    if (!more) {
                        return;
                    }
                } catch (IOException e) {
                    if (!onFailure(e, failed) || !pause(pauseMs)) {
                        return;
                    }
                    failed = true;
                    pauseMs = Math.min(LONGEST_PAUSE_MS, 2 * pauseMs);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The place, opened again where it is not; null when this output was closed meanwhile. */
    private @Nullable WritableByteChannel opened() throws IOException {
        synchronized (this) {
            if (channel != null || closed) {
                return channel;
            }
        }
        WritableByteChannel fresh = place.open();
        synchronized (this) {
            channel = fresh;
            takes = !closed;
            wasOpen |= takes;
            return fresh;
        }
    }

    private void drain(WritableByteChannel to) throws IOException {
        writing.flip();
        try {
            while (writing.hasRemaining()) {
                to.write(writing);
                synchronized (this) {
                    steps++;
                    notifyAll();
                }
            }
        } finally {
            writing.clear();
        }
    }

    private void onRecovered() {
        long dropped;
        synchronized (this) {
            failure = null;
            dropped = untoldPackets;
            untoldPackets = 0;
        }
        listener.onRecovered(place.name(), dropped);
    }

    /** Whether it is to be tried again. */
    private boolean onFailure(IOException why, boolean told) {
        var named = new IOException(place.name() + ": " + why.getMessage(), why);
        boolean retries = place.canReopen();
        WritableByteChannel broken;
        synchronized (this) {
            if (closed && !told && channel == null) {
                return false; // released from opening
            }
            takes = false;
            filling.clear();
            broken = channel;
            channel = null;
            failure = named;
        }
        if (broken != null) {
            place.abandon(broken);
        }
        if (!told) {
            listener.onFailure(named, retries);
        }
        return retries;
    }

    /** False when the output was closed meanwhile. */
    private synchronized boolean pause(long ms) throws InterruptedException {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
        for (long leftMs = ms; leftMs > 0 && !closed; ) {
            wait(leftMs);
            leftMs = TimeUnit.NANOSECONDS.toMillis(endNs - System.nanoTime());
        }
        return !closed;
    }

    /** Swaps the buffers once there is something; false when nothing more will come. */
    private synchronized boolean awaitBytes() throws InterruptedException {
        while (filling.position() == 0 && !closed) {
            wait();
        }
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GATHER_MS);
        for (long leftMs = GATHER_MS; leftMs > 0 && !closed; ) {
            wait(leftMs);
            leftMs = TimeUnit.NANOSECONDS.toMillis(endNs - System.nanoTime());
        }
        ByteBuffer full = filling;
        filling = writing;
        writing = full;
        return full.position() > 0;
    }

    /** Packets that were not written, for there was no room or the place was not open. */
    public synchronized long droppedPackets() {
        return droppedPackets;
    }

    /**
     * Writes what is left and closes the place; gives up where it takes nothing for two seconds.
     *
     * @throws IOException when the last that was written failed, or packets were dropped since
     */
    @Override
    public void close() throws IOException {
        WritableByteChannel open;
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            awaitWritten();
            synchronized (this) {
                open = channel;
            }
            if (open != null) {
                open.close(); // ends a write that nobody takes
            }
            thread.join(PATIENCE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            if (failure != null) {
                throw failure;
            }
            if (untoldPackets > 0) {
                throw new IOException(
                        place.name()
                                + (wasOpen ? ": too slow, " : ": nobody opened it, ")
                                + untoldPackets
                                + " packets were not written");
            }
        }
    }

    private void awaitWritten() throws InterruptedException {
        long seen = -1;
        long endNs = System.nanoTime();
        while (thread.isAlive()) {
            synchronized (this) {
                if (seen != steps) {
                    seen = steps;
                    endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
                }
            }
            if (System.nanoTime() - endNs >= 0) {
                return;
            }
            place.releaseOpening();
            thread.join(20);
        }
    }
}
