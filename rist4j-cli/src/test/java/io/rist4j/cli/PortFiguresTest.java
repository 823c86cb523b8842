package io.rist4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

class PortFiguresTest {
    @Test
    void allFlowsAreShownWhereTheyAreFew() {
        List<Integer> flows = IntStream.range(0, PortFigures.MOST_SHOWN).boxed().toList();

        assertThat(PortFigures.shown(flows, flow -> 0)).isEqualTo(flows);
    }

    @Test
    void ofManyFlowsThoseAreShownThatPutOutTheMost() {
        List<Integer> flows = IntStream.range(0, 256).boxed().toList();

        List<Integer> shown = PortFigures.shown(flows, flow -> flow == 255 || flow == 99 ? 9 : 1);

        assertThat(shown).hasSize(PortFigures.MOST_SHOWN).contains(99).endsWith(255).isSorted();
    }
}
