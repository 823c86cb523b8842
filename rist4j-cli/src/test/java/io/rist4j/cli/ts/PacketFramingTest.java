package io.rist4j.cli.ts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;

final class PacketFramingTest {
    private static final int CHUNK = 7 * TsPacket.BYTES;

    private final PacketFraming framing = new PacketFraming(0, 0, TsPacket.BYTES);

    @Test
    void wholePacketsAreSentAndPartOfOneWaits() {
        ByteBuffer b = packets(0, 7);

        assertThat(framing.cut(b, CHUNK, false)).isEqualTo(CHUNK);
        assertThat(framing.cut(b, (2 * 188) + 40, false)).isEqualTo(2 * 188);
        assertThat(framing.cut(b, 40, false)).isZero();
        assertThat(framing.cut(b, (2 * 188) + 40, true)).isEqualTo((2 * 188) + 40);
    }

    @Test
    void whatLiesBetweenPacketsIsSentByItself() {
        ByteBuffer b = packets(61, 6);

        assertThat(framing.cut(b, CHUNK, false)).isEqualTo(61);
        assertThat(PacketFraming.detect(b, CHUNK)).isEqualTo(new PacketFraming(61, 0, 188));
    }

    @Test
    void packetsBeforeDamageGoFirst() {
        ByteBuffer b = packets(0, 7);
        b.put(3 * 188, (byte) 0);

        assertThat(framing.cut(b, CHUNK, false)).isEqualTo(3 * 188);
    }

    @Test
    void whatIsNoStreamIsSentAsItIs() {
        ByteBuffer b = ByteBuffer.allocate(CHUNK);

        assertThat(PacketFraming.detect(b, CHUNK)).isNull();
        assertThat(framing.cut(b, CHUNK, false)).isEqualTo(CHUNK);
    }

    private static ByteBuffer packets(int from, int count) {
        ByteBuffer b = ByteBuffer.allocate(CHUNK);
        for (int i = 0; i < count; i++) {
            b.put(from + (i * 188), (byte) TsPacket.SYNC);
        }
        return b;
    }
}
