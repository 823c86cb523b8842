package io.rist4j;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.locks.ReentrantLock;

/** Cuts a stream of bytes into packets of one size. */
final class SenderStream extends OutputStream {
    private final RistSender sender;
    private final ByteBuffer packet = ByteBuffer.allocate(RistSender.STREAM_PAYLOAD_BYTES);
    private final ReentrantLock lock = new ReentrantLock();

    SenderStream(RistSender sender) {
        this.sender = sender;
    }

    @Override
    public void write(int oneByte) throws IOException {
        lock.lock();
        try {
            packet.put((byte) oneByte);
            sendIfFull();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        lock.lock();
        try {
            sender.core().end().checkOpen();
            int at = offset;
            while (at < offset + length) {
                int fits = Math.min(packet.remaining(), offset + length - at);
                packet.put(bytes, at, fits);
                at += fits;
                sendIfFull();
            }
        } finally {
            lock.unlock();
        }
    }

    private int write(ByteBuffer source) throws IOException {
        lock.lock();
        try {
            int written = source.remaining();
            while (source.hasRemaining()) {
                int fits = Math.min(packet.remaining(), source.remaining());
                packet.put(packet.position(), source, source.position(), fits);
                packet.position(packet.position() + fits);
                source.position(source.position() + fits);
                sendIfFull();
            }
            return written;
        } finally {
            lock.unlock();
        }
    }

    private void sendIfFull() throws IOException {
        if (!packet.hasRemaining()) {
            flush();
        }
    }

    @Override
    public void flush() throws IOException {
        lock.lock();
        try {
            if (packet.position() > 0) {
                sender.send(packet.flip());
                packet.clear();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        if (sender.isOpen()) {
            try (sender) {
                flush();
            }
        }
    }

    /** The same as a channel. */
    WritableByteChannel channel() {
        return new WritableByteChannel() {
            @Override
            public int write(ByteBuffer source) throws IOException {
                sender.core().end().checkOpen();
                return SenderStream.this.write(source);
            }

            @Override
            public boolean isOpen() {
                return sender.isOpen();
            }

            @Override
            public void close() throws IOException {
                SenderStream.this.close();
            }
        };
    }
}
