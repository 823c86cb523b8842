package io.rist4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;

/** What a session takes for media while it runs, and after it. */
class SessionMemoryTest {
    private static final long SMALL = 64 << 10;

    private final TwoEnds ends = new TwoEnds(Role.SENDER);

    private void stream(int packets) {
        ends.start();
        ends.runUntil(300 * TwoEnds.MS);
        for (int i = 0; i < packets; i++) {
            ends.send(ByteBuffer.allocate(1_316));
            if (i % 10 == 0) {
                ends.runUntil(ends.nowNs + TwoEnds.MS);
            }
        }
        ends.runUntil(ends.nowNs + 100 * TwoEnds.MS);
    }

    @Test
    void aFewPacketsTakeLittle() {
        stream(10);
        assertThat(ends.sender().sending().flow(0).memoryBytes()).isBetween(1L, SMALL);
        assertThat(ends.receiver().receiving().only().payloadMemoryBytes()).isBetween(1L, SMALL);
    }

    @Test
    void whatWasTakenIsGivenBackAtTheEnd() {
        stream(3_000);
        assertThat(ends.sender().sending().flow(0).memoryBytes()).isGreaterThan(3_000_000);
        assertThat(ends.receiver().receiving().only().payloadMemoryBytes())
                .isGreaterThan(3_000_000);
        ends.sender().close(ends.nowNs);
        ends.sender().release();
        ends.receiver().close(ends.nowNs);
        ends.receiver().release();

        assertThat(ends.sender().sending().flow(0).memoryBytes()).isZero();
        assertThat(ends.sender().sending().flow(0).historyPackets()).isZero();
        assertThat(ends.sender().sending().flow(0).counters().sent()).isEqualTo(3_000);
        assertThat(ends.receiver().receiving().only().payloadMemoryBytes()).isZero();
        assertThat(ends.receiver().receiving().only().counters().received).isEqualTo(3_000);
    }
}
