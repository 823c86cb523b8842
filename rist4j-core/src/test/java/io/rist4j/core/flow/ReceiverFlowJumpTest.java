package io.rist4j.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.flow.ReceiverSink.StartReason;
import io.rist4j.core.flow.RecordingReceiverSink.Start;
import io.rist4j.core.message.Verdict;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.LongStream;

class ReceiverFlowJumpTest {
    private static final int OTHER = 0x2222_2222;

    private final FlowDriver driver =
            new FlowDriver(
                    ReceiverFlowConfig.builder().bufferNs(200 * FlowDriver.MS).startRepair(false));
    private final RecordingReceiverSink sink = driver.sink;

    /** One packet per ms from a time and a number on. */
    private void stream(double fromMs, long first, int count) {
        for (int i = 0; i < count; i++) {
            assertThat(driver.original(fromMs + i, (first + i) & 0xFFFF)).isEqualTo(Verdict.OK);
        }
    }

    private static List<Long> numbers(long first, int count) {
        return LongStream.range(first, first + count).boxed().toList();
    }

    private List<StartReason> reasons() {
        return sink.starts.stream().map(Start::reason).toList();
    }

    @Test
    void oneForgedPacketDoesNotDisturbALiveFlow() {
        stream(0, 100, 50);
        driver.original(50, 40_000);
        driver.media(50, 50_000, 151, false, 0);
        stream(51, 150, 50);
        driver.to(1000);
        assertThat(sink.delivered()).isEqualTo(numbers(100, 100));
        assertThat(reasons()).containsExactly(StartReason.FIRST_PACKET);
        assertThat(driver.flow.counters().lost).isZero();
        assertThat(driver.flow.counters().droppedUnexpected).isEqualTo(2);
        assertThat(sink.requests).isEmpty();
    }

    @Test
    void twoPacketsThatAgreeMakeAJumpAndNothingIsLost() {
        stream(0, 100, 50);
        stream(50, 40_000, 50);
        driver.to(1000);
        assertThat(sink.delivered().subList(0, 50)).isEqualTo(numbers(100, 50));
        assertThat(sink.delivered().subList(50, 100)).isEqualTo(numbers(40_000, 50));
        assertThat(reasons()).containsExactly(StartReason.FIRST_PACKET, StartReason.JUMP);
        assertThat(sink.deliveries.get(50).flowStart()).isTrue();
        assertThat(sink.deliveries.get(50).lostBefore()).isZero();
        assertThat(driver.flow.counters().lost).isZero();
        assertThat(driver.flow.counters().flowResets).isEqualTo(1);
        assertThat(sink.deliveries)
                .allSatisfy(
                        d -> assertThat(d.atNs()).isEqualTo(d.arrivalNs() + (200 * FlowDriver.MS)));
    }

    @Test
    void aSenderThatStartsAgainFromZeroWithItsOldNameIsFollowed() {
        stream(0, 0, 300);
        stream(300, 0, 300);
        driver.to(1000);
        assertThat(sink.delivered()).hasSize(600);
        assertThat(reasons()).containsExactly(StartReason.FIRST_PACKET, StartReason.JUMP);
        assertThat(driver.flow.counters().lost).isZero();
    }

    @Test
    void aClockThatJumpsWhileNumbersGoOnLosesNothing() {
        stream(0, 100, 50);
        for (int i = 0; i < 50; i++) {
            driver.media(50 + i, 5_000_000.0 + i, 150 + i, false, 0);
        }
        driver.to(1000);
        assertThat(sink.delivered()).isEqualTo(numbers(100, 100));
        assertThat(reasons()).containsExactly(StartReason.FIRST_PACKET, StartReason.JUMP);
        assertThat(sink.deliveries.get(60).atNs()).isEqualTo(260 * FlowDriver.MS);
    }

    @Test
    void aClockThatJumpsBackWhileNumbersGoOnLosesNothing() {
        driver.to(1);
        for (int i = 0; i < 50; i++) {
            driver.media(50 + i, 5_000_000.0 + i, 100 + i, false, 0);
        }
        stream(100, 150, 50);
        driver.to(1000);
        assertThat(sink.delivered()).isEqualTo(numbers(100, 100));
        assertThat(reasons()).containsExactly(StartReason.FIRST_PACKET, StartReason.JUMP);
    }

    @Test
    void aGapThatNeedsConfirmationIsAskedForInWhole() {
        driver.flow.setRoundTrip(20 * FlowDriver.MS, 0, 20 * FlowDriver.MS);
        stream(0, 100, 5);
        stream(5, 205, 5);
        driver.to(21);
        assertThat(sink.requested()).isEqualTo(numbers(105, 100));
        driver.to(1000);
        assertThat(reasons()).containsExactly(StartReason.FIRST_PACKET);
        assertThat(driver.flow.counters().lost).isEqualTo(100);
    }

    @Test
    void aPathThatRunsFarAheadOfAnotherIsNoJump() {
        stream(0, 100, 100);
        driver.late(100, 400, 500);
        stream(101, 201, 10);
        driver.to(1000);
        assertThat(reasons()).containsExactly(StartReason.FIRST_PACKET);
        assertThat(sink.delivered()).hasSize(111).endsWith(209L, 210L, 500L);
    }

    @Test
    void aPathThatRunsAheadBeforeTheRateIsKnownIsNoJump() {
        driver.original(0, 100);
        driver.late(1, 80, 180);
        driver.original(2, 102);
        driver.to(1000);
        assertThat(reasons()).containsExactly(StartReason.FIRST_PACKET);
        assertThat(sink.delivered()).containsExactly(100L, 102L, 180L);
    }

    @Test
    void anOutageShorterThanTheBufferIsOneGap() {
        stream(0, 100, 100);
        stream(250, 350, 20);
        driver.to(1000);
        assertThat(reasons()).containsExactly(StartReason.FIRST_PACKET);
        assertThat(driver.flow.counters().lost).isEqualTo(150);
        assertThat(driver.flow.counters().discontinuities).isEqualTo(1);
        assertThat(sink.deliveries.get(100).lostBefore()).isEqualTo(150);
    }

    @Test
    void aForeignFlowIsRefusedWhileThePresentOneIsLive() {
        stream(0, 100, 50);
        driver.flowId = OTHER;
        assertThat(driver.original(50, 7)).isEqualTo(Verdict.FOREIGN_FLOW);
        assertThat(driver.original(51, 8)).isEqualTo(Verdict.FOREIGN_FLOW);
        assertThat(driver.flow.flowId()).isEqualTo(FlowDriver.FLOW);
        assertThat(driver.flow.counters().droppedForeign).isEqualTo(2);
    }

    @Test
    void aForeignFlowTakesOverFromOneThatFellSilent() {
        stream(0, 100, 50);
        driver.flowId = OTHER;
        stream(251, 7, 50);
        driver.to(1000);
        assertThat(sink.delivered().subList(0, 50)).isEqualTo(numbers(100, 50));
        assertThat(sink.delivered().subList(50, 100)).isEqualTo(numbers(7, 50));
        assertThat(sink.starts.get(1)).isEqualTo(new Start(OTHER, StartReason.NEW_SOURCE));
        assertThat(sink.deliveries.get(50).flowId()).isEqualTo(OTHER);
    }

    @Test
    void theSessionCanMakeWayForAForeignFlowAtOnce() {
        stream(0, 100, 50);
        driver.flowId = OTHER;
        assertThat(driver.original(50, 7)).isEqualTo(Verdict.FOREIGN_FLOW);
        driver.flow.restart(StartReason.NEW_SOURCE);
        stream(51, 8, 50);
        driver.to(1000);
        assertThat(sink.delivered()).hasSize(100);
        assertThat(reasons()).containsExactly(StartReason.FIRST_PACKET, StartReason.NEW_SOURCE);
        assertThat(driver.flow.counters().lost).isZero();
    }

    @Test
    void aStreamThatComesBackAfterSilenceIsAnchoredAnewAndItsGapAskedFor() {
        stream(0, 100, 50);
        stream(5000, 152, 50);
        driver.to(5010);
        driver.to(6000);
        assertThat(reasons()).containsExactly(StartReason.FIRST_PACKET, StartReason.AFTER_SILENCE);
        assertThat(sink.delivered()).hasSize(100);
        assertThat(sink.requested()).contains(150L, 151L);
        assertThat(driver.flow.counters().lost).isEqualTo(2);
        assertThat(sink.deliveries.get(50).flowStart()).isTrue();
        assertThat(sink.deliveries.get(50).lostBefore()).isEqualTo(2);
    }

    @Test
    void aStreamThatComesBackLateIsNotPlayedLateEverAfter() {
        stream(0, 100, 50);
        driver.late(5080, 5000, 150); // a copy: the first one was lost
        for (int i = 1; i < 50; i++) {
            driver.late(5080 + i, 5000 + i, 150 + i);
        }
        for (int i = 81; i < 150; i++) {
            driver.original(5000 + i, 119 + i);
        }
        driver.to(6000);
        assertThat(reasons()).containsExactly(StartReason.FIRST_PACKET, StartReason.AFTER_SILENCE);
        assertThat(sink.deliveries.subList(50, 169))
                .allSatisfy(d ->
                        assertThat(d.dueNs() - d.sourceNs())
                                .isEqualTo(
                                        sink.deliveries.get(49).dueNs()
                                                - sink.deliveries.get(49).sourceNs()));
    }

    @Test
    void aPauseAfterASinglePacketIsNotTakenForTheRate() {
        driver.original(0, 0);
        for (int i = 0; i < 30; i++) {
            driver.original(1000 + (i * 0.1), 1 + i);
        }
        // a gap of 70, and one of 64 of its end overtaken
        driver.original(1010, 101);
        driver.original(1010.1, 95);
        driver.to(2000);
        assertThat(sink.delivered()).hasSize(33).contains(95L, 101L);
    }

    @Test
    void byArrivalPacketsThatWereOvertakenAfterAPauseArePlayed() {
        var byArrival =
                new FlowDriver(
                        ReceiverFlowConfig.builder()
                                .bufferNs(200 * FlowDriver.MS)
                                .timing(ReceiverFlowConfig.Timing.ARRIVAL));
        byArrival.original(0, 0);
        byArrival.original(1000, 14);
        byArrival.original(1002, 12);
        byArrival.original(1003, 13);
        byArrival.to(2000);
        assertThat(byArrival.sink.delivered()).containsExactly(0L, 12L, 13L, 14L);
    }

    @Test
    void aStreamSlowerThanTheBufferIsNotTakenForSilence() {
        for (int i = 0; i < 20; i++) {
            driver.original(i * 1000.0, i);
        }
        driver.to(30_000);
        assertThat(sink.delivered()).isEqualTo(numbers(0, 20));
        assertThat(sink.starts.size()).isLessThan(10);
    }

    @Test
    void aSlowPathThatOutlivesAFastOneNeverBringsThePastBack() {
        // path 1 lags half a second behind path 0, more than the buffer
        int packets = 3000;
        for (int i = 0; i < 5000; i++) {
            if (i < packets - 1000) {
                driver.media(i, i, i, false, 0);
            }
            int lagged = i - 500;
            if (lagged >= 0 && lagged < packets) {
                driver.media(i, lagged, lagged, false, 1);
            }
        }
        driver.to(10_000);
        assertThat(sink.delivered()).isEqualTo(numbers(0, packets));
        assertThat(driver.flow.counters().lost).isZero();
    }

    @Test
    void manyResetsWithinOneBufferKeepEveryPacketInOrder() {
        long sent = 0;
        for (int run = 0; run < 20; run++) {
            driver.flow.restart(StartReason.NEW_SOURCE);
            driver.flowId = 2 * (run + 1);
            for (int i = 0; i < 4; i++) {
                driver.original((run * 4) + i, (run * 1000) + i);
                sent++;
            }
        }
        driver.to(1000);
        assertThat(driver.flow.counters().delivered).isEqualTo(sent);
        assertThat(sink.delivered()).isSorted();
        assertThat(driver.flow.counters().lost).isZero();
    }

    @Test
    void anAnchorIsNeverOlderThanWhatWasPlayed() {
        stream(0, 100, 300);
        driver.to(2000);
        assertThat(driver.late(2000, 250, 350)).isEqualTo(Verdict.DUPLICATE);
        assertThat(driver.late(2001, 20, 120)).isEqualTo(Verdict.DUPLICATE);
        assertThat(driver.late(2002, 0, 90)).isEqualTo(Verdict.LATE);
        assertThat(driver.late(2003, 0.1, 91)).isEqualTo(Verdict.LATE);
        driver.to(3000);
        assertThat(sink.delivered()).isEqualTo(numbers(100, 300));
    }
}
