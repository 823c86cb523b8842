package io.rist4j.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.flow.RecordingReceiverSink.Request;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.SessionTime;
import io.rist4j.core.time.Wake;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.LongStream;

class ReceiverFlowRequestTest {
    private static final long MS = FlowDriver.MS;

    private final FlowDriver driver =
            new FlowDriver(ReceiverFlowConfig.builder().startRepair(false));
    private final RecordingReceiverSink sink = driver.sink;

    private List<Double> requestTimesMs(RecordingReceiverSink of) {
        return of.requests.stream().map(r -> r.atNs() / (double) MS).toList();
    }

    @Test
    void spreadsItsRetriesOverTheBufferWhenTheRoundTripIsShort() {
        driver.flow.setRoundTrip(2 * MS, 0, 2 * MS); // trap T34
        driver.original(0, 7);
        driver.original(1, 9);
        driver.to(2000);
        assertThat(sink.requests).hasSize(18);
        List<Double> times = requestTimesMs(sink);
        assertThat(times.get(0)).isEqualTo(16);
        assertThat(times.get(17)).isEqualTo(16 + (17 * 55.0));
    }

    @Test
    void holdsAGapFromTheArrivalThatShowedIt() {
        driver.flow.setRoundTrip(40 * MS, 0, 40 * MS);
        driver.original(0, 7);
        driver.to(5);
        driver.packet.arrivalNs = 2 * MS; // lay unread for 3 ms
        driver.packet.sequence = 9;
        driver.flow.onMedia(5 * MS, 0, driver.packet);
        driver.to(40);
        assertThat(requestTimesMs(sink)).containsExactly(17.0);
    }

    @Test
    void countsTheAttempts() {
        driver.original(0, 7);
        driver.original(1, 9);
        driver.to(2000);
        assertThat(sink.requests.stream().map(Request::attempt).toList())
                .isEqualTo(LongStream.rangeClosed(1, 18).mapToObj(i -> (int) i).toList());
    }

    @Test
    void stopsAfterTheRetriesItWasGiven() {
        FlowDriver few =
                new FlowDriver(
                        ReceiverFlowConfig.builder()
                                .startRepair(false)
                                .bufferNs(5000 * MS)
                                .rttMinNs(10 * MS)
                                .maxRetries(3));
        few.original(0, 7);
        few.original(1, 9);
        few.to(10_000);
        assertThat(few.sink.requests).hasSize(3);
    }

    @Test
    void stopsWhenTheAnswerCouldNotComeInTime() {
        driver.flow.setRoundTrip(300 * MS, 0, 300 * MS);
        driver.original(0, 7);
        driver.original(1, 9);
        driver.to(2000);
        // rounds of 330 ms: 16, 346, 676; the next would be answered at 1 306, and 9 is due at 1
        // 001
        assertThat(requestTimesMs(sink)).containsExactly(16.0, 346.0, 676.0);
    }

    @Test
    void packetsDueTogetherShareOnePass() {
        driver.flow.setRoundTrip(80 * MS, 0, 80 * MS);
        for (int i = 0; i < 100; i++) {
            driver.original(i * 0.5, i * 2L);
        }
        driver.to(80);
        assertThat(sink.requests).hasSize(99);
        assertThat(sink.passes).isLessThan(15);
        Wake wake = Wake.of(driver.flow::wakes);
        assertThat(wake.latestNs()).isGreaterThan(wake.deadlineNs());
    }

    @Test
    void requestsOfOnePassAscendAcrossTheWrap() {
        driver.original(0, 65_530);
        driver.original(1, 5);
        driver.to(30);
        assertThat(sink.requested())
                .containsExactly(65_531L, 65_532L, 65_533L, 65_534L, 65_535L, 0L, 1L, 2L, 3L, 4L);
        assertThat(sink.passes).isEqualTo(1);
    }

    @Test
    void numbersOf32BitsWrapToo() {
        FlowDriver wide = new FlowDriver(ReceiverFlowConfig.builder().startRepair(false));
        wide.sequenceBits = 32;
        wide.original(0, 0xFFFF_FFFEL);
        wide.original(1, 1);
        wide.to(20);
        assertThat(wide.sink.requested()).containsExactly(0xFFFF_FFFFL, 0L);
        wide.retransmission(30, 0.3, 0xFFFF_FFFFL);
        wide.retransmission(31, 0.6, 0);
        wide.to(2000);
        assertThat(wide.sink.delivered()).containsExactly(0xFFFF_FFFEL, 0xFFFF_FFFFL, 0L, 1L);
    }

    @Test
    void aPacketThatIsMerelyLateIsNotAskedFor() {
        driver.original(0, 7);
        driver.original(2, 9);
        driver.late(16, 1, 8);
        driver.to(2000);
        assertThat(sink.requests).isEmpty();
        assertThat(sink.delivered()).containsExactly(7L, 8L, 9L);
        assertThat(driver.flow.counters().reordered).isEqualTo(1);
        assertThat(driver.flow.counters().missing).isZero();
    }

    @Test
    void withoutAHoldItAsksAtOnce() {
        FlowDriver eager =
                new FlowDriver(ReceiverFlowConfig.builder().reorderNs(0).startRepair(false));
        eager.original(0, 7);
        eager.original(2, 9);
        assertThat(Wake.of(eager.flow::wakes).deadlineNs()).isEqualTo(2 * MS);
        eager.to(2);
        assertThat(eager.sink.requested()).containsExactly(8L);
    }

    @Test
    void waitsForTheSlowerOfTwoPathsOnceItKnowsIt() {
        driver.flow.setRoundTrip(100 * MS, 0, 100 * MS);
        // both paths carry everything, path 1 comes 60 ms later; path 0 loses every tenth packet
        for (int i = 0; i < 3060; i++) {
            if (i % 10 != 5 && i < 3000) {
                driver.media(i, i, i, false, 0);
            }
            if (i >= 60) {
                driver.media(i, i - 60, i - 60, false, 1);
            }
        }
        driver.to(5000);
        assertThat(driver.flow.counters().lost).isZero();
        assertThat(sink.requests.size()).isLessThan(20);
        assertThat(driver.flow.counters().reordered).isGreaterThan(280);
    }

    @Test
    void staysBelowTheCeilingOfTheReturnBitrate() {
        FlowDriver capped =
                new FlowDriver(
                        ReceiverFlowConfig.builder().returnBitrate(20_000).startRepair(false));
        for (int i = 0; i < 5000; i += 2) {
            capped.original(i, i);
        }
        capped.to(5000);
        long bytes = (capped.sink.passes * 72L) + (capped.sink.requests.size() * 4L);
        assertThat(bytes * 8 / 5).isLessThan(22_000);
        assertThat(capped.flow.counters().requestsSuppressed).isPositive();
        assertThat(capped.sink.requests.size()).isGreaterThan(500);
    }

    @Test
    void asksForPacketsFromBeforeTheFirstOneAndPlaysThem() {
        FlowDriver repairing = new FlowDriver(ReceiverFlowConfig.builder());
        repairing.original(100, 1010);
        repairing.to(115);
        assertThat(repairing.sink.requested())
                .isEqualTo(LongStream.range(978, 1010).boxed().toList());
        for (int i = 1005; i < 1010; i++) {
            assertThat(repairing.retransmission(150, 90 + i - 1000, i)).isEqualTo(Verdict.OK);
        }
        repairing.to(3000);
        assertThat(repairing.sink.delivered())
                .isEqualTo(LongStream.rangeClosed(1005, 1010).boxed().toList());
        assertThat(repairing.sink.deliveries.get(0).flowStart()).isTrue();
        assertThat(repairing.sink.deliveries.get(0).atNs()).isEqualTo(1095 * MS);
        assertThat(repairing.sink.deliveries).allSatisfy(d -> assertThat(d.lostBefore()).isZero());
        ReceiverCounters counters = repairing.flow.counters();
        assertThat(counters.startRepaired).isEqualTo(5);
        assertThat(counters.lost).isZero();
        assertThat(counters.missing).isZero();
        assertThat(counters.recovered).isZero();
    }

    @Test
    void aHoleAmongThePacketsOfStartRepairIsALoss() {
        FlowDriver repairing = new FlowDriver(ReceiverFlowConfig.builder());
        repairing.original(100, 1010);
        repairing.retransmission(150, 95, 1005);
        repairing.retransmission(150, 99, 1009);
        repairing.to(3000);
        assertThat(repairing.sink.delivered()).containsExactly(1005L, 1009L, 1010L);
        assertThat(repairing.sink.deliveries.get(1).lostBefore()).isEqualTo(3);
        assertThat(repairing.flow.counters().lost).isEqualTo(3);
    }

    @Test
    void startRepairIsQuietAboutWhatThereNeverWas() {
        FlowDriver repairing = new FlowDriver(ReceiverFlowConfig.builder());
        repairing.original(0, 0);
        repairing.original(1, 1);
        repairing.to(3000);
        assertThat(repairing.sink.delivered()).containsExactly(0L, 1L);
        assertThat(repairing.sink.deliveries.get(0).atNs()).isEqualTo(1000 * MS);
        assertThat(repairing.flow.counters().lost).isZero();
        assertThat(Wake.of(repairing.flow::wakes).deadlineNs()).isEqualTo(SessionTime.NEVER);
    }

    @Test
    void startRepairAsksTwiceWhereNothingIsLost() {
        FlowDriver repairing = new FlowDriver(ReceiverFlowConfig.builder());
        for (int i = 0; i < 3000; i++) {
            repairing.original(i, 1000 + i);
        }
        assertThat(repairing.sink.requests).hasSize(2 * ReceiverFlow.START_REPAIR_PACKETS);
        assertThat(repairing.sink.requests.get(63).atNs()).isLessThan(150 * MS);
    }

    @Test
    void startRepairGoesOnWhereMuchIsLost() {
        FlowDriver repairing = new FlowDriver(ReceiverFlowConfig.builder());
        for (int i = 0; i < 1500; i += 2) {
            repairing.original(i, 1000 + i);
        }
        long soft = repairing.sink.requested().stream().filter(n -> n < 1000).count();
        assertThat(soft).isGreaterThan(15L * ReceiverFlow.START_REPAIR_PACKETS);
    }

    @Test
    void aRetransmissionBeforeTheAnchorIsDropped() {
        assertThat(driver.retransmission(0, 0, 6)).isEqualTo(Verdict.LATE);
        assertThat(driver.flow.isAnchored()).isFalse();
        assertThat(Wake.of(driver.flow::wakes).deadlineNs()).isEqualTo(SessionTime.NEVER);
    }

    @Test
    void aRetransmissionThatComesTooLateIsDroppedAndNotAskedForAgain() {
        driver.flow.setRoundTrip(20 * MS, 0, 20 * MS);
        driver.original(0, 7);
        driver.original(20, 8);
        driver.original(10_000, 10);
        driver.to(10_020);
        assertThat(sink.requested()).contains(9L);
        int before = sink.requests.size();
        // stamped just after 8: ten seconds old
        assertThat(driver.retransmission(10_040, 21, 9)).isNotEqualTo(Verdict.OK);
        driver.to(20_000);
        assertThat(sink.requests.size()).isEqualTo(before);
        assertThat(driver.flow.counters().lost).isEqualTo(1);
    }

    @Test
    void afterALongOutageItAsksOnlyForWhatCanStillBePlayed() {
        driver.flow.setRoundTrip(20 * MS, 0, 20 * MS);
        for (int i = 0; i < 1000; i++) {
            driver.original(i, i);
        }
        driver.original(4000, 4000);
        driver.original(4001, 4001);
        driver.to(4020);
        assertThat(sink.requested()).hasSizeBetween(950, 1100);
        assertThat(sink.requested().get(0)).isBetween(2900L, 3050L);
        driver.to(8000);
        assertThat(driver.flow.counters().lost).isEqualTo(3000);
    }

    @Test
    void anOutageOfTwentyThousandPacketsIsPassedToo() {
        FlowDriver small =
                new FlowDriver(ReceiverFlowConfig.builder().bufferNs(200 * MS).startRepair(false));
        for (int i = 0; i < 500; i++) {
            small.original(i, i);
        }
        for (int i = 20_500; i < 21_000; i++) {
            assertThat(small.original(i, i)).isEqualTo(Verdict.OK);
        }
        small.to(30_000);
        assertThat(small.sink.deliveries).hasSize(1000);
        assertThat(small.flow.counters().lost).isEqualTo(20_000);
        assertThat(small.sink.deliveries.get(500).lostBefore()).isEqualTo(20_000);
        assertThat(small.flow.counters().discontinuities).isEqualTo(1);
    }

    @Test
    void aGapFromBeforeAClockJumpIsStillMended() {
        driver.flow.setRoundTrip(20 * MS, 0, 20 * MS);
        for (int i = 0; i < 50; i++) {
            if (i != 48) {
                driver.original(i, i);
            }
        }
        for (int i = 50; i < 60; i++) {
            driver.media(i, 9_000_000.0 + i, i, false, 0);
        }
        driver.to(70);
        assertThat(sink.requested()).contains(48L);
        assertThat(driver.retransmission(80, 48, 48)).isEqualTo(Verdict.OK);
        driver.to(2000);
        assertThat(sink.delivered()).isEqualTo(LongStream.range(0, 60).boxed().toList());
    }

    @Test
    void learnsTheRoundTripFromItsOwnRequestsWhenNobodyTells() {
        // the sender takes 150 ms to answer; before that is known, requests come every 55 ms
        long asked = 0;
        for (int i = 0; i < 240; i++) {
            if (i % 20 != 10 && i < 200) {
                driver.original(i * 10.0, i);
            }
            while (asked < sink.requests.size()
                    && sink.requests.get((int) asked).atNs() <= ((i * 10.0) - 150) * MS) {
                Request request = sink.requests.get((int) asked++);
                driver.retransmission(
                        (i * 10.0) + 1, request.sequence() * 10.0, request.sequence());
            }
        }
        driver.to(4000);
        assertThat(driver.flow.counters().lost).isZero();
        assertThat(sink.requests.size()).isBetween(10, 25);
        assertThat(driver.flow.counters().requestsRepeated).isZero();
    }

    @Test
    void nothingIsAskedForTwiceWithinARoundWhenRedundancyIsOff() {
        FlowDriver plain =
                new FlowDriver(
                        ReceiverFlowConfig.builder().requestRedundancy(false).startRepair(false));
        plain.flow.setRoundTrip(60 * MS, 0, 60 * MS);
        for (int i = 0; i < 4000; i += 2) {
            plain.original(i, i);
        }
        assertThat(plain.flow.counters().requestsRepeated).isZero();
    }
}
