package io.rist4j.codec.npd;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.Captured;
import io.rist4j.codec.Wire;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.ByteBuffer;
import java.util.stream.Stream;

class MediaReaderTest {
    private static final String HEADER = "9021 003b d7accfda a4995b58 5249 0001 ";

    private final MediaReader reader = new MediaReader();
    private final MediaPacket packet = new MediaPacket();

    static Stream<Captured> media() {
        return Captured.media();
    }

    private Verdict read(String hex) {
        ByteBuffer b = Wire.hex(hex);
        return reader.read(b, 0, b.capacity(), packet);
    }

    @ParameterizedTest
    @MethodSource("media")
    void readsWholeTransportPacketsOutOfEveryCapture(Captured captured) {
        ByteBuffer b = captured.buffer();

        assertThat(reader.read(b, 0, b.capacity(), packet)).isEqualTo(Verdict.OK);

        int whole = captured.name().startsWith("npd") ? 7 : 2;
        assertThat(packet.payloadBytes).isEqualTo(whole * 188);
        for (int i = 0; i < whole; i++) {
            assertThat(packet.buffer.get(packet.payloadAt + i * 188)).isEqualTo((byte) 0x47);
        }
    }

    @ParameterizedTest
    @CsvSource({"40001234, 0x1234003b", "00001234, 0x3b", "c0001234, 0x1234003b"})
    void theSequenceNumberHasTheBitsThatCame(String extension, String sequence) {
        assertThat(read(HEADER + extension + "47")).isEqualTo(Verdict.OK);

        assertThat(packet.sequence).isEqualTo(Long.decode(sequence));
        assertThat(packet.payloadBytes).isEqualTo(1);
    }

    @Test
    void aDeletionThatContradictsItselfLeavesThePayload() {
        assertThat(read(HEADER + "80400000" + "47aabb")).isEqualTo(Verdict.OK);

        assertThat(Wire.digits(packet.buffer, packet.payloadAt, packet.payloadBytes))
                .isEqualTo("47aabb");
    }

    /** Which of so many packets came out as null packets, as a picture. */
    private String picture() {
        var picture = new StringBuilder();
        for (int at = 0; at < packet.payloadBytes; at += 188) {
            boolean isNull = packet.buffer.getInt(packet.payloadAt + at) == 0x471F_FF10;
            picture.append(isNull ? 'n' : '1');
        }
        return picture.toString();
    }

    /** What libRIST 0.2.7 writes of short datagrams, as captured: the last packet is bit 0. */
    @ParameterizedTest
    @CsvSource({"80010000, 0, n", "80030000, 0, nn", "80010000, 1, 1n", "80010000, 5, 11111n"})
    void putsNullPacketsBackThatLibristCountsFromTheLast(
            String extension, int arrived, String expected) {
        String media = "47010010" + "11".repeat(184);

        assertThat(read(HEADER + extension + media.repeat(arrived))).isEqualTo(Verdict.OK);

        assertThat(picture()).isEqualTo(expected);
    }

    @Test
    void whoHasShownHowHeCountsIsReadThatWayWhereBothWouldDo() {
        String five = ("47010010" + "11".repeat(184)).repeat(5);
        read(HEADER + "80020000" + five);
        assertThat(picture()).isEqualTo("11111n");
        read(HEADER + "80010000" + five);
        read(HEADER + "80020000" + five);
        assertThat(picture()).isEqualTo("1111n1");
        read(HEADER + "80400000" + five);
        read(HEADER + "80020000" + five);
        assertThat(picture()).isEqualTo("11111n");
    }

    @Test
    void refusesWhatTheHeaderReaderRefuses() {
        assertThat(read("4021 003b d7accfda a4995b58")).isEqualTo(Verdict.BAD_VERSION);
        assertThat(read("8021")).isEqualTo(Verdict.TRUNCATED);
    }

    @Test
    void tellsWhichSequenceNumbersAreExtended() {
        assertThat(packet.sequenceBits).isEqualTo(16);
        read(HEADER + "40001234" + "47");
        assertThat(packet.sequenceBits).isEqualTo(32);
        read("4021 003b d7accfda a4995b58");
        assertThat(packet.sequenceBits).isEqualTo(32);
        read(HEADER + "00001234" + "47");
        assertThat(packet.sequenceBits).isEqualTo(16);
        read(HEADER + "40000000" + "47");
        assertThat(packet.sequenceBits).isEqualTo(32);
        read("8021 003b d7accfda a4995b58");
        assertThat(packet.sequenceBits).isEqualTo(16);
    }
}
