package io.rist4j.codec.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.Captured;
import io.rist4j.codec.Wire;
import io.rist4j.codec.rtp.RtpHeader;
import io.rist4j.core.message.ControlHandler;
import io.rist4j.core.message.Verdict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What holds of every compound that was captured from a peer. */
class CapturedControlTest {
    static Stream<Captured> control() {
        return Captured.control();
    }

    @Test
    void thereAreCompoundsOfEveryPeer() {
        assertThat(Captured.control().map(Captured::name))
                .hasSizeGreaterThanOrEqualTo(18)
                .anyMatch(name -> name.startsWith("v027-"))
                .anyMatch(name -> name.startsWith("gst-"));
    }

    @ParameterizedTest
    @MethodSource("control")
    void isAcceptedAsControl(Captured captured) {
        ByteBuffer b = captured.buffer();

        assertThat(RtpHeader.isRtcp(b, 0, b.capacity())).isTrue();
        assertThat(RtcpReader.read(b, 0, b.capacity(), new ControlHandler() {}))
                .isEqualTo(Verdict.OK);
    }

    @ParameterizedTest
    @MethodSource("control")
    void isWrittenAgainAsItWas(Captured captured) {
        ByteBuffer b = captured.buffer();
        var writer = new WritingHandler(captured.hex().contains("81cd"));

        RtcpReader.read(b, 0, b.capacity(), writer);

        assertThat(writer.digits()).isEqualTo(canonical(captured.hex()));
    }

    @ParameterizedTest
    @MethodSource("control")
    void givesAVerdictForEveryLength(Captured captured) {
        byte[] wire = captured.bytes();
        List<Integer> packetEnds = new ArrayList<>();
        for (int at = 0; at < wire.length; at += packetBytes(captured, at)) {
            packetEnds.add(at + packetBytes(captured, at));
        }
        for (int bytes = 0; bytes <= wire.length; bytes++) {
            ByteBuffer exact = ByteBuffer.wrap(wire, 0, bytes).slice();

            Verdict verdict = RtcpReader.read(exact, 0, bytes, new ControlHandler() {});

            assertThat(verdict)
                    .as("of %d bytes", bytes)
                    .isEqualTo(packetEnds.contains(bytes) ? Verdict.OK : Verdict.TRUNCATED);
        }
    }

    private static int packetBytes(Captured captured, int at) {
        return RtcpReader.packetBytes(captured.buffer(), at);
    }

    /**
     * Without what we do not write: extended reports, and stale memory in the delay of requests.
     */
    private static String canonical(String hex) {
        ByteBuffer b = Wire.hex(hex);
        var kept = new StringBuilder();
        int packetBytes;
        for (int at = 0; at < b.capacity(); at += packetBytes) {
            packetBytes = RtcpReader.packetBytes(b, at);
            String packet = Wire.digits(b, at, packetBytes);
            if (packet.startsWith("82cc")) {
                kept.append(packet, 0, 40).append("00000000");
            } else if (!packet.startsWith("804d") && !packet.startsWith("80cf")) {
                kept.append(packet);
            }
        }
        return kept.toString();
    }

    /** Writes every message that it is told of; all runs of a compound go into one request. */
    private static final class WritingHandler implements ControlHandler {
        private final ByteBuffer out = ByteBuffer.allocate(2_000);
        private final boolean bitmask;
        private final List<Long> missing = new ArrayList<>();
        private int mediaSsrc;
        private int reporter;
        private int at;

        WritingHandler(boolean bitmask) {
            this.bitmask = bitmask;
        }

        String digits() {
            if (!missing.isEmpty()) {
                long[] sequences = missing.stream().mapToLong(Long::longValue).toArray();
                int end = sequences.length;
                if (bitmask) {
                    // libRIST names no packet sender, GStreamer names itself
                    int sender = mediaSsrc == reporter ? 0 : reporter;
                    BitmaskRequest.write(out, at, sender, mediaSsrc, sequences, 0, end, 16);
                } else {
                    RangeRequest.write(out, at, 0, mediaSsrc, sequences, 0, end, 16);
                }
                at += RtcpReader.packetBytes(out, at);
            }
            return Wire.digits(out, 0, at);
        }

        @Override
        public void onSenderReport(
                int ssrc, long ntp, long rtpTimestamp, long packetCount, long octetCount) {
            at +=
                    RtcpWriter.senderReport(
                            out, at, ssrc, ntp, rtpTimestamp, packetCount, octetCount);
        }

        @Override
        public void onEmptyReceiverReport(int ssrc) {
            reporter = ssrc;
            at += RtcpWriter.emptyReceiverReport(out, at, ssrc);
        }

        @Override
        public void onReportBlock(
                int ssrc,
                int sourceSsrc,
                int fractionLost,
                int cumulativeLost,
                long highestSequence,
                long jitter,
                long lastSr,
                long delaySinceLastSr) {
            at +=
                    RtcpWriter.receiverReport(
                            out,
                            at,
                            ssrc,
                            sourceSsrc,
                            fractionLost,
                            cumulativeLost,
                            highestSequence,
                            jitter,
                            lastSr,
                            delaySinceLastSr);
        }

        @Override
        public void onCanonicalName(int ssrc, ByteBuffer buffer, int nameAt, int bytes) {
            byte[] name = new byte[bytes];
            buffer.get(nameAt, name);
            at += RtcpWriter.canonicalName(out, at, ssrc, name);
        }

        @Override
        public void onEchoRequest(int ssrc, long timestamp, int paddingBytes) {
            at += RtcpWriter.echoRequest(out, at, ssrc, timestamp);
        }

        @Override
        public void onEchoResponse(int ssrc, long timestamp, long delayMicroseconds) {
            at += RtcpWriter.echoResponse(out, at, ssrc, timestamp, delayMicroseconds, 0);
        }

        @Override
        public void onMissing(int media, long first, int additional) {
            mediaSsrc = media;
            for (int i = 0; i <= additional; i++) {
                missing.add(first + i);
            }
        }

        @Override
        public void onBye(int ssrc) {
            at += RtcpWriter.bye(out, at, ssrc);
        }
    }
}
