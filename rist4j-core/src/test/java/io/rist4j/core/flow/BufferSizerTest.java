package io.rist4j.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.time.SessionTime;

import org.junit.jupiter.api.Test;

class BufferSizerTest {
    private static final long MS = SessionTime.MILLISECOND;

    private final ReceiverCounters counters = new ReceiverCounters();
    private final BufferSizer sizer =
            new BufferSizer(
                    ReceiverFlowConfig.builder()
                            .bufferMinNs(100 * MS)
                            .bufferMaxNs(800 * MS)
                            .build());
    private long nowNs;
    private long roundTripNs;

    private long afterSeconds(int seconds) {
        sizer.onMedia(nowNs);
        for (int i = 0; i < seconds; i++) {
            nowNs += SessionTime.SECOND;
            sizer.onDeadline(nowNs, roundTripNs, counters);
        }
        return sizer.targetNs() / MS;
    }

    @Test
    void shortensByFiftyMillisecondsAtATime() {
        roundTripNs = 20 * MS;
        assertThat(sizer.targetNs()).isEqualTo(450 * MS);
        assertThat(afterSeconds(1)).isEqualTo(400);
        assertThat(afterSeconds(1)).isEqualTo(350);
        assertThat(afterSeconds(10)).isEqualTo(7 * 20 + 15);
    }

    @Test
    void lengthensAtOnce() {
        roundTripNs = 90 * MS;
        assertThat(afterSeconds(1)).isEqualTo(7 * 90 + 15);
    }

    @Test
    void addsForLossAndForPacketsThatNeedManyRequests() {
        roundTripNs = 70 * MS;
        counters.lost = 2;
        counters.recoveredMoreRounds = 5;
        counters.recoveredFourRounds = 1;
        assertThat(afterSeconds(1)).isEqualTo((7 * 70 + 15) * 121 / 100);
    }

    @Test
    void takesTheLongestWhenMuchIsLost() {
        roundTripNs = 10 * MS;
        counters.lost = 26;
        assertThat(afterSeconds(1)).isEqualTo(800);
        assertThat(afterSeconds(1)).isEqualTo(750);
    }

    @Test
    void staysWithinItsRangeAndWhatTheSenderKeeps() {
        roundTripNs = 400 * MS;
        assertThat(afterSeconds(1)).isEqualTo(800);
        sizer.setSenderHistoryNs(600 * MS);
        assertThat(afterSeconds(2)).isEqualTo(600);
        sizer.setSenderHistoryNs(0);
        roundTripNs = 1 * MS;
        assertThat(afterSeconds(30)).isEqualTo(100);
    }

    @Test
    void waitsForARoundTripToBeKnown() {
        assertThat(afterSeconds(5)).isEqualTo(450);
    }

    @Test
    void leavesAFixedBufferAlone() {
        BufferSizer fixed = new BufferSizer(ReceiverFlowConfig.defaults());
        fixed.onMedia(0);
        assertThat(fixed.onDeadline(100 * SessionTime.SECOND, 500 * MS, counters)).isFalse();
        assertThat(fixed.targetNs()).isEqualTo(1000 * MS);
    }
}
