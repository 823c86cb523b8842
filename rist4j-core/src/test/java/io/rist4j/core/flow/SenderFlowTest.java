package io.rist4j.core.flow;

import static io.rist4j.core.time.SessionTime.MILLISECOND;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.flow.RecordingSenderSink.Kind;
import io.rist4j.core.flow.RecordingSenderSink.Sent;
import io.rist4j.core.message.Verdict;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;

class SenderFlowTest {
    private static final int FLOW_ID = 0xCAFE_BABE;
    private static final long RTT_NS = 50 * MILLISECOND;

    private final RecordingSenderSink sink = new RecordingSenderSink();
    private final ByteBuffer payload = ByteBuffer.allocateDirect(20_000);

    private SenderFlow flow(long firstSequence) {
        return new SenderFlow(SenderFlowConfig.builder().build(), FLOW_ID, firstSequence, sink);
    }

    private void send(SenderFlow flow, long nowNs, int count) {
        for (int i = 0; i < count; i++) {
            payload.putLong(0, flow.packetsSent());
            assertThat(flow.send(nowNs, nowNs, payload, 0, 100)).isEqualTo(Verdict.OK);
        }
    }

    @Test
    void numbersAndStampsOriginals() {
        SenderFlow flow = flow(65_535);
        send(flow, 0, 1);
        send(flow, MILLISECOND, 1);
        assertThat(sink.of(Kind.TRANSMIT).stream().map(Sent::sequence))
                .containsExactly(65_535L, 0L);
        assertThat(sink.of(Kind.TRANSMIT).stream().map(Sent::timestamp)).containsExactly(0L, 90L);
        assertThat(flow.lastSequence()).isEqualTo(65_536);
    }

    @Test
    void repeatsExactlyTheOriginalMarked() {
        SenderFlow flow = flow(10);
        send(flow, 0, 3);
        Sent original = sink.all.get(1);
        sink.all.clear();
        flow.onMissing(RTT_NS, 3, 11, 0, RTT_NS, 0);
        assertThat(sink.all)
                .containsExactly(
                        new Sent(
                                Kind.RETRANSMIT,
                                original.sequence(),
                                original.timestamp(),
                                FLOW_ID,
                                true,
                                3,
                                original.payload()));
    }

    @Test
    void refusesAPayloadThatIsTooLarge() {
        SenderFlow flow = flow(0);
        assertThat(flow.send(0, 0, payload, 0, 9969)).isEqualTo(Verdict.OVER_LIMIT);
        assertThat(flow.send(0, 0, payload, 0, 9968)).isEqualTo(Verdict.OK);
        assertThat(flow.counters().oversized()).isEqualTo(1);
        assertThat(sink.all).hasSize(1);
        assertThat(sink.all.getFirst().sequence()).isZero();
    }

    @Test
    void repeatsTheLastPacketTwiceWhenTheInputPauses() {
        SenderFlow flow = flow(0);
        send(flow, 0, 2);
        flow.setRoundTrip(RTT_NS, 0);
        sink.all.clear();
        assertThat(flow.deadlineNs()).isEqualTo(75 * MILLISECOND);
        flow.onDeadline(75 * MILLISECOND - 1);
        assertThat(sink.all).isEmpty();
        flow.onDeadline(75 * MILLISECOND);
        assertThat(flow.deadlineNs()).isEqualTo(150 * MILLISECOND);
        flow.onDeadline(150 * MILLISECOND);
        assertThat(flow.deadlineNs()).isEqualTo(Long.MAX_VALUE);
        flow.onDeadline(1000 * MILLISECOND);
        assertThat(sink.all)
                .hasSize(2)
                .allMatch(s -> s.kind() == Kind.REPEAT_LAST)
                .allMatch(s -> s.sequence() == 1 && !s.retransmission());
    }
}
