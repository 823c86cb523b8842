package io.rist4j.session.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.gre.GreHeader;
import io.rist4j.codec.gre.ProtocolTypes;
import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.eap.EapCredentials;
import io.rist4j.crypto.eap.EapRefusal;
import io.rist4j.crypto.eap.VerifierLookup;
import io.rist4j.crypto.host.Worker;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.crypto.psk.PskSealing;
import io.rist4j.crypto.psk.SecretMismatch;
import io.rist4j.crypto.srp.VerifierFile;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Which secret a guard opens and seals under, from when and until when. */
class GuardSecretsTest {
    private static final long SECOND = SessionTime.SECOND;
    private static final Endpoint PEER = Endpoint.ipv4(0x0A000001, 5_000);

    private final List<byte[]> frames = new ArrayList<>();
    private final List<EapRefusal> refusals = new ArrayList<>();
    private final GuardSink sink =
            new QuietSink() {
                @Override
                void onFrame(byte[] frame) {
                    frames.add(frame);
                }

                @Override
                public void onRefused(long nowNs, EapRefusal reason) {
                    refusals.add(reason);
                }
            };

    private static Passphrase text(String text) {
        return Passphrase.ofText(text.toCharArray());
    }

    private static SecurityConfig keyed(int rotationPackets) {
        return SecurityConfig.ofSecret(
                text("a secret"), new PskSealing(false, rotationPackets, false));
    }

    private static TunnelSecurity security(SecurityConfig config, int seed) {
        return new TunnelSecurity(config, Worker.inline(), new Random(seed)::nextBytes);
    }

    private GreGuard caller(TunnelSecurity security, long nowNs) {
        var guard = GreGuard.caller(security, 0, sink);
        guard.prepare(nowNs);
        return guard;
    }

    private static ByteBuffer sealed(GreGuard by, long nowNs, int number) {
        var b = ByteBuffer.allocate(64);
        int head = by.begin(nowNs, b, 0, 1, ProtocolTypes.REDUCED_OVERHEAD);
        b.putInt(head, number);
        int bytes = by.end(b, 0, head + 4);
        return ByteBuffer.allocate(bytes).put(0, b, 0, bytes);
    }

    /** Whether one guard reads rightly what another seals. */
    private static boolean passes(GreGuard by, GreGuard to, long nowNs, int number) {
        ByteBuffer b = sealed(by, nowNs, number);
        if (to.open(nowNs, nowNs, b, 0, b.capacity()) != Verdict.OK) {
            return false;
        }
        int bodyAt = to.incoming().bodyAt;
        boolean isSense = b.getInt(bodyAt) == number;
        while (to.reopens(nowNs, isSense ? Verdict.OK : Verdict.UNKNOWN)) {
            isSense = b.getInt(bodyAt) == number;
        }
        return isSense;
    }

    @Test
    void whoComesInTheOverlapMayUseTheFormerSecretUntilItEnds() {
        var security = security(keyed(0), 1);
        security.changeSecret(5 * SECOND, text("another"));
        var guard = caller(security, 6 * SECOND);
        var old = caller(security(keyed(0), 2), 0);

        assertThat(guard.deadlineNs()).isEqualTo(15 * SECOND);
        assertThat(passes(old, guard, 15 * SECOND - 1, 1)).isTrue();
        assertThat(passes(old, guard, 15 * SECOND, 2)).isFalse();
    }

    @Test
    void whoComesAfterTheOverlapMayNot() {
        var security = security(keyed(0), 1);
        security.changeSecret(5 * SECOND, text("another"));
        var guard = caller(security, 15 * SECOND);

        assertThat(guard.deadlineNs()).isEqualTo(SessionTime.NEVER);
        assertThat(passes(caller(security(keyed(0), 2), 0), guard, 15 * SECOND, 1)).isFalse();
    }

    @Test
    void aPathThatWasAwayTurnsToTheSecretOfTheOthersWhenItCallsAnew() {
        var security = security(keyed(0), 1);
        var away = caller(security, 0);
        security.changeSecret(SECOND, text("another"));
        var peer = caller(security(keyed(0), 2), 0);
        assertThat(passes(away, peer, SECOND, 1)).isTrue();

        away.start(SECOND);
        var changed = security(keyed(0), 3);
        changed.changeSecret(0, text("another"));
        var peerOfNew = caller(changed, 20 * SECOND);
        assertThat(passes(away, peerOfNew, 20 * SECOND, 2)).isTrue();
        assertThat(passes(peerOfNew, away, 20 * SECOND, 3)).isTrue();
        assertThat(passes(peer, away, 20 * SECOND, 4)).isFalse();
    }

    @Test
    void aPathUnderThePresentSecretKeepsItsNonceWhenItCallsAnew() {
        var guard = caller(security(keyed(0), 1), 0);
        int before = sealed(guard, 0, 1).getInt(4);
        guard.start(SECOND);
        assertThat(sealed(guard, SECOND, 2).getInt(4)).isEqualTo(before);
    }

    @Test
    void withoutASecretNoneIsTurnedTo() {
        var guard = caller(security(SecurityConfig.NONE, 1), 0);
        guard.changeSecret(0, text("another"));
        ByteBuffer b = sealed(guard, 0, 1);
        assertThat(passes(guard, caller(security(SecurityConfig.NONE, 2), 0), 0, 2)).isTrue();
        assertThat(b.capacity()).isEqualTo(GreHeader.SEQUENCED_BYTES + 4);
    }

    private static SecurityConfig asking() {
        return keyed(0).withUsers(
                        VerifierLookup.of(
                                VerifierFile.ofPasswords(
                                        Map.of("rist", "mainprofile".toCharArray()),
                                        new Random(5)::nextBytes)));
    }

    private static Verdict clear(GreGuard guard, long nowNs) {
        var b = ByteBuffer.allocate(GreHeader.SEQUENCED_BYTES + 40);
        GreHeader.write(b, 0, 1, ProtocolTypes.REDUCED_OVERHEAD, 1);
        return guard.open(nowNs, nowNs, b, 0, b.capacity());
    }

    @Test
    void aListenerAnswersByTheEditionThatItIsSpokenToIn() {
        var guard = GreGuard.listener(security(asking(), 1), 0, PEER, sink);
        assertThat(guard.version(0)).isZero();
        clear(guard, 0);
        assertThat(guard.version(0)).isEqualTo(1);
    }

    @Test
    void whoSendsSomethingElseThanAProofIsAskedForOneAndToldOfAfterTwoSeconds() {
        var guard = GreGuard.listener(security(asking(), 1), 0, PEER, sink);
        guard.prepare(0);
        assertThat(clear(guard, SECOND)).isEqualTo(Verdict.UNAUTHENTICATED);
        assertThat(frames).hasSize(1);

        clear(guard, 3 * SECOND - 1);
        assertThat(refusals).isEmpty();
        clear(guard, 3 * SECOND);
        clear(guard, 9 * SECOND);
        assertThat(refusals).containsExactly(EapRefusal.NOT_OFFERED);
    }

    @Test
    void whoSaysAnythingOfAProofIsNotToldOf() {
        var guard = GreGuard.listener(security(asking(), 1), 0, PEER, sink);
        guard.prepare(0);
        clear(guard, SECOND);
        var b = ByteBuffer.allocate(GreHeader.SEQUENCED_BYTES + 4);
        int at = GreHeader.write(b, 0, 1, ProtocolTypes.EAPOL, 1);
        b.putInt(at, 0x03010000);
        guard.open(SECOND, SECOND, b, 0, b.capacity());
        clear(guard, 9 * SECOND);
        assertThat(refusals).isEmpty();
    }

    @Test
    void whoIsCalledAnewIsWaitedForAnew() {
        SecurityConfig proving =
                keyed(0).withCredentials(new EapCredentials("a".toCharArray(), "b".toCharArray()));
        var guard = caller(security(proving, 1), 0);
        guard.start(0);
        clear(guard, 0);
        clear(guard, 2 * SECOND);
        assertThat(refusals).containsExactly(EapRefusal.NOT_OFFERED);
        guard.start(3 * SECOND);
        clear(guard, 3 * SECOND);
        clear(guard, 5 * SECOND - 1);
        assertThat(refusals).hasSize(1);
        clear(guard, 5 * SECOND);
        assertThat(refusals).hasSize(2);
    }

    @Test
    void aListenerSealsUnderTheSecretAndDerivesNothingBeforeItSends() {
        int[] derived = new int[1];
        var counting =
                new TunnelSecurity(
                        keyed(0),
                        (nowNs, computation) -> {
                            derived[0]++;
                            Worker.inline().start(nowNs, computation);
                        },
                        new Random(1)::nextBytes);
        var listener = GreGuard.listener(counting, 0, PEER, sink);
        listener.prepare(0);
        assertThat(derived[0]).isZero();
        assertThat(passes(listener, caller(security(keyed(0), 2), 0), 0, 1)).isTrue();
        assertThat(derived[0]).isPositive();
        derived[0] = 0;
        caller(counting, 0);
        assertThat(derived[0]).as("a caller does at once").isEqualTo(1);
    }

    @Test
    void eachSecretIsTriedFirstWhereItsNoncesSay() {
        var security = security(keyed(0), 1);
        security.changeSecret(0, text("another"));
        var guard = caller(security, 0);
        var changed = security(keyed(0), 2);
        changed.changeSecret(0, text("another"));
        assertThat(passes(caller(changed, 0), guard, 0, 1)).isTrue();
        assertThat(guard.derivations()).isEqualTo(1);
        assertThat(passes(caller(security(keyed(0), 3), 0), guard, 0, 2)).isTrue();
        assertThat(guard.derivations()).isEqualTo(2);
    }

    @Test
    void ofThreeSecretsTheLatestTwoOpen() {
        var guard = caller(security(keyed(0), 1), 0);
        sealed(guard, 0, 0);
        guard.changeSecret(0, text("two"));
        sealed(guard, 0, 0);
        guard.changeSecret(0, text("three"));
        var second = security(keyed(0), 2);
        second.changeSecret(0, text("two"));
        assertThat(passes(caller(second, 0), guard, 0, 1)).isTrue();
        assertThat(guard.derivations()).isEqualTo(1);
        assertThat(passes(caller(security(keyed(0), 3), 0), guard, 0, 2)).isFalse();
    }

    @Test
    void framesOfAProofAreUsedUpAndToldOfOnceWhereNoneIsConfigured() {
        var asked = GreGuard.listener(security(asking(), 1), 0, PEER, sink);
        var other = caller(security(keyed(0), 2), 0);
        for (int i = 0; i < 3; i++) {
            var b = ByteBuffer.allocate(GreHeader.SEQUENCED_BYTES + 4);
            int at = GreHeader.write(b, 0, 1, ProtocolTypes.EAPOL, i);
            b.putInt(at, 0x03010000);
            assertThat(asked.open(i, i, b, 0, b.capacity())).isEqualTo(Verdict.HANDSHAKE);
            assertThat(other.open(i, i, b, 0, b.capacity())).isEqualTo(Verdict.MISPLACED);
        }
        assertThat(refusals).containsExactly(EapRefusal.NOT_CONFIGURED);
        other.start(5);
        var b = ByteBuffer.allocate(GreHeader.SEQUENCED_BYTES + 4);
        b.putInt(GreHeader.write(b, 0, 1, ProtocolTypes.EAPOL, 9), 0x03010000);
        other.open(5, 5, b, 0, b.capacity());
        assertThat(refusals).as("once for each call").hasSize(2);
    }

    @Test
    void noiseUnderAKeyTakesBackWhatMadeSenseBeforeItWasConfirmed() {
        var guard = caller(security(keyed(0), 1), 0);
        var stream = caller(security(keyed(0), 2), 0);
        assertThat(passes(stream, guard, 0, 1)).isTrue();
        var far = caller(security(keyed(0), 3), 0);
        for (int i = 0; i < 5_000; i++) {
            sealed(far, 0, i);
        }
        assertThat(passes(far, guard, 0, 1)).isTrue();
        ByteBuffer noise = sealed(far, 0, 2);
        assertThat(guard.open(0, 0, noise, 0, noise.capacity())).isEqualTo(Verdict.OK);
        assertThat(guard.refuse(0, Verdict.UNKNOWN)).isEqualTo(Verdict.WRONG_SECRET);
        assertThat(passes(far, guard, 0, 3)).isTrue();
        ByteBuffer next = sealed(far, 0, 4);
        assertThat(guard.open(0, 0, next, 0, next.capacity())).isEqualTo(Verdict.OK);
        assertThat(guard.isDoubtful()).as("one is not enough").isTrue();
        guard.reopens(0, Verdict.OK);
        ByteBuffer last = sealed(far, 0, 5);
        assertThat(guard.open(0, 0, last, 0, last.capacity())).isEqualTo(Verdict.OK);
        assertThat(guard.isDoubtful()).isFalse();
    }

    @Test
    void wrongSecretsAreToldOfAfterSixInARow() {
        var told = new ArrayList<SecretMismatch>();
        var guard =
                GreGuard.caller(
                        security(keyed(0), 1),
                        0,
                        new QuietSink() {
                            @Override
                            public void onMismatch(long nowNs, SecretMismatch shown) {
                                told.add(shown);
                            }
                        });
        guard.prepare(0);
        var peer = caller(security(keyed(0), 2), 0);
        assertThat(passes(peer, guard, 0, 0)).isTrue();
        var wrong = security(SecurityConfig.ofSecret(text("wrong"), PskSealing.ofBits(128)), 3);
        var other = caller(wrong, 0);
        for (int i = 1; i <= 5; i++) {
            assertThat(passes(other, guard, 0, i)).isFalse();
        }
        assertThat(passes(peer, guard, 0, 6)).isTrue();
        for (int i = 7; i <= 11; i++) {
            assertThat(passes(other, guard, 0, i)).isFalse();
        }
        assertThat(told).isEmpty();
        passes(other, guard, 0, 12);
        assertThat(told).containsExactly(SecretMismatch.WRONG_SECRET);
    }
}
