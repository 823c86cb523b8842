package io.rist4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.flow.FlowLimit;
import io.rist4j.core.flow.SenderCounters;
import io.rist4j.core.flow.SenderFlowConfig;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.List;

/** How much one datagram may ask a sender for. */
class RequestBoundTest {
    private static final int PACKETS = 6_000;

    private final TwoEnds ends = new TwoEnds(sender(), receiver(), 0);

    private static SessionConfig sender() {
        return config(Role.SENDER, PathConfig.dial(TwoEnds.LISTENER))
                .withSender(SenderFlowConfig.builder().maxBitrate(1_000_000_000).build());
    }

    private static SessionConfig receiver() {
        return config(Role.RECEIVER, PathConfig.listen(TwoEnds.LISTENER));
    }

    private static SessionConfig config(Role role, PathConfig path) {
        return SessionConfig.of(Profile.MAIN, role, "alice", List.of(path));
    }

    private void stream() {
        ends.start();
        ends.runUntil(300 * TwoEnds.MS);
        for (int i = 0; i < PACKETS; i++) {
            ends.send(ByteBuffer.allocate(188).putInt(0, i));
        }
    }

    private void ask(int first, int additional) {
        ByteBuffer request = Frames.request(1, 0x5551, 0x1000, first, additional);
        ends.dialler.onDatagram(
                ends.nowNs, ends.nowNs, 0, TwoEnds.LISTENER, request, 0, request.limit());
    }

    @Test
    void oneDatagramIsAnsweredWith4096PacketsAtMost() {
        stream();
        ask(0, 65_535);
        SenderCounters counters = ends.dialler.sending().flow(0).counters();
        assertThat(counters.retransmitted()).isEqualTo(4_096);
        assertThat(counters.requested()).isEqualTo(65_536);
        assertThat(counters.excessSkipped()).isEqualTo(65_536 - 4_096);
        assertThat(ends.diallerSink.events)
                .contains(
                        new SessionEvent.LimitReached(0x1000, FlowLimit.REQUESTS, 65_536 - 4_096));
    }

    @Test
    void theNextDatagramIsAnsweredAsIfThereHadBeenNone() {
        stream();
        ask(0, 65_535);
        long excess = ends.dialler.sending().flow(0).counters().excessSkipped();
        ask(4_096, PACKETS - 4_096 - 1);
        SenderCounters counters = ends.dialler.sending().flow(0).counters();
        assertThat(counters.retransmitted()).isEqualTo(PACKETS);
        assertThat(counters.excessSkipped()).isEqualTo(excess);
    }
}
