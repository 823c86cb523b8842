package io.rist4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.time.SessionTime;

import org.junit.jupiter.api.Test;

/** Which packets of paths that are not proven begin a flow. */
class FlowCandidatesTest {
    private static final long SECOND = SessionTime.SECOND;
    private static final int FLOW = 0x1000;

    private final FlowCandidates candidates = new FlowCandidates();

    @Test
    void theSecondOfTheSamePathWithinASecond() {
        assertThat(candidates.isSecond(0, FLOW, 3)).isFalse();
        assertThat(candidates.isSecond(SECOND, FLOW, 3)).isTrue();
        assertThat(candidates.isSecond(2 * SECOND + 1, FLOW, 3)).isFalse();
        assertThat(candidates.isSecond(2 * SECOND + 1, FLOW, 3)).isTrue();
    }

    @Test
    void twoPathsConfirmNothingToOneAnother() {
        for (int i = 0; i < 4; i++) {
            assertThat(candidates.isSecond(0, FLOW, i % 2)).isFalse();
        }
    }

    @Test
    void noneThatIsTheFirstWhateverItsNumbers() {
        for (int flow = 0; flow < 200; flow += 2) {
            assertThat(candidates.isSecond(0, flow, 0)).as("flow %d", flow).isFalse();
        }
    }

    @Test
    void manyFlowsAreToldApart() {
        for (int flow = 0; flow < 32; flow++) {
            candidates.isSecond(1, flow, 0);
        }
        int known = 0;
        for (int flow = 0; flow < 32; flow++) {
            known += candidates.isSecond(2, flow, 0) ? 1 : 0;
        }
        assertThat(known).isGreaterThanOrEqualTo(16);
    }
}
