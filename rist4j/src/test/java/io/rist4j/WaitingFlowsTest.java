package io.rist4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.address.Endpoint;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whose flow makes way when too many wait to be accepted. */
class WaitingFlowsTest {
    private static final int PLACES = 256;
    private static final Endpoint STRANGER = Endpoint.ipv4(0x0B000001, 6_000);
    private static final Endpoint SENDER = Endpoint.ipv4(0x0A000001, 5_000);

    private final Set<String> ended = new HashSet<>();
    private final WaitingFlows<String> waiting = new WaitingFlows<>(PLACES, ended::contains);

    private void fill(Endpoint peer, String user) {
        for (int i = 0; i < PLACES; i++) {
            assertThat(waiting.add("flow " + i, peer, user)).isNull();
        }
        assertThat(waiting.displaced()).isZero();
    }

    private List<String> rest() {
        var rest = new ArrayList<String>();
        for (String next = waiting.take(); next != null; next = waiting.take()) {
            rest.add(next);
        }
        return rest;
    }

    @Test
    void flowsLeaveInTheOrderInWhichTheyCame() {
        waiting.add("a", STRANGER, "");
        waiting.add("b", SENDER, "");
        assertThat(waiting.take()).isEqualTo("a");
        waiting.add("c", STRANGER, "");
        assertThat(rest()).containsExactly("b", "c");
        assertThat(waiting.take()).isNull();
    }

    @Test
    void aFlowThatHasEndedMakesWayForAnybody() {
        fill(STRANGER, "");
        ended.add("flow 7");
        assertThat(waiting.add("own", STRANGER, "")).isEqualTo("flow 7");
        assertThat(waiting.displaced()).isEqualTo(1);
        assertThat(rest()).hasSize(PLACES).contains("own").doesNotContain("flow 7");
    }

    @Test
    void ofThoseThatHaveEndedOneOfTheLargestHolderMakesWay() {
        waiting.add("genuine", SENDER, "");
        for (int i = 1; i < PLACES; i++) {
            waiting.add("flow " + i, STRANGER, "");
        }
        ended.addAll(List.of("genuine", "flow 3", "flow 9"));
        assertThat(waiting.add("own", STRANGER, "")).isEqualTo("flow 9");
        assertThat(waiting.take()).isEqualTo("genuine");
    }

    @Test
    void nobodyKeepsOthersOutByTakingEveryPlace() {
        fill(STRANGER, "");
        assertThat(waiting.add("genuine", SENDER, "")).isEqualTo("flow 255");
        assertThat(waiting.displaced()).isEqualTo(1);
        assertThat(waiting.add("more", STRANGER, "")).isEqualTo("more");
        assertThat(waiting.displaced()).isEqualTo(2);
        assertThat(rest()).hasSize(PLACES).contains("genuine").doesNotContain("more");
    }

    @Test
    void sharesAreOfUsersFirst() {
        fill(STRANGER, "mallory");
        assertThat(waiting.add("own", SENDER, "mallory")).isEqualTo("flow 255");
        assertThat(waiting.add("alice's", STRANGER, "alice")).isEqualTo("flow 254");
        assertThat(waiting.add("more", STRANGER, "mallory")).isEqualTo("more");
    }
}
