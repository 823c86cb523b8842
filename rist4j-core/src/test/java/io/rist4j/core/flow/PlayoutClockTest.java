package io.rist4j.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.time.SessionTime;

import org.junit.jupiter.api.Test;

import java.util.Random;

class PlayoutClockTest {
    private static final long MS = SessionTime.MILLISECOND;
    private static final long BUFFER = 1000 * MS;

    private final PlayoutClock clock = new PlayoutClock();
    private final Random random = new Random(3);
    private long nowNs = 5000 * MS;
    private long delayNs = 25 * MS;
    private long jitterNs;
    private double ppm;
    private long resyncs;
    private long steepest;

    private long sourceNs() {
        return (long) ((nowNs - (5000 * MS)) * (1 - (ppm * 1e-6)));
    }

    /** What the offset ought to be. */
    private long idealNs() {
        return (nowNs + delayNs) - sourceNs();
    }

    private void anchor() {
        clock.anchor(nowNs + delayNs + jitter(), sourceNs());
    }

    private long jitter() {
        return jitterNs == 0 ? 0 : (long) (random.nextDouble() * jitterNs);
    }

    /** One packet per ms; the clock moves on whenever a packet comes. */
    private void run(int ms) {
        for (int i = 0; i < ms; i++) {
            nowNs += MS;
            long arrivalNs = nowNs + delayNs + jitter();
            if (clock.onOriginal(arrivalNs, sourceNs(), BUFFER, Long.MIN_VALUE)) {
                resyncs++;
            }
            long before = clock.offsetNs();
            clock.advance(nowNs);
            steepest = Math.max(steepest, Math.abs(clock.offsetNs() - before));
        }
    }

    @Test
    void takesTheLeastDelayAtOnceBeforeTheFirstDelivery() {
        jitterNs = 20 * MS;
        clock.anchor(nowNs + delayNs + jitterNs, sourceNs());
        run(1000);
        assertThat(clock.offsetNs() - idealNs()).isBetween(0L, MS / 10);
    }

    @Test
    void movesSlowlyAfterTheFirstDelivery() {
        jitterNs = 20 * MS;
        anchor();
        run(1000);
        clock.settle();
        steepest = 0;
        run(20_000);
        assertThat(clock.offsetNs() - idealNs()).isBetween(-MS / 10, MS / 2);
        assertThat(steepest).as("ns per ms").isLessThan(500);
    }

    @Test
    void followsAClockThatIsSlowOrFast() {
        for (int each : new int[] {-200, 200}) {
            nowNs = 5000 * MS;
            ppm = each;
            jitterNs = 5 * MS;
            anchor();
            run(1000);
            clock.settle();
            for (int i = 0; i < 60; i++) {
                run(1000);
                assertThat(clock.offsetNs() - idealNs()).isBetween(-2 * MS, MS);
            }
        }
    }

    @Test
    void walksToAChangedDelayWithoutAJump() {
        anchor();
        run(1000);
        clock.settle();
        delayNs += 40 * MS;
        long before = clock.offsetNs();
        run(1000);
        assertThat(clock.offsetNs() - before).isLessThan(3 * MS);
        run(60_000);
        assertThat(Math.abs(clock.offsetNs() - idealNs())).isLessThan(MS);
        delayNs -= 40 * MS;
        run(60_000);
        assertThat(Math.abs(clock.offsetNs() - idealNs())).isLessThan(MS);
        assertThat(resyncs).isZero();
    }

    @Test
    void startsAnewWhenTheDelayLeavesNoTimeForRecovery() {
        anchor();
        run(1000);
        clock.settle();
        delayNs += 700 * MS;
        run(3000);
        assertThat(resyncs).isEqualTo(1);
        assertThat(Math.abs(clock.offsetNs() - idealNs())).isLessThan(MS);
    }

    @Test
    void ignoresAShortBurstOfDelay() {
        anchor();
        run(1000);
        clock.settle();
        long before = clock.offsetNs();
        delayNs += 900 * MS;
        run(600);
        delayNs -= 900 * MS;
        run(5000);
        assertThat(resyncs).isZero();
        assertThat(Math.abs(clock.offsetNs() - before)).isLessThan(MS);
    }

    @Test
    void staysWhereItIsFixed() {
        anchor();
        clock.fix(77);
        run(10_000);
        assertThat(clock.offsetNs()).isEqualTo(77);
    }

    @Test
    void saysHowLateAPacketIs() {
        clock.anchor(1000, 400);
        assertThat(clock.latenessNs(1100, 450)).isEqualTo(50);
        assertThat(clock.latenessNs(1000, 450)).isEqualTo(-50);
    }
}
