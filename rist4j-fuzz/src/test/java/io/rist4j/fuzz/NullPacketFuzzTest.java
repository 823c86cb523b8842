package io.rist4j.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.rist4j.codec.npd.DeletionRule;
import io.rist4j.codec.npd.NullPacketDeletion;
import io.rist4j.codec.npd.NullPacketInsertion;
import io.rist4j.codec.rtp.RistExtension;
import io.rist4j.codec.rtp.RtpHeader;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;

import java.nio.ByteBuffer;

class NullPacketFuzzTest {
    private static final String TEN_MINUTES = "10m";

    private static final int SYNC_AND_NULL = 0x471F_FF10;

    private final ByteBuffer scratch =
            ByteBuffer.allocateDirect(NullPacketInsertion.MAX_PAYLOAD_BYTES);

    /** What a peer may write into the extension and the payload behind it. */
    @FuzzTest(maxDuration = TEN_MINUTES)
    void insertion(byte[] data) {
        if (data.length < 6) {
            return;
        }
        // Whole transport packets are rare in random lengths, so two bytes choose the length.
        int payloadBytes = (data[2] & 7) * ((data[3] & 1) == 0 ? 188 : 204) + (data[3] >> 6);
        payloadBytes = Math.max(0, payloadBytes);
        var datagram =
                new Datagram(
                        new byte[] {0x52, 0x49, 0, 1, data[0], data[1], data[4], data[5]},
                        new byte[payloadBytes]);
        var packet = new MediaPacket();
        packet.buffer = datagram.buffer();
        packet.payloadAt = RistExtension.BYTES;
        packet.payloadBytes = payloadBytes;

        Verdict verdict = NullPacketInsertion.restore(datagram.buffer(), 0, packet, scratch, false);

        datagram.assertUntouched();
        if (verdict == Verdict.OK) {
            assertThat(packet.payloadBytes)
                    .isBetween(payloadBytes, Math.max(payloadBytes, scratch.capacity()));
        } else {
            assertThat(verdict).isEqualTo(Verdict.BAD_LENGTH);
            assertThat(packet.buffer).isSameAs(datagram.buffer());
            assertThat(packet.payloadBytes).isEqualTo(payloadBytes);
        }
    }

    /** A media packet with whatever extension, as a receiver reads it. */
    @FuzzTest(maxDuration = TEN_MINUTES)
    void media(byte[] data) {
        var datagram = new Datagram(data);
        ByteBuffer b = datagram.buffer();
        var packet = new MediaPacket();
        if (RtpHeader.read(b, 0, datagram.bytes(), packet) != Verdict.OK) {
            return;
        }
        int extension = RistExtension.find(b, 0, datagram.bytes());
        if (extension == RistExtension.NONE) {
            return;
        }

        Verdict verdict = NullPacketInsertion.restore(b, extension, packet, scratch, false);

        datagram.assertUntouched();
        assertThat(verdict).isIn(Verdict.OK, Verdict.BAD_LENGTH);
        assertThat(packet.payloadAt + packet.payloadBytes)
                .isLessThanOrEqualTo(packet.buffer.limit());
    }

    /** A payload that an application writes: what is deleted by the exact rule comes back. */
    @FuzzTest(maxDuration = TEN_MINUTES)
    void deletion(byte[] payload) {
        assertComesBack(payload);
        assertComesBack(transportPackets(payload));
    }

    private void assertComesBack(byte[] payload) {
        var datagram = new Datagram(payload);
        var packet = new MediaPacket();
        packet.buffer = datagram.buffer();
        packet.payloadBytes = payload.length;
        ByteBuffer wire =
                ByteBuffer.allocate(RtpHeader.FIXED_BYTES + RistExtension.BYTES + payload.length);

        int deletion =
                NullPacketDeletion.find(packet.buffer, 0, payload.length, DeletionRule.EXACT);
        int bytes = NullPacketDeletion.write(wire, 0, packet, deletion, true);

        datagram.assertUntouched();
        var received = new MediaPacket();
        assertThat(RtpHeader.read(wire, 0, bytes, received)).isEqualTo(Verdict.OK);
        int extension = RistExtension.find(wire, 0, bytes);
        assertThat(NullPacketInsertion.restore(wire, extension, received, scratch, false))
                .isEqualTo(Verdict.OK);
        byte[] back = new byte[received.payloadBytes];
        received.buffer.get(received.payloadAt, back);
        assertThat(back).isEqualTo(payload);
    }

    /** Of each byte of the data a transport packet, null or nearly so, at most seven. */
    private static byte[] transportPackets(byte[] data) {
        int packets = Math.min(data.length, RistExtension.MAX_TRANSPORT_PACKETS);
        int bytesEach = data.length % 2 == 0 ? 188 : 204;
        ByteBuffer b = ByteBuffer.allocate(packets * bytesEach);
        for (int i = 0; i < packets; i++) {
            int at = i * bytesEach;
            for (int j = at; j < at + bytesEach; j++) {
                b.put(j, (byte) 0xFF);
            }
            b.putInt(at, SYNC_AND_NULL);
            int spoilt = data[i] & 0xFF;
            if (spoilt > 0 && spoilt < bytesEach) {
                b.put(at + spoilt, (byte) spoilt);
            }
        }
        return b.array();
    }
}
