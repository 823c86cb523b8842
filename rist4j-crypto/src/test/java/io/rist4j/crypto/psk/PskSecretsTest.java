package io.rist4j.crypto.psk;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.LaterWorker;
import io.rist4j.crypto.SeededOctets;
import io.rist4j.crypto.host.Worker;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;

/** Which of several passphrases a receiver opens under, and until when. */
class PskSecretsTest {
    private static final int BYTES = 64;
    private static final long SECOND = SessionTime.SECOND;

    private final ByteBuffer packet = ByteBuffer.allocate(BYTES);
    private final LaterWorker later = new LaterWorker();
    private PskReceiver receiver = receiver(Worker.inline());

    private static Passphrase text(String text) {
        return Passphrase.ofText(text.toCharArray());
    }

    private static PskReceiver receiver(Worker worker) {
        return new PskReceiver(
                text("one"),
                new NonceHistory(),
                PskReceiver.sharedBudget(),
                worker,
                (nowNs, nonce) -> {});
    }

    private static PskSender sender(String secret, boolean isOdd) {
        return new PskSender(
                0,
                text(secret),
                isOdd,
                new PskSealing(true, 0, false),
                new NonceHistory(),
                new SeededOctets(secret.hashCode()),
                Worker.inline());
    }

    private Opening open(long nowNs, PskSender from, int sequence) {
        packet.clear();
        for (int i = 0; i < BYTES; i++) {
            packet.put(i, (byte) 0x47);
        }
        int nonce = from.nonce(0, sequence);
        from.seal(packet, 0, BYTES);
        return receiver.open(nowNs, packet, 0, BYTES, nonce, sequence, true, false);
    }

    private boolean isClear() {
        for (int i = 0; i < BYTES; i++) {
            if (packet.get(i) != 0x47) {
                return false;
            }
        }
        return true;
    }

    /** Whether a packet comes out, perhaps under the other slot's secret. */
    private boolean receives(long nowNs, PskSender from, int sequence) {
        Opening opening = open(nowNs, from, sequence);
        while (opening == Opening.OPENED) {
            boolean isClear = isClear();
            receiver.onRead(nowNs, isClear);
            if (isClear) {
                return true;
            }
            opening = receiver.reopen(nowNs, packet, 0, BYTES);
        }
        return false;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingOpensButWhatIsUnderTheOneThatIsLeft(boolean isOddLeft) {
        receiver.passphrase(0, true, text("two"));
        PskSender even = sender("one", false);
        PskSender odd = sender("two", true);
        assertThat(receives(0, even, 1)).isTrue();
        assertThat(receives(0, odd, 2)).isTrue();
        receiver.only(0, text(isOddLeft ? "two" : "one"));
        assertThat(receiver.isConfirmed()).as("nothing is open any more").isFalse();

        assertThat(receives(0, isOddLeft ? odd : even, 3)).isTrue();
        assertThat(receiver.derivations()).as("its key is known").isEqualTo(2);
        assertThat(receives(0, isOddLeft ? even : odd, 4)).isFalse();
        assertThat(receiver.derivations()).as("the other's is not").isEqualTo(3);
    }

    @Test
    void anotherThanBothMayBeLeft() {
        PskSender one = sender("one", false);
        assertThat(receives(0, one, 1)).isTrue();
        receiver.only(0, text("three"));

        assertThat(receives(0, one, 2)).isFalse();
        assertThat(receives(0, sender("three", false), 3)).isTrue();
        assertThat(receives(0, sender("three", true), 4)).isTrue();
    }

    @Test
    void whatNoSecretFittedIsTriedAgainUnderANewOne() {
        for (int nonce = 1; nonce <= 5; nonce++) {
            receiver.open(0, packet, 0, BYTES, nonce, 0, true, false);
            receiver.onRead(0, false);
        }
        assertThat(receiver.open(0, packet, 0, BYTES, 1, 0, true, false))
                .isEqualTo(Opening.REFUSED);
        receiver.only(0, text("one"));
        assertThat(receiver.open(0, packet, 0, BYTES, 1, 0, true, false)).isEqualTo(Opening.OPENED);
        receiver.passphrase(0, true, text("two"));
        assertThat(receiver.open(0, packet, 0, BYTES, 2, 0, true, false)).isEqualTo(Opening.OPENED);
    }

    @Test
    void whichSlotOpenedIsToldWhereTheyDiffer() {
        assertThat(receiver.isOpenedBy(false)).isFalse();
        open(0, sender("one", false), 1);
        assertThat(receiver.isOpenedBy(false)).as("both have it").isFalse();

        receiver.passphrase(0, true, text("two"));
        open(0, sender("one", false), 2);
        assertThat(receiver.isOpenedBy(false)).isTrue();
        assertThat(receiver.isOpenedBy(true)).isFalse();
        open(0, sender("two", true), 3);
        assertThat(receiver.isOpenedBy(false)).isFalse();
        assertThat(receiver.isOpenedBy(true)).isTrue();
    }

    @Test
    void theSlotOfTheStreamIsThatOfItsLatestPacketThatMadeSense() {
        assertThat(receiver.isLiveOdd()).isFalse();
        assertThat(receives(0, sender("one", true), 1)).isTrue();
        assertThat(receiver.isLiveOdd()).isTrue();
        open(0, sender("one", false), 2);
        receiver.onRead(0, false);
        assertThat(receiver.isLiveOdd()).isTrue();
        assertThat(receives(0, sender("one", false), 3)).isTrue();
        assertThat(receiver.isLiveOdd()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPassphraseThatOneSlotHasIsPutIntoBoth(boolean isOddOther) {
        receiver.passphrase(0, isOddOther, text("two"));
        PskSender other = sender("two", isOddOther);
        assertThat(receives(0, other, 1)).isTrue();
        receiver.passphrase(0, text("one"));

        assertThat(receives(5 * SECOND - 1, other, 2)).isTrue();
        assertThat(receives(5 * SECOND, other, 3)).isFalse();
        assertThat(receives(5 * SECOND, sender("one", isOddOther), 4)).isTrue();
    }

    @Test
    void theKeyOfASlotEndsWhenItsSecretDoesAtTheLatest() {
        PskSender old = sender("one", true);
        assertThat(receives(0, old, 1)).isTrue();
        receiver.passphrase(0, true, text("two"));
        receiver.passphrase(SECOND, false, text("three"), 2 * SECOND);

        assertThat(receives(2 * SECOND - 1, old, 2)).isTrue();
        assertThat(receives(2 * SECOND, old, 3)).isFalse();
    }

    @Test
    void aNonceWhoseKeyEndedIsDerivedOnce() {
        receiver.open(0, packet, 0, BYTES, 7, 0, true, false);
        PskSender from = sender("one", false);
        assertThat(receives(0, from, 1)).isTrue();
        receiver.passphrase(0, text("two"));
        for (int sequence = 2; sequence < 10; sequence++) {
            open(5 * SECOND, from, sequence);
        }
        assertThat(receiver.derivations()).isEqualTo(3);
    }

    @Test
    void whatIsDerivedAtOnceIsOfTheSlotThatTheNonceNames() {
        receiver = receiver(later);
        receiver.passphrase(0, true, text("two"));
        PskSender stream = sender("one", false);
        open(0, stream, 1);
        later.work(0);
        assertThat(receives(0, stream, 2)).isTrue();

        PskSender odd = sender("two", true);
        PskSender even = sender("one", false);
        assertThat(open(0, odd, 3)).isEqualTo(Opening.PENDING);
        assertThat(receiver.deriveNow(0, odd.nonce(0, 4))).isTrue();
        assertThat(open(0, odd, 5)).isEqualTo(Opening.OPENED);
        assertThat(isClear()).isTrue();
        even.nonce(0, 6);
        even.rotate();
        assertThat(open(0, even, 7)).isEqualTo(Opening.PENDING);
        assertThat(receiver.deriveNow(0, even.nonce(0, 8))).isTrue();
        assertThat(open(0, even, 9)).isEqualTo(Opening.OPENED);
        assertThat(isClear()).isTrue();
    }

    @Test
    void ofANonceThatNobodyUsedNothingIsDerivedAtOnce() {
        assertThat(receiver.deriveNow(0, 7)).isFalse();
        assertThat(receiver.derivations()).isZero();
    }

    /** The worker never answers. */
    @Test
    void aDerivationThatWasOvertakenHoldsNoReceiverThatWasClosed() {
        var closed = new WeakReference<>(closedAfterDerivingTwice());
        for (int i = 0; i < 100 && closed.get() != null; i++) {
            System.gc();
        }
        assertThat(closed.get()).isNull();
        assertThat(later.waiting()).isPositive();
    }

    private PskReceiver closedAfterDerivingTwice() {
        receiver = receiver(later);
        PskSender stream = sender("one", false);
        open(0, stream, 1);
        later.work(0);
        assertThat(receives(0, stream, 2)).isTrue();
        receiver.passphrase(0, true, text("two"));
        receiver.open(0, packet, 0, BYTES, 7, 3, true, false);
        assertThat(receiver.deriveNow(0, 7)).isTrue();
        receiver.open(0, packet, 0, BYTES, 7, 3, true, false);
        receiver.onRead(0, false);
        assertThat(receiver.reopen(0, packet, 0, BYTES)).isEqualTo(Opening.PENDING);
        assertThat(later.waiting()).isEqualTo(2);
        PskReceiver mayfly = receiver;
        receiver = receiver(Worker.inline());
        mayfly.close();
        return mayfly;
    }
}
