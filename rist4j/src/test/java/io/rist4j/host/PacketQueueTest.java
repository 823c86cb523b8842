package io.rist4j.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.flow.MediaBlock;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;

@Timeout(180)
class PacketQueueTest {
    private final MediaBlock packet = new MediaBlock();

    private boolean put(PacketQueue queue, int number, int bytes) {
        packet.sequence = number;
        ByteBuffer payload =
                ByteBuffer.allocate(3 + bytes).put(3, pattern(number, bytes), 0, bytes);
        return queue.offer(packet, payload, 3, bytes, 0);
    }

    private static ByteBuffer pattern(int number, int bytes) {
        ByteBuffer pattern = ByteBuffer.allocate(bytes);
        for (int i = 0; i < bytes; i++) {
            pattern.put(i, (byte) (number + i));
        }
        return pattern;
    }

    /** Takes the next packet and checks every byte of it. */
    private static int take(PacketQueue queue) {
        long number = queue.first();
        MediaBlock taken = queue.packet(number);
        int sequence = (int) taken.sequence;
        ByteBuffer payload = taken.buffer.slice(taken.payloadAt, taken.payloadBytes);
        assertThat(payload).isEqualTo(pattern(sequence, taken.payloadBytes));
        assertThat(queue.release(number)).isTrue();
        return sequence;
    }

    @Test
    void givesPacketsInTheOrderThatTheyWerePut() {
        var queue = new PacketQueue(16);
        for (int i = 0; i < 10; i++) {
            assertThat(put(queue, i, 1316)).isTrue();
        }
        assertThat(queue.size()).isEqualTo(10);
        for (int i = 0; i < 10; i++) {
            assertThat(take(queue)).isEqualTo(i);
        }
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.first()).isEqualTo(PacketQueue.EMPTY);
    }

    @Test
    void isFullWithItsNumberOfPackets() {
        var queue = new PacketQueue(20);
        for (int i = 0; i < 20; i++) {
            assertThat(put(queue, i, 10)).isTrue();
        }
        assertThat(put(queue, 20, 10)).isFalse();
        take(queue);
        assertThat(put(queue, 20, 10)).isTrue();
        assertThat(put(queue, 21, 10)).isFalse();
    }

    @Test
    void takesAsMuchMemoryAsItsPacketsNeed() {
        var queue = new PacketQueue(65_536);
        for (int i = 0; i < 100_000; i++) {
            assertThat(put(queue, i, 1316)).isTrue();
            assertThat(take(queue)).isEqualTo(i);
        }
        assertThat(queue.memoryBytes()).isLessThan(20_000);
    }

    @Test
    void growsWhilePacketsWaitAndKeepsThem() {
        var queue = new PacketQueue(4096);
        int taken = 0;
        for (int i = 0; i < 6_000; i++) {
            assertThat(put(queue, i, 1316)).isTrue();
            if (i % 3 == 0) {
                assertThat(take(queue)).isEqualTo(taken++);
            }
        }
        while (!queue.isEmpty()) {
            assertThat(take(queue)).isEqualTo(taken++);
        }
        assertThat(taken).isEqualTo(6_000);
    }

    @Test
    void isFullEarlierWithLargePackets() {
        var queue = new PacketQueue(16);
        int large = 60_000;
        assertThat(put(queue, 0, large)).isTrue();
        assertThat(put(queue, 1, large)).isTrue();
        assertThat(put(queue, 2, large)).isFalse();
        assertThat(take(queue)).isZero();
        assertThat(put(queue, 2, large)).isTrue();
        assertThat(take(queue)).isEqualTo(1);
        assertThat(take(queue)).isEqualTo(2);
    }

    @Test
    void takesPacketsOfEverySizeRoundAndRound() {
        var random = new Random(7);
        var queue = new PacketQueue(16);
        int put = 0;
        int taken = 0;
        while (taken < 20_000) {
            if (random.nextBoolean()) {
                put += put(queue, put, random.nextInt(12_000)) ? 1 : 0;
            } else if (!queue.isEmpty()) {
                assertThat(take(queue)).isEqualTo(taken++);
            }
        }
        assertThat(put).isGreaterThanOrEqualTo(taken);
    }

    @Test
    void dropsTheOldest() {
        var queue = new PacketQueue(16);
        assertThat(queue.dropOldest()).isFalse();
        put(queue, 0, 5);
        put(queue, 1, 5);
        long number = queue.first();
        assertThat(queue.isStill(number)).isTrue();

        assertThat(queue.dropOldest()).isTrue();

        assertThat(queue.isStill(number)).isFalse();
        assertThat(queue.release(number)).isFalse();
        assertThat(take(queue)).isEqualTo(1);
        assertThat(queue.removed()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 16, 64, 1024})
    void neverGivesAPacketThatWasDroppedWhileItWasRead(int room) throws Exception {
        int packets = 30_000;
        var queue = new PacketQueue(room);
        var putting = new FutureTask<>(() -> putAllDroppingTheOldest(queue, packets));
        Thread putter = Thread.ofPlatform().start(putting);
        List<Integer> taken = new ArrayList<>();
        byte[] bytes = new byte[2000];
        while (putter.isAlive() || !queue.isEmpty()) {
            long number = queue.first();
            if (number == PacketQueue.EMPTY) {
                queue.awaitPacket(1_000_000);
                continue;
            }
            MediaBlock found = queue.packet(number);
            int sequence = (int) found.sequence;
            int at = found.payloadAt;
            int length = found.payloadBytes;
            if (!queue.isStill(number)) {
                continue;
            }
            found.buffer.get(at, bytes, 0, length);
            if (queue.release(number)) {
                taken.add(sequence);
                assertThat(length).isEqualTo(1 + sequence % 1900);
                assertThat(bytes[length - 1]).isEqualTo((byte) (sequence + length - 1));
                assertThat(bytes[0]).isEqualTo((byte) sequence);
            }
        }

        assertThat(taken).isSorted().doesNotHaveDuplicates();
        assertThat(taken.size() + putting.get()).isEqualTo(packets);
    }

    private int putAllDroppingTheOldest(PacketQueue queue, int packets) {
        int dropped = 0;
        for (int i = 0; i < packets; i++) {
            while (!put(queue, i, 1 + i % 1900)) {
                dropped += queue.dropOldest() ? 1 : 0;
            }
            queue.signalTaker();
        }
        return dropped;
    }

    @RepeatedTest(3)
    void wakesWhoWaitsForPacketsAndForRoom() throws Exception {
        int packets = 20_000;
        var queue = new PacketQueue(16);
        var putting = new FutureTask<>(() -> putAllWaitingForRoom(queue, packets));
        Thread.ofVirtual().start(putting);
        for (int i = 0; i < packets; i++) {
            while (queue.isEmpty()) {
                queue.awaitPacket(5_000_000_000L);
            }
            assertThat(take(queue)).isEqualTo(i);
            queue.signalPutter();
        }
        assertThat(putting.get()).isEqualTo(packets);
    }

    private int putAllWaitingForRoom(PacketQueue queue, int packets) {
        for (int i = 0; i < packets; i++) {
            long removed = queue.removed();
            while (!put(queue, i, 100)) {
                queue.awaitRoom(removed, 5_000_000_000L);
                removed = queue.removed();
            }
            queue.signalTaker();
        }
        return packets;
    }
}
