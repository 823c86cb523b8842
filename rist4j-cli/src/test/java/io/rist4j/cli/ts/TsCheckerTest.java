package io.rist4j.cli.ts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;

class TsCheckerTest {
    private static final int PACKETS = 1000;

    private final ByteBuffer stream = ByteBuffer.allocate(PACKETS * TsPacket.BYTES);
    private final TsChecker checker = new TsChecker();

    @BeforeEach
    void generate() {
        new TsGenerator(1, 8_000_000).write(stream, 0, PACKETS);
    }

    @Test
    void acceptsBytesCutAnywhere() {
        for (int at = 0; at < stream.capacity(); ) {
            int bytes = Math.min(1 + (at % 401), stream.capacity() - at);
            checker.accept(stream, at, bytes);
            at += bytes;
        }

        assertThat(checker.isClean()).isTrue();
        assertThat(checker.packets()).isEqualTo(PACKETS);
    }

    @Test
    void seesALostDatagramAsOneJumpOfTheCounter() {
        int datagram = TsPacket.PER_DATAGRAM * TsPacket.BYTES;
        checker.accept(stream, 0, 10 * datagram);
        checker.accept(stream, 11 * datagram, 10 * datagram);

        assertThat(checker.continuityErrors()).isEqualTo(1);
        assertThat(checker.syncErrors()).isZero();
    }

    @Test
    void seesMissingBytesAsLostSynchronisation() {
        checker.accept(stream, 0, 1000);
        checker.accept(stream, 1010, stream.capacity() - 1010);

        assertThat(checker.syncErrors()).isPositive();
        assertThat(checker.isClean()).isFalse();
    }

    @Test
    void allowsAPacketOnceMoreButNotTwice() {
        int content = firstContentPacket();
        checker.accept(stream, content, TsPacket.BYTES);
        checker.accept(stream, content, TsPacket.BYTES);
        assertThat(checker.continuityErrors()).isZero();

        checker.accept(stream, content, TsPacket.BYTES);
        assertThat(checker.continuityErrors()).isEqualTo(1);
    }

    @Test
    void countsPacketsMarkedAsDamaged() {
        stream.put(1, (byte) (stream.get(1) | 0x80));
        checker.accept(stream, 0, stream.capacity());

        assertThat(checker.transportErrors()).isEqualTo(1);
        assertThat(checker.isClean()).isFalse();
    }

    private int firstContentPacket() {
        for (int at = 0; ; at += TsPacket.BYTES) {
            if (TsPacket.pid(stream, at) == 0x100 && TsPacket.hasPayload(stream, at)) {
                return at;
            }
        }
    }
}
