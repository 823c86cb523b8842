package io.rist4j.interop;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** ffmpeg's {@code rist://}, media by its standard input and output, bytes unchanged. */
final class FfmpegEnd implements End {
    private static final Duration START = Duration.ofSeconds(15);
    private static final List<String> QUIET =
            List.of("ffmpeg", "-hide_banner", "-nostats", "-v", "warning");

    @Override
    public String name() {
        return "ffmpeg";
    }

    @Override
    public String toString() {
        return name();
    }

    @Override
    public Optional<String> missing() {
        return Tools.missing("ffmpeg");
    }

    private static List<String> command(String... words) {
        var all = new java.util.ArrayList<>(QUIET);
        all.addAll(List.of(words));
        return all;
    }

    @Override
    public Sender sender(int port, Duration buffer) throws IOException {
        var process =
                new ToolProcess(
                        command(
                                "-probesize",
                                "32",
                                "-f",
                                "data",
                                "-raw_packet_size",
                                Integer.toString(NumberedStream.PAYLOAD_BYTES),
                                "-i",
                                "pipe:0",
                                "-map",
                                "0",
                                "-c",
                                "copy",
                                "-flush_packets",
                                "1",
                                "-f",
                                "data",
                                "-rist_profile",
                                "simple",
                                "-buffer_size",
                                Long.toString(buffer.toMillis()),
                                "rist://127.0.0.1:" + port + "?session-timeout=2000"),
                        null);
        OutputStream input = process.input();
        return new Sender() {
            @Override
            public void send(byte[] payload) throws IOException {
                process.checkAlive();
                input.write(payload);
                input.flush();
            }

            @Override
            public void close() {
                process.close();
            }

            @Override
            public String toString() {
                return process.toString();
            }
        };
    }

    @Override
    public Receiver receiver(int port, Duration buffer, Recording into)
            throws IOException, InterruptedException {
        var process =
                new ToolProcess(
                        command(
                                "-probesize",
                                "32",
                                "-rist_profile",
                                "simple",
                                "-buffer_size",
                                Long.toString(buffer.toMillis()),
                                "-f",
                                "data",
                                "-raw_packet_size",
                                Integer.toString(NumberedStream.PAYLOAD_BYTES),
                                "-i",
                                "rist://@127.0.0.1:" + port + "?session-timeout=2000",
                                "-map",
                                "0",
                                "-c",
                                "copy",
                                "-flush_packets",
                                "1",
                                "-f",
                                "data",
                                "pipe:1"),
                        into);
        try {
            Ports.awaitBound(port, process, START);
            Ports.awaitBound(port + 1, process, START);
        } catch (IOException | InterruptedException e) {
            process.close();
            throw e;
        }
        return new Receiver() {
            @Override
            public void close() {
                process.close();
            }

            @Override
            public String toString() {
                return process.toString();
            }
        };
    }
}
