package io.rist4j.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.gre.Encapsulation;
import io.rist4j.codec.gre.GreHeader;
import io.rist4j.codec.gre.GrePacket;
import io.rist4j.codec.gre.IpPacket;
import io.rist4j.codec.gre.ProtocolTypes;
import io.rist4j.codec.gre.TunnelHandler;
import io.rist4j.codec.gre.TunnelReader;
import io.rist4j.codec.npd.DeletionRule;
import io.rist4j.codec.npd.NullPacketDeletion;
import io.rist4j.codec.npd.NullPacketInsertion;
import io.rist4j.codec.rtp.RistExtension;
import io.rist4j.codec.rtp.RtpHeader;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;

class TunnelAllocationTest {
    private static final int PACKETS = 1_000;
    private static final int ROUNDS = 20;

    private final ByteBuffer out = ByteBuffer.allocateDirect(2_000);
    private final ByteBuffer scratch =
            ByteBuffer.allocateDirect(NullPacketInsertion.MAX_PAYLOAD_BYTES);
    private final GrePacket gre = new GrePacket();
    private final MediaPacket media = new MediaPacket();

    private static void assertAllocatesNothing(Runnable onePacket) {
        Runnable round =
                () -> {
                    for (int i = 0; i < PACKETS; i++) {
                        onePacket.run();
                    }
                };
        assertThat(AllocationMeter.leastOf(ROUNDS, round)).isZero();
    }

    private void mediaOfTwoInSevenNull() {
        media.buffer = ByteBuffer.allocateDirect(7 * 188);
        media.payloadBytes = 7 * 188;
        for (int i = 0; i < 7; i++) {
            boolean isNull = i == 1 || i == 6;
            for (int j = 0; j < 188; j++) {
                media.buffer.put(i * 188 + j, (byte) (isNull ? 0xFF : j));
            }
            media.buffer.putInt(i * 188, isNull ? 0x471F_FF10 : 0x4701_0010);
        }
    }

    @Test
    void sendsAndReceivesMediaInATunnelWithoutAllocating() {
        mediaOfTwoInSevenNull();
        var received = new MediaPacket();
        var handler =
                new TunnelHandler() {
                    @Override
                    public Verdict onReduced(int from, int to, ByteBuffer b, int at, int bytes) {
                        RtpHeader.read(b, at, bytes, received);
                        int extension = RistExtension.find(b, at, bytes);
                        return extension == RistExtension.NONE
                                ? Verdict.OK
                                : NullPacketInsertion.restore(
                                        b, extension, received, scratch, false);
                    }
                };

        assertAllocatesNothing(() -> {
            int body = GreHeader.ENCRYPTED_BYTES;
            int at = body + Encapsulation.VSF.writeReducedHead(out, body, 0x8001, 0x07b0);
            int deletion =
                    NullPacketDeletion.find(
                            media.buffer, media.payloadAt, media.payloadBytes, DeletionRule.EXACT);
            at += NullPacketDeletion.write(out, at, media, deletion, true);
            GreHeader.writeEncrypted(out, 0, 2, ProtocolTypes.VSF, true, 1, 2);
            GreHeader.read(out, 0, at, gre);
            TunnelReader.read(gre, handler);
        });

        assertThat(received.payloadBytes).isEqualTo(7 * 188);
        assertThat(gre.bodyBytes).isEqualTo(8 + 12 + 8 + 5 * 188);
    }

    @Test
    void readsIpPacketsWithoutAllocating() {
        ByteBuffer b = Wire.hex("4500001c00010000401100000a0000010a0000020400040100080000");
        var ip = new IpPacket();

        assertAllocatesNothing(() -> ip.read(b, 0, b.capacity()));

        assertThat(ip.destinationPort).isEqualTo(1025);
    }
}
