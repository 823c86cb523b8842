package io.rist4j.codec.gre;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.RecordingHandler;
import io.rist4j.codec.Wire;
import io.rist4j.codec.rtcp.RtcpReader;
import io.rist4j.codec.rtp.RtpHeader;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.ByteBuffer;
import java.util.stream.Stream;

/** What holds of every datagram that was captured in clear from a peer's tunnel. */
class CapturedTunnelTest {
    private final GrePacket packet = new GrePacket();

    static Stream<CapturedTunnel> all() {
        return CapturedTunnel.all();
    }

    private RecordingTunnel read(CapturedTunnel captured) {
        var recording = new RecordingTunnel();
        ByteBuffer b = captured.buffer();
        assertThat(GreHeader.read(b, 0, b.capacity(), packet)).isEqualTo(Verdict.OK);
        assertThat(TunnelReader.read(packet, recording)).isEqualTo(Verdict.OK);
        return recording;
    }

    @Test
    void thereAreDatagramsOfEveryPeer() {
        assertThat(CapturedTunnel.all().map(CapturedTunnel::name))
                .hasSizeGreaterThanOrEqualTo(21)
                .anyMatch(name -> name.startsWith("v027-"))
                .anyMatch(name -> name.startsWith("ristgo-"))
                .anyMatch(name -> name.startsWith("ristrust-"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void isWrittenAgainAsItWas(CapturedTunnel captured) {
        ByteBuffer b = captured.buffer();

        assertThat(GreHeader.read(b, 0, b.capacity(), packet)).isEqualTo(Verdict.OK);

        assertThat(RewritingTunnel.rewriteHeader(packet) + RewritingTunnel.rewrite(packet))
                .isEqualTo(captured.hex());
    }

    @ParameterizedTest
    @MethodSource("all")
    void carriesMediaAndControlAsInTheSimpleProfile(CapturedTunnel captured) {
        read(captured).messages().stream()
                .filter(message -> message.startsWith("reduced"))
                .map(message -> Wire.hex(message.substring(message.lastIndexOf(' ') + 1)))
                .forEach(CapturedTunnelTest::assertIsMediaOrControl);
    }

    private static void assertIsMediaOrControl(ByteBuffer b) {
        int bytes = b.capacity();
        Verdict verdict =
                RtpHeader.isRtcp(b, 0, bytes)
                        ? RtcpReader.read(b, 0, bytes, new RecordingHandler())
                        : RtpHeader.read(b, 0, bytes, new MediaPacket());
        assertThat(verdict).isEqualTo(Verdict.OK);
    }

    @ParameterizedTest
    @CsvSource({
        "main-keepalive-v2, 2, 0, alive 06de9363fae3 2520 -1 ",
        "main-keepalive-v1, 1, 3, alive 06de9363fae3 2520 -1 ",
        "main-keepalive-to-v027, 0, 0, alive 06de9363fae3 2520 -1 ",
        "main-buffer-negotiation, 2, 6, buffers 2000 0 0000 ",
        "main-buffer-negotiation-receiver, 2, 32, buffers 0 450 0000 ",
        "ristrust-buffer-negotiation, 2, 2, buffers 330 0 0000 ",
        "main-rtcp-legacy-reduced, 1, 9, reduced 32768>1969 80c80006",
        "main-rtcp-vsf-reduced-receiver, 2, 6, reduced 1969>32768 81c90007",
        "main-media-0, 2, 43, reduced 32769>1968 80210000",
        "main-retransmit-59, 2, 116, reduced 32769>1968 8021003b",
        "ristgo-rtcp-legacy-reduced, 1, 0, reduced 1971>1968 80c80006",
        "v027-main-media-0, 0, 0, reduced 32769>1968 80210000",
        "v027-main-oob, 0, 0, oob 0800 45000038d431",
        "main-oob-truncated, 2, 8, oob 0800 d431400040fc",
        "ristgo-oob-typed, 1, 4, oob 88cc 726973742d74797065642d6f6f62",
    })
    void saysWhatWasSent(String name, int version, long sequence, String message) {
        RecordingTunnel recording = read(CapturedTunnel.named(name));

        assertThat(packet.version).isEqualTo(version);
        assertThat(packet.sequence).isEqualTo(sequence);
        assertThat(recording.messages()).singleElement().asString().startsWith(message);
    }

    @Test
    void trapT22ReadsWhatLibrist027SendsInClear() {
        read(CapturedTunnel.named("v027-main-rtcp"));

        assertThat(packet.version).isZero();
        assertThat(packet.hasSequence).isFalse();
        assertThat(packet.hasNonce).isFalse();
        assertThat(packet.isEncrypted()).isFalse();
        assertThat(packet.bodyAt).isEqualTo(4);
    }
}
