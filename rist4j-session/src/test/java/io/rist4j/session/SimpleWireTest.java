package io.rist4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;

class SimpleWireTest {
    private final PathWire wire =
            new SimpleKit(TwoEnds.config(Role.RECEIVER, "bob", PathConfig.listen(TwoEnds.LISTENER)))
                    .newWire();

    /** GStreamer's ristsink deletes null packets in the Simple profile, if asked to. */
    @Test
    void nullPacketsThatTheSenderDeletedArePutBack() {
        ByteBuffer b = ByteBuffer.allocate(20);
        b.putLong(0, 0x9021_003b_d7ac_cfdaL).putInt(8, 0xa499_5b58);
        b.putLong(12, 0x5249_0001_c060_1234L);
        byte[] payload = new byte[2 * 188];
        long[] sequence = new long[1];
        var handler =
                new InboundHandler() {
                    @Override
                    public Verdict onMedia(MediaPacket packet) {
                        assertThat(packet.payloadBytes).isEqualTo(payload.length);
                        packet.buffer.get(packet.payloadAt, payload);
                        sequence[0] = packet.sequence;
                        return Verdict.OK;
                    }
                };

        assertThat(wire.read(0, b, 0, 20, new MediaPacket(), handler)).isEqualTo(Verdict.OK);

        assertThat(sequence[0]).isEqualTo(0x1234_003bL);
        for (int i = 0; i < payload.length; i += 188) {
            assertThat(ByteBuffer.wrap(payload).getInt(i)).isEqualTo(0x471F_FF10);
        }
    }
}
