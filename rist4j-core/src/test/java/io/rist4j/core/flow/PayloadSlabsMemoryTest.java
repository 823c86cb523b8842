package io.rist4j.core.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;

class PayloadSlabsMemoryTest {
    private int granted;

    private ByteBuffer grant(int most) {
        if (granted == most) {
            throw new OutOfMemoryError("no more direct memory");
        }
        granted++;
        return ByteBuffer.allocate(PayloadSlabs.SLAB_BYTES);
    }

    private static PayloadSlabs.@Nullable Slab fill(PayloadSlabs slabs) {
        PayloadSlabs.Slab slab = slabs.room(PayloadSlabs.SLAB_BYTES);
        if (slab != null) {
            slab.usedBytes = PayloadSlabs.SLAB_BYTES;
        }
        return slab;
    }

    @Test
    void aHostWithoutMemoryMeansAShorterHistory() {
        var slabs = new PayloadSlabs(100L * PayloadSlabs.SLAB_BYTES, bytes -> grant(3));
        for (int i = 0; i < 3; i++) {
            assertThat(fill(slabs)).isNotNull();
        }
        assertThat(slabs.room(1)).isNull();
        assertThat(slabs.bytes()).isEqualTo(3L * PayloadSlabs.SLAB_BYTES);
        slabs.forgetBefore(1);
        assertThat(slabs.room(1)).isNotNull();
    }

    @Test
    void aHostWithoutAnyMemoryIsTold() {
        var slabs = new PayloadSlabs(100L * PayloadSlabs.SLAB_BYTES, bytes -> grant(0));
        assertThatThrownBy(() -> slabs.room(1)).isInstanceOf(OutOfMemoryError.class);
    }
}
