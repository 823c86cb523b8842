package io.rist4j.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.rtcp.BitmaskRequest;
import io.rist4j.codec.rtcp.RangeRequest;
import io.rist4j.codec.rtcp.RtcpReader;
import io.rist4j.codec.rtcp.RtcpWriter;
import io.rist4j.codec.rtp.RtpHeader;
import io.rist4j.core.message.ControlHandler;
import io.rist4j.core.message.MediaPacket;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.LongStream;

class AllocationTest {
    private static final int PACKETS = 1_000;
    private static final int ROUNDS = 20;

    private final ByteBuffer out = ByteBuffer.allocateDirect(2_000);
    private final MediaPacket packet = new MediaPacket();

    private static ByteBuffer direct(String captured) {
        return Wire.shifted(Captured.named(captured).bytes(), 0);
    }

    private static void assertAllocatesNothing(Runnable onePacket) {
        Runnable round =
                () -> {
                    for (int i = 0; i < PACKETS; i++) {
                        onePacket.run();
                    }
                };
        assertThat(AllocationMeter.leastOf(ROUNDS, round)).isZero();
    }

    @Test
    void theMeterSeesAnAllocation() {
        var keep = new Object[1];

        assertThat(AllocationMeter.leastOf(ROUNDS, () -> keep[0] = new byte[64]))
                .isGreaterThanOrEqualTo(64);
    }

    @Test
    void readsAndWritesMediaWithoutAllocating() {
        int bytes = Captured.named("simple-media-0").bytes().length;
        ByteBuffer in = direct("simple-media-0");

        assertAllocatesNothing(() -> {
            if (!RtpHeader.isRtcp(in, 0, bytes)) {
                RtpHeader.read(in, 0, bytes, packet);
                RtpHeader.write(out, 0, packet);
            }
        });
        assertThat(packet.payloadBytes).isEqualTo(376);
    }

    @Test
    void writesMediaFromTheHeapWithoutAllocating() {
        packet.buffer = ByteBuffer.allocate(1_316);
        packet.payloadBytes = 1_316;

        assertAllocatesNothing(() -> RtpHeader.write(out, 0, packet));
    }

    @Test
    void readsControlWithoutAllocating() {
        int[] visits = new int[1];
        var counter =
                new ControlHandler() {
                    @Override
                    public void onCanonicalName(int ssrc, ByteBuffer buffer, int at, int bytes) {
                        visits[0]++;
                    }
                };
        Captured.control()
                .forEach(captured -> {
                    ByteBuffer in = direct(captured.name());
                    int bytes = captured.bytes().length;
                    assertAllocatesNothing(() -> RtcpReader.read(in, 0, bytes, counter));
                });
        assertThat(visits[0]).isEqualTo((int) (Captured.control().count() * PACKETS * ROUNDS));
    }

    @Test
    void writesRequestsWithoutAllocating() {
        long[] missing = LongStream.range(65_000, 66_000).map(i -> i * 3 / 2).toArray();

        assertAllocatesNothing(() -> RangeRequest.write(out, 0, 1, 2, missing, 0, 1_000, 100));
        assertAllocatesNothing(() -> BitmaskRequest.write(out, 0, 1, 2, missing, 0, 1_000, 100));
    }

    @Test
    void writesReportsWithoutAllocating() {
        byte[] name = "bob".getBytes(StandardCharsets.US_ASCII);

        assertAllocatesNothing(() -> {
            int at = RtcpWriter.senderReport(out, 0, 1, 2, 3, 4, 5);
            at += RtcpWriter.receiverReport(out, at, 1, 2, 3, 4, 5, 6, 7, 8);
            at += RtcpWriter.emptyReceiverReport(out, at, 1);
            at += RtcpWriter.canonicalName(out, at, 1, name);
            at += RtcpWriter.echoRequest(out, at, 1, 2);
            at += RtcpWriter.echoResponse(out, at, 1, 2, 3, 8);
            RtcpWriter.bye(out, at, 1);
        });
    }
}
