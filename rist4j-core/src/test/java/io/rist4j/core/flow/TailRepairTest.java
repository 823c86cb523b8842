package io.rist4j.core.flow;

import static io.rist4j.core.time.SessionTime.MILLISECOND;
import static io.rist4j.core.time.SessionTime.NEVER;
import static io.rist4j.core.time.SessionTime.SECOND;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TailRepairTest {
    private final TailRepair tail = new TailRepair(true, SECOND);

    private int repeatsUpTo(long nowNs) {
        int repeats = 0;
        while (tail.deadlineNs() <= nowNs) {
            assertThat(tail.takeDue(tail.deadlineNs())).isTrue();
            repeats++;
        }
        return repeats;
    }

    @Test
    void hasNothingToDoBeforeTheFirstOriginal() {
        tail.onRoundTrip(20 * MILLISECOND);
        assertThat(tail.deadlineNs()).isEqualTo(NEVER);
        assertThat(tail.takeDue(SECOND)).isFalse();
    }

    @Test
    void repeatsAfterOneAndAHalfRoundTripsTwice() {
        tail.onRoundTrip(20 * MILLISECOND);
        tail.onOriginal(SECOND);
        assertThat(tail.deadlineNs()).isEqualTo(SECOND + 30 * MILLISECOND);
        assertThat(tail.takeDue(SECOND + 30 * MILLISECOND - 1)).isFalse();
        assertThat(tail.takeDue(SECOND + 31 * MILLISECOND)).isTrue();
        assertThat(tail.deadlineNs()).isEqualTo(SECOND + 61 * MILLISECOND);
        assertThat(tail.takeDue(SECOND + 61 * MILLISECOND)).isTrue();
        assertThat(tail.deadlineNs()).isEqualTo(NEVER);
    }

    @Test
    void newMediaCancelsAndStartsAgain() {
        tail.onRoundTrip(20 * MILLISECOND);
        tail.onOriginal(0);
        assertThat(tail.takeDue(30 * MILLISECOND)).isTrue();
        tail.onOriginal(31 * MILLISECOND);
        assertThat(tail.takeDue(60 * MILLISECOND)).isFalse();
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
    void canBeSwitchedOff() {
        var off = new TailRepair(false, SECOND);
        off.onRoundTrip(20 * MILLISECOND);
        off.onOriginal(0);
        assertThat(off.deadlineNs()).isEqualTo(NEVER);
    }
}
