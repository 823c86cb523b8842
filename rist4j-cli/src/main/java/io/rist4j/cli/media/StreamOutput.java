package io.rist4j.cli.media;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A file or standard output. Its own thread writes, so that a slow disk does not hold the session
 * up; it gathers for some milliseconds, for waking it costs more than a packet.
 *
 * <p>Packets wait in one of two buffers that grow up to {@link #MAX_BYTES}; what does not fit then
 * is dropped, counted, and told when closing.
 */
public final class StreamOutput implements MediaOutput {
    /** The most that may wait for a slow disk or reader: 1.3 s of 100 Mb/s. */
    static final int MAX_BYTES = 16 << 20;

    private static final int FIRST_BYTES = 1 << 18;
    private static final long GATHER_MS = 5;

    private final String name;
    private final WritableByteChannel channel;
    private final Consumer<IOException> onFailure;
    private final Thread thread;
    private ByteBuffer filling = ByteBuffer.allocateDirect(FIRST_BYTES);
    private ByteBuffer writing = ByteBuffer.allocateDirect(FIRST_BYTES);
    private @Nullable IOException failure;
    private boolean closed;
    private long droppedPackets;

    /**
     * Starts writing.
     *
     * @param name of the file, for messages
     * @param channel closed with this output
     * @param onFailure told once when writing fails; called on the writing thread
     */
    public StreamOutput(String name, WritableByteChannel channel, Consumer<IOException> onFailure) {
        this.name = name;
        this.channel = channel;
        this.onFailure = onFailure;
        thread = Thread.ofPlatform().name("rist-write").start(this::run);
    }

    @Override
    public synchronized void write(
            long sequence, long timestamp, int flowId, ByteBuffer buffer, int at, int bytes) {
        if (closed || failure != null) {
            return;
        }
        if (filling.remaining() < bytes && !grow(bytes)) {
            droppedPackets++;
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
        try {
            while (awaitBytes()) {
                writing.flip();
                while (writing.hasRemaining()) {
                    channel.write(writing);
                }
                writing.clear();
            }
        } catch (IOException e) {
            var told = new IOException(name + ": " + e.getMessage(), e);
            synchronized (this) {
                failure = told;
            }
            onFailure.accept(told);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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

    /**
     * Writes what is left and closes the file.
     *
     * @throws IOException when writing failed, now or before, or packets were dropped
     */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        channel.close();
        synchronized (this) {
            if (failure != null) {
                throw failure;
            }
            if (droppedPackets > 0) {
                throw new IOException(
                        name + ": too slow, " + droppedPackets + " packets were not written");
            }
        }
    }
}
