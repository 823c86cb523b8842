package io.rist4j.core.flow;

import static io.rist4j.core.time.SessionTime.MILLISECOND;
import static io.rist4j.core.time.SessionTime.NEVER;
import static io.rist4j.core.time.SessionTime.SECOND;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.flow.TailRepair.Arrival;

import org.junit.jupiter.api.Test;

class TailRepairTest {
    private final TailRepair tail = new TailRepair(true, SECOND);

    private int repeatsUpTo(long nowNs) {
        int repeats = 0;
        while (tail.deadlineNs() <= nowNs) {
            assertThat(tail.takeDue(tail.deadlineNs(), Arrival.UNKNOWN)).isTrue();
            repeats++;
        }
        return repeats;
    }

    @Test
    void hasNothingToDoBeforeTheFirstOriginal() {
        tail.onRoundTrip(20 * MILLISECOND);
        assertThat(tail.deadlineNs()).isEqualTo(NEVER);
        assertThat(tail.takeDue(SECOND, Arrival.UNKNOWN)).isFalse();
    }

    @Test
    void repeatsAfterOneAndAHalfRoundTripsTwice() {
        tail.onRoundTrip(20 * MILLISECOND);
        tail.onOriginal(SECOND);
        assertThat(tail.deadlineNs()).isEqualTo(SECOND + 30 * MILLISECOND);
        assertThat(tail.takeDue(SECOND + 30 * MILLISECOND - 1, Arrival.UNKNOWN)).isFalse();
        assertThat(tail.takeDue(SECOND + 31 * MILLISECOND, Arrival.UNKNOWN)).isTrue();
        assertThat(tail.deadlineNs()).isEqualTo(SECOND + 61 * MILLISECOND);
        assertThat(tail.takeDue(SECOND + 61 * MILLISECOND, Arrival.UNKNOWN)).isTrue();
        assertThat(tail.deadlineNs()).isEqualTo(NEVER);
    }

    @Test
    void newMediaCancelsAndStartsAgain() {
        tail.onRoundTrip(20 * MILLISECOND);
        tail.onOriginal(0);
        assertThat(tail.takeDue(30 * MILLISECOND, Arrival.UNKNOWN)).isTrue();
        tail.onOriginal(31 * MILLISECOND);
        assertThat(tail.takeDue(60 * MILLISECOND, Arrival.UNKNOWN)).isFalse();
        assertThat(repeatsUpTo(SECOND)).isEqualTo(2);
    }

    @Test
    void newRoundTripMovesTheDeadline() {
        tail.onRoundTrip(20 * MILLISECOND);
        tail.onOriginal(0);
        tail.onRoundTrip(40 * MILLISECOND);
        assertThat(tail.deadlineNs()).isEqualTo(60 * MILLISECOND);
        assertThat(tail.slackNs()).isEqualTo(10 * MILLISECOND);
    }

    @Test
    void staysQuietBetweenPacketsThatRegularlyComeFarApart() {
        tail.onRoundTrip(5 * MILLISECOND);
        int repeats = 0;
        long now = 0;
        for (int i = 0; i < 200; i++, now += 100 * MILLISECOND) {
            repeats += repeatsUpTo(now);
            tail.onOriginal(now);
        }
        // Only before the rhythm was known.
        assertThat(repeats).isEqualTo(2);
        long last = now - 100 * MILLISECOND;
        assertThat(tail.deadlineNs()).isEqualTo(last + 150 * MILLISECOND);
    }

    @Test
    void waitsNoLongerThanAQuarterOfTheBuffer() {
        tail.onRoundTrip(5 * MILLISECOND);
        tail.onOriginal(0);
        tail.onOriginal(10 * SECOND);
        assertThat(tail.deadlineNs()).isEqualTo(10 * SECOND + 250 * MILLISECOND);
    }

    @Test
    void forgetsAPauseWithinSomeHundredPackets() {
        tail.onRoundTrip(20 * MILLISECOND);
        tail.onOriginal(0);
        long now = 10 * SECOND;
        for (int i = 0; i < 400; i++) {
            now += MILLISECOND;
            tail.onOriginal(now);
        }
        assertThat(tail.deadlineNs()).isEqualTo(now + 30 * MILLISECOND);
    }

    @Test
    void burstsCostLittle() {
        tail.onRoundTrip(5 * MILLISECOND);
        int repeats = 0;
        int packets = 0;
        for (int frame = 0; frame < 1000; frame++) {
            long now = frame * 40L * MILLISECOND;
            repeats += repeatsUpTo(now);
            for (int i = 0; i < 1 + frame % 200; i++, packets++) {
                tail.onOriginal(now);
            }
        }
        assertThat(repeats).isLessThan(packets * 4 / 100);
    }

    @Test
    void goesOnOncePerRoundTripUntilTheLastPacketIsConfirmed() {
        tail.onRoundTrip(100 * MILLISECOND);
        tail.onOriginal(0);
        for (long ms : new long[] {150, 300, 400, 500, 600}) {
            assertThat(tail.deadlineNs()).isEqualTo(ms * MILLISECOND);
            assertThat(tail.takeDue(ms * MILLISECOND, Arrival.AWAITED)).isTrue();
        }
        tail.onReport(Arrival.CONFIRMED);
        assertThat(tail.deadlineNs()).isEqualTo(NEVER);
    }

    @Test
    void givesUpWhenACopyWouldComeTooLate() {
        tail.onRoundTrip(100 * MILLISECOND);
        tail.onOriginal(0);
        long last = 0;
        while (tail.deadlineNs() != NEVER) {
            last = tail.deadlineNs();
            tail.takeDue(last, Arrival.AWAITED);
        }
        assertThat(last).isBetween(850 * MILLISECOND, 950 * MILLISECOND);
    }

    @Test
    void aShortRoundTripCostsNoMoreThanSixteenCopiesInABuffer() {
        tail.onRoundTrip(5 * MILLISECOND);
        tail.onOriginal(0);
        int repeats = 0;
        while (tail.deadlineNs() != NEVER) {
            assertThat(tail.takeDue(tail.deadlineNs(), Arrival.AWAITED)).isTrue();
            repeats++;
        }
        assertThat(repeats).isBetween(12, TailRepair.BLIND_REPEATS + TailRepair.SHARES);
    }

    @Test
    void repeatsNothingThatIsConfirmed() {
        tail.onRoundTrip(20 * MILLISECOND);
        tail.onOriginal(0);
        assertThat(tail.takeDue(30 * MILLISECOND, Arrival.CONFIRMED)).isFalse();
        assertThat(tail.deadlineNs()).isEqualTo(NEVER);
    }

    @Test
    void goesOnWhenAReportThatCanBeBelievedComesLate() {
        tail.onRoundTrip(100 * MILLISECOND);
        tail.onOriginal(0);
        assertThat(repeatsUpTo(SECOND)).isEqualTo(2);
        tail.onReport(Arrival.UNKNOWN);
        assertThat(tail.deadlineNs()).isEqualTo(NEVER);
        tail.onReport(Arrival.AWAITED);
        assertThat(tail.deadlineNs()).isEqualTo(400 * MILLISECOND);
    }

    @Test
    void canBeSwitchedOff() {
        var off = new TailRepair(false, SECOND);
        off.onRoundTrip(20 * MILLISECOND);
        off.onOriginal(0);
        assertThat(off.deadlineNs()).isEqualTo(NEVER);
    }
}
