package io.rist4j.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

class PayloadStoreTest {
    private final ByteBuffer source = ByteBuffer.allocate(PayloadMemory.CHUNK_BYTES);

    private long put(PayloadStore store, int bytes, int mark) {
        if (bytes >= 4) {
            source.putInt(11, mark);
        }
        return store.put(source, 11, bytes);
    }

    private static int mark(PayloadStore store, long place) {
        return store.buffer(place).getInt(PayloadStore.at(place));
    }

    @Test
    void keepsWhatItWasGiven() {
        PayloadStore store = new PayloadStore(PayloadMemory.ofOne(1 << 20));
        long one = put(store, 1316, 1);
        long two = put(store, 9968, 2);
        long three = put(store, 4, 3);
        assertThat(mark(store, one)).isEqualTo(1);
        assertThat(mark(store, two)).isEqualTo(2);
        assertThat(mark(store, three)).isEqualTo(3);
    }

    @Test
    void laysConsecutivePayloadsSideBySide() {
        PayloadStore store = new PayloadStore(PayloadMemory.ofOne(1 << 20));
        long one = put(store, 1316, 1);
        long two = put(store, 1316, 2);
        assertThat(store.buffer(one)).isSameAs(store.buffer(two));
        assertThat(PayloadStore.at(two) - PayloadStore.at(one)).isEqualTo(1316);
    }

    @Test
    void saysThatItIsFullAndGoesOnWhenThereIsRoom() {
        PayloadStore store = new PayloadStore(PayloadMemory.ofOne(PayloadMemory.CHUNK_BYTES));
        Deque<Long> places = new ArrayDeque<>();
        long place = put(store, 50_000, 0);
        while (place != PayloadStore.FULL) {
            places.add(place);
            place = put(store, 50_000, 0);
        }
        assertThat(store.heldBytes()).isEqualTo(3L * PayloadMemory.CHUNK_BYTES);
        store.release(places.remove());
        store.release(places.remove());
        assertThat(put(store, 50_000, 0)).isNotEqualTo(PayloadStore.FULL);
    }

    @Test
    void usesLittleMoreMemoryThanItHolds() {
        PayloadStore store = new PayloadStore(PayloadMemory.ofOne(64 << 20));
        Deque<Long> places = new ArrayDeque<>();
        Random random = new Random(7);
        for (int i = 0; i < 100_000; i++) {
            places.add(put(store, 1000 + random.nextInt(500), i));
            if (places.size() > 9_500) {
                store.release(places.remove());
            }
        }
        assertThat(store.storedPackets()).isEqualTo(9_500);
        assertThat(store.heldBytes()).isLessThan(9_500 * 1250 * 21 / 20);
    }

    @Test
    void fewPacketsTakeLittleMemoryAndLargeOnesStillFit() {
        PayloadStore store = new PayloadStore(PayloadMemory.ofOne(1 << 20));
        for (int i = 0; i < 1_000; i++) {
            long place = put(store, 1_316, i);
            assertThat(mark(store, place)).isEqualTo(i);
            store.release(place);
        }
        assertThat(store.heldBytes()).isEqualTo(PayloadStore.SMALL_BYTES);
        long large = put(store, 65_507, 7);
        assertThat(mark(store, large)).isEqualTo(7);
        assertThat(store.heldBytes()).isEqualTo(PayloadMemory.CHUNK_BYTES);
    }

    @Test
    void aFlowOfTwentyPacketsASecondKeepsAFewSmallPieces() {
        int[] taken = {0};
        PayloadStore store =
                new PayloadStore(
                        PayloadMemory.from(
                                bytes -> {
                                    taken[0] += bytes;
                                    return ByteBuffer.allocate(bytes);
                                },
                                1 << 20));
        Deque<Long> places = new ArrayDeque<>();
        for (int i = 0; i < 10_000; i++) {
            places.add(put(store, 1_316, i));
            if (places.size() > 20) {
                assertThat(mark(store, places.element())).isEqualTo(i - 20);
                store.release(places.remove());
            }
        }
        assertThat(taken[0]).isBetween(32 << 10, 64 << 10);
        assertThat(store.heldBytes()).isLessThanOrEqualTo(taken[0]);
    }

    @Test
    void aFlowThatGrowsTakesLargePieces() {
        int[] larges = {0};
        PayloadStore store =
                new PayloadStore(
                        PayloadMemory.from(
                                bytes -> {
                                    larges[0] += bytes == PayloadMemory.CHUNK_BYTES ? 1 : 0;
                                    return ByteBuffer.allocate(bytes);
                                },
                                1 << 20));
        for (int i = 0; i < 11 * PayloadStore.MOST_SMALL; i++) { // as many as there is room for
            put(store, 1_450, i);
        }
        assertThat(larges[0]).isZero();
        put(store, 1_450, 0);
        assertThat(larges[0]).isEqualTo(1);
    }

    @Test
    void holdsPayloadsOfNothing() {
        PayloadStore store = new PayloadStore(PayloadMemory.ofOne(0));
        long place = put(store, 0, 0);
        assertThat(place).isNotEqualTo(PayloadStore.FULL);
        store.release(place);
        assertThat(store.storedPackets()).isZero();
    }

    @Test
    void aHostWithoutMemoryMeansAShorterBuffer() {
        int[] granted = {0};
        PayloadStore store =
                new PayloadStore(
                        PayloadMemory.from(
                                bytes -> {
                                    if (granted[0]++ == 3) {
                                        throw new OutOfMemoryError("no more direct memory");
                                    }
                                    return ByteBuffer.allocate(PayloadMemory.CHUNK_BYTES);
                                },
                                100L * PayloadMemory.CHUNK_BYTES));
        long first = put(store, PayloadMemory.CHUNK_BYTES / 2, 7);
        for (int i = 1; i < 6; i++) {
            assertThat(put(store, PayloadMemory.CHUNK_BYTES / 2, i))
                    .isNotEqualTo(PayloadStore.FULL);
        }
        assertThat(put(store, PayloadMemory.CHUNK_BYTES / 2, 8)).isEqualTo(PayloadStore.FULL);
        assertThat(mark(store, first)).isEqualTo(7);
        assertThat(store.heldBytes()).isEqualTo(3L * PayloadMemory.CHUNK_BYTES);
    }
}
