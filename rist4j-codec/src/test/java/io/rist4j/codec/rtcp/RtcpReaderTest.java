package io.rist4j.codec.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.Captured;
import io.rist4j.codec.RecordingHandler;
import io.rist4j.codec.Wire;
import io.rist4j.core.message.Verdict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;

class RtcpReaderTest {
    private static final String EMPTY_REPORT = "80c90001 a4995b58 ";
    private static final String BYE = "81cb0001 a4995b58 ";

    private final RecordingHandler handler = new RecordingHandler();

    private Verdict read(String digits) {
        ByteBuffer b = Wire.hex(digits);
        return RtcpReader.read(b, 0, b.capacity(), handler);
    }

    private Verdict readCaptured(String name) {
        return read(Captured.named(name).hex());
    }

    @Test
    void visitsASendersCompoundInOrder() {
        assertThat(readCaptured("simple-rtcp-sender-steady")).isEqualTo(Verdict.OK);

        assertThat(handler.messages())
                .containsExactly(
                        "SR a4995b58 eead3c2f9fbff87e d7aa5651 0 0",
                        "name a4995b58 alice",
                        "echo? a4995b58 83aa81a521dd498f 0");
    }

    @Test
    void trapT16StepsOverAnExtendedReportOfLibrist0212() {
        assertThat(readCaptured("simple-rtcp-receiver-first")).isEqualTo(Verdict.OK);

        assertThat(handler.messages())
                .containsExactly(
                        "block a4995b58 of 00000000 lost 0 0 highest 0 jitter 0 lsr 3c2f9b79"
                                + " dlsr 60",
                        "name a4995b58 bob",
                        "echo? 44dbb93b 83aa81a51e92da9e 0");
    }

    @Test
    void trapT16StepsOverAnExtendedReportOfLibrist027() {
        assertThat(readCaptured("v027-simple-rtcp-receiver-first")).isEqualTo(Verdict.OK);

        assertThat(handler.messages("name")).containsExactly("name 38be5412 bob");
        assertThat(handler.messages("echo?")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"80cf0001 00000001 ", "804d0001 00000001 "})
    void trapT16AnExtendedReportMayLead(String report) {
        assertThat(read(report + BYE)).isEqualTo(Verdict.OK);

        assertThat(handler.messages()).containsExactly("bye a4995b58");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {BYE, "81ca0003 a4995b58 0103626f62000000", "80cc0002 00000000 52495354"})
    void visitsNothingWhenNoReportLeads(String compound) {
        assertThat(read(compound + EMPTY_REPORT)).isEqualTo(Verdict.MISPLACED);

        assertThat(handler.messages()).isEmpty();
    }

    @Test
    void visitsMessagesThatFollowInAnyOrder() {
        assertThat(read(EMPTY_REPORT + BYE + "81ca0003 a4995b58 0103626f62000000" + EMPTY_REPORT))
                .isEqualTo(Verdict.OK);

        assertThat(handler.messages())
                .containsExactly(
                        "emptyRR a4995b58",
                        "bye a4995b58",
                        "name a4995b58 bob",
                        "emptyRR a4995b58");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80ce0001 00000001", // payload-specific feedback
                "80000000", // an unknown type
                "8fcd0002 00000001 00000002", // transport feedback that is no generic NACK
                "84cc0002 a4995b58 52495354", // a subtype that RIST does not have
                "80cc0003 a4995b58 41424344 00640000", // another application's
            })
    void stepsOverWhatItDoesNotKnow(String unknown) {
        assertThat(read(EMPTY_REPORT + unknown + BYE)).isEqualTo(Verdict.OK);

        assertThat(handler.messages()).containsExactly("emptyRR a4995b58", "bye a4995b58");
    }

    @ParameterizedTest
    @CsvSource({
        "80c80005 00000000 0000000000000000 00000000 00000000, TRUNCATED", // SR, a word short
        "81c80006 00000000 0000000000000000 00000000 00000000 00000000, BAD_LENGTH", // its block
        "80c90000, TRUNCATED",
        "81c90001 00000000, BAD_LENGTH", // RR without its block
        "81ca0002 00000000 01036162, BAD_LENGTH", // a name longer than the packet
        "82ca0002 00000000 00000000, BAD_LENGTH", // a chunk short
        "81ca0000, BAD_LENGTH",
        "82cb0001 00000000, BAD_LENGTH",
        "80cc0001 00000000, TRUNCATED",
        "81cc0002 00000000 52495354, TRUNCATED",
        "82cc0004 00000000 52495354 0000000000000000, TRUNCATED",
        "83cc0004 00000000 52495354 0000000000000000, TRUNCATED",
        "81cd0001 00000000, TRUNCATED",
        "a1cb0002 00000000 00000000, BAD_LENGTH", // padding of 0 bytes
        "a1cb0002 00000000 00000003, BAD_LENGTH", // not whole words
        "a1cb0002 00000000 0000000c, BAD_LENGTH", // more than there is
        "a0ca0002 00000000 0000000c, BAD_LENGTH", // although nothing is left to read
    })
    void stepsOverAFaultyPacketVisitsTheRestAndTellsOfTheFault(String faulty, Verdict fault) {
        assertThat(read(EMPTY_REPORT + faulty + BYE)).isEqualTo(fault);

        assertThat(handler.messages()).containsExactly("emptyRR a4995b58", "bye a4995b58");
    }

    @ParameterizedTest
    @CsvSource({"40cb0001 00000000, BAD_VERSION", "81cb0003 00000000, TRUNCATED", "81, TRUNCATED"})
    void stopsWhereTheFramingBreaks(String broken, Verdict fault) {
        assertThat(read(EMPTY_REPORT + broken)).isEqualTo(fault);

        assertThat(handler.messages()).containsExactly("emptyRR a4995b58");
    }

    @Test
    void tellsOfTheFirstFault() {
        assertThat(read(EMPTY_REPORT + "81cd0001 00000000" + "40cb0001 00000000"))
                .isEqualTo(Verdict.TRUNCATED);
    }

    @Test
    void takesPaddingOff() {
        assertThat(read(EMPTY_REPORT + "a0cc0005 a4995b58 52495354 00640000 00000000 00000008"))
                .isEqualTo(Verdict.OK);

        assertThat(handler.messages("missing")).containsExactly("missing a4995b58 100+0");
    }

    @Test
    void acceptsAPacketOfPaddingAlone() {
        assertThat(read(EMPTY_REPORT + "a0cb0001 00000004" + BYE)).isEqualTo(Verdict.OK);

        assertThat(handler.messages("bye")).containsExactly("bye a4995b58");
    }

    @Test
    void staysWithinTheGivenBytes() {
        byte[] wire = Captured.named("simple-rtcp-sender-steady").bytes();
        ByteBuffer b = Wire.shifted(wire, 9);
        b.position(2);

        assertThat(RtcpReader.read(b, 9, wire.length, handler)).isEqualTo(Verdict.OK);

        assertThat(handler.messages()).hasSize(3);
        assertThat(b.position()).isEqualTo(2);
        assertThat(b.limit()).isEqualTo(b.capacity());
    }

    @Test
    void tellsAPacketsLength() {
        assertThat(RtcpReader.packetBytes(Wire.hex("00 80c80006"), 1)).isEqualTo(28);
        assertThat(RtcpReader.packetBytes(Wire.hex("80c8ffff"), 0)).isEqualTo(262_144);
    }
}
