package io.rist4j.testkit.link;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.rist4j.core.time.SessionTime;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

final class InFlightTest {
    private record Held(long exitNs, int order, String text) {}

    @Test
    void hasNothingToSendWhenEmpty() {
        var inFlight = new InFlight(1 << 16, false);

        assertThat(inFlight.size()).isZero();
        assertThat(inFlight.nextExitNs()).isEqualTo(SessionTime.NEVER);
    }

    @Test
    void letsCopiesLeaveByTimeAndThenByOrder() {
        var inFlight = new InFlight(1 << 16, false);
        var texts = List.of("a", "b", "c", "d");
        long[] exits = {5, 3, 5, 3};
        for (int i = 0; i < 4; i++) {
            inFlight.store(i, ByteBuffer.wrap(texts.get(i).getBytes(ISO_8859_1)), 0, 1);
            inFlight.schedule(exits[i]);
        }
        inFlight.schedule(4); // a second copy of d

        assertThat(drain(inFlight)).containsExactly("b", "d", "d", "a", "c");
        assertThat(inFlight.usedBytes()).isZero();
    }

    @Test
    void refusesWhatDoesNotFitAndFreesWhatLeft() {
        var inFlight = new InFlight(1 << 16, false);
        var half = ByteBuffer.allocate(1 << 15);
        assertThat(inFlight.store(0, half, 0, 1 << 15)).isTrue();
        inFlight.schedule(1);
        assertThat(inFlight.store(0, half, 0, 1 << 15)).isTrue();
        inFlight.schedule(2);

        assertThat(inFlight.store(0, half, 0, 1)).isFalse();
        inFlight.remove();
        assertThat(inFlight.store(0, half, 0, 1 << 15)).isTrue();
    }

    @Test
    void returnsEveryDatagramUnharmedThroughGrowthAndWrap() {
        var random = new SeededRandom(11);
        var inFlight = new InFlight(8 << 20, true);
        var expected =
                new PriorityQueue<Held>(
                        Comparator.comparingLong(Held::exitNs).thenComparingInt(Held::order));
        int order = 0;
        for (long now = 0; now < 30_000; now++) {
            int size = (int) random.between(0, now % 5_000 < 2_500 ? 3_000 : 300);
            byte[] bytes = new byte[size];
            for (int i = 0; i < Math.min(size, 16); i++) {
                bytes[i] = (byte) random.nextLong();
            }
            if (inFlight.store(size, ByteBuffer.wrap(bytes), 0, size)) {
                String text = new String(bytes, ISO_8859_1);
                long copies = random.between(1, 2);
                for (int copy = 0; copy < copies; copy++) {
                    long exit = now + random.between(0, 2_000);
                    inFlight.schedule(exit);
                    expected.add(new Held(exit, order++, text));
                }
            }
            while (inFlight.nextExitNs() <= now) {
                assertSame(inFlight, expected.remove());
                inFlight.remove();
            }
        }
        while (inFlight.size() > 0) {
            assertSame(inFlight, expected.remove());
            inFlight.remove();
        }
        assertThat(expected).isEmpty();
        assertThat(inFlight.usedBytes()).isZero();
    }

    private static void assertSame(InFlight inFlight, Held held) {
        assertThat(inFlight.nextExitNs()).isEqualTo(held.exitNs());
        assertThat(inFlight.nextTag()).isEqualTo(held.text().length());
        byte[] bytes = new byte[inFlight.nextBytes()];
        inFlight.buffer().get(inFlight.nextAt(), bytes);
        assertThat(new String(bytes, ISO_8859_1)).isEqualTo(held.text());
    }

    private static List<String> drain(InFlight inFlight) {
        var texts = new ArrayList<String>();
        while (inFlight.size() > 0) {
            byte[] bytes = new byte[inFlight.nextBytes()];
            inFlight.buffer().get(inFlight.nextAt(), bytes);
            texts.add(new String(bytes, ISO_8859_1));
            inFlight.remove();
        }
        return texts;
    }
}
