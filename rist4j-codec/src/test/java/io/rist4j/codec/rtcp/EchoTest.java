package io.rist4j.codec.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.Captured;
import io.rist4j.codec.RecordingHandler;
import io.rist4j.codec.Wire;
import io.rist4j.core.message.ControlHandler;
import io.rist4j.core.message.Verdict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;

class EchoTest {
    private static final String EMPTY_REPORT = "80c90001 a4995b58 ";
    private static final String REQUEST = "82cc0005 a4995b58 52495354 83aa81a5204fabf1 ";

    private final RecordingHandler handler = new RecordingHandler();

    private static String responseTo(ByteBuffer compound) {
        ByteBuffer out = ByteBuffer.allocate(2_000);
        int[] bytes = new int[1];
        var responder =
                new ControlHandler() {
                    @Override
                    public void onEchoRequest(int ssrc, long timestamp, int paddingBytes) {
                        bytes[0] =
                                RtcpWriter.echoResponse(out, 0, ssrc, timestamp, 0, paddingBytes);
                    }
                };
        RtcpReader.read(compound, 0, compound.capacity(), responder);
        return Wire.digits(out, 0, bytes[0]);
    }

    @Test
    void writesARequest() {
        ByteBuffer b = Wire.dirty(24);

        int bytes = RtcpWriter.echoRequest(b, 0, 0xa4995b58, 0x83aa81a5204fabf1L);

        assertThat(Wire.digits(b, 0, bytes)).isEqualTo((REQUEST + "00000000").replace(" ", ""));
    }

    @Test
    void trapT3AnswersWithTheRequestsSourceAndTimestamp() {
        ByteBuffer request = Captured.named("simple-rtcp-echo-request-from-sender").buffer();
        String peersAnswer = Captured.named("simple-rtcp-echo-response-from-receiver").hex();

        assertThat(peersAnswer).endsWith(responseTo(request));
    }

    @Test
    void trapT3AnswersToThePrivateSourceOfAReceiver() {
        ByteBuffer request = Captured.named("simple-rtcp-receiver-first").buffer();
        String peersAnswer = Captured.named("simple-rtcp-echo-response-from-sender").hex();

        assertThat(peersAnswer).endsWith(responseTo(request));
    }

    @Test
    void trapT4TheDelayInARequestChangesNothing() {
        String stale = responseTo(Wire.hex(EMPTY_REPORT + REQUEST + "0cdf6f06"));
        String clean = responseTo(Wire.hex(EMPTY_REPORT + REQUEST + "00000000"));

        assertThat(stale).isEqualTo(clean).endsWith("00000000");
    }

    @Test
    void trapT4WritesNoDelayIntoRequests() {
        ByteBuffer b = Wire.dirty(24);

        RtcpWriter.echoRequest(b, 0, 1, 2);

        assertThat(b.getInt(20)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, 24", "1, 28", "4, 28", "1288, 1312"})
    void answersWithAtLeastAsMuchPadding(int paddingBytes, int expectedBytes) {
        ByteBuffer b = Wire.dirty(1_400);
        RtcpWriter.emptyReceiverReport(b, 0, 1);

        int bytes = RtcpWriter.echoResponse(b, 8, 1, 2, 3, paddingBytes);

        assertThat(bytes).isEqualTo(expectedBytes);
        assertThat(RtcpReader.packetBytes(b, 8)).isEqualTo(expectedBytes);
        assertThat(Wire.digits(b, 32, bytes - 24)).matches("0*");
        assertThat(RtcpReader.read(b, 0, 8 + bytes, handler)).isEqualTo(Verdict.OK);
        assertThat(handler.messages("echo!")).containsExactly("echo! 00000001 0000000000000002 3");
    }

    @Test
    void tellsHowMuchPaddingARequestHas() {
        ByteBuffer b =
                Wire.hex(
                        EMPTY_REPORT
                                + "82cc0007 a4995b58 52495354 83aa81a5204fabf1 00000000"
                                + "ffffffffffffffff");

        RtcpReader.read(b, 0, b.capacity(), handler);

        assertThat(handler.messages("echo?")).containsExactly("echo? a4995b58 83aa81a5204fabf1 8");
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "0, 0", "4294967295, 4294967295", "4294967296, 4294967295"})
    void keepsTheDelayWithinItsField(long delay, long read) {
        ByteBuffer b = ByteBuffer.allocate(32);
        RtcpWriter.emptyReceiverReport(b, 0, 1);
        RtcpWriter.echoResponse(b, 8, 1, 2, delay, 0);

        RtcpReader.read(b, 0, 32, handler);

        assertThat(handler.messages("echo!"))
                .containsExactly("echo! 00000001 0000000000000002 " + read);
    }
}
