package io.rist4j.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rist4j.core.message.Verdict;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;

/** What a session says of the direction that it does not have. */
class SessionHalvesTest {
    private final TwoEnds ends = new TwoEnds(Role.SENDER);

    @Test
    void aReceiverSendsNothing() {
        Session receiver = ends.receiver();
        ByteBuffer payload = ByteBuffer.allocate(188);

        assertThat(receiver.sending().size()).isZero();
        assertThat(receiver.send(0, 0, payload, 0, 188)).isEqualTo(Verdict.MISPLACED);
        assertThat(receiver.sending().drainedNs(5)).isZero();
        assertThatThrownBy(() -> receiver.sending().flow(0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> receiver.openFlow(0, new SenderFlowPlan(2, 0, 0, 0)))
                .hasMessage("this session has 0 flows at most");
        assertThat(ends.receiverSink().take()).isEmpty();
    }

    @Test
    void aSenderReceivesNothing() {
        ReceivingFlows none = ends.sender().receiving();
        none.close(0);

        assertThat(none.capacity()).isZero();
        assertThat(none.flow(0)).isNull();
        assertThat(none.identity(0)).isNull();
        assertThat(none.isBroughtBy(0, 0)).isFalse();
    }

    @Test
    void aReceiverOfOneFlowHasItFromTheBeginning() {
        ReceivingFlows flows = ends.receiver().receiving();

        assertThat(flows.capacity()).isEqualTo(1);
        assertThat(flows.only()).isSameAs(flows.flow(0));
        assertThat(flows.identity(0)).isNull();
    }

    @Test
    void aSenderHasItsFirstFlowFromTheBeginning() {
        assertThat(ends.sender().sending().size()).isEqualTo(1);
        assertThat(ends.sender().sending().flow(0).flowId()).isEqualTo(0x1000);
    }
}
