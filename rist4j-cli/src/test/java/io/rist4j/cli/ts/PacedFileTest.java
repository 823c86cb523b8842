package io.rist4j.cli.ts;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

class PacedFileTest {
    private static final Offset<Long> ONE_MS = Offset.offset(1_000_000L);
    private static final int PACKETS = 21_000;

    @TempDir private Path directory;

    private final ByteBuffer chunk = ByteBuffer.allocate(1316);

    @Test
    void sendsAStreamAtItsOwnBitrate() throws IOException {
        byte[] content = generated(4_000_000);
        try (PacedFile file = open(content, 0, false)) {
            assertThat(file.hasClock()).isTrue();
            long bytes = 0;
            for (int n; (n = file.read(chunk)) > 0; bytes += n) {
                assertThat(n).isEqualTo(1316);
                assertThat(file.dueNs()).isCloseTo(bytes * 2000, ONE_MS);
            }
            assertThat(bytes).isEqualTo(content.length);
        }
    }

    @Test
    void passesEveryByteOnEvenAroundGarbage() throws IOException {
        byte[] content = new byte[100 + (50 * 188) + 33];
        System.arraycopy(generated(8_000_000), 0, content, 100, 50 * 188);
        try (PacedFile file = open(content, 0, false)) {
            var out = new ByteArrayOutputStream();
            int first = file.read(chunk);
            out.write(chunk.array(), 0, first);
            for (int n; (n = file.read(chunk)) > 0; ) {
                assertThat(chunk.get(0)).isEqualTo((byte) TsPacket.SYNC);
                out.write(chunk.array(), 0, n);
            }
            assertThat(first).isEqualTo(100);
            assertThat(out.toByteArray()).isEqualTo(content);
        }
    }

    @Test
    void readsPacketsWithParity() throws IOException {
        byte[] plain = generated(8_000_000);
        byte[] content = new byte[PACKETS * 204];
        for (int i = 0; i < PACKETS; i++) {
            System.arraycopy(plain, i * 188, content, i * 204, 188);
        }
        try (PacedFile file = open(content, 0, false)) {
            assertThat(file.read(chunk)).isEqualTo(6 * 204);
            assertThat(file.read(chunk)).isEqualTo(6 * 204);
            assertThat(file.dueNs()).isCloseTo(6 * 188_000L, Offset.offset(100_000L));
        }
    }

    @Test
    void continuesItsTimeInALoop() throws IOException {
        byte[] content = generated(8_000_000);
        long loopNs = PACKETS * 188_000L;
        try (PacedFile file = open(content, 0, true)) {
            long chunks = 3L * PACKETS / 7;
            long last = -1;
            for (long i = 0; i < chunks; i++) {
                assertThat(file.read(chunk)).isEqualTo(1316);
                assertThat(file.dueNs()).isGreaterThan(last);
                last = file.dueNs();
            }
            assertThat(last).isCloseTo(3 * loopNs, Offset.offset(3_000_000L));
        }
    }

    @Test
    void sendsOtherContentAtTheDefaultBitrateOrTheGivenOne() throws IOException {
        byte[] content = new byte[1_000_000];
        for (long bitsPerSecond : new long[] {0, 1_000_000}) {
            try (PacedFile file = open(content, bitsPerSecond, false)) {
                assertThat(file.hasClock()).isFalse();
                long due = 0;
                while (file.read(chunk) > 0) {
                    due = file.dueNs();
                }
                assertThat(due)
                        .isCloseTo(
                                bitsPerSecond == 0 ? 1_000_000_000L : 8_000_000_000L,
                                Offset.offset(15_000_000L));
            }
        }
    }

    @Test
    void endsAtOnceForAnEmptyFile() throws IOException {
        try (PacedFile file = open(new byte[0], 0, true)) {
            assertThat(file.read(chunk)).isEqualTo(-1);
        }
    }

    @Test
    void findsPacketsBehindMuchElse() throws IOException {
        byte[] junk = new byte[5000];
        new Random(1).nextBytes(junk);
        byte[] content = joined(junk, generated(4_000_000));
        try (PacedFile file = open(content, 0, false)) {
            assertThat(file.hasClock()).isTrue();
            long bytes = 0;
            for (int n; (n = file.read(chunk)) > 0; bytes += n) {
                if (bytes >= junk.length) {
                    assertThat(chunk.get(0)).isEqualTo((byte) TsPacket.SYNC);
                }
            }
            assertThat(bytes).isEqualTo(content.length);
        }
    }

    @Test
    void datagramsBeginWithAPacketAgainBehindDamage() throws IOException {
        byte[] stream = generated(4_000_000);
        // 61 bytes of one packet are missing
        byte[] head = Arrays.copyOf(stream, 1000 * 188 + 127);
        byte[] content = joined(head, Arrays.copyOfRange(stream, 1001 * 188, stream.length));
        try (PacedFile file = open(content, 0, false)) {
            var out = new ByteArrayOutputStream();
            for (int n; (n = file.read(chunk)) > 0; ) {
                if (out.size() != 1001 * 188) {
                    assertThat(chunk.get(0)).isEqualTo((byte) TsPacket.SYNC);
                }
                out.write(chunk.array(), 0, n);
            }
            assertThat(out.toByteArray()).isEqualTo(content);
            assertThat(file.dueNs()).isCloseTo(content.length * 2000L, Offset.offset(5_000_000L));
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] generated(long bitsPerSecond) {
        ByteBuffer all = ByteBuffer.allocate(PACKETS * TsPacket.BYTES);
        new TsGenerator(3, bitsPerSecond).write(all, 0, PACKETS);
        return all.array();
    }

    private PacedFile open(byte[] content, long bitsPerSecond, boolean loop) throws IOException {
        Path path = directory.resolve("stream.ts");
        Files.write(path, content);
        return new PacedFile(FileChannel.open(path), bitsPerSecond, loop);
    }
}
