package io.rist4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;

/** Handles on several network threads. */
@Timeout(60)
class RistPumpsTest {
    private static final int HANDLES = 8;

    private static List<RistReceiver> open(RistPumps pumps) throws Exception {
        List<RistReceiver> opened = new ArrayList<>();
        for (int i = 0; i < HANDLES; i++) {
            opened.add(RistReceiver.builder().path("rist://@127.0.0.1:0").pump(pumps).open());
        }
        return opened;
    }

    @Test
    void handlesThatDoNothingAreSpreadEvenly() throws Exception {
        try (RistPumps pumps = RistPumps.of(2)) {
            open(pumps);

            assertThat(pumps.pumps()).extracting(RistPump::handles).containsExactly(4, 4);
        }
    }

    @Test
    void theirEndEndsTheHandles() throws Exception {
        List<RistReceiver> opened;
        try (RistPumps pumps = RistPumps.of(2)) {
            opened = open(pumps);
        }

        assertThat(opened).noneMatch(RistReceiver::isOpen);
    }

    @Test
    void theThreadsAreNumbered() {
        try (RistPumps pumps = RistPumps.builder().threads(2).threadName("gateway").start()) {
            assertThat(pumps.pumps())
                    .extracting(pump -> pump.stats().toString())
                    .satisfiesExactly(
                            first -> assertThat(first).contains("gateway-0"),
                            second -> assertThat(second).contains("gateway-1"));
        }
    }

    @Test
    void anotherNumberOfThreadsIsRefused() {
        for (int threads : new int[] {0, RistPumps.MOST_THREADS + 1}) {
            assertThatThrownBy(() -> RistPumps.of(threads))
                    .isInstanceOf(RistConfigException.class)
                    .hasMessage("threads " + threads + " is outside 1..256 threads");
        }
    }
}
