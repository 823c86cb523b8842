package io.rist4j.core.flow;

import static io.rist4j.core.time.SessionTime.MILLISECOND;
import static io.rist4j.core.time.SessionTime.SECOND;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.flow.TailRepair.Arrival;

import org.junit.jupiter.api.Test;

class NewestReportedTest {
    private final NewestReported reported = new NewestReported();
    private long nowNs;

    private void report(int path, long sequence, long last) {
        nowNs += 90 * MILLISECOND;
        reported.onReport(nowNs, path, sequence, last);
    }

    private void live(int path, long last) {
        for (long i = 5; i > 0; i--) {
            report(path, last - (i * 100), (last - (i * 100)) + 5);
        }
    }

    private Arrival arrivalOf(long last) {
        return reported.arrivalOf(nowNs, last);
    }

    @Test
    void knowsNothingBeforeReportsMovedWithTheStream() {
        report(0, 1000, 1005);
        report(0, 1100, 1105);
        report(0, 1200, 1205);
        assertThat(arrivalOf(1205)).isEqualTo(Arrival.UNKNOWN);
        report(0, 1300, 1305);
        assertThat(arrivalOf(1305)).isEqualTo(Arrival.AWAITED);
        report(0, 1305, 1305);
        assertThat(arrivalOf(1305)).isEqualTo(Arrival.CONFIRMED);
    }

    @Test
    void trapT6ABlockThatStandsStillIsNotBelieved() {
        for (int i = 0; i < 50; i++) {
            report(0, 1000, 1000 + (i * 100L));
        }
        assertThat(arrivalOf(6000)).isEqualTo(Arrival.UNKNOWN);
        assertThat(arrivalOf(1000)).isEqualTo(Arrival.UNKNOWN);
    }

    @Test
    void trapT6ABlockThatIsFarBehindIsNotBelieved() {
        for (int i = 0; i < 50; i++) {
            report(0, 1000 + (i * 100L), 50_000 + (i * 100L));
        }
        assertThat(arrivalOf(60_000)).isEqualTo(Arrival.UNKNOWN);
    }

    @Test
    void aReportThatWasOvertakenChangesNothing() {
        live(0, 1000);
        report(0, 1000, 1000);
        report(0, 900, 1000);
        assertThat(arrivalOf(1000)).isEqualTo(Arrival.CONFIRMED);
    }

    @Test
    void everyReceiverThatTellsMustHaveThePacket() {
        live(0, 1000);
        live(3, 1000);
        report(0, 1000, 1000);
        assertThat(arrivalOf(1000)).isEqualTo(Arrival.AWAITED);
        report(3, 1000, 1000);
        assertThat(arrivalOf(1000)).isEqualTo(Arrival.CONFIRMED);
    }

    @Test
    void aReceiverThatFellSilentIsNotWaitedFor() {
        live(0, 1000);
        live(1, 1000);
        nowNs += SECOND;
        report(1, 1000, 1000);
        assertThat(arrivalOf(1000)).isEqualTo(Arrival.CONFIRMED);
    }

    @Test
    void aPathThatWentDownIsForgotten() {
        live(0, 1000);
        reported.forget(0);
        assertThat(arrivalOf(1000)).isEqualTo(Arrival.UNKNOWN);
    }
}
