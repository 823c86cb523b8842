package io.rist4j.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.rist4j.codec.rtp.RistExtension;
import io.rist4j.codec.rtp.RtpHeader;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;

import java.nio.ByteBuffer;

class RtpFuzzTest {
    private static final String TEN_MINUTES = "10m";

    @FuzzTest(maxDuration = TEN_MINUTES)
    void header(byte[] data) {
        var datagram = new Datagram(data);
        var packet = new MediaPacket();

        RtpHeader.isRtcp(datagram.buffer(), 0, datagram.bytes());
        Verdict verdict = RtpHeader.read(datagram.buffer(), 0, datagram.bytes(), packet);

        datagram.assertUntouched();
        if (verdict == Verdict.OK) {
            assertThat(packet.payloadAt).isGreaterThanOrEqualTo(RtpHeader.FIXED_BYTES);
            assertThat(packet.payloadBytes).isNotNegative();
            assertThat(packet.payloadAt + packet.payloadBytes)
                    .isLessThanOrEqualTo(datagram.bytes());
            assertReadsBack(packet);
        } else {
            assertThat(verdict).isIn(Verdict.TRUNCATED, Verdict.BAD_VERSION, Verdict.BAD_LENGTH);
            assertThat(packet.payloadAt).isZero();
        }
    }

    private static void assertReadsBack(MediaPacket packet) {
        ByteBuffer again = ByteBuffer.allocate(RtpHeader.FIXED_BYTES + packet.payloadBytes);
        var read = new MediaPacket();

        int bytes = RtpHeader.write(again, 0, packet);

        assertThat(RtpHeader.read(again, 0, bytes, read)).isEqualTo(Verdict.OK);
        assertThat(read.sequence).isEqualTo(packet.sequence);
        assertThat(read.timestamp).isEqualTo(packet.timestamp);
        assertThat(read.clockHz).isEqualTo(packet.clockHz);
        assertThat(read.flowId).isEqualTo(packet.flowId);
        assertThat(read.retransmission).isEqualTo(packet.retransmission);
        assertThat(read.payloadType).isEqualTo(packet.payloadType);
        assertThat(again.slice(read.payloadAt, read.payloadBytes))
                .isEqualTo(packet.buffer.slice(packet.payloadAt, packet.payloadBytes));
    }

    @FuzzTest(maxDuration = TEN_MINUTES)
    void extension(byte[] data) {
        var datagram = new Datagram(data);
        ByteBuffer b = datagram.buffer();
        var packet = new MediaPacket();
        if (RtpHeader.read(b, 0, datagram.bytes(), packet) != Verdict.OK) {
            return;
        }

        int at = RistExtension.find(b, 0, datagram.bytes());

        if (at != RistExtension.NONE) {
            assertThat(at + RistExtension.BYTES).isEqualTo(packet.payloadAt);
            assertThat(RistExtension.deleted(b, at)).isBetween(0, 127);
            assertThat(RistExtension.transportPackets(b, at)).isBetween(0, 7);
            assertThat(RistExtension.sequenceHigh(b, at)).isBetween(0, 65_535);
            assertReadsBack(b, at);
        }
        datagram.assertUntouched();
    }

    private static void assertReadsBack(ByteBuffer b, int at) {
        boolean deletion = RistExtension.hasNullDeletion(b, at);
        boolean sequence = RistExtension.hasSequence(b, at);
        int deleted = deletion ? RistExtension.deleted(b, at) : RistExtension.NONE;
        int high = sequence ? RistExtension.sequenceHigh(b, at) : RistExtension.NONE;
        ByteBuffer again = ByteBuffer.allocate(RistExtension.BYTES);

        RistExtension.write(again, 0, deleted, RistExtension.isLongPackets(b, at), high);

        assertThat(RistExtension.hasNullDeletion(again, 0)).isEqualTo(deletion);
        assertThat(RistExtension.hasSequence(again, 0)).isEqualTo(sequence);
        if (deletion) {
            assertThat(RistExtension.deleted(again, 0)).isEqualTo(deleted);
            assertThat(RistExtension.isLongPackets(again, 0))
                    .isEqualTo(RistExtension.isLongPackets(b, at));
        }
        if (sequence) {
            assertThat(RistExtension.sequenceHigh(again, 0)).isEqualTo(high);
        }
    }
}
