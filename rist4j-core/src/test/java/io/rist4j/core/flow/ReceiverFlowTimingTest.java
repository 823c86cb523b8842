package io.rist4j.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.flow.ReceiverFlowConfig.Timing;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.NtpTime;
import io.rist4j.core.time.SessionTime;
import io.rist4j.core.time.Wake;

import org.junit.jupiter.api.Test;

class ReceiverFlowTimingTest {
    private static final long MS = FlowDriver.MS;
    private static final long WRAP = 1L << 32;

    private static ReceiverFlowConfig.Builder config() {
        return ReceiverFlowConfig.builder().bufferNs(200 * MS).startRepair(false);
    }

    @Test
    void timestampsWrapWithoutATrace() {
        FlowDriver driver = new FlowDriver(config());
        for (int i = 0; i < 100; i++) {
            driver.ticks(i, (WRAP - 4500) + (i * 90L), 7 + i, false, 0);
        }
        driver.to(1000);
        assertThat(driver.sink.deliveries).hasSize(100);
        assertThat(driver.sink.deliveries)
                .allSatisfy(d ->
                        assertThat(d.atNs() - d.arrivalNs()).isBetween(200 * MS - 1, 200 * MS + 1));
        assertThat(driver.sink.starts).hasSize(1);
        assertThat(driver.flow.counters().clockResyncs).isZero();
        long apartNs =
                driver.sink.deliveries.get(99).sourceNs()
                        - driver.sink.deliveries.get(0).sourceNs();
        assertThat(apartNs).isBetween(99 * MS - 1, 99 * MS + 1); // 2^32 ticks are no whole ns
    }

    @Test
    void stragglersAcrossTheWrapKeepTheirPlace() {
        FlowDriver driver = new FlowDriver(config());
        driver.ticks(0, WRAP - 180, 65_534, false, 0);
        driver.ticks(3, 90, 1, false, 0);
        driver.ticks(4, WRAP - 90, 65_535, false, 0);
        driver.ticks(5, 0, 0, true, 0);
        driver.to(1000);
        assertThat(driver.sink.deliveries.stream().map(d -> d.sequence() & 0xFFFF).toList())
                .containsExactly(65_534L, 65_535L, 0L, 1L);
        assertThat(driver.sink.delivered()).containsExactly(65_534L, 65_535L, 65_536L, 65_537L);
        assertThat(driver.flow.counters().lost).isZero();
    }

    @Test
    void aDayOfSlowMediaPassesOneWrapAfterTheOther() {
        FlowDriver driver = new FlowDriver(config());
        int minutes = 60 * 40;
        for (int i = 0; i < minutes; i++) {
            driver.original(i * 60_000.0, i);
        }
        driver.to((minutes + 1) * 60_000.0);
        assertThat(driver.sink.deliveries).hasSize(minutes);
        assertThat(driver.flow.counters().lost).isZero();
    }

    @Test
    void placesPacketsByArrivalWhenToldTo() {
        FlowDriver driver = new FlowDriver(config().timing(Timing.ARRIVAL));
        driver.late(10, 999_999, 7);
        driver.late(30, 5, 8);
        driver.late(31, 123_456, 10);
        driver.retransmission(60, 77, 9);
        driver.to(1000);
        assertThat(driver.sink.delivered()).containsExactly(7L, 8L, 9L, 10L);
        assertThat(driver.sink.deliveries.get(0).atNs()).isEqualTo(210 * MS);
        assertThat(driver.sink.deliveries.get(1).atNs()).isEqualTo(230 * MS);
        // a retransmission takes the middle between its neighbours
        assertThat(driver.sink.deliveries.get(2).dueNs()).isEqualTo(230 * MS + (MS / 2));
        assertThat(driver.sink.deliveries.get(3).dueNs()).isEqualTo(231 * MS);
    }

    @Test
    void copiesAreKnownByTheirStampEvenWhenTheArrivalCounts() {
        FlowDriver driver = new FlowDriver(config().timing(Timing.ARRIVAL));
        driver.media(10, 5, 7, false, 0);
        assertThat(driver.media(40, 5, 7, false, 1)).isEqualTo(Verdict.DUPLICATE);
    }

    @Test
    void placesPacketsByArrivalWhenTheWireHasNoClock() {
        FlowDriver driver = new FlowDriver(config());
        driver.clockHz = 0;
        driver.original(10, 7);
        driver.original(11, 8);
        driver.original(13, 10);
        driver.retransmission(50, 12, 9);
        driver.to(1000);
        assertThat(driver.sink.delivered()).containsExactly(7L, 8L, 9L, 10L);
        assertThat(driver.sink.deliveries.get(3).atNs()).isEqualTo(213 * MS);
    }

    @Test
    void aPacketOfAnotherClockIsPlacedByItsArrival() {
        FlowDriver driver = new FlowDriver(config());
        driver.original(10, 7);
        driver.clockHz = 0;
        driver.media(12, 55_555, 8, false, 0);
        driver.clockHz = 90_000;
        driver.original(14, 9);
        driver.to(1000);
        assertThat(driver.sink.delivered()).containsExactly(7L, 8L, 9L);
        assertThat(driver.sink.deliveries.get(1).atNs()).isEqualTo(212 * MS);
    }

    @Test
    void placesPacketsByTheSendersWallClock() {
        FlowDriver driver = new FlowDriver(config().timing(Timing.RTC));
        long wallMinusSession = 1_800_000_000L * SessionTime.SECOND;
        driver.flow.setWallOffsetNs(wallMinusSession);
        // at session time 100 ms the source's timestamp is 2 000 ms, and the network takes 30 ms
        driver.flow.onSenderReport(
                130 * MS, NtpTime.ofUnixNs(wallMinusSession + (100 * MS)), 2_000 * 90);
        for (int i = 0; i < 50; i++) {
            driver.late(140 + i, 2_010 + i, 100 + i);
        }
        driver.to(2000);
        assertThat(driver.sink.deliveries).hasSize(50);
        assertThat(driver.sink.deliveries)
                .allSatisfy(d ->
                        assertThat(d.dueNs() - d.arrivalNs())
                                .isBetween((170 * MS) - 5, (170 * MS) + 5));
    }

    @Test
    void mediaBeforeTheFirstSenderReportIsPlayedToo() {
        FlowDriver driver = new FlowDriver(config().timing(Timing.RTC));
        long wallMinusSession = 1_800_000_000L * SessionTime.SECOND;
        driver.flow.setWallOffsetNs(wallMinusSession);
        for (int i = 0; i < 100; i++) {
            if (i == 50) {
                driver.flow.onSenderReport(
                        50 * MS, NtpTime.ofUnixNs(wallMinusSession + (20 * MS)), 50 * 90);
            }
            driver.original(i, i);
        }
        driver.to(2000);
        assertThat(driver.sink.deliveries).hasSize(100);
        assertThat(driver.flow.counters().lost).isZero();
        assertThat(driver.sink.deliveries.get(80).dueNs()).isBetween(249 * MS, 251 * MS);
    }

    @Test
    void aWallClockThatMustBeWrongIsNotFollowed() {
        FlowDriver driver = new FlowDriver(config().timing(Timing.RTC));
        long wallMinusSession = 1_800_000_000L * SessionTime.SECOND;
        driver.flow.setWallOffsetNs(wallMinusSession);
        driver.flow.onSenderReport(
                10 * MS, NtpTime.ofUnixNs(wallMinusSession + (3600 * SessionTime.SECOND)), 10 * 90);
        driver.original(10, 1);
        driver.to(1000);
        assertThat(driver.sink.deliveries.get(0).atNs()).isEqualTo(210 * MS);
    }

    @Test
    void followsAStepOfTheHostsWallClock() {
        FlowDriver driver = new FlowDriver(config().timing(Timing.RTC));
        long wallMinusSession = 1_800_000_000L * SessionTime.SECOND;
        driver.flow.setWallOffsetNs(wallMinusSession);
        driver.flow.onSenderReport(10 * MS, NtpTime.ofUnixNs(wallMinusSession), 0);
        driver.original(30, 1);
        driver.flow.setWallOffsetNs(wallMinusSession + (7 * MS));
        driver.to(1000);
        assertThat(driver.sink.deliveries.get(0).dueNs()).isBetween(222 * MS, 224 * MS);
    }

    @Test
    void deliversWithinTheToleranceAndSaysHowLongItMayWait() {
        FlowDriver driver = new FlowDriver(config().playoutToleranceNs(MS));
        driver.original(10, 1);
        driver.late(10.3, 10.3, 2);
        driver.late(10.9, 10.9, 3);
        assertThat(Wake.of(driver.flow::wakes).deadlineNs()).isEqualTo(210 * MS);
        assertThat(Wake.of(driver.flow::wakes).latestNs()).isEqualTo(210 * MS + MS / 2);
        driver.flow.onDeadline(210 * MS);
        assertThat(driver.sink.delivered()).containsExactly(1L, 2L);
    }

    @Test
    void toleratesAsMuchAsPacketsAreApartWithinItsBounds() {
        FlowDriver slow = new FlowDriver(config().playoutToleranceNs(MS));
        FlowDriver quick = new FlowDriver(config().playoutToleranceNs(MS));
        for (int i = 0; i < 400; i++) {
            slow.original(i, i);
            quick.late(i / 5.0, i / 5.0, i);
        }
        slow.to(400); // while there is something to play
        quick.to(80);
        assertThat(earlyNs(slow)).isBetween(MS * 9 / 10, MS);
        assertThat(earlyNs(quick)).isEqualTo(MS / 2);
        slow.to(2_000);
        assertThat(Wake.of(slow.flow::wakes).latestNs()).isEqualTo(Long.MAX_VALUE);
    }

    private static long earlyNs(FlowDriver driver) {
        Wake wake = Wake.of(driver.flow::wakes);
        return wake.deadlineNs() - wake.earliestNs();
    }

    @Test
    void playsFasterOrSlowerWhileTheBufferChanges() {
        FlowDriver driver = new FlowDriver(config());
        for (int i = 0; i < 3000; i++) {
            driver.original(i, i);
            if (i == 500) {
                driver.flow.setBufferNs(300 * MS);
            }
            if (i == 1800) {
                driver.flow.setBufferNs(200 * MS);
            }
        }
        assertThat(driver.flow.bufferNs()).isEqualTo(200 * MS);
        driver.to(5000);
        assertThat(driver.sink.deliveries).hasSize(3000);
        long previous = 0;
        for (var delivery : driver.sink.deliveries) {
            assertThat(delivery.atNs() - previous).isLessThanOrEqualTo(200 * MS);
            previous = delivery.atNs();
        }
        assertThat(driver.sink.deliveries.get(1400).atNs()).isEqualTo(1700 * MS);
        assertThat(driver.sink.deliveries.get(2999).atNs()).isEqualTo(3199 * MS);
        assertThat(driver.flow.counters().lost).isZero();
    }

    @Test
    void aShorterBufferMakesNothingOverdue() {
        FlowDriver driver = new FlowDriver(config().bufferNs(1000 * MS));
        for (int i = 0; i < 500; i++) {
            driver.original(i, i);
        }
        driver.flow.setBufferNs(200 * MS);
        driver.to(2000);
        assertThat(driver.sink.deliveries).hasSize(500);
        assertThat(driver.sink.deliveries)
                .allSatisfy(d -> assertThat(d.atNs()).isLessThanOrEqualTo(d.dueNs()));
        assertThat(driver.sink.deliveries.get(0).atNs()).isLessThan(510 * MS);
    }

    @Test
    void aPauseBeforeAShorterBufferMakesNothingOverdue() {
        FlowDriver driver = new FlowDriver(config().bufferNs(1000 * MS));
        driver.original(0, 0);
        driver.original(900, 1);
        driver.to(1000);
        driver.flow.setBufferNs(200 * MS);
        for (int i = 0; i < 20; i++) {
            driver.original(1700 + i, 2 + i);
        }
        driver.to(4000);
        assertThat(driver.sink.deliveries).hasSize(22);
        assertThat(driver.sink.deliveries)
                .allSatisfy(d -> assertThat(d.atNs()).isLessThanOrEqualTo(d.dueNs() + (MS / 2)));
    }
}
