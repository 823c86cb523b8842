package io.rist4j.crypto.psk;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.time.SessionTime;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

class HeldDatagramsTest {
    private final HeldDatagrams held = new HeldDatagrams();
    private final List<String> taken = new ArrayList<>();

    private boolean hold(long nowNs, int nonce, int value) {
        return held.hold(nowNs, nonce, ByteBuffer.allocate(8).putInt(4, value), 4, 4);
    }

    private void take(long arrivalNs, ByteBuffer b, int at, int bytes) {
        taken.add(arrivalNs + ":" + b.getInt(at) + ":" + bytes);
    }

    @Test
    void handsOverTheDatagramsOfOneNonceInOrder() {
        hold(1, 7, 10);
        hold(2, 8, 11);
        hold(3, 7, 12);

        held.release(7, this::take);
        held.release(8, this::take);

        assertThat(taken).containsExactly("1:10:4", "3:12:4", "2:11:4");
        assertThat(held.size()).isZero();
    }

    @Test
    void letsATakerHoldADatagramAgain() {
        hold(1, 7, 10);
        hold(2, 8, 11);
        hold(3, 7, 12);

        held.release(7, (arrivalNs, b, at, bytes) -> held.hold(arrivalNs, 9, b, at, bytes));
        assertThat(held.size()).isEqualTo(3);
        held.release(9, this::take);
        held.release(8, this::take);

        assertThat(taken).containsExactly("1:10:4", "3:12:4", "2:11:4");
    }

    @Test
    void holdsAllThatItReleasesAgainHoweverFullItIs() {
        for (int i = 0; i < HeldDatagrams.CAPACITY; i++) {
            hold(i, i == 0 ? 8 : 7, i);
        }

        for (int round = 0; round < 3; round++) {
            held.release(
                    7,
                    (arrivalNs, b, at, bytes) ->
                            assertThat(held.hold(arrivalNs, 7, b, at, bytes)).isTrue());
        }
        held.release(7, this::take);

        assertThat(taken).hasSize(HeldDatagrams.CAPACITY - 1).startsWith("1:1:4", "2:2:4");
        assertThat(held.size()).isEqualTo(1);
    }

    @Test
    void refusesWhatIsTooMuchOrTooLong() {
        for (int i = 0; i < HeldDatagrams.CAPACITY; i++) {
            assertThat(hold(i, 7, i)).isTrue();
        }

        assertThat(hold(99, 7, 99)).isFalse();
        assertThat(held.drop(7)).isEqualTo(HeldDatagrams.CAPACITY);
        ByteBuffer tooLong = ByteBuffer.allocate(HeldDatagrams.MAX_BYTES + 1);
        assertThat(held.hold(0, 7, tooLong, 0, tooLong.capacity())).isFalse();
        assertThat(held.hold(0, 7, tooLong, 0, tooLong.capacity() - 1)).isTrue();
    }

    @Test
    void knowsHowLongTheOldestMayWait() {
        assertThat(held.deadlineNs()).isEqualTo(SessionTime.NEVER);
        assertThat(held.oldestNonce()).isEqualTo(Nonce.NONE);

        hold(5, 7, 10);
        hold(6, 8, 11);

        assertThat(held.deadlineNs()).isEqualTo(5 + HeldDatagrams.MAX_HOLD_NS);
        assertThat(held.oldestNonce()).isEqualTo(7);
    }
}
