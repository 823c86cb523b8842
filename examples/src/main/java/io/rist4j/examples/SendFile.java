package io.rist4j.examples;

import io.rist4j.RistSender;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Sends a file at a constant bitrate. */
public final class SendFile {
    /**
     * Sends a file.
     *
     * @param args the file, where to ({@code rist://receiver.example:5000}), bits per second
     * @throws IOException when it cannot be read or sent
     * @throws InterruptedException when interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        send(Path.of(args[0]), args[1], Long.parseLong(args[2]));
    }

    static void send(Path file, String to, long bitsPerSecond)
            throws IOException, InterruptedException {
        try (RistSender sender = RistSender.dial(to); // "rist://receiver.example:5000?buffer=500"
                InputStream in = Files.newInputStream(file)) {
            sender.awaitConnected(Duration.ofSeconds(5));
            long startNs = System.nanoTime();
            long sentBytes = 0;
            byte[] packet = in.readNBytes(RistSender.STREAM_PAYLOAD_BYTES);
            while (packet.length > 0) {
                sender.send(ByteBuffer.wrap(packet));
                sentBytes += packet.length;
                long dueNs = startNs + (long) (sentBytes * 8e9 / bitsPerSecond);
                Thread.sleep(Duration.ofNanos(Math.max(0, dueNs - System.nanoTime())));
                packet = in.readNBytes(RistSender.STREAM_PAYLOAD_BYTES);
            }
        } // closing answers requests until the last packet has arrived
    }

    private SendFile() {}
}
