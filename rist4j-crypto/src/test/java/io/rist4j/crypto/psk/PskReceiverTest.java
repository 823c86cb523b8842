package io.rist4j.crypto.psk;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.LaterWorker;
import io.rist4j.crypto.SeededOctets;
import io.rist4j.crypto.host.TokenBucket;
import io.rist4j.crypto.host.Worker;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class PskReceiverTest {
    private static final byte MARK = 0x47;
    private static final int BYTES = 200;

    private final LaterWorker worker = new LaterWorker();
    private final List<Integer> keyed = new ArrayList<>();
    private final ByteBuffer packet = ByteBuffer.allocateDirect(BYTES);
    private PskReceiver receiver = receiver("one", worker);

    private static Passphrase text(String text) {
        return Passphrase.ofText(text.toCharArray());
    }

    private PskReceiver receiver(String secret, Worker on) {
        return new PskReceiver(
                text(secret),
                new NonceHistory(),
                PskReceiver.sharedBudget(),
                on,
                (nowNs, nonce) -> keyed.add(nonce));
    }

    private static PskSender sender(String secret, int rotationPackets) {
        return new PskSender(
                0,
                text(secret),
                new PskSealing(true, rotationPackets, false),
                new NonceHistory(),
                new SeededOctets(secret.hashCode()),
                Worker.inline());
    }

    /** Puts the sender's next packet into the buffer; returns its nonce. */
    private int next(PskSender sender, int sequence) {
        for (int i = 0; i < BYTES; i++) {
            packet.put(i, MARK);
        }
        int nonce = sender.nonce(0, sequence);
        sender.seal(packet, 0, BYTES);
        return nonce;
    }

    private Opening open(long nowNs, int nonce, int sequence) {
        return receiver.open(nowNs, packet, 0, BYTES, nonce, sequence, true, false);
    }

    private boolean isClear() {
        for (int i = 0; i < BYTES; i++) {
            if (packet.get(i) != MARK) {
                return false;
            }
        }
        return true;
    }

    @Test
    void noiseUnderTheNonceInUseCostsNoPacketAfterAChangeOfTheSecret() {
        receiver = receiver("one", Worker.inline());
        PskSender sender = sender("one", 0);
        assertThat(receives(0, sender, 1)).isTrue();
        receiver.passphrase(0, true, text("two"));
        for (int sequence = 2; sequence < 200; sequence++) {
            int nonce = next(sender, sequence);
            for (int i = 0; i < 100; i++) {
                packet.put(i, (byte) (i * sequence));
                if (open(0, nonce, sequence) == Opening.OPENED) {
                    receiver.onRead(0, false);
                    while (receiver.reopen(0, packet, 0, BYTES) == Opening.OPENED) {
                        receiver.onRead(0, false);
                    }
                }
            }
            next(sender, ++sequence);
            assertThat(receivesInTheEnd(nonce, sequence)).as("packet %d", sequence).isTrue();
        }
    }

    /** Whether the packet in the buffer comes out, perhaps under the other secret. */
    private boolean receivesInTheEnd(int nonce, int sequence) {
        long nowNs = sequence * SessionTime.SECOND;
        Opening opening = open(nowNs, nonce, sequence);
        while (opening == Opening.OPENED) {
            receiver.onRead(nowNs, isClear());
            if (isClear()) {
                return true;
            }
            opening = receiver.reopen(nowNs, packet, 0, BYTES);
        }
        return false;
    }

    /** Opens and judges; returns whether the plaintext came out. */
    private boolean receives(long nowNs, PskSender from, int sequence) {
        Opening opening = open(nowNs, next(from, sequence), sequence);
        if (opening != Opening.OPENED) {
            return false;
        }
        boolean isClear = isClear();
        receiver.onRead(nowNs, isClear);
        if (!isClear && receiver.reopen(nowNs, packet, 0, BYTES) == Opening.OPENED) {
            isClear = isClear();
            receiver.onRead(nowNs, isClear);
        }
        return isClear;
    }

    @Test
    void leavesAPacketAloneUntilItsKeyIsDerived() {
        int nonce = next(sender("one", 0), 0);
        byte first = packet.get(0);

        assertThat(open(0, nonce, 0)).isEqualTo(Opening.PENDING);
        assertThat(packet.get(0)).isEqualTo(first);
        worker.work(1);

        assertThat(keyed).containsExactly(nonce);
        assertThat(open(1, nonce, 0)).isEqualTo(Opening.OPENED);
        assertThat(isClear()).isTrue();
        assertThat(worker.started()).isEqualTo(1);
    }

    @Test
    void refusesANonceOfZero() {
        assertThat(open(0, 0, 0)).isEqualTo(Opening.BAD_NONCE);
        assertThat(worker.started()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void followsAPeerThatRotatesAsOftenAsItLikes(int rotationPackets) {
        receiver = receiver("one", Worker.inline());
        var from = sender("one", rotationPackets);

        for (int sequence = 0; sequence < 600; sequence++) {
            assertThat(receives(sequence * 1_000L, from, sequence)).isTrue();
        }

        assertThat(receiver.derivations()).isEqualTo((600 + rotationPackets - 1) / rotationPackets);
    }

    @Test
    void opensWhatARotationOvertook() {
        receiver = receiver("one", Worker.inline());
        var from = sender("one", 4);
        int old = next(from, 0);
        ByteBuffer late = ByteBuffer.allocate(BYTES).put(0, packet, 0, BYTES);
        for (int sequence = 1; sequence < 12; sequence++) {
            receives(0, from, sequence);
        }

        packet.put(0, late, 0, BYTES);

        assertThat(open(0, old, 0)).isEqualTo(Opening.OPENED);
        assertThat(isClear()).isTrue();
        assertThat(receiver.derivations()).isEqualTo(3);
    }

    @Test
    void spendsLittleOnForgedNoncesAndLosesNothingOfTheStreamBesideThem() {
        long seed = 11;
        receiver = receiver("one", Worker.inline());
        var from = sender("one", 100);
        var forger = new Random(seed);
        int lost = 0;
        long start = receiver.derivations();

        for (int i = 0; i < 10_000; i++) { // ten seconds of 1 000 packets, 5 000 forged ones each
            long nowNs = i * SessionTime.MILLISECOND;
            for (int forged = 0; forged < 5; forged++) {
                int nonce = forger.nextInt() | 1;
                if (open(nowNs, nonce, forger.nextInt()) == Opening.OPENED) {
                    receiver.onRead(nowNs, false);
                    receiver.reopen(nowNs, packet, 0, BYTES);
                }
            }
            lost += receives(nowNs, from, i) ? 0 : 1;
        }

        assertThat(lost).as("seed %d", seed).isZero();
        long genuine = 10_000 / 100;
        assertThat(receiver.derivations() - start - genuine).isLessThanOrEqualTo(8 + 10 * 2 + 2);
    }

    @Test
    void spendsABoundedShareOnAForgerWhoSeesTheStream() {
        receiver = receiver("one", Worker.inline());
        var from = sender("one", 0);
        for (int sequence = 0; sequence < 5; sequence++) {
            receives(0, from, sequence);
        }
        var forger = new Random(12);

        for (int i = 0; i < 20_000; i++) {
            long nowNs = i * SessionTime.MILLISECOND / 10;
            if (open(nowNs, forger.nextInt() | 1, 5) == Opening.OPENED) {
                receiver.onRead(nowNs, false);
            }
            if (i % 100 == 0) {
                assertThat(receives(nowNs, from, 5 + i / 100)).isTrue();
            }
        }

        assertThat(receiver.derivations()).isLessThanOrEqualTo(1 + 32 + 2 * 100 + 1);
    }

    @Test
    void sharesTheBudgetForStrangersAmongPeers() {
        DerivationShare shared = DerivationShare.ofRate(TokenBucket.perSecond(10, 1));
        long derived = 0;

        for (int peer = 0; peer < 20; peer++) {
            var stranger =
                    new PskReceiver(
                            text("one"), new NonceHistory(), shared, worker, (nowNs, nonce) -> {});
            for (int nonce = 1; nonce < 5; nonce++) {
                stranger.open(0, packet, 0, BYTES, nonce, 0, true, false);
            }
            derived += stranger.derivations();
        }

        assertThat(derived).isEqualTo(10);
    }

    @Test
    void keepsOpeningHoweverManyForgedPacketsMadeNoSense() {
        receiver = receiver("one", Worker.inline());
        var from = sender("one", 0);
        int nonce = next(from, 0);
        receives(0, from, 1);
        receives(0, from, 2);

        for (int i = 0; i < 1_000; i++) {
            open(0, nonce, 77_777 + i);
            receiver.onRead(0, false);
            receiver.reopen(0, packet, 0, BYTES);
        }

        assertThat(receives(0, from, 3)).isTrue();
    }

    @Test
    void changesOverToThePassphraseOfTheOtherSlot() {
        receiver = receiver("one", Worker.inline());
        var from = sender("one", 0);
        assertThat(receives(0, from, 0)).isTrue();
        assertThat(receives(0, from, 1)).isTrue();
        receiver.passphrase(1, true, text("two"));

        from.changeToOtherSlot(1, text("two"));

        for (int sequence = 2; sequence < 10; sequence++) {
            assertThat(receives(1, from, sequence)).isTrue();
        }
    }

    @Test
    void triesTheOtherSlotForPeersWithArbitrarySelectors() {
        receiver = receiver("one", Worker.inline());
        receiver.passphrase(0, true, text("two"));
        var from = sender("two", 3); // nonces say even

        for (int sequence = 0; sequence < 30; sequence++) {
            assertThat(receives(sequence, from, sequence)).isTrue();
        }

        assertThat(receiver.derivations()).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100})
    void noiseThatComesFirstUnderANonceShutsNoneOfItsPacketsOut(int forged) {
        receiver = receiver("one", Worker.inline());
        receiver.passphrase(0, true, text("two"));
        var from = sender("one", 0);
        int nonce = next(from, 0);
        for (int i = 0; i < forged; i++) {
            packet.putInt(0, i);
            open(0, nonce, 1_000 + i);
            receiver.onRead(0, false);
            while (receiver.reopen(0, packet, 0, BYTES) == Opening.OPENED) {
                receiver.onRead(0, false);
            }
        }

        for (int sequence = 1; sequence < 20; sequence++) {
            next(from, sequence);
            assertThat(receivesInTheEnd(nonce, sequence)).as("packet %d", sequence).isTrue();
        }
        assertThat(receiver.derivations()).isEqualTo(2);
    }

    @Test
    void encryptsAgainWhatNoSecretFits() {
        receiver = receiver("one", Worker.inline());
        receiver.passphrase(0, true, text("two"));
        int nonce = next(sender("three", 0), 0);
        ByteBuffer sealed = ByteBuffer.allocate(BYTES).put(0, packet, 0, BYTES);

        open(0, nonce, 0);
        receiver.onRead(0, false);
        assertThat(receiver.reopen(0, packet, 0, BYTES)).isEqualTo(Opening.OPENED);
        receiver.onRead(0, false);
        assertThat(receiver.reopen(0, packet, 0, BYTES)).isEqualTo(Opening.REFUSED);

        assertThat(packet).isEqualTo(sealed);
        assertThat(receiver.isConfirmed()).isFalse();
    }

    @Test
    void opensForAShortWhileWhatWasSealedUnderAReplacedPassphrase() {
        receiver = receiver("one", Worker.inline());
        var from = sender("one", 0);
        receives(0, from, 0);
        receives(0, from, 1);
        receiver.passphrase(0, text("two"));

        assertThat(receives(4 * SessionTime.SECOND, from, 2)).isTrue();
        assertThat(receives(6 * SessionTime.SECOND, from, 3)).isFalse();
    }

    @Test
    void keepsItsKeysWhenTheSameSecretIsSetAgain() {
        receiver = receiver("one", Worker.inline());
        var from = sender("one", 0);
        receives(0, from, 0);

        for (int sequence = 1; sequence < 20; sequence++) {
            receiver.passphrase(0, text("one"));
            receiver.passphrase(0, true, text("one"));
            assertThat(receives(0, from, sequence)).isTrue();
        }

        assertThat(receiver.derivations()).isEqualTo(1);
    }

    @Test
    void recoversWhenTheSecretIsCorrected() {
        receiver = receiver("wrong", Worker.inline());
        var from = sender("one", 0);
        for (int sequence = 0; sequence < 50; sequence++) {
            assertThat(receives(0, from, sequence)).isFalse();
        }

        receiver.passphrase(0, text("one"));

        assertThat(receives(0, from, 50)).isTrue();
    }

    @Test
    void derivesAheadWhatAPeerAnnounces() {
        receiver = receiver("one", worker);
        var from = sender("one", 3);
        open(0, next(from, 0), 0);
        worker.work(0);
        assertThat(receives(0, from, 1)).isTrue();
        assertThat(receives(0, from, 2)).isTrue();

        receiver.onAnnounced(0, from.nextNonce());
        worker.work(0);

        assertThat(receives(0, from, 3)).isTrue();
    }

    @Test
    void ignoresAnnouncementsThatNoConfirmedKeyBrought() {
        receiver.onAnnounced(0, 5);

        assertThat(worker.started()).isZero();
    }

    @Test
    void derivesAtOnceForTheLiveStreamOnly() {
        var from = sender("one", 2);
        int first = next(from, 0);
        open(0, first, 0);
        assertThat(receiver.deriveNow(0, first)).isFalse();
        worker.work(0);
        receives(0, from, 1);
        open(0, 99, 1_000_000);
        int second = next(from, 2);
        assertThat(open(0, second, 2)).isEqualTo(Opening.PENDING);

        assertThat(receiver.deriveNow(0, 99)).isFalse();
        assertThat(receiver.deriveNow(0, second)).isTrue();

        assertThat(keyed).containsExactly(first, second);
        worker.work(0); // brings the same key again, unneeded
        assertThat(open(0, second, 2)).isEqualTo(Opening.OPENED);
        assertThat(isClear()).isTrue();
    }

    @Test
    void opensLongDatagramsAndBothKeyLengthsOfOneNonce() {
        receiver = receiver("one", Worker.inline());
        var random = new Random(13);
        for (boolean aes256 : new boolean[] {false, true}) {
            for (int bytes : new int[] {0, 1, 7, 8, 15, 16, 17, 2_047, 2_048, 2_049, 9_000}) {
                byte[] plain = new byte[bytes + 3];
                random.nextBytes(plain);
                var from =
                        new PskSender(
                                0,
                                text("one"),
                                new PskSealing(aes256, 0, false),
                                new NonceHistory(),
                                new SeededOctets(14),
                                Worker.inline());
                ByteBuffer b = ByteBuffer.wrap(plain.clone());
                int nonce = from.nonce(0, 5);

                from.seal(b, 3, bytes);
                receiver.open(0, b, 3, bytes, nonce, 5, aes256, false);

                assertThat(b.array()).isEqualTo(plain);
            }
        }
        assertThat(receiver.derivations()).isEqualTo(1);
    }

    @Test
    void aDerivationUnderWayHoldsNoReceiverThatWasClosed() {
        var closed = new WeakReference<>(closedWhileDeriving());

        assertThat(worker.waiting()).isEqualTo(1);
        assertUnreachable(closed);
        worker.work(0);
        assertThat(keyed).isEmpty();
    }

    private PskReceiver closedWhileDeriving() {
        PskReceiver mayfly = receiver("one", worker);
        mayfly.open(0, packet, 0, BYTES, 7, 0, true, false);
        mayfly.close();
        return mayfly;
    }

    @Test
    void aDerivationUnderWayHoldsNoSenderThatWasClosed() {
        var closed = new WeakReference<>(closedSender());

        assertThat(worker.waiting()).isEqualTo(1);
        assertUnreachable(closed);
        worker.work(0);
    }

    private PskSender closedSender() {
        var mayfly =
                new PskSender(
                        0,
                        text("one"),
                        new PskSealing(true, 0, false),
                        new NonceHistory(),
                        new SeededOctets(5),
                        worker);
        mayfly.close();
        return mayfly;
    }

    private static void assertUnreachable(WeakReference<?> reference) {
        for (int i = 0; i < 100 && reference.get() != null; i++) {
            System.gc();
        }
        assertThat(reference.get()).isNull();
    }

    @Test
    void aShareIsToldWhenADerivationIsOverAndWhetherItProvedRight() {
        var told = new ArrayList<String>();
        DerivationShare share =
                new DerivationShare() {
                    @Override
                    public boolean take(long nowNs) {
                        return told.add("take");
                    }

                    @Override
                    public void refund() {
                        told.add("refund");
                    }

                    @Override
                    public void onComputed() {
                        told.add("computed");
                    }
                };
        receiver =
                new PskReceiver(
                        text("one"), new NonceHistory(), share, worker, (nowNs, nonce) -> {});
        PskSender sender = sender("one", 0);
        int nonce = next(sender, 1);
        assertThat(open(0, nonce, 1)).isEqualTo(Opening.PENDING);
        receiver.shareBy(PskReceiver.sharedBudget());
        worker.work(0);
        assertThat(open(0, nonce, 1)).isEqualTo(Opening.OPENED);
        receiver.onRead(0, true);

        assertThat(told).containsExactly("take", "computed", "refund");
    }

    /** So that none of this end's senders draws it: both directions are under one secret. */
    @Test
    void aNonceIsRememberedOnceItsKeyProvedRight() {
        var history = new NonceHistory();
        receiver =
                new PskReceiver(
                        text("one"),
                        history,
                        PskReceiver.sharedBudget(),
                        Worker.inline(),
                        (nowNs, nonce) -> {});
        int nonce = next(sender("one", 0), 1);
        assertThat(open(0, nonce, 1)).isEqualTo(Opening.OPENED);
        assertThat(history.contains(nonce)).isFalse();
        receiver.onRead(0, true);
        assertThat(history.contains(nonce)).isTrue();
        int forged = next(sender("two", 0), 1);
        assertThat(open(0, forged, 1)).isEqualTo(Opening.OPENED);
        receiver.onRead(0, false);
        assertThat(history.contains(forged)).isFalse();
    }

    @Test
    void aReplacedPassphraseOpensForFiveSecondsToTheNanosecond() {
        receiver = receiver("one", Worker.inline());
        var from = sender("one", 0);
        receives(0, from, 0);
        receiver.passphrase(7 * SessionTime.SECOND, text("two"));

        assertThat(receives(12 * SessionTime.SECOND - 1, from, 1)).isTrue();
        assertThat(receives(12 * SessionTime.SECOND, from, 2)).isFalse();
    }

    /** A receiver that has heard the packet 10 000, whose worker rests. */
    private void hearPacketTenThousand() {
        var from = sender("one", 0);
        open(0, next(from, 9_999), 9_999);
        worker.work(0);
        assertThat(receives(0, from, 10_000)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {10_000 - 4_096, 10_000 + 4_096})
    void aNonceContinuesTheStreamWithinFourThousandAndNinetySixPackets(int sequence) {
        hearPacketTenThousand();
        int beyond = sequence + Integer.signum(sequence - 10_000);

        open(0, 98, beyond);
        open(0, 99, sequence);
        assertThat(receiver.deriveNow(0, 98)).isFalse();
        assertThat(receiver.deriveNow(0, 99)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {10_001, 500_000})
    void aNonceBesideTheStreamIsConfirmedByItsSecondPacket(int sequence) {
        hearPacketTenThousand();
        boolean isNear = sequence == 10_001;
        var other =
                new PskSender(
                        0,
                        text("one"),
                        new PskSealing(true, 0, false),
                        new NonceHistory(),
                        new SeededOctets(99),
                        Worker.inline());
        open(0, next(other, sequence), sequence);
        worker.work(0);

        receives(0, other, sequence + 1);
        assertThat(receiver.isConfirmed()).isEqualTo(isNear);
        receives(0, other, sequence + 2);
        assertThat(receiver.isConfirmed()).isTrue();
    }

    @Test
    void thirtyTwoPacketsWithoutSenseHaveTheOtherSecretTriedOnAConfirmedKey() {
        receiver = receiver("one", Worker.inline());
        var from = sender("one", 0);
        receives(0, from, 0);
        int nonce = next(from, 1);
        receiver.passphrase(0, true, text("two"));

        for (int i = 1; i < 32; i++) {
            open(0, nonce, 5);
            receiver.onRead(0, false);
            assertThat(receiver.reopen(0, packet, 0, BYTES)).isEqualTo(Opening.REFUSED);
        }
        open(0, nonce, 5);
        receiver.onRead(0, false);
        assertThat(receiver.reopen(0, packet, 0, BYTES)).isEqualTo(Opening.OPENED);
        assertThat(receiver.derivations()).isEqualTo(2);
    }

    @Test
    void strangeNoncesDoNotPushOutThoseThatContinueTheStream() {
        hearPacketTenThousand();
        for (int nonce = 1; nonce <= 3; nonce++) {
            open(0, nonce, 10_001);
        }
        for (int nonce = 11; nonce <= 16; nonce++) {
            open(0, nonce, 500_000);
        }
        for (int nonce = 1; nonce <= 3; nonce++) {
            assertThat(receiver.deriveNow(0, nonce)).as("nonce %d", nonce).isTrue();
        }
        assertThat(open(0, 4, 10_001)).isEqualTo(Opening.PENDING);
        assertThat(open(0, 17, 500_000)).isEqualTo(Opening.REFUSED); // four that continue it
    }

    @Test
    void aNonceThatMadeNoSenseAndMadeWayIsRefusedForAMinute() {
        receiver = receiver("one", Worker.inline());
        for (int nonce = 1; nonce <= 5; nonce++) {
            open(0, nonce, 0);
            receiver.onRead(0, false);
        }
        long minute = 60 * SessionTime.SECOND;
        assertThat(open(minute - 1, 1, 0)).isEqualTo(Opening.REFUSED);
        assertThat(open(minute, 1, 0)).isEqualTo(Opening.OPENED);
    }
}
