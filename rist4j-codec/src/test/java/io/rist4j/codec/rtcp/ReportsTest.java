package io.rist4j.codec.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.Captured;
import io.rist4j.codec.RecordingHandler;
import io.rist4j.codec.Wire;
import io.rist4j.core.message.Verdict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;

class ReportsTest {
    private final ByteBuffer b = ByteBuffer.allocateDirect(256);
    private final RecordingHandler handler = new RecordingHandler();

    private void read(int bytes) {
        assertThat(RtcpReader.read(b, 0, bytes, handler)).isEqualTo(Verdict.OK);
    }

    @Test
    void writesASenderReport() {
        int bytes =
                RtcpWriter.senderReport(
                        b, 0, 0x7bbc490c, 0xeead3cccffe78e19L, 0xdc029e06L, 66, 0x15348);

        assertThat(Wire.digits(b, 0, bytes))
                .isEqualTo("80c800067bbc490ceead3cccffe78e19dc029e060000004200015348");
    }

    @Test
    void carriesUnsignedCountsOfASenderReport() {
        int bytes = RtcpWriter.senderReport(b, 0, 2, -1, 0xFFFF_FFFFL, 0xFFFF_FFFEL, 1L << 32);
        read(bytes);

        assertThat(handler.messages())
                .containsExactly("SR 00000002 ffffffffffffffff ffffffff 4294967294 0");
    }

    @Test
    void trapT40CountsOfLibristAreZeroWhateverItSent() {
        ByteBuffer wire = Captured.named("simple-rtcp-sender-steady").buffer();

        RtcpReader.read(wire, 0, wire.capacity(), handler);

        assertThat(handler.messages("SR").getFirst()).endsWith(" 0 0");
    }

    @Test
    void visitsReportBlocksOfASenderReport() {
        RtcpWriter.senderReport(b, 0, 2, 3, 4, 5, 6);
        RtcpWriter.receiverReport(b, 20, 0, 7, 8, 9, 10, 11, 12, 13);
        b.putInt(20, 5);
        b.putInt(24, 6);
        b.putInt(0, 0x81c8000c);
        read(52);

        assertThat(handler.messages())
                .containsExactly(
                        "SR 00000002 0000000000000003 00000004 5 6",
                        "block 00000002 of 00000007 lost 8 9 highest 10 jitter 11 lsr 0000000c"
                                + " dlsr 13");
    }

    @Test
    void visitsEveryBlockOfAReceiverReport() {
        String rest = "00000000".repeat(4);
        ByteBuffer wire =
                Wire.hex(
                        "83c90013 00000001"
                                + ("0000000a 01000002" + rest)
                                + ("0000000b 03000004" + rest)
                                + ("0000000c 05fffffa" + rest));

        assertThat(RtcpReader.read(wire, 0, wire.capacity(), handler)).isEqualTo(Verdict.OK);

        assertThat(handler.messages())
                .extracting(message -> message.substring(0, message.indexOf(" highest")))
                .containsExactly(
                        "block 00000001 of 0000000a lost 1 2",
                        "block 00000001 of 0000000b lost 3 4",
                        "block 00000001 of 0000000c lost 5 -6");
    }

    @Test
    void writesAnEmptyReceiverReport() {
        int bytes = RtcpWriter.emptyReceiverReport(b, 4, 0xa4995b58);

        assertThat(Wire.digits(b, 4, bytes)).isEqualTo("80c90001a4995b58");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0",
        "255, 8388607, 255, 8388607",
        "256, 8388608, 255, 8388607",
        "-1, -1, 0, -1",
        "1, -8388608, 1, -8388608",
        "1, -8388609, 1, -8388608",
    })
    void readsBackTheReportBlockItWroteWithinItsRanges(
            int fraction, int cumulative, int fractionRead, int cumulativeRead) {
        int bytes =
                RtcpWriter.receiverReport(
                        b, 0, 1, 2, fraction, cumulative, 0xFFFF_FFFFL, 0x8000_0000L, 3, 4);
        read(bytes);

        assertThat(bytes).isEqualTo(32);
        assertThat(handler.messages())
                .containsExactly(
                        "block 00000001 of 00000002 lost "
                                + fractionRead
                                + " "
                                + cumulativeRead
                                + " highest 4294967295 jitter 2147483648 lsr 00000003 dlsr 4");
    }

    @Test
    void trapT6AcceptsABlockWithStaleMemory() {
        ByteBuffer wire = Captured.named("simple-rtcp-receiver-steady").buffer();

        assertThat(RtcpReader.read(wire, 0, wire.capacity(), handler)).isEqualTo(Verdict.OK);

        assertThat(handler.messages("block"))
                .containsExactly(
                        "block a4995b58 of 81ca0003 lost 0 0 highest 0 jitter 0 lsr 3c2f9fbf"
                                + " dlsr 6017");
    }

    @Test
    void writesAndReadsAFarewell() {
        int bytes = RtcpWriter.emptyReceiverReport(b, 0, 1);
        bytes += RtcpWriter.bye(b, bytes, 0x7bbc490c);

        assertThat(Wire.digits(b, 8, 8)).isEqualTo("81cb00017bbc490c");
        read(bytes);
        assertThat(handler.messages("bye")).containsExactly("bye 7bbc490c");
    }

    @Test
    void readsAFarewellOfSeveralWithAReason() {
        ByteBuffer wire = Wire.hex("80c90001 00000001 82cb0003 00000002 00000003 03627965");

        assertThat(RtcpReader.read(wire, 0, wire.capacity(), handler)).isEqualTo(Verdict.OK);

        assertThat(handler.messages("bye")).containsExactly("bye 00000002", "bye 00000003");
    }
}
