package io.rist4j.crypto.psk;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.SecretOctets;
import io.rist4j.crypto.SeededOctets;
import io.rist4j.crypto.host.Computation;
import io.rist4j.crypto.host.Worker;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** Passphrases and keys are overwritten as soon as nothing is sealed or opened under them. */
class OverwrittenSecretsTest {
    private static final int BYTES = 64;

    private final Deque<Computation> work = new ArrayDeque<>();
    private final ByteBuffer packet = ByteBuffer.allocate(BYTES);

    private static Passphrase text(String text) {
        return Passphrase.ofText(text.toCharArray());
    }

    private static PskSender sender(boolean isAes256, Worker worker) {
        return new PskSender(
                0,
                text("one"),
                new PskSealing(isAes256, 0, false),
                new NonceHistory(),
                new SeededOctets(5),
                worker);
    }

    private PskReceiver receiver(Worker worker) {
        return new PskReceiver(
                text("one"),
                new NonceHistory(),
                PskReceiver.sharedBudget(),
                worker,
                (nowNs, nonce) -> {});
    }

    private void seal(PskSender by, int sequence) {
        by.nonce(0, sequence);
        by.seal(packet, 0, BYTES);
    }

    private void open(PskReceiver by, long nowNs, int nonce, boolean isSense) {
        assertThat(by.open(nowNs, packet, 0, BYTES, nonce, 1, true, false))
                .isEqualTo(Opening.OPENED);
        by.onRead(nowNs, isSense);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSendersWhenItRotatesChangesAndCloses(boolean isAes256) {
        PskSender sender = sender(isAes256, Worker.inline());
        assertThat(sender.isAes256()).isEqualTo(isAes256);
        seal(sender, 1);
        SecretOctets held = SecretOctets.heldBy(sender);
        sender.rotate();
        seal(sender, 2);
        held.assertOverwritten(3); // the key, the cipher's and what it lends

        held = SecretOctets.heldBy(sender);
        sender.change(0, text("two"));
        held.assertOverwritten(2); // the passphrase, and the key that was next

        held = SecretOctets.heldBy(sender);
        sender.close();
        held.assertAllOverwritten();
    }

    @Test
    void aReceiversWhenASlotGetsAnother() {
        PskReceiver receiver = receiver(Worker.inline());
        SecretOctets held = SecretOctets.heldBy(receiver);
        receiver.passphrase(0, false, text("two"));
        held.assertOverwritten(1);
        held = SecretOctets.heldBy(receiver);
        receiver.passphrase(0, true, text("three"));
        held.assertOverwritten(1);
        held = SecretOctets.heldBy(receiver);
        receiver.passphrase(0, text("four"));
        held.assertOverwritten(2);
        held = SecretOctets.heldBy(receiver);
        receiver.only(0, text("five"));
        held.assertOverwritten(2);
        held = SecretOctets.heldBy(receiver);
        receiver.close();
        held.assertAllOverwritten();
    }

    @Test
    void aReceiversKeysWhenTheyEnd() {
        PskReceiver receiver = receiver(Worker.inline());
        open(receiver, 0, 2, true);
        SecretOctets held = SecretOctets.heldBy(receiver);
        receiver.passphrase(0, text("two"));
        receiver.open(60 * SessionTime.SECOND, packet, 0, BYTES, 2, 1, true, false);
        held.assertOverwritten(5); // both passphrases, the key, the cipher's and what it lends
    }

    /** Both secrets were tried on one nonce: a key of each is kept. */
    @Test
    void aReceiversSpareKeys() {
        PskReceiver receiver = receiver(Worker.inline());
        receiver.passphrase(0, true, text("two"));
        open(receiver, 0, 2, false);
        assertThat(receiver.reopen(0, packet, 0, BYTES)).isEqualTo(Opening.OPENED);
        receiver.onRead(0, true);
        SecretOctets held = SecretOctets.heldBy(receiver);
        receiver.only(0, text("two"));
        held.assertOverwritten(5);

        receiver = receiver(Worker.inline());
        receiver.passphrase(0, true, text("two"));
        open(receiver, 0, 2, false);
        assertThat(receiver.reopen(0, packet, 0, BYTES)).isEqualTo(Opening.OPENED);
        receiver.onRead(0, false);
        held = SecretOctets.heldBy(receiver);
        receiver.passphrase(0, true, text("three"));
        open(receiver, 0, 2, false);
        assertThat(receiver.reopen(0, packet, 0, BYTES)).isEqualTo(Opening.OPENED);
        held.assertOverwritten(1);
        held = SecretOctets.heldBy(receiver);
        receiver.close();
        held.assertAllOverwritten();
    }

    @Test
    void whatAWorkerBringsTooLate() {
        Worker later = (nowNs, computation) -> work.add(computation);
        PskSender sender = sender(true, later);
        sender.nonce(0, 1);
        PskReceiver receiver = receiver(later);
        assertThat(receiver.open(0, packet, 0, BYTES, 7, 1, true, false))
                .isEqualTo(Opening.PENDING);
        assertThat(work).hasSizeGreaterThan(2);
        for (Computation computation : work) {
            computation.compute();
        }
        Computation[] computed = work.toArray(Computation[]::new);
        SecretOctets[] keys = new SecretOctets[computed.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = SecretOctets.heldBy(computed[i]);
        }
        receiver.close();
        sender.close();
        for (int i = 0; i < keys.length; i++) {
            computed[i].onComputed(0);
            keys[i].assertAllOverwritten();
        }
    }

    @Test
    void whatAWorkerBringsThoughItWasDerivedMeanwhile() {
        PskReceiver receiver = receiver((nowNs, computation) -> work.add(computation));
        assertThat(receiver.open(0, packet, 0, BYTES, 2, 1, true, false))
                .isEqualTo(Opening.PENDING);
        Computation first = work.remove();
        first.compute();
        first.onComputed(0);
        open(receiver, 0, 2, true);
        assertThat(receiver.open(0, packet, 0, BYTES, 4, 2, true, false))
                .isEqualTo(Opening.PENDING);
        assertThat(receiver.deriveNow(0, 4)).isTrue();
        Computation second = work.remove();
        second.compute();
        SecretOctets key = SecretOctets.heldBy(second);
        second.onComputed(0);
        key.assertAllOverwritten();
        assertThat(receiver.open(0, packet, 0, BYTES, 4, 2, true, false)).isEqualTo(Opening.OPENED);
    }
}
