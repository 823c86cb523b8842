package io.rist4j.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.time.SessionTime;

import org.junit.jupiter.api.Test;

class DeliveryReportsTest {
    private static final long MS = SessionTime.MILLISECOND;
    private static final long BUFFER_NS = 1_000 * MS;
    private static final long RTT_NS = 50 * MS;
    private static final long LAST = 500;

    private final DeliveryReports reports = new DeliveryReports();

    private long deliveredNs(int path) {
        return reports.deliveredNs(path, LAST, BUFFER_NS, RTT_NS);
    }

    @Test
    void aReceiverThatSaysNothingIsWaitedFor() {
        assertThat(deliveredNs(0)).isEqualTo(SessionTime.NEVER);
        reports.onReport(5_000 * MS, 0, LAST, 0);
        assertThat(deliveredNs(1)).isEqualTo(SessionTime.NEVER);
    }

    @Test
    void aReceiverThatLacksTheLastPacketIsWaitedFor() {
        reports.onReport(0, 0, LAST - 400, 0);
        reports.onReport(5_000 * MS, 0, LAST - 1, 0);
        assertThat(deliveredNs(0)).isEqualTo(SessionTime.NEVER);
        reports.onReport(5_100 * MS, 0, LAST, 0);
        assertThat(deliveredNs(0)).isEqualTo(5_100 * MS);
        reports.onReport(5_200 * MS, 0, LAST, 0);
        assertThat(deliveredNs(0)).as("since it first said so").isEqualTo(5_100 * MS);
    }

    @Test
    void whatWasLostLatelyMayComeForABufferMore() {
        reports.onReport(0, 0, LAST - 400, 3);
        reports.onReport(3_000 * MS, 0, LAST - 20, 5);
        reports.onReport(3_900 * MS, 0, LAST, 5);
        assertThat(deliveredNs(0)).isEqualTo(4_000 * MS);
        reports.onReport(3_950 * MS, 0, LAST, 6);
        assertThat(deliveredNs(0)).isEqualTo(4_950 * MS);
    }

    @Test
    void whatWasLostLongAgoIsOver() {
        reports.onReport(0, 0, LAST - 400, 3);
        reports.onReport(3_000 * MS, 0, LAST - 20, 5);
        reports.onReport(5_000 * MS, 0, LAST, 5);
        assertThat(deliveredNs(0)).isEqualTo(5_000 * MS);
    }

    @Test
    void whatIsBeforeTheFirstPacketMayBeAskedForWhileTheStreamIsYoung() {
        reports.onReport(100 * MS, 0, LAST, 0);
        assertThat(deliveredNs(0)).as("report interval, 4 round trips").isEqualTo(400 * MS);
        reports.onRequest(250 * MS);
        assertThat(deliveredNs(0)).isEqualTo(550 * MS);
    }

    @Test
    void anotherPeerUnderTheSameNumberBeginsAnew() {
        reports.onReport(0, 0, LAST, 0);
        reports.forget(0);
        assertThat(deliveredNs(0)).isEqualTo(SessionTime.NEVER);
        reports.onReport(9_000 * MS, 0, LAST, 0);
        assertThat(deliveredNs(0)).isEqualTo(9_300 * MS);
    }
}
