package io.rist4j.cli;

import io.rist4j.RistSender;
import io.rist4j.cli.media.MediaUrl;
import io.rist4j.cli.media.OpenFiles;
import io.rist4j.cli.media.PipeReader;
import io.rist4j.cli.ts.PacedFile;
import io.rist4j.cli.ts.PacketFraming;
import io.rist4j.cli.view.LogLevel;
import io.rist4j.cli.view.Screen;
import io.rist4j.cli.view.Text;
import io.rist4j.net.SessionClock;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Feeds files and standard input to a sender, one after the other, on a thread of its own: files at
 * their pace, pipes as they come, in datagrams that are sent when they are full or 50 ms old.
 *
 * <p>A paced packet carries the instant that it was due as its media time, so the receiver spaces
 * its output as the file has it, however late this thread woke up.
 */
final class Feed {
    private static final int CHUNK_BYTES = RistSender.STREAM_PAYLOAD_BYTES;

    /** A pause shorter than this is not worth a wake-up. */
    private static final long LEAST_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(1);

    /** No byte of a pipe waits longer than this for a datagram to be full. */
    private static final long MOST_HELD_NS = TimeUnit.MILLISECONDS.toNanos(50);

    /** When so far behind, for example after the machine slept, the schedule begins anew. */
    private static final long MOST_BEHIND_NS = TimeUnit.MILLISECONDS.toNanos(200);

    private static final Duration RETRY = Duration.ofMillis(20);

    private final List<MediaUrl> urls;
    private final boolean loop;
    private final long bitsPerSecond;
    private final Screen screen;
    private final RistSender sender;
    private final SessionClock clock;
    private final Runnable onEnd;
    private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
    private final Thread thread =
            Thread.ofPlatform().daemon().name("rist-feed").unstarted(this::run);
    private volatile boolean stopped;
    private volatile @Nullable FileChannel reading;

    /** A pipe that is being opened, which waits for its other end. */
    private volatile @Nullable String opening;

    private volatile @Nullable IOException failure;

    /**
     * @param bitsPerSecond what everything is sent at; 0 goes by the files' clocks
     * @param onEnd called on the feed's thread when everything was sent, or reading failed
     */
    Feed(
            List<MediaUrl> urls,
            boolean loop,
            long bitsPerSecond,
            Screen screen,
            RistSender sender,
            SessionClock clock,
            Runnable onEnd) {
        this.urls = urls;
        this.loop = loop;
        this.bitsPerSecond = bitsPerSecond;
        this.screen = screen;
        this.sender = sender;
        this.clock = clock;
        this.onEnd = onEnd;
    }

    void start() {
        thread.start();
    }

    /** Stops reading and waits until nothing more is sent. */
    void stop() {
        stopped = true;
        LockSupport.unpark(thread);
        try {
            do {
                endWaiting();
            } while (thread.isAlive() && !thread.join(RETRY));
        } catch (IOException e) {
            screen.log(LogLevel.DEBUG, "closing the input: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends a read that waits for a pipe, and the opening of one that nobody writes to. */
    private void endWaiting() throws IOException {
        FileChannel channel = reading;
        if (channel != null) {
            channel.close();
        }
        String pipe = opening;
        if (pipe != null) {
            OpenFiles.releasePipe(pipe);
        }
    }

    /** Throws the reason why it ended early, if it did. */
    void rethrow() throws IOException {
        IOException why = failure;
        if (why != null) {
            throw why;
        }
    }

    private void run() {
        try {
            do {
                for (MediaUrl url : urls) {
                    if (!stopped) {
                        send(url);
                    }
                }
            } while (loop && urls.size() > 1 && !stopped);
        } catch (AsynchronousCloseException e) {
            // stopped
        } catch (IOException e) {
            if (!stopped) {
                failure = e;
            }
        } finally {
            onEnd.run();
        }
    }

    private void send(MediaUrl url) throws IOException {
        try (FileChannel channel = open(url)) {
            reading = channel;
            if (stopped) {
                return; // and was released from waiting for the pipe's other end
            }
            if (OpenFiles.isRegular(url)) {
                var file = new PacedFile(channel, bitsPerSecond, loop && urls.size() == 1);
                if (bitsPerSecond == 0 && !file.hasClock()) {
                    screen.log(
                            LogLevel.WARNING,
                            url
                                    + " has no clock references (PCR): sent at "
                                    + Text.bitrate(PacedFile.DEFAULT_BITS_PER_SECOND)
                                    + "; --bitrate sets another rate");
                }
                sendPaced(file);
            } else {
                sendAsItComes(channel);
            }
        } finally {
            reading = null;
        }
    }

    private FileChannel open(MediaUrl url) throws IOException {
        if (url.kind() == MediaUrl.Kind.FILE && OpenFiles.isPipe(url.path())) {
            screen.log(LogLevel.NOTICE, url + " is a pipe; it waits for a writer");
            opening = url.path();
        }
        try {
            return OpenFiles.input(url);
        } finally {
            opening = null;
        }
    }

    private void sendPaced(PacedFile file) throws IOException {
        long startNs = clock.nowNs();
        for (int bytes; !stopped && (bytes = file.read(chunk)) > 0; ) {
            long dueNs = startNs + file.dueNs();
            long nowNs = awaitDue(dueNs);
            if (nowNs - dueNs > MOST_BEHIND_NS) {
                startNs += nowNs - dueNs;
                dueNs = nowNs;
            }
            if (!stopped) {
                sender.send(chunk, 0, bytes, Math.min(dueNs, nowNs));
            }
        }
    }

    /** Waits, and returns the present. */
    private long awaitDue(long dueNs) {
        long nowNs = clock.nowNs();
        while (nowNs < dueNs && !stopped) {
            LockSupport.parkNanos(Math.max(dueNs - nowNs, LEAST_PAUSE_NS));
            nowNs = clock.nowNs();
        }
        return nowNs;
    }

    /**
     * With a bitrate no faster than that, otherwise at once. Datagrams begin with a packet, where
     * there are packets; what a slow pipe gave waits for the rest of a packet, but not for more.
     */
    private void sendAsItComes(FileChannel pipe) throws IOException {
        PipeReader reader = PipeReader.start(pipe);
        long startNs = clock.nowNs();
        long sent = 0;
        chunk.clear();
        PacketFraming framing = null;
        boolean more = true;
        while (!stopped && (more || chunk.position() > 0)) {
            if (more && chunk.hasRemaining()) {
                more = reader.fill(chunk, MOST_HELD_NS);
            }
            int held = chunk.position();
            int bytes = held;
            if (framing == null) {
                framing = PacketFraming.detect(chunk, held);
                if (framing != null && framing.start() > 0) {
                    bytes = framing.start();
                }
            }
            if (framing != null && bytes == held) {
                bytes = framing.cut(chunk, held, !more);
            }
            if (bytes > 0) {
                if (bitsPerSecond > 0) {
                    long dueNs = startNs + (long) (sent * 8e9 / bitsPerSecond);
                    startNs += Math.max(0, awaitDue(dueNs) - dueNs - MOST_BEHIND_NS);
                }
                sender.send(chunk, 0, bytes, clock.nowNs());
                sent += bytes;
                chunk.flip().position(bytes);
                chunk.compact();
            }
            if (framing != null) {
                chunk.limit(Math.max(framing.chunkBytes(), chunk.position()));
            }
        }
    }
}
