package io.rist4j.core.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import static java.util.Objects.requireNonNull;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

class PayloadMemoryTest {
    private static final int CHUNK = PayloadMemory.CHUNK_BYTES;
    private static final ByteBuffer PAYLOAD = ByteBuffer.allocateDirect(CHUNK);

    /** A flow that takes all that it gets, in whole chunks. */
    private static final class Greedy {
        final PayloadStore store;
        final ArrayDeque<Long> places = new ArrayDeque<>();

        Greedy(PayloadMemory memory) {
            store = new PayloadStore(memory);
        }

        Greedy fill() {
            for (long at = put(); at != PayloadStore.FULL; at = put()) {
                places.add(at);
            }
            return this;
        }

        private long put() {
            return store.put(PAYLOAD, 0, CHUNK);
        }

        void goOn(int packets) {
            for (int i = 0; i < packets; i++) {
                store.release(places.remove());
                long at = put();
                assertThat(at).isNotEqualTo(PayloadStore.FULL);
                places.add(at);
            }
        }
    }

    @Test
    void allFlowsTogetherHaveOneBound() {
        PayloadMemory memory = PayloadMemory.shared(100L * CHUNK);
        var flows = new ArrayList<Greedy>();
        for (int i = 0; i < 40; i++) {
            flows.add(new Greedy(memory).fill());
        }
        long held = flows.stream().mapToLong(flow -> flow.store.heldBytes()).sum();
        assertThat(held).isEqualTo(memory.bytes());
        assertThat(held).isLessThanOrEqualTo((100L + 2 + 40 * PayloadMemory.LEAST_CHUNKS) * CHUNK);
        assertThat(flows)
                .allSatisfy(flow -> assertThat(flow.places).hasSizeGreaterThanOrEqualTo(2));
    }

    @Test
    void aFlowAloneHasNearlyAllAndLeavesRoomForAnother() {
        PayloadMemory memory = PayloadMemory.shared(900L * CHUNK);
        Greedy first = new Greedy(memory).fill();
        assertThat(first.places).hasSizeBetween(790, 810);
        Greedy second = new Greedy(memory).fill();
        assertThat(second.places).hasSizeBetween(85, 100);
    }

    @Test
    void whoHasMoreThanItsShareMakesRoomAsItGoesOn() {
        PayloadMemory memory = PayloadMemory.shared(900L * CHUNK);
        Greedy first = new Greedy(memory).fill();
        Greedy second = new Greedy(memory).fill();
        for (int i = 0; i < 2_000; i++) {
            first.store.release(first.places.remove());
            first.fill();
            second.store.release(second.places.remove());
            second.fill();
        }
        assertThat(first.places.size()).isCloseTo(second.places.size(), within(30));
        assertThat(first.places.size() + second.places.size()).isGreaterThan(820);
    }

    @Test
    void theOnlyFlowHasAllOfIt() {
        Greedy only = new Greedy(PayloadMemory.ofOne(100L * CHUNK)).fill();
        assertThat(only.places).hasSize(102);
        only.goOn(500);
        assertThat(only.store.heldBytes()).isEqualTo(102L * CHUNK);
    }

    @Test
    void whatAFlowGivesBackIsUsedByAnother() {
        PayloadMemory memory = PayloadMemory.shared(10L * CHUNK);
        ByteBuffer one = requireNonNull(memory.take(0));
        memory.give(one);
        assertThat(memory.take(1)).isSameAs(one);
        assertThat(memory.bytes()).isEqualTo(CHUNK);
    }

    @Test
    void whatNobodyUsesGoesBackToTheSystemWhenAFlowEnds() {
        PayloadMemory memory = PayloadMemory.shared(100L * CHUNK);
        Greedy first = new Greedy(memory).fill();
        Greedy second = new Greedy(memory).fill();
        first.store.release();
        assertThat(memory.bytes()).isEqualTo(second.store.heldBytes());
        second.store.release();
        assertThat(memory.bytes()).isZero();
    }

    @Test
    void whatWasHadBeyondTheBoundIsGivenBackToTheSystem() {
        PayloadMemory memory = PayloadMemory.shared(0);
        List<Greedy> flows = List.of(new Greedy(memory), new Greedy(memory), new Greedy(memory));
        flows.forEach(Greedy::fill);
        assertThat(memory.bytes()).isEqualTo(6L * CHUNK);
        flows.forEach(flow -> flow.places.forEach(flow.store::release));
        flows.get(0).places.clear();
        assertThat(memory.bytes()).isLessThanOrEqualTo(5L * CHUNK);
    }
}
