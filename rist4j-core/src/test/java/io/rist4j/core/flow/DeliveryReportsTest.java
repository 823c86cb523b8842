package io.rist4j.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.time.SessionTime;

import org.junit.jupiter.api.Test;

class DeliveryReportsTest {
    private static final long MS = SessionTime.MILLISECOND;
    private static final long BUFFER_NS = 1_000 * MS;
    private static final long RTT_NS = 50 * MS;
    private static final long LAST = 500;

    /** A report interval and four round trips without a request. */
    private static final long QUIET_NS = 300 * MS;

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
        assertThat(deliveredNs(0)).isEqualTo(5_100 * MS + QUIET_NS);
        reports.onReport(5_200 * MS, 0, LAST, 0);
        assertThat(deliveredNs(0)).as("since it first said so").isEqualTo(5_100 * MS + QUIET_NS);
    }

    @Test
    void whatWasLostLatelyMayComeForABufferMore() {
        reports.onReport(0, 0, LAST - 400, 3);
        reports.onReport(3_000 * MS, 0, LAST - 20, 5);
        reports.onReport(3_900 * MS, 0, LAST, 5);
        assertThat(deliveredNs(0)).isEqualTo(3_900 * MS + QUIET_NS);
        reports.onReport(3_950 * MS, 0, LAST, 6);
        assertThat(deliveredNs(0)).isEqualTo(4_950 * MS);
    }

    @Test
    void whatWasLostLongAgoIsOver() {
        reports.onReport(0, 0, LAST - 400, 3);
        reports.onReport(3_000 * MS, 0, LAST - 20, 5);
        reports.onReport(5_000 * MS, 0, LAST, 5);
        assertThat(deliveredNs(0)).isEqualTo(5_000 * MS + QUIET_NS);
    }

    /** As where a duplicate came in the interval in which a packet was lost. */
    @Test
    void whoAsksLacksSomethingWhateverItsCountSays() {
        reports.onReport(0, 0, LAST - 400, 3);
        reports.onReport(5_000 * MS, 0, LAST, 3);
        reports.onRequest(5_010 * MS);
        reports.onReport(5_100 * MS, 0, LAST, 3);
        assertThat(deliveredNs(0)).isEqualTo(5_010 * MS + QUIET_NS);
        reports.onReport(5_200 * MS, 0, LAST, 2);
        reports.onRequest(5_250 * MS);
        assertThat(deliveredNs(0)).isEqualTo(5_250 * MS + QUIET_NS);
    }

    @Test
    void anotherPeerUnderTheSameNumberBeginsAnew() {
        reports.onReport(0, 0, LAST, 0);
        reports.forget(0);
        assertThat(deliveredNs(0)).isEqualTo(SessionTime.NEVER);
        reports.onReport(9_000 * MS, 0, LAST, 0);
        assertThat(deliveredNs(0)).isEqualTo(9_000 * MS + QUIET_NS);
    }
}
