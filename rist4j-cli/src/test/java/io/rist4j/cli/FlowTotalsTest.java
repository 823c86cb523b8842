package io.rist4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FlowTotalsTest {
    private final FlowTotals totals = new FlowTotals();

    @Test
    void eachFlowIsSummedUpAndGoesOnWhenItComesBack() {
        assertThat(totals.after(0x8000_0002, 10, 2, 1))
                .isEqualTo(
                        "{\"flow_cumulative_stats\":{\"flow_id\":2147483650,\"received\":10,\"recovered\":2,\"lost\":1}}");
        assertThat(totals.after(4, 100, 0, 0)).contains("\"flow_id\":4,\"received\":100");
        assertThat(totals.after(0x8000_0002, 5, 0, 3))
                .contains("\"received\":15,\"recovered\":2,\"lost\":4");
    }

    @Test
    void remembersTheLatestFlowsOnly() {
        for (int flow = 0; flow < FlowTotals.MOST_FLOWS; flow++) {
            totals.after(flow, 1, 0, 0);
        }
        assertThat(totals.after(0, 1, 0, 0)).contains("\"received\":2,");
        totals.after(1_000, 1, 0, 0);
        assertThat(totals.after(0, 1, 0, 0)).contains("\"received\":3,");
        assertThat(totals.after(1, 1, 0, 0)).contains("\"received\":1,");
    }
}
