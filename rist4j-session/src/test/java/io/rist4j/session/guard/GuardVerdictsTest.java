package io.rist4j.session.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.gre.GreHeader;
import io.rist4j.codec.gre.ProtocolTypes;
import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.Verdict;
import io.rist4j.crypto.eap.EapCredentials;
import io.rist4j.crypto.eap.SrpCompat;
import io.rist4j.crypto.host.Worker;
import io.rist4j.crypto.psk.HeldDatagrams;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.crypto.psk.PskSealing;
import io.rist4j.crypto.psk.SecretMismatch;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What a guard refuses, each by its own verdict. */
class GuardVerdictsTest {
    private static final Endpoint PEER = Endpoint.ipv4(0x0A000001, 5_000);

    private final List<SecretMismatch> mismatches = new ArrayList<>();
    private final GuardSink sink =
            new QuietSink() {
                @Override
                public void onMismatch(long nowNs, SecretMismatch shown) {
                    mismatches.add(shown);
                }
            };

    private static SecurityConfig keyed() {
        return SecurityConfig.ofSecret(
                Passphrase.ofText("a secret".toCharArray()), PskSealing.ofBits(256));
    }

    private static TunnelSecurity security(SecurityConfig config) {
        return new TunnelSecurity(config, Worker.inline(), new Random(3)::nextBytes);
    }

    private GreGuard caller(SecurityConfig config) {
        var guard = GreGuard.caller(security(config), 0, sink);
        guard.prepare(0);
        return guard;
    }

    private static ByteBuffer clear(int type) {
        var b = ByteBuffer.allocate(GreHeader.SEQUENCED_BYTES + 40);
        GreHeader.write(b, 0, 1, type, 1);
        return b;
    }

    private static ByteBuffer sealed(int type, int nonce, int sequence, int bodyBytes) {
        var b = ByteBuffer.allocate(GreHeader.ENCRYPTED_BYTES + bodyBytes);
        GreHeader.writeEncrypted(b, 0, 1, type, true, nonce, sequence);
        return b;
    }

    private static Verdict open(GreGuard guard, ByteBuffer b) {
        return guard.open(0, 0, b, 0, b.capacity());
    }

    @Test
    void whatComesInClearWhereASecretIsExpected() {
        var guard = caller(keyed());
        for (int i = 0; i < 6; i++) {
            assertThat(open(guard, clear(ProtocolTypes.REDUCED_OVERHEAD)))
                    .isEqualTo(Verdict.NOT_ENCRYPTED);
        }
        assertThat(mismatches).containsExactly(SecretMismatch.PEER_NOT_ENCRYPTING);
    }

    @Test
    void whatIsEncryptedWhereThereIsNoSecret() {
        var guard = caller(SecurityConfig.NONE);
        for (int i = 0; i < 6; i++) {
            assertThat(open(guard, sealed(ProtocolTypes.VSF, 7, i, 40)))
                    .isEqualTo(Verdict.NO_SECRET);
        }
        assertThat(mismatches).containsExactly(SecretMismatch.PEER_ENCRYPTING);
        assertThat(open(guard, clear(ProtocolTypes.REDUCED_OVERHEAD))).isEqualTo(Verdict.OK);
    }

    @Test
    void whatIsEncryptedWithoutASequenceOrByTheEditionOf2020() {
        var guard = caller(keyed());
        ByteBuffer old = sealed(ProtocolTypes.REDUCED_OVERHEAD, 7, 1, 40);
        old.putShort(0, (short) (old.getShort(0) & ~0x0038));
        ByteBuffer bare = sealed(ProtocolTypes.REDUCED_OVERHEAD, 7, 1, 40);
        bare.putShort(0, (short) (bare.getShort(0) & ~0x1000));

        assertThat(open(guard, old)).isEqualTo(Verdict.MISPLACED);
        assertThat(open(guard, bare)).isEqualTo(Verdict.MISPLACED);
        assertThat(open(guard, sealed(ProtocolTypes.REDUCED_OVERHEAD, 0, 1, 40)))
                .isEqualTo(Verdict.MISPLACED);
        assertThat(guard.derivations()).isZero();
    }

    @Test
    void whatItSentItself() {
        var guard = caller(keyed());
        var b = ByteBuffer.allocate(64);
        int head = guard.begin(0, b, 0, 1, ProtocolTypes.REDUCED_OVERHEAD);
        int bytes = guard.end(b, 0, head + 40);

        assertThat(guard.open(0, 0, b, 0, bytes)).isEqualTo(Verdict.MISPLACED);
        assertThat(guard.derivations()).isZero();
    }

    @Test
    void whatHasNoFormUnderAKeyThatNothingConfirmed() {
        var guard = caller(keyed());

        assertThat(open(guard, sealed(ProtocolTypes.KEEP_ALIVE, 7, 1, 40)))
                .isEqualTo(Verdict.MISPLACED);
        assertThat(open(guard, sealed(ProtocolTypes.REDUCED_OVERHEAD, 7, 2, 40)))
                .isEqualTo(Verdict.OK);
        assertThat(guard.isDoubtful()).isTrue();
    }

    @Test
    void noncesBeyondTheBudget() {
        var guard = caller(keyed());
        List<Verdict> verdicts = new ArrayList<>();
        for (int nonce = 1; nonce <= 10; nonce++) {
            verdicts.add(open(guard, sealed(ProtocolTypes.REDUCED_OVERHEAD, nonce, 1, 40)));
        }

        assertThat(verdicts.subList(0, 8)).containsOnly(Verdict.OK);
        assertThat(verdicts.subList(8, 10)).containsOnly(Verdict.OVER_LIMIT);
        assertThat(guard.derivations()).isEqualTo(8);
    }

    @Test
    void aStrangersNoncesBeyondTheShareOfHisNetwork() {
        var security = security(keyed());
        List<Verdict> verdicts = new ArrayList<>();
        for (int stranger = 0; stranger < 6; stranger++) {
            var guard = GreGuard.listener(security, 0, PEER.withPort(stranger), sink);
            guard.prepare(0);
            verdicts.add(open(guard, sealed(ProtocolTypes.VSF, stranger + 1, 1, 40)));
        }

        assertThat(verdicts.subList(0, NetworkShares.BURST)).containsOnly(Verdict.OK);
        assertThat(verdicts.subList(NetworkShares.BURST, 6)).containsOnly(Verdict.OVER_LIMIT);
    }

    @Test
    void aPeerThatWasTakenInHasNoShareOfStrangers() {
        var security = security(keyed());
        var guard = GreGuard.listener(security, 0, PEER, sink);
        guard.prepare(0);
        guard.onTakenIn();
        for (int nonce = 1; nonce <= 8; nonce++) {
            assertThat(open(guard, sealed(ProtocolTypes.VSF, nonce, 1, 40))).isEqualTo(Verdict.OK);
        }
        assertThat(security.networks().underWay()).isZero();
    }

    @Test
    void moreThanAStrangerMayHoldWhileHisKeyIsDerived() {
        var security =
                new TunnelSecurity(keyed(), (nowNs, computation) -> {}, new Random(3)::nextBytes);
        var guard = GreGuard.listener(security, 0, PEER, sink);
        guard.prepare(0);
        for (int sequence = 1; sequence <= HeldDatagrams.STRANGERS_CAPACITY; sequence++) {
            assertThat(open(guard, sealed(ProtocolTypes.VSF, 7, sequence, 40)))
                    .isEqualTo(Verdict.HELD);
        }
        assertThat(open(guard, sealed(ProtocolTypes.VSF, 7, 9, 40))).isEqualTo(Verdict.OVER_LIMIT);
        assertThat(security.networks().underWay()).isEqualTo(1);
        assertThat(security.room().strangers()).isEqualTo(HeldDatagrams.STRANGERS_CAPACITY);

        guard.onTakenIn();
        assertThat(open(guard, sealed(ProtocolTypes.VSF, 7, 10, 40))).isEqualTo(Verdict.HELD);
        guard.close();
        assertThat(security.room().size()).isZero();
    }

    @Test
    void whatWaitedTooLongForItsKey() {
        var security =
                new TunnelSecurity(keyed(), (nowNs, computation) -> {}, new Random(3)::nextBytes);
        var guard = GreGuard.listener(security, 0, PEER, sink);
        guard.prepare(0);
        open(guard, sealed(ProtocolTypes.VSF, 7, 1, 40));
        assertThat(guard.deadlineNs()).isEqualTo(HeldDatagrams.MAX_HOLD_NS);
        guard.onDeadline(
                HeldDatagrams.MAX_HOLD_NS,
                (arrivalNs, b, at, bytes) -> {
                    throw new AssertionError("nobody can read it");
                });

        assertThat(security.room().size()).isZero();
        assertThat(guard.deadlineNs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void framesOfAHandshakeWhereThereIsNone() {
        assertThat(open(caller(keyed()), clear(ProtocolTypes.EAPOL))).isEqualTo(Verdict.MISPLACED);
    }

    private static ByteBuffer bare(int version, int type, int length, int bytes) {
        return ByteBuffer.allocate(bytes)
                .put(0, (byte) version)
                .put(1, (byte) type)
                .putShort(2, (short) length);
    }

    /** So libRIST's listeners repeat their requests. A Logoff draws nothing from anybody. */
    @Test
    void aFrameWithoutTheHeaderInFrontOfItWhereThisEndDoesNotProveItself() {
        SecurityConfig proving =
                keyed().withCredentials(new EapCredentials("a".toCharArray(), "b".toCharArray()));
        var prover = caller(proving);
        for (int version = 2; version <= 4; version++) {
            assertThat(open(prover, bare(version, 2, 0, 4))).isEqualTo(Verdict.MISPLACED);
            assertThat(open(prover, bare(version, 1, 6, 10))).isEqualTo(Verdict.MISPLACED);
            assertThat(open(caller(keyed()), bare(version, 2, 0, 4)))
                    .isEqualTo(Verdict.BAD_VERSION);
        }
        assertThat(open(prover, bare(1, 2, 0, 4))).isEqualTo(Verdict.BAD_VERSION);
        assertThat(open(prover, bare(5, 2, 0, 4))).isEqualTo(Verdict.BAD_VERSION);
        assertThat(open(prover, bare(3, 3, 0, 4))).isEqualTo(Verdict.BAD_VERSION);
        assertThat(open(prover, bare(3, 2, 1, 4))).isEqualTo(Verdict.BAD_VERSION);
        assertThat(open(prover, bare(3, 2, 0, 5))).isEqualTo(Verdict.BAD_VERSION);
    }

    @Test
    void anythingBeforeTheProof() {
        var guard =
                caller(
                        keyed().withCredentials(
                                        new EapCredentials("a".toCharArray(), "b".toCharArray())));

        assertThat(open(guard, clear(ProtocolTypes.REDUCED_OVERHEAD)))
                .isEqualTo(Verdict.UNAUTHENTICATED);
        assertThat(open(guard, sealed(ProtocolTypes.REDUCED_OVERHEAD, 7, 1, 40)))
                .isEqualTo(Verdict.UNAUTHENTICATED);
        assertThat(guard.isOpen()).isFalse();
        assertThat(guard.derivations()).isZero();
    }

    @Test
    void whatIsNoTunnelDatagram() {
        var guard = caller(keyed());
        assertThat(open(guard, ByteBuffer.allocate(3))).isEqualTo(Verdict.TRUNCATED);
        assertThat(open(guard, ByteBuffer.allocate(40).putShort(0, (short) 1)))
                .isEqualTo(Verdict.BAD_VERSION);
    }

    @Test
    void whatNoStrangerBeginsWith() {
        var security = security(keyed());
        assertThat(look(security, sealed(ProtocolTypes.KEEP_ALIVE, 7, 1, 8))).isEqualTo(Verdict.OK);
        assertThat(look(security, sealed(ProtocolTypes.VSF, 7, 1, 12))).isEqualTo(Verdict.OK);
        assertThat(look(security, sealed(ProtocolTypes.REDUCED_OVERHEAD, 7, 1, 12)))
                .isEqualTo(Verdict.OK);
        assertThat(look(security, clear(ProtocolTypes.EAPOL))).isEqualTo(Verdict.OK);

        assertThat(look(security, sealed(ProtocolTypes.KEEP_ALIVE, 7, 1, 7)))
                .isEqualTo(Verdict.MISPLACED);
        assertThat(look(security, sealed(ProtocolTypes.VSF, 7, 1, 11)))
                .isEqualTo(Verdict.MISPLACED);
        assertThat(look(security, sealed(ProtocolTypes.IP, 7, 1, 40))).isEqualTo(Verdict.MISPLACED);
        ByteBuffer bare = sealed(ProtocolTypes.VSF, 7, 1, 40);
        bare.putShort(0, (short) (bare.getShort(0) & ~0x1000));
        assertThat(look(security, bare)).isEqualTo(Verdict.MISPLACED);
        assertThat(look(security, ByteBuffer.allocate(3))).isEqualTo(Verdict.TRUNCATED);

        security.ownNonces().add(7);
        assertThat(look(security, sealed(ProtocolTypes.VSF, 7, 1, 40)))
                .isEqualTo(Verdict.MISPLACED);
        assertThat(look(security(SecurityConfig.NONE), sealed(ProtocolTypes.IP, 7, 1, 1)))
                .isEqualTo(Verdict.OK);
    }

    /** The edition of 2020 has a counter under which packets repeat a key stream. */
    @Test
    void whatIsEncryptedByTheEditionOf2020UnlessThatIsAllowed() {
        ByteBuffer old = sealed(ProtocolTypes.REDUCED_OVERHEAD, 7, 1, 40);
        old.putShort(0, (short) (old.getShort(0) & ~0x0038));
        var allowing =
                new SecurityConfig(
                        Passphrase.ofText("a secret".toCharArray()),
                        PskSealing.ofBits(256),
                        null,
                        null,
                        SrpCompat.AUTO,
                        false,
                        true);

        assertThat(look(security(keyed()), old)).isEqualTo(Verdict.MISPLACED);
        assertThat(look(security(allowing), old)).isEqualTo(Verdict.OK);
        assertThat(open(caller(allowing), old)).isEqualTo(Verdict.OK);
    }

    private static Verdict look(TunnelSecurity security, ByteBuffer b) {
        return security.looksAt(b, 0, b.capacity());
    }

    @Test
    void mismatchesAreToldOfWhenNothingMakesSenseInBetween() {
        var guard = caller(SecurityConfig.NONE);
        for (int i = 0; i < 20; i++) {
            if (i % 5 == 0) {
                assertThat(open(guard, clear(ProtocolTypes.REDUCED_OVERHEAD)))
                        .isEqualTo(Verdict.OK);
                guard.reopens(0, Verdict.OK);
            }
            open(guard, sealed(ProtocolTypes.VSF, 7, i, 40));
        }
        assertThat(mismatches).isEmpty();
        open(guard, clear(ProtocolTypes.REDUCED_OVERHEAD));
        guard.reopens(0, Verdict.UNKNOWN); // is none
        open(guard, sealed(ProtocolTypes.VSF, 7, 20, 40));
        assertThat(mismatches).containsExactly(SecretMismatch.PEER_ENCRYPTING);
    }

    @Test
    void sixStrangersWordsWithoutSenseAreToldOf() {
        var security = security(keyed());
        var guard = GreGuard.listener(security, 0, PEER, sink);
        guard.prepare(0);
        for (int i = 0; i < 6; i++) {
            assertThat(mismatches).isEmpty();
            assertThat(open(guard, sealed(ProtocolTypes.VSF, 7, i, 40))).isEqualTo(Verdict.OK);
            assertThat(guard.refuse(0, Verdict.UNKNOWN)).isEqualTo(Verdict.WRONG_SECRET);
        }
        assertThat(mismatches).containsExactly(SecretMismatch.WRONG_SECRET);
    }

    @Test
    void whoTakesOnlyWhatIsSealedIsUnderASecret() {
        assertThat(caller(keyed()).isUnderSecret()).isTrue();
        assertThat(caller(keyed()).hasSecret()).isTrue();
        assertThat(caller(SecurityConfig.NONE).isUnderSecret()).isFalse();
        assertThat(caller(SecurityConfig.NONE).hasSecret()).isFalse();
    }
}
