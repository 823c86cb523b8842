package io.rist4j.cli.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Over a named pipe. */
@Timeout(60)
final class PipeReaderTest {
    private static final long LONG_NS = TimeUnit.MINUTES.toNanos(10);
    private static final long SHORT_NS = TimeUnit.MILLISECONDS.toNanos(50);

    @TempDir private Path folder;
    private Path pipe = Path.of("");

    @BeforeEach
    void makePipe() throws Exception {
        pipe = folder.resolve("pipe");
        Process process = new ProcessBuilder("mkfifo", pipe.toString()).start();
        assumeTrue(process.waitFor() == 0, "no named pipes here: skipped");
    }

    @Test
    void whatIsThereIsReturnedWhenNothingMoreComes() throws Exception {
        // for reading and writing, so that neither waits for the other
        try (FileChannel channel = both();
                OutputStream writer = Files.newOutputStream(pipe)) {
            PipeReader reader = PipeReader.start(channel);
            ByteBuffer chunk = ByteBuffer.allocate(1316);
            writer.write(new byte[188]);

            assertThat(reader.fill(chunk, SHORT_NS)).isTrue();
            assertThat(chunk.position()).isEqualTo(188);
        }
    }

    @Test
    void whatComesInPiecesIsJoined() throws Exception {
        byte[] content = new byte[1_000_000];
        new Random(1).nextBytes(content);
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    try (OutputStream writer = Files.newOutputStream(pipe)) {
                        for (int at = 0; at < content.length; at += 1000) {
                            writer.write(content, at, 1000);
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
        ByteBuffer all = ByteBuffer.allocate(content.length + 1);
        try (FileChannel channel = FileChannel.open(pipe, StandardOpenOption.READ)) {
            PipeReader reader = PipeReader.start(channel);

            assertThat(reader.fill(all, LONG_NS)).isFalse();
        }
        assertThat(all.flip()).isEqualTo(ByteBuffer.wrap(content));
    }

    @Test
    void closingTheChannelEndsAWaitForMore() throws Exception {
        FileChannel channel = both();
        PipeReader reader = PipeReader.start(channel);
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    try {
                        channel.close();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });

        assertThatThrownBy(() -> reader.fill(ByteBuffer.allocate(10), LONG_NS))
                .isInstanceOf(ClosedChannelException.class);
    }

    private FileChannel both() throws Exception {
        return FileChannel.open(pipe, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }
}
