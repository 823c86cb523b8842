package io.rist4j.codec.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.Captured;
import io.rist4j.codec.Wire;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;

class RistExtensionTest {
    private static final String HEADER = "9021 003b d7accfda a4995b58 ";

    private final MediaPacket packet = new MediaPacket();

    @ParameterizedTest
    @CsvSource({"npd-media-1100001, 0x61, 752", "npd-media-allnull, 0x7f, 0"})
    void readsWhereLibristDeletedNullPackets(String name, int deleted, int payloadBytes) {
        ByteBuffer b = Captured.named(name).buffer();

        assertThat(RtpHeader.read(b, 0, b.capacity(), packet)).isEqualTo(Verdict.OK);
        int at = RistExtension.find(b, 0, b.capacity());

        assertThat(at).isEqualTo(12);
        assertThat(RistExtension.hasNullDeletion(b, at)).isTrue();
        assertThat(RistExtension.hasSequence(b, at)).isFalse();
        assertThat(RistExtension.transportPackets(b, at)).isZero();
        assertThat(RistExtension.isLongPackets(b, at)).isFalse();
        assertThat(RistExtension.deleted(b, at)).isEqualTo(deleted);
        assertThat(packet.payloadBytes).isEqualTo(payloadBytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"npd-media-1100001", "npd-media-allnull"})
    void writesCapturedExtensionsAsTheyWere(String name) {
        Captured captured = Captured.named(name);
        ByteBuffer in = captured.buffer();
        ByteBuffer out = ByteBuffer.allocate(in.capacity());
        RtpHeader.read(in, 0, in.capacity(), packet);
        int deleted = RistExtension.deleted(in, 12);

        int at = RtpHeader.writeFixed(out, 0, packet, true);
        at += RistExtension.write(out, at, deleted, false, RistExtension.NONE);
        out.put(at, packet.buffer, packet.payloadAt, packet.payloadBytes);

        assertThat(at + packet.payloadBytes).isEqualTo(in.capacity());
        assertThat(Wire.digits(out, 0, out.capacity())).isEqualTo(captured.hex());
    }

    @ParameterizedTest
    @CsvSource({
        "0, false, 0",
        "0x40, false, 0xffff",
        "0x7f, true, 1",
        "0x55, true, -1",
        "-1, false, 0x8000"
    })
    void readsBackWhatItWrote(String deletedText, boolean longPackets, String highText) {
        int deleted = Integer.decode(deletedText);
        int high = Integer.decode(highText);
        ByteBuffer b = Wire.hex(HEADER + "ffffffff ffffffff 47");

        assertThat(RistExtension.write(b, 12, deleted, longPackets, high)).isEqualTo(8);
        int at = RistExtension.find(b, 0, b.capacity());

        assertThat(at).isEqualTo(12);
        assertThat(RistExtension.hasNullDeletion(b, at)).isEqualTo(deleted >= 0);
        assertThat(RistExtension.deleted(b, at)).isEqualTo(Math.max(deleted, 0));
        assertThat(RistExtension.isLongPackets(b, at)).isEqualTo(longPackets);
        assertThat(RistExtension.hasSequence(b, at)).isEqualTo(high >= 0);
        assertThat(RistExtension.sequenceHigh(b, at)).isEqualTo(Math.max(high, 0));
        assertThat(RistExtension.transportPackets(b, at)).isZero();
    }

    @Test
    void readsTheOriginalSize() {
        ByteBuffer b = Wire.hex(HEADER + "52490001 b8000000");

        assertThat(RistExtension.transportPackets(b, RistExtension.find(b, 0, 20))).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({
        "4000ffff, 0xffffffff",
        "40000000, 0xffff",
        "c07f1234, 0x1234ffff",
        "807f1234, 0xffff"
    })
    void tellsTheSequenceNumberWithTheBitsThatCame(String flagsAndHigh, String sequence) {
        ByteBuffer b = Wire.hex("52490001" + flagsAndHigh);

        assertThat(RistExtension.sequence(b, 0, 0xFFFF)).isEqualTo(Long.decode(sequence));
    }

    @Test
    void findsItBehindContributingSources() {
        ByteBuffer b = Wire.hex("9121 003b d7accfda a4995b58 00000001 52490001 80610000");

        assertThat(RistExtension.find(b, 0, b.capacity())).isEqualTo(16);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8021 003b d7accfda a4995b58 52490001 80610000",
                HEADER + "bede0001 80610000",
                HEADER + "52490002 80610000 00000000",
                HEADER + "52490001 806100",
                HEADER + "52490000",
            })
    void findsNothingElse(String digits) {
        ByteBuffer b = Wire.hex(digits);

        assertThat(RistExtension.find(b, 0, b.capacity())).isEqualTo(RistExtension.NONE);
    }

    @Test
    void trapT19WritesTheOneExtensionThatLibristSkipsRightly() {
        ByteBuffer b = ByteBuffer.allocate(RistExtension.BYTES);

        assertThat(RistExtension.write(b, 0, 0x61, false, RistExtension.NONE)).isEqualTo(8);

        assertThat(Wire.digits(b, 0, 8)).isEqualTo("5249000180610000");
    }
}
