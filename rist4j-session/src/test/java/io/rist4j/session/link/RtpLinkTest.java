package io.rist4j.session.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.npd.DeletionRule;
import io.rist4j.codec.rtcp.RangeRequest;
import io.rist4j.codec.rtcp.SequenceExtension;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

class RtpLinkTest {
    private final RtpLink link =
            new RtpLink(
                    new RtcpCompounds("bob", RangeRequest::write, 16),
                    new MediaWriter(false, DeletionRule.EXACT, false));

    private Verdict read(ByteBuffer b, int bytes, MediaPacket carrier, InboundHandler handler) {
        return link.receive(0, 0, b, 0, bytes, new PlainReader(carrier, handler));
    }

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

        assertThat(read(b, 20, new MediaPacket(), handler)).isEqualTo(Verdict.OK);

        assertThat(sequence[0]).isEqualTo(0x1234_003bL);
        for (int i = 0; i < payload.length; i += 188) {
            assertThat(ByteBuffer.wrap(payload).getInt(i)).isEqualTo(0x471F_FF10);
        }
    }

    private final MediaPacket heard = new MediaPacket();

    private static final class Asked implements InboundHandler {
        private final List<Long> sequences = new ArrayList<>();
        private int extensions;
        private int high;

        @Override
        public Verdict onMedia(MediaPacket packet) {
            return Verdict.OK;
        }

        @Override
        public void onSequenceExtension(int mediaSsrc, int upper) {
            extensions++;
            high = upper;
        }

        @Override
        public void onMissing(int mediaSsrc, long first, int additional) {
            for (int i = 0; i <= additional; i++) {
                sequences.add(SequenceExtension.extend(high, first) + i);
            }
        }
    }

    private Asked ask(long... sequences) {
        var batch = new RequestBatch();
        batch.mediaSsrc = 2;
        batch.sequenceBits = heard.sequenceBits;
        LongStream.of(sequences).forEach(batch::add);
        ByteBuffer b = ByteBuffer.allocate(PathLink.MAX_CONTROL_BYTES);
        var asked = new Asked();
        int bytes = link.writeRequests(0, b, 0, 1, batch);
        assertThat(batch.isWritten()).isTrue();
        assertThat(read(b, bytes, new MediaPacket(), asked)).isEqualTo(Verdict.OK);
        return asked;
    }

    private void hear(long head, long extension) {
        ByteBuffer b = ByteBuffer.allocate(20);
        b.putLong(0, head).putInt(8, 0xa499_5b58).putLong(12, extension);
        assertThat(read(b, 20, heard, new Asked())).isEqualTo(Verdict.OK);
    }

    @Test
    void aPeerThatCountsWith32BitsIsAskedWith32Bits() {
        hear(0x9021_0002_d7ac_cfdaL, 0x5249_0001_4000_1234L);

        Asked asked = ask(0x1233_fffeL, 0x1233_ffffL, 0x1234_0000L, 0x1234_0001L);

        assertThat(asked.sequences)
                .containsExactly(0x1233_fffeL, 0x1233_ffffL, 0x1234_0000L, 0x1234_0001L);
        assertThat(asked.extensions).isEqualTo(2);
    }

    @Test
    void theUpperHalfWraps() {
        hear(0x9021_0002_d7ac_cfdaL, 0x5249_0001_4000_0000L);

        assertThat(ask(0xffff_fffeL, 0).sequences).containsExactly(0xffff_fffeL, 0L);
    }

    @Test
    void aPeerThatCountsWith16BitsIsAskedWith16Bits() {
        hear(0x9021_0002_d7ac_cfdaL, 0x5249_0001_4000_1234L);
        hear(0x8021_0003_d7ac_cfdaL, 0);

        Asked asked = ask(0x7_fffe, 0x8_0001);

        assertThat(asked.sequences).containsExactly(0xfffeL, 1L);
        assertThat(asked.extensions).isZero();
    }
}
