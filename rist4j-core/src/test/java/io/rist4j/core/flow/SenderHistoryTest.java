package io.rist4j.core.flow;

import static io.rist4j.core.time.SessionTime.MILLISECOND;
import static io.rist4j.core.time.SessionTime.SECOND;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.message.MediaPacket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;

class SenderHistoryTest {
    private static final long KEEP_NS = 2 * SECOND;
    private static final long MAX_BYTES = 64L << 20;

    private final ByteBuffer payload = ByteBuffer.allocate(10_000);

    private SenderHistory history(long firstSequence, int bits) {
        return new SenderHistory(firstSequence, bits, KEEP_NS, KEEP_NS, MAX_BYTES);
    }

    private void fill(SenderHistory history, long fromNs, int packets, long gapNs, int bytes) {
        for (int i = 0; i < packets; i++) {
            long now = fromNs + i * gapNs;
            history.append(now, now, MediaPacket.WHOLE, payload, 0, bytes);
        }
    }

    @Test
    void takesNoPayloadMemoryBeforeTheFirstPacket() {
        assertThat(history(0, 16).slabBytes()).isZero();
    }

    @Test
    void memoryFollowsWhatIsHeld() {
        SenderHistory history = history(0, 32);
        // 100 Mb/s of 1316 byte packets for 6 s
        fill(history, 0, 57_000, SECOND / 9_500, 1316);
        assertThat(history.heldBytes()).isBetween(24_900_000L, 25_100_000L);
        assertThat(history.slabBytes()).isLessThan(history.heldBytes() * 103 / 100);
    }

    @Test
    void quietFlowTakesOneSlabAndUsesItAgain() {
        SenderHistory history = history(0, 16);
        for (int minute = 0; minute < 10; minute++) {
            fill(history, minute * 60L * SECOND, 500, MILLISECOND, 100);
        }
        assertThat(history.slabBytes()).isLessThanOrEqualTo(2L * PayloadSlabs.SLAB_BYTES);
    }

    @Test
    void givesMemoryBackWhenTheStreamShrinksForGood() {
        SenderHistory history = history(0, 32);
        fill(history, 0, 38_000, SECOND / 9_500, 1316);
        long grown = history.slabBytes();
        fill(history, 4 * SECOND, 300 * 100, SECOND / 100, 1316);
        assertThat(history.slabBytes()).isLessThan(grown / 8);
        assertThat(history.heldBytes()).isBetween(199L * 1316, 202L * 1316);
    }

    @Test
    void keepsSpareMemoryOfAStreamThatVaries() {
        SenderHistory history = history(0, 32);
        long now = 0;
        fill(history, now, 38_000, SECOND / 9_500, 1316);
        now = 4 * SECOND;
        long grown = history.slabBytes();
        for (int turn = 0; turn < 10; turn++) {
            fill(history, now, 400, SECOND / 100, 1316);
            now += 4 * SECOND;
            fill(history, now, 38_000, SECOND / 9_500, 1316);
            now += 4 * SECOND;
        }
        assertThat(history.slabBytes()).isBetween(grown, grown + PayloadSlabs.SLAB_BYTES);
    }

    @Test
    void fewPacketsTakeLittleMemory() {
        var history = history(0, 16);
        fill(history, 0, 10, 1_000, 1316);
        assertThat(history.slabBytes()).isEqualTo(PayloadSlabs.FIRST_BYTES);
    }

    @Test
    void forgetsTheOldestWhenTheMemoryLimitIsReached() {
        var history = new SenderHistory(0, 32, KEEP_NS, KEEP_NS, 4L * PayloadSlabs.SLAB_BYTES);
        fill(history, 0, 10_000, 1_000, 1316);
        assertThat(history.slabBytes()).isEqualTo(4L * PayloadSlabs.SLAB_BYTES);
        long held = history.next() - history.oldest();
        int perSlab = PayloadSlabs.SLAB_BYTES / 1316;
        assertThat(held).isBetween(3L * perSlab, 4L * perSlab);
        assertThat(history.evictedForMemory()).isEqualTo(10_000 - held);
    }

    @Test
    void holdsNoMoreThanSixteenBitsCanName() {
        SenderHistory history = history(60_000, 16);
        fill(history, 0, 200_000, 1_000, 10);
        assertThat(history.next() - history.oldest()).isEqualTo(65_536);
        assertThat(history.evictedForNumbers()).isEqualTo(200_000 - 65_536);
    }

    @Test
    void boundsThePacketsOfThirtyTwoBits() {
        SenderHistory history = history(0, 32);
        fill(history, 0, 600_000, 1, 1);
        assertThat(history.next() - history.oldest()).isEqualTo(1 << 19);
    }

    @Test
    void namesTheLatestPacketWithTheLowBits() {
        SenderHistory history = history(65_530, 16);
        fill(history, 0, 70_000, 1_000, 10);
        long last = history.next() - 1;
        assertThat(last).isEqualTo(135_529);
        assertThat(history.widen(last & 0xFFFF, 16)).isEqualTo(last);
        assertThat(history.widen((last - 65_535) & 0xFFFF, 16)).isEqualTo(last - 65_535);
        assertThat(history.widen((last + 1) & 0xFFFF, 16)).isEqualTo(last + 1 - 65_536);
        assertThat(history.isHeld(last - 65_535)).isTrue();
        assertThat(history.isHeld(last - 65_536)).isFalse();
        assertThat(history.isHeld(last + 1)).isFalse();
    }

    @Test
    void longPauseIsForgottenLittleByLittle() {
        SenderHistory history = history(0, 16);
        fill(history, 0, 1_000, MILLISECOND, 100);
        history.append(3600 * SECOND, 0, MediaPacket.WHOLE, payload, 0, 100);
        assertThat(history.next() - history.oldest()).isEqualTo(1_000 - 16 + 1);
        assertThat(history.isExpired(3600 * SECOND, history.oldest())).isTrue();
        fill(history, 3600 * SECOND, 100, 1_000, 100);
        assertThat(history.next() - history.oldest()).isEqualTo(101);
    }

    private record Kept(long sourceNs, ByteBuffer payload) {}

    /** Against a plain map, with sizes, rates and pauses drawn at random. */
    @ParameterizedTest
    @CsvSource({"1, 16", "2, 16", "3, 32", "4, 32", "5, 32"})
    void holdsExactlyWhatItShould(long seed, int bits) {
        var random = new SplittableRandom(seed);
        long first = random.nextLong(1L << bits);
        SenderHistory history = history(first, bits);
        var kept = new TreeMap<Long, Kept>();
        long now = 0;
        long next = first;
        for (int i = 0; i < 15_000; i++) {
            now += random.nextInt(1_000) == 0 ? 5 * SECOND : random.nextLong(MILLISECOND);
            byte[] bytes = new byte[random.nextInt(100) == 0 ? 9968 : random.nextInt(200)];
            random.nextBytes(bytes);
            long source = now - random.nextLong(MILLISECOND);
            int part = bytes.length & 3;
            assertThat(history.append(now, source, part, ByteBuffer.wrap(bytes), 0, bytes.length))
                    .isEqualTo(next);
            kept.put(next++, new Kept(source, ByteBuffer.wrap(bytes)));
            kept.headMap(history.oldest()).clear();
            if (i % 50 == 0) {
                String as = "seed %d, step %d".formatted(seed, i);
                assertThat(history.next()).as(as).isEqualTo(next);
                long sequence = random.nextLong(history.oldest(), next);
                Kept expected = Objects.requireNonNull(kept.get(sequence));
                byte[] found = new byte[history.payloadBytes(sequence)];
                history.buffer(sequence).get(history.payloadAt(sequence), found);
                assertThat(ByteBuffer.wrap(found)).as(as).isEqualTo(expected.payload());
                assertThat(history.sourceNs(sequence)).as(as).isEqualTo(expected.sourceNs());
                assertThat(history.fragment(sequence)).as(as).isEqualTo(found.length & 3);
                long held = kept.values().stream().mapToLong(k -> k.payload().limit()).sum();
                assertThat(history.heldBytes()).as(as).isEqualTo(held);
            }
        }
        assertThat(history.evictedForNumbers()).isZero();
    }

    @Test
    void rememberWhatWasRepeatedAcrossGrowth() {
        SenderHistory history = history(1_000, 16);
        fill(history, 0, 200, 1_000, 10);
        for (int i = 0; i < 3; i++) {
            history.onResent(MILLISECOND + i, 1_150, 7);
        }
        fill(history, MILLISECOND, 5_000, 1_000, 10);
        assertThat(history.retries(1_150)).isEqualTo(3);
        assertThat(history.resentNs(1_150)).isEqualTo(MILLISECOND + 2);
        assertThat(history.resentPath(1_150)).isEqualTo(7);
        assertThat(history.resentNs(1_151)).isEqualTo(SenderHistory.NOT_RESENT);
    }
}
