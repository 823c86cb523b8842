package io.rist4j.crypto.psk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rist4j.crypto.LaterWorker;
import io.rist4j.crypto.SeededOctets;
import io.rist4j.crypto.host.RandomOctets;
import io.rist4j.crypto.host.Worker;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

class PskSenderTest {
    private final NonceHistory history = new NonceHistory();
    private final LaterWorker worker = new LaterWorker();

    private static Passphrase secret() {
        return Passphrase.ofText("a secret of several words".toCharArray());
    }

    private PskSender sender(int rotationPackets, RandomOctets random, Worker on) {
        return new PskSender(
                0, secret(), new PskSealing(true, rotationPackets, false), history, random, on);
    }

    @Test
    void changesTheNonceAfterTheConfiguredPackets() {
        var sender = sender(3, new SeededOctets(1), Worker.inline());
        Set<Integer> nonces = new LinkedHashSet<>();

        for (int sequence = 0; sequence < 9; sequence++) {
            nonces.add(sender.nonce(0, sequence));
            assertThat(nonces).hasSize(1 + sequence / 3);
        }

        assertThat(nonces).doesNotContain(0);
        assertThat(nonces).allMatch(nonce -> !Nonce.isOdd(nonce));
    }

    @Test
    void staysWithItsNonceUntilTheNextKeyIsDerived() {
        var sender = sender(2, new SeededOctets(2), worker);
        worker.work(0);
        int first = sender.nonce(0, 0);

        for (int sequence = 1; sequence < 10; sequence++) {
            assertThat(sender.nonce(0, sequence)).isEqualTo(first);
        }
        int next = sender.nextNonce();
        worker.work(0);

        assertThat(sender.nonce(0, 10)).isEqualTo(next).isNotEqualTo(first);
        assertThat(sender.nextNonce()).isNotEqualTo(next);
    }

    @Test
    void neverUsesANonceTwiceWithTheSameSequence() {
        var sender = sender(0, new SeededOctets(3), worker);
        int first = sender.nonce(0, -2);
        assertThat(sender.nonce(0, -1)).isEqualTo(first);

        int wrapped = sender.nonce(0, 0);
        int again = sender.nonce(0, 0);
        int backwards = sender.nonce(0, -1) == again ? sender.nonce(0, 5) : again;

        assertThat(new HashSet<>(List.of(first, wrapped, again, backwards))).hasSize(4);
    }

    @Test
    void drawsAgainWhenAPeerHasUsedTheNonce() {
        history.add(0x0000_0001);
        int[] draws = {0, 1, 0x8000_0001, 7, 8, 9};
        int[] drawn = {0};
        RandomOctets random = octets -> ByteBuffer.wrap(octets).putInt(0, draws[drawn[0]++]);

        var sender = sender(0, random, Worker.inline());

        assertThat(sender.nonce(0, 0)).isEqualTo(7);
        assertThat(history.contains(7)).isTrue();
    }

    @Test
    void refusesRandomnessThatRepeats() {
        RandomOctets stuck = octets -> ByteBuffer.wrap(octets).putInt(0, 7);
        history.add(7);

        assertThatThrownBy(() -> sender(0, stuck, Worker.inline()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("random octets repeat");
    }

    @Test
    void changesThePassphraseOnceItsKeyIsThere() {
        var sender = sender(0, new SeededOctets(4), worker);
        worker.work(0);
        int first = sender.nonce(0, 0);
        worker.work(0);

        sender.changeToOtherSlot(0, Passphrase.ofText("another".toCharArray()));

        assertThat(sender.nonce(0, 1)).isEqualTo(first);
        worker.work(0);
        int changed = sender.nonce(0, 2);
        assertThat(Nonce.isOdd(changed)).isTrue();
        sender.rotate();
        worker.work(0);
        int later = sender.nonce(0, 3);
        assertThat(later).isNotEqualTo(changed);
        assertThat(Nonce.isOdd(later)).isTrue();
    }

    @Test
    void forgetsAKeyOfAPassphraseThatWasReplacedMeanwhile() {
        var sender = sender(0, new SeededOctets(5), worker);
        sender.nonce(0, 0);

        sender.change(0, Passphrase.ofText("another".toCharArray()));
        worker.work(0);
        int nonce = sender.nonce(0, 1);

        ByteBuffer b = ByteBuffer.allocate(64);
        sender.seal(b, 0, 64);
        var receiver =
                new PskReceiver(
                        Passphrase.ofText("another".toCharArray()),
                        new NonceHistory(),
                        PskReceiver.sharedBudget(),
                        Worker.inline(),
                        (nowNs, known) -> {});
        receiver.open(0, b, 0, 64, nonce, 1, true, false);
        assertThat(b.array()).containsOnly(0);
    }

    @Test
    void refusesToSealBeforeANonce() {
        var sender = sender(0, new SeededOctets(6), worker);

        assertThatThrownBy(() -> sender.seal(ByteBuffer.allocate(4), 0, 4))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void namesWhatIsOutOfRange() {
        assertThatThrownBy(() -> PskSealing.ofBits(192)).hasMessageContaining("192 bits");
        assertThatThrownBy(() -> new PskSealing(true, -1, false))
                .hasMessageContaining("rotationPackets -1");
        assertThatThrownBy(() -> Passphrase.ofText(new char[0])).hasMessageContaining("1..127");
        assertThatThrownBy(() -> Passphrase.ofText("é".repeat(64).toCharArray()))
                .hasMessageContaining("128 octets is outside 1..127");
        assertThatThrownBy(() -> Passphrase.ofText("a\0b".toCharArray()))
                .hasMessageContaining("NUL");
    }

    @Test
    void neverPrintsASecret() {
        assertThat(secret().toString()).isEqualTo("Passphrase[***]");
    }

    @Test
    void overwritesASecretThatIsClosed() {
        Passphrase secret = secret();
        Passphrase copy = secret.copy();

        secret.close();

        assertThat(secret.octets()).containsOnly(0);
        assertThat(copy.isSame(secret())).isTrue();
    }
}
