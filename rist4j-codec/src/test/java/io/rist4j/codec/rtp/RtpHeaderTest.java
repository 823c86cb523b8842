package io.rist4j.codec.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.Captured;
import io.rist4j.codec.Wire;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.stream.Stream;

class RtpHeaderTest {
    private static final String HEADER = "8021 003b d7accfda a4995b58";

    private final MediaPacket packet = new MediaPacket();

    static Stream<Captured> media() {
        return Captured.media();
    }

    static Stream<Captured> plainMedia() {
        return Captured.media()
                .filter(c -> !c.name().startsWith("npd-media-1"))
                .filter(c -> !c.name().equals("npd-media-allnull"));
    }

    @Test
    void readsACapturedOriginal() {
        ByteBuffer b = Captured.named("simple-media-1").buffer();

        assertThat(RtpHeader.read(b, 0, b.capacity(), packet)).isEqualTo(Verdict.OK);

        assertThat(packet.sequence).isEqualTo(1);
        assertThat(packet.timestamp).isEqualTo(0xd7ac03ecL);
        assertThat(packet.clockHz).isEqualTo(90_000);
        assertThat(packet.payloadType).isEqualTo(33);
        assertThat(packet.flowId).isEqualTo(0xa4995b58);
        assertThat(packet.retransmission).isFalse();
        assertThat(packet.buffer).isSameAs(b);
        assertThat(packet.payloadAt).isEqualTo(12);
        assertThat(packet.payloadBytes).isEqualTo(2 * 188);
        assertThat(Wire.digits(b, packet.payloadAt, 4)).isEqualTo("47010012");
    }

    @Test
    void readsACapturedRetransmissionIntoTheSameFlow() {
        ByteBuffer b = Captured.named("simple-retransmit-59").buffer();

        assertThat(RtpHeader.read(b, 0, b.capacity(), packet)).isEqualTo(Verdict.OK);

        assertThat(packet.sequence).isEqualTo(59);
        assertThat(packet.flowId).isEqualTo(0xa4995b58);
        assertThat(packet.retransmission).isTrue();
    }

    @ParameterizedTest
    @MethodSource("plainMedia")
    void writesCapturedMediaAsItWas(Captured captured) {
        byte[] wire = captured.bytes();
        ByteBuffer in = Wire.shifted(wire, 5);
        ByteBuffer out = ByteBuffer.allocateDirect(wire.length + 3);

        RtpHeader.read(in, 5, wire.length, packet);
        int written = RtpHeader.write(out, 3, packet);

        assertThat(Wire.digits(out, 3, written)).isEqualTo(captured.hex());
    }

    @Test
    void writesARetransmissionThatDiffersInOneBit() {
        ByteBuffer b = ByteBuffer.allocate(64);
        RtpHeader.read(Wire.hex(HEADER + " 47"), 0, 13, packet);
        packet.retransmission = true;

        int written = RtpHeader.write(b, 0, packet);

        assertThat(Wire.digits(b, 0, written)).isEqualTo("8021003bd7accfdaa4995b5947");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20_20})
    void readsBackWhatItWrote(long seed) {
        var random = new Random(seed);
        ByteBuffer payload = ByteBuffer.allocateDirect(4_000);
        ByteBuffer wire = ByteBuffer.allocate(4_000);
        var written = new MediaPacket();
        for (int i = 0; i < 2_000; i++) {
            written.sequence = random.nextInt(65_536);
            written.payloadType = random.nextInt(128);
            written.setStamp(random.nextInt(), PayloadTypes.clockHz(written.payloadType));
            written.flowId = random.nextInt() & ~1;
            written.retransmission = random.nextBoolean();
            written.buffer = payload;
            written.payloadAt = random.nextInt(500);
            written.payloadBytes = random.nextInt(1_500);
            for (int j = 0; j < written.payloadBytes; j += 8) {
                payload.putLong(written.payloadAt + j, random.nextLong());
            }
            int at = random.nextInt(500);

            int bytes = RtpHeader.write(wire, at, written);

            assertThat(RtpHeader.read(wire, at, bytes, packet)).isEqualTo(Verdict.OK);
            assertThat(packet.sequence).isEqualTo(written.sequence);
            assertThat(packet.timestamp).isEqualTo(written.timestamp);
            assertThat(packet.payloadType).isEqualTo(written.payloadType);
            assertThat(packet.clockHz).isEqualTo(PayloadTypes.clockHz(written.payloadType));
            assertThat(packet.flowId).isEqualTo(written.flowId);
            assertThat(packet.retransmission).isEqualTo(written.retransmission);
            assertThat(wire.slice(packet.payloadAt, packet.payloadBytes))
                    .isEqualTo(payload.slice(written.payloadAt, written.payloadBytes));
        }
    }

    @Test
    void writesTheLowHalfOfAWidenedSequence() {
        ByteBuffer b = ByteBuffer.allocate(16);
        packet.sequence = 0x7_0001_FFFFL;

        RtpHeader.write(b, 0, packet);
        assertThat(RtpHeader.sequence(b, 0)).isEqualTo(0xFFFF);

        packet.sequence++;
        RtpHeader.write(b, 0, packet);
        assertThat(RtpHeader.sequence(b, 0)).isZero();
    }

    @Test
    void neitherReadsNorMovesPositionAndLimit() {
        byte[] wire = Captured.named("simple-media-0").bytes();
        ByteBuffer b = Wire.shifted(wire, 7);
        b.position(3);

        RtpHeader.read(b, 7, wire.length, packet);
        ByteBuffer out = ByteBuffer.allocate(500);
        out.position(11);
        RtpHeader.write(out, 0, packet);

        assertThat(b.position()).isEqualTo(3);
        assertThat(b.limit()).isEqualTo(b.capacity());
        assertThat(out.position()).isEqualTo(11);
        assertThat(out.limit()).isEqualTo(out.capacity());
    }

    @ParameterizedTest
    @MethodSource("media")
    void givesAVerdictForEveryLength(Captured captured) {
        byte[] wire = captured.bytes();
        int headerBytes = (wire[0] & 0x10) != 0 ? 20 : 12;
        for (int bytes = 0; bytes <= wire.length; bytes++) {
            ByteBuffer exact = ByteBuffer.wrap(wire, 0, bytes).slice();

            Verdict verdict = RtpHeader.read(exact, 0, bytes, packet);

            assertThat(verdict)
                    .as("of %d bytes", bytes)
                    .isEqualTo(bytes < headerBytes ? Verdict.TRUNCATED : Verdict.OK);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "40", "c0"})
    void refusesOtherVersions(String first) {
        ByteBuffer b = Wire.hex(first + HEADER.substring(2));

        assertThat(RtpHeader.read(b, 0, 12, packet)).isEqualTo(Verdict.BAD_VERSION);
    }

    @ParameterizedTest
    @CsvSource({
        "a021 003b d7accfda a4995b58 47474700, BAD_LENGTH",
        "a021 003b d7accfda a4995b58 47474705, BAD_LENGTH",
        "a021 003b d7accfda a4995b58, BAD_LENGTH",
        "b021 003b d7accfda a4995b58 52490001, TRUNCATED",
        "9021 003b d7accfda a4995b58 5249, TRUNCATED",
        "9021 003b d7accfda a4995b58 5249ffff 00000000, TRUNCATED",
        "8f21 003b d7accfda a4995b58 00000001, TRUNCATED",
    })
    void refusesLengthsThatContradictThePacketAndLeavesTheCarrierAlone(
            String digits, Verdict expected) {
        ByteBuffer b = Wire.hex(digits);
        packet.sequence = 7;
        packet.payloadBytes = 77;
        ByteBuffer held = packet.buffer;

        assertThat(RtpHeader.read(b, 0, b.capacity(), packet)).isEqualTo(expected);

        assertThat(packet.sequence).isEqualTo(7);
        assertThat(packet.payloadBytes).isEqualTo(77);
        assertThat(packet.buffer).isSameAs(held);
    }

    @Test
    void trapT17OnlyTypes200To205AndALeading207AreControl() {
        ByteBuffer b = ByteBuffer.allocate(2);
        for (int type = 0; type < 256; type++) {
            b.put(1, (byte) type);
            int low = type & 0x7F;
            boolean control = (low >= 72 && low <= 77) || type == 207;
            assertThat(RtpHeader.isRtcp(b, 0, 2)).as("type %d", type).isEqualTo(control);
        }
    }

    @Test
    void trapT17MediaWithTheMarkerSetStaysMedia() {
        ByteBuffer marked = Wire.hex("80a1");

        assertThat(RtpHeader.isMarked(marked, 0)).isTrue();
        assertThat(RtpHeader.isMarked(Wire.hex("8021"), 0)).isFalse();
        assertThat(RtpHeader.payloadType(marked, 0)).isEqualTo(33);
        assertThat(RtpHeader.isRtcp(marked, 0, 2)).isFalse();
    }

    @Test
    void takesLessThanTwoBytesForMedia() {
        assertThat(RtpHeader.isRtcp(Wire.hex("80c8"), 0, 1)).isFalse();
        assertThat(RtpHeader.isRtcp(Wire.hex("80c8"), 0, 0)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "33, 90000",
        "14, 90000",
        "25, 90000",
        "26, 90000",
        "28, 90000",
        "31, 90000",
        "32, 90000",
        "34, 90000",
        "0, 8000",
        "3, 8000",
        "4, 8000",
        "5, 8000",
        "7, 8000",
        "8, 8000",
        "9, 8000",
        "12, 8000",
        "13, 8000",
        "15, 8000",
        "18, 8000",
        "16, 11025",
        "6, 16000",
        "17, 22050",
        "10, 44100",
        "11, 44100",
        "21, 65536",
        "1, 0",
        "2, 0",
        "35, 0",
        "96, 0",
        "127, 0"
    })
    void trapT18OnlyStaticPayloadTypesHaveAClock(int payloadType, int clockHz) {
        ByteBuffer b = Wire.hex(HEADER);
        b.put(1, (byte) payloadType);

        assertThat(RtpHeader.read(b, 0, 12, packet)).isEqualTo(Verdict.OK);

        assertThat(packet.clockHz).isEqualTo(clockHz);
    }

    @Test
    void acceptsAnEmptyExtensionWithNothingBehindIt() {
        ByteBuffer b = Wire.hex("9021 003b d7accfda a4995b58 bede0000");

        assertThat(RtpHeader.read(b, 0, b.capacity(), packet)).isEqualTo(Verdict.OK);

        assertThat(packet.payloadBytes).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, 16", "1, 20", "3, 28"})
    void trapT19SkipsAnExtensionByItsDeclaredLength(int words, int payloadAt) {
        ByteBuffer b = ByteBuffer.allocate(payloadAt + 5);
        b.put(0, Wire.hex("9021 003b d7accfda a4995b58 bede"), 0, 14);
        b.putShort(14, (short) words);

        assertThat(RtpHeader.read(b, 0, b.capacity(), packet)).isEqualTo(Verdict.OK);

        assertThat(packet.payloadAt).isEqualTo(payloadAt);
        assertThat(packet.payloadBytes).isEqualTo(5);
    }

    @Test
    void trapT20ContributingSourcesAndPaddingAreNoPayload() {
        ByteBuffer b = Wire.hex("a221 003b d7accfda a4995b58 00000001 00000002 4748 000003");

        assertThat(RtpHeader.read(b, 0, b.capacity(), packet)).isEqualTo(Verdict.OK);

        assertThat(packet.payloadAt).isEqualTo(20);
        assertThat(packet.payloadBytes).isEqualTo(2);
    }

    @Test
    void takesAPacketOfPaddingAloneForAnEmptyOne() {
        ByteBuffer b = Wire.hex("a021 003b d7accfda a4995b58 00000004");

        assertThat(RtpHeader.read(b, 0, b.capacity(), packet)).isEqualTo(Verdict.OK);

        assertThat(packet.payloadBytes).isZero();
    }

    @Test
    void trapT20WritesNeitherContributingSourcesNorPadding() {
        ByteBuffer in = Wire.hex("a221 003b d7accfda a4995b58 00000001 00000002 4748 000003");
        ByteBuffer out = ByteBuffer.allocate(64);
        RtpHeader.read(in, 0, in.capacity(), packet);

        int written = RtpHeader.write(out, 0, packet);

        assertThat(Wire.digits(out, 0, written)).isEqualTo("8021003bd7accfdaa4995b584748");
    }
}
