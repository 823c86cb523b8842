package io.rist4j.crypto.psk;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.time.SessionTime;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

class HeldDatagramsTest {
    private final HeldDatagrams held = new HeldDatagrams(new HoldingRoom(), false);
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

    @Test
    void strangersHoldFewAndTogetherABoundedNumber() {
        var room = new HoldingRoom();
        ByteBuffer b = ByteBuffer.allocate(8);
        int kept = 0;
        for (int stranger = 0; stranger < 64; stranger++) {
            var his = new HeldDatagrams(room, true);
            int own = 0;
            for (int i = 0; i < 20; i++) {
                own += his.hold(0, 7, b, 0, 8) ? 1 : 0;
            }
            assertThat(own).isLessThanOrEqualTo(HeldDatagrams.STRANGERS_CAPACITY);
            kept += own;
        }

        assertThat(kept).isEqualTo(HoldingRoom.STRANGERS);
        assertThat(room.strangers()).isEqualTo(HoldingRoom.STRANGERS);
        assertThat(new HeldDatagrams(room, false).hold(0, 7, b, 0, 8)).isTrue();
    }

    @Test
    void peersTogetherHoldABoundedNumberAndGiveItBack() {
        var room = new HoldingRoom();
        ByteBuffer b = ByteBuffer.allocate(8);
        List<HeldDatagrams> peers = new ArrayList<>();
        int kept = 0;
        for (int peer = 0; peer < 20; peer++) {
            var his = new HeldDatagrams(room, false);
            peers.add(his);
            for (int i = 0; i < HeldDatagrams.CAPACITY; i++) {
                kept += his.hold(0, i, b, 0, 8) ? 1 : 0;
            }
        }
        assertThat(kept).isEqualTo(HoldingRoom.PEERS);
        var late = new HeldDatagrams(room, false);
        assertThat(late.hasRoom(8)).isFalse();
        assertThat(new HeldDatagrams(room, true).hasRoom(8)).isTrue();
        assertThat(room.allocatedBytes()).isLessThanOrEqualTo(3 << 20);

        peers.forEach(HeldDatagrams::clear);
        assertThat(room.size()).isZero();
        assertThat(late.hasRoom(8)).isTrue();
    }

    @Test
    void aStrangerWhoBecomesAPeerHoldsAsManyAsOthers() {
        var room = new HoldingRoom();
        var his = new HeldDatagrams(room, true);
        ByteBuffer b = ByteBuffer.allocate(8);
        for (int i = 0; i < HeldDatagrams.STRANGERS_CAPACITY; i++) {
            his.hold(0, 7, b.putInt(0, i), 0, 4);
        }
        assertThat(his.hold(0, 7, b, 0, 4)).isFalse();
        his.onKnown();
        for (int i = HeldDatagrams.STRANGERS_CAPACITY; i < HeldDatagrams.CAPACITY; i++) {
            assertThat(his.hold(0, 7, b.putInt(0, i), 0, 4)).isTrue();
        }
        assertThat(room.strangers()).isEqualTo(HeldDatagrams.STRANGERS_CAPACITY);
        his.release(7, this::take);

        assertThat(taken).hasSize(HeldDatagrams.CAPACITY).startsWith("0:0:4").endsWith("0:63:4");
        assertThat(room.size()).isZero();
    }

    @Test
    void whatWasHandedOverLeavesItsRoomToOthers() {
        for (int i = 0; i < 2 * (HoldingRoom.PEERS + HoldingRoom.STRANGERS); i++) {
            assertThat(hold(i, 7, i)).isTrue();
            held.release(7, this::take);
        }
        assertThat(taken).hasSize(2 * (HoldingRoom.PEERS + HoldingRoom.STRANGERS));
    }

    @Test
    void dropsWhatWaitsForOneNonce() {
        hold(1, 7, 10);
        hold(2, 8, 11);
        hold(3, 7, 12);

        assertThat(held.drop(7)).isEqualTo(2);
        assertThat(held.drop(7)).isZero();
        assertThat(held.size()).isEqualTo(1);
    }

    @Test
    void strangersAndPeersAreCountedApartHoweverTheRoomGrows() {
        var room = new HoldingRoom();
        assertThat(room.allocatedBytes()).isZero();
        var stranger = new HeldDatagrams(room, true);
        var peer = new HeldDatagrams(room, false);
        ByteBuffer b = ByteBuffer.allocate(8);
        for (int i = 0; i < 10; i++) {
            stranger.hold(0, 7, b, 0, 8);
        }
        assertThat(room.allocatedBytes()).isEqualTo(16 * HoldingRoom.MAX_BYTES);
        for (int i = 0; i < 30; i++) {
            peer.hold(0, 7, b, 0, 8);
        }
        assertThat(room.size()).isEqualTo(40);
        assertThat(room.strangers()).isEqualTo(10);

        stranger.clear();
        assertThat(room.strangers()).isZero();
        assertThat(room.size()).isEqualTo(30);
        peer.clear();
        assertThat(room.size()).isZero();
    }
}
