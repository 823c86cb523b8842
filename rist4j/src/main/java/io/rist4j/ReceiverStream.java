package io.rist4j;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/** Packets as a stream of bytes. */
final class ReceiverStream extends InputStream {
    private static final Duration WITHOUT_BOUND = Duration.ofNanos(Long.MAX_VALUE);

    private final Runnable closing;
    private final ReceiverQueue queue;
    private final ByteBuffer packet = ByteBuffer.allocate(RistReceiver.MAX_PAYLOAD_BYTES).limit(0);
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean closed;

    /**
     * @param closing closes what the packets come from
     */
    ReceiverStream(ReceiverQueue queue, Runnable closing) {
        this.closing = closing;
        this.queue = queue;
    }

    /** Makes bytes available, waiting for them. Returns false at the end of the stream. */
    private boolean fill() throws IOException {
        while (!packet.hasRemaining()) {
            packet.clear();
            int bytes = -1;
            try {
                bytes = queue.receive(packet, WITHOUT_BOUND);
            } finally {
                packet.position(0).limit(Math.max(0, bytes));
            }
            if (bytes < 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int read() throws IOException {
        lock.lock();
        try {
            checkOpen();
            return fill() ? packet.get() & 0xFF : -1;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        lock.lock();
        try {
            checkOpen();
            int at = offset;
            while (at < offset + length && (at == offset || hasMore())) {
                if (!fill()) {
                    return at == offset ? -1 : at - offset;
                }
                int bytes = Math.min(packet.remaining(), offset + length - at);
                packet.get(target, at, bytes);
                at += bytes;
            }
            return at - offset;
        } finally {
            lock.unlock();
        }
    }

    private int read(ByteBuffer target) throws IOException {
        lock.lock();
        try {
            if (closed) {
                throw new ClosedChannelException();
            }
            int start = target.position();
            while (target.hasRemaining() && (target.position() == start || hasMore())) {
                if (!fill()) {
                    return target.position() == start ? -1 : target.position() - start;
                }
                int bytes = Math.min(packet.remaining(), target.remaining());
                target.put(target.position(), packet, packet.position(), bytes);
                target.position(target.position() + bytes);
                packet.position(packet.position() + bytes);
            }
            return target.position() - start;
        } finally {
            lock.unlock();
        }
    }

    private boolean hasMore() {
        return packet.hasRemaining() || queue.size() > 0;
    }

    private void checkOpen() throws IOException {
        if (closed) {
            throw new IOException("the stream is closed");
        }
    }

    /** What is left of the packet at hand, or else the next packet's length: never waits. */
    @Override
    public int available() throws IOException {
        lock.lock();
        try {
            checkOpen();
            return packet.hasRemaining() ? packet.remaining() : queue.nextBytes();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        closing.run();
    }

    /** The same as a channel. */
    ReadableByteChannel channel() {
        return new ReadableByteChannel() {
            @Override
            public int read(ByteBuffer target) throws IOException {
                return ReceiverStream.this.read(target);
            }

            @Override
            public boolean isOpen() {
                return !closed;
            }

            @Override
            public void close() {
                ReceiverStream.this.close();
            }
        };
    }
}
