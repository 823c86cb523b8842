package io.rist4j.cli.ts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

class TsGeneratorTest {
    private static final int SEED = 7;

    @ParameterizedTest
    @ValueSource(longs = {500_000, 8_000_000, 100_000_000, 1_000_000_000})
    void makesStreamsThatAreValidAtEveryBitrate(long bitsPerSecond) {
        var generator = new TsGenerator(SEED, bitsPerSecond);
        var checker = new TsChecker();
        ByteBuffer chunk = ByteBuffer.allocate(TsPacket.PER_DATAGRAM * TsPacket.BYTES);
        int chunks = (int) (bitsPerSecond / 8 / chunk.capacity()) + 1; // one second
        for (int i = 0; i < chunks; i++) {
            generator.write(chunk, 0, TsPacket.PER_DATAGRAM);
            checker.accept(chunk, 0, chunk.capacity());
        }

        assertThat(checker.isClean()).isTrue();
        assertThat(checker.packets()).isEqualTo(chunks * 7L).isEqualTo(generator.packets());
        assertThat(checker.nullPackets()).isPositive();
        assertThat(checker.longestPcrGapNs()).isBetween(30_000_000L, 40_000_000L);
    }

    @Test
    void placesPacketsAtAConstantBitrate() {
        var generator = new TsGenerator(SEED, 8_000_000);

        assertThat(generator.dueNs(0)).isZero();
        assertThat(generator.dueNs(1)).isEqualTo(188_000);
        assertThat(generator.dueNs(1_000_000_000_000L)).isEqualTo(188_000_000_000_000_000L);
    }

    @Test
    void clockReferencesAgreeWithTheBitrate() {
        var generator = new TsGenerator(SEED, 8_000_000);
        var timeline = new PcrTimeline(1_000_000);
        ByteBuffer packet = ByteBuffer.allocate(TsPacket.BYTES);
        for (int i = 0; i < 20_000; i++) {
            generator.write(packet, 0, 1);
            long pcr = TsPacket.pcr(packet, 0);
            if (pcr != TsPacket.NO_PCR) {
                timeline.onPcr(i * 188L, pcr, false);
                assertThat(timeline.dueNs(i * 188L))
                        .isCloseTo(
                                i < 100 ? timeline.dueNs(i * 188L) : generator.dueNs(i),
                                Offset.offset(50_000L));
            }
        }
    }

    @Test
    void repeatsItselfFromItsSeed() {
        assertThat(bytes(SEED, 700)).isEqualTo(bytes(SEED, 700));
        assertThat(bytes(SEED, 700)).isNotEqualTo(bytes(SEED + 1, 700));
    }

    @Test
    void refusesBitratesThatItCannotMake() {
        assertThatThrownBy(() -> new TsGenerator(SEED, 400_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bitrate 400000 bit/s is outside 500000..1000000000 bit/s");
    }

    @Test
    void computesTheChecksumOfSections() {
        // The program association section of ISO/IEC 13818-1's usual example, and its checksum.
        byte[] section = {0, (byte) 0xB0, 0x0D, 0, 1, (byte) 0xC1, 0, 0, 0, 1, (byte) 0xF0, 0};

        assertThat(TsGenerator.crc32(section, section.length)).isEqualTo(0x2AB104B2);
    }

    @Test
    void satisfiesFfprobe(@TempDir Path directory) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/ffprobe")), "ffprobe is not installed");
        Path file = directory.resolve("generated.ts");
        Files.write(file, upToLastUnit(bytes(SEED, 20_000)));
        Path output = directory.resolve("output");
        Process probe =
                new ProcessBuilder(
                                "/usr/bin/ffprobe",
                                "-v",
                                "warning",
                                "-count_packets",
                                "-show_entries",
                                "stream=id,codec_type,nb_read_packets",
                                "-of",
                                "csv=p=0",
                                file.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();

        assertThat(probe.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(probe.exitValue()).isZero();
        // One data stream whose packets are all there, without a word about damage.
        assertThat(Files.readString(output))
                .contains("data,0x100,59")
                .doesNotContainIgnoringCase("corrupt")
                .doesNotContain("mismatch", "Continuity");
    }

    private static byte[] upToLastUnit(byte[] stream) {
        ByteBuffer b = ByteBuffer.wrap(stream);
        int end = stream.length - TsPacket.BYTES;
        while (TsPacket.pid(b, end) != 0x100 || (b.get(end + 1) & 0x40) == 0) {
            end -= TsPacket.BYTES;
        }
        return Arrays.copyOf(stream, end);
    }

    private static byte[] bytes(long seed, int packets) {
        ByteBuffer all = ByteBuffer.allocate(packets * TsPacket.BYTES);
        new TsGenerator(seed, 8_000_000).write(all, 0, packets);
        return all.array();
    }
}
