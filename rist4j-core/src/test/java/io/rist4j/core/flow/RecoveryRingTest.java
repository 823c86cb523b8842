package io.rist4j.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.message.MediaPacket;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.TreeMap;

class RecoveryRingTest {
    private static final long BASE = 1L << 40;

    private final MediaPacket packet = new MediaPacket();
    private final MediaBlock block = new MediaBlock();

    RecoveryRingTest() {
        packet.buffer = ByteBuffer.allocate(2000);
        packet.payloadBytes = 100;
    }

    private boolean store(RecoveryRing ring, long position) {
        packet.buffer.putLong(0, position);
        packet.timestamp = position & 0xFFFF_FFFFL;
        return ring.store(position, packet, position * 3, 0, 9);
    }

    private long loaded(RecoveryRing ring, long position) {
        ring.load(position, block);
        return block.buffer.getLong(block.payloadAt);
    }

    @Test
    void findsTheNextPresentPosition() {
        RecoveryRing ring = new RecoveryRing(4096, PayloadMemory.ofOne(1 << 20));
        ring.startAt(BASE);
        ring.openThrough(BASE + 999, BASE, 4096);
        store(ring, BASE + 3);
        store(ring, BASE + 700);
        assertThat(ring.nextPresent(BASE)).isEqualTo(BASE + 3);
        assertThat(ring.nextPresent(BASE + 4)).isEqualTo(BASE + 700);
        assertThat(ring.nextPresent(BASE + 701)).isEqualTo(ring.end()).isEqualTo(BASE + 1000);
    }

    @Test
    void remembersEveryField() {
        RecoveryRing ring = new RecoveryRing(4096, PayloadMemory.ofOne(1 << 20));
        ring.startAt(BASE);
        ring.openThrough(BASE, BASE, 4096);
        packet.payloadType = 127;
        packet.virtualSourcePort = 0xFFFE;
        packet.virtualDestinationPort = 0x8001;
        packet.retransmission = true;
        packet.arrivalNs = 77;
        packet.timestamp = 0xFFFF_FFFFL;
        packet.fragment = MediaPacket.LAST_FRAGMENT;
        packet.payloadBytes = 2000;
        assertThat(ring.store(BASE, packet, -5, 3, 255)).isTrue();
        ring.load(BASE, block);
        assertThat(block.payloadType).isEqualTo(127);
        assertThat(block.virtualSourcePort).isEqualTo(0xFFFE);
        assertThat(block.virtualDestinationPort).isEqualTo(0x8001);
        assertThat(block.recovered).isTrue();
        assertThat(block.fragment).isEqualTo(MediaPacket.LAST_FRAGMENT);
        assertThat(ring.clock(BASE)).isEqualTo(3);
        assertThat(block.arrivalNs).isEqualTo(77);
        assertThat(block.timestamp).isEqualTo(0xFFFF_FFFFL);
        assertThat(block.sourceNs).isEqualTo(-5);
        assertThat(block.path).isEqualTo(255);
        assertThat(block.payloadBytes).isEqualTo(2000);
    }

    @Test
    void keepsWhatItHoldsWhileItGrows() {
        RecoveryRing ring = new RecoveryRing(1 << 17, PayloadMemory.ofOne(1 << 24));
        ring.startAt(BASE);
        for (long i = 0; i < 60_000; i++) {
            assertThat(ring.openThrough(BASE + i, BASE, 1 << 17)).isTrue();
            if (i % 3 != 1) {
                store(ring, BASE + i);
            }
        }
        for (long i = 0; i < 60_000; i++) {
            assertThat(ring.isPresent(BASE + i)).isEqualTo(i % 3 != 1);
            if (i % 3 != 1) {
                assertThat(loaded(ring, BASE + i)).isEqualTo(BASE + i);
            }
        }
    }

    @Test
    void doesNotOpenMoreThanItsBound() {
        RecoveryRing ring = new RecoveryRing(4096, PayloadMemory.ofOne(1 << 20));
        ring.startAt(BASE);
        assertThat(ring.openThrough(BASE + 4096, BASE, 9000)).isFalse();
        assertThat(ring.end()).isEqualTo(BASE);
        assertThat(ring.openThrough(BASE + 4095, BASE, 4095)).isFalse();
        assertThat(ring.openThrough(BASE + 4095, BASE, 4096)).isTrue();
        assertThat(ring.openThrough(BASE + 4096, BASE + 1, 4096)).isTrue();
    }

    @Test
    void behavesLikeAMapForEverySeed() {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            RecoveryRing ring =
                    new RecoveryRing(1 << (10 + random.nextInt(4)), PayloadMemory.ofOne(1 << 22));
            TreeMap<Long, Long> model = new TreeMap<>();
            long cursor = BASE;
            ring.startAt(BASE);
            for (int step = 0; step < 3000; step++) {
                if (random.nextInt(3) == 0 && !model.isEmpty()) {
                    long next = model.firstKey();
                    assertThat(ring.nextPresent(cursor)).as("seed %d", seed).isEqualTo(next);
                    assertThat(loaded(ring, next)).isEqualTo(model.remove(next));
                    ring.release(next);
                    cursor = next + 1;
                } else {
                    long ahead = ring.end() + random.nextInt(random.nextInt(50) == 0 ? 500 : 3);
                    if (!ring.openThrough(ahead, cursor, 1 << 19)) {
                        continue;
                    }
                    long position = cursor + random.nextLong(ring.end() - cursor);
                    if (!ring.isPresent(position)) {
                        assertThat(store(ring, position)).isTrue();
                        model.put(position, position);
                    }
                }
                assertThat(ring.storedPackets()).isEqualTo(model.size());
            }
        }
    }
}
