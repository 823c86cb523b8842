package io.rist4j.crypto.eap;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.eap.EapWriter;
import io.rist4j.codec.eap.EapolFrame;
import io.rist4j.codec.eap.Validator;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.SeededOctets;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.crypto.srp.Srp;
import io.rist4j.crypto.srp.SrpMode;
import io.rist4j.crypto.srp.SrpSession;
import io.rist4j.crypto.srp.SrpVerifier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

class BothWaysTest {
    private static final long SECOND = SessionTime.SECOND;
    private static final byte[] USER = "rist".getBytes(StandardCharsets.UTF_8);
    private static final byte[] PASSWORD = "mainprofile".getBytes(StandardCharsets.UTF_8);
    private static final int FLAGS = 13;

    private static Ends ends() {
        return new Ends(SrpCompat.AUTO, SrpCompat.AUTO, "mainprofile", null);
    }

    private static EapResult caller(Ends ends) {
        return Objects.requireNonNull(ends.caller.result());
    }

    private static EapResult listener(Ends ends) {
        return Objects.requireNonNull(ends.listener.result());
    }

    private static boolean isClientValidator(byte[] frame) {
        return frame.length == 46 && frame[4] == 2;
    }

    private static boolean isServerValidator(byte[] frame) {
        return frame.length == 46 && frame[4] == 1;
    }

    private static boolean isPassphrase(byte[] frame) {
        return frame.length > 10 && frame[4] == 2 && frame[9] == 0x10;
    }

    @Test
    void eachDirectionHasAKeyOfItsOwn() {
        Ends ends = ends();

        ends.caller.start(0);
        ends.run(SECOND / 10);

        assertThat(caller(ends).keysBothWays()).isTrue();
        assertThat(listener(ends).keysBothWays()).isTrue();
        assertThat(caller(ends).callersKey().isSame(listener(ends).callersKey())).isTrue();
        assertThat(caller(ends).callersKey().isSame(caller(ends).sessionKey())).isFalse();
        assertThat(caller(ends).version()).isEqualTo(4);
    }

    @Test
    void whetherTheListenerHasASecretIsProvedToo() {
        Ends ends = Ends.ofAuto();
        ends.wire =
                (number, frame) -> {
                    if (isServerValidator(frame)) {
                        frame[FLAGS] ^= 1; // says that the session key serves
                    }
                    return 1;
                };

        ends.caller.start(0);
        ends.run(SECOND / 10);

        assertThat(caller(ends).keysBothWays()).isTrue();
        assertThat(caller(ends).peerUsesSessionKey()).isFalse();
    }

    @Test
    void whoTakesTheBitAwayIsFoundOutAndNothingIsProved() {
        Ends ends = ends();
        List<Verdict> verdicts = new ArrayList<>();
        ends.wire =
                (number, frame) -> {
                    if (isClientValidator(frame)) {
                        frame[FLAGS] = 0;
                        verdicts.add(ends.give(ends.listener, frame));
                        return 0;
                    }
                    return 1;
                };

        ends.caller.start(0);
        ends.run(4 * SECOND);

        assertThat(verdicts).contains(Verdict.DOWNGRADED).doesNotContain(Verdict.OK);
        assertThat(ends.listener.isAuthenticated()).isFalse();
        assertThat(ends.caller.isAuthenticated()).isFalse();
        assertThat(ends.listenerOut.refusals).containsExactly(EapRefusal.DOWNGRADED);
    }

    @Test
    void takingTheBitAwayOnceCostsOneAttempt() {
        Ends ends = ends();
        int[] left = {1};
        ends.wire =
                (number, frame) -> {
                    if (isClientValidator(frame) && left[0]-- > 0) {
                        frame[FLAGS] = 0;
                    }
                    return 1;
                };

        ends.caller.start(0);
        ends.run(3 * SECOND);

        assertThat(ends.isAgreed()).isTrue();
        assertThat(caller(ends).keysBothWays()).isTrue();
        assertThat(caller(ends).mode()).isEqualTo(SrpMode.PADDED); // which was right
        assertThat(ends.listenerOut.refusals).isEmpty();
    }

    /** One in 2 048 of those that know nothing of this, and cannot hash in another way. */
    @Test
    void whoseKeyEndsSoByChanceIsAskedAgainAndToldOfNoFailure() {
        Ends ends = ends();
        ends.listener.onContact(0);
        byte[] random = new byte[Srp.EXPONENT_BYTES];
        new SeededOctets(7).fill(random);
        Srp srp = Srp.of(SrpMode.PADDED);

        assertThat(proveAs(ends, BothWays.exponent(srp, random))).isEqualTo(Verdict.DOWNGRADED);
        assertThat(ends.listenerOut.sent).hasSize(1);
        assertThat(ends.listenerOut.sent.element()[8]).isEqualTo((byte) 1); // who are you
        assertThat(proveAs(ends, random)).isEqualTo(Verdict.OK);
    }

    /** Two proofs spoiled bring the listener to its last resort; it does not stay there. */
    @Test
    void theLegacyVersionIsLeftAgainOnceItIsFoundOut() {
        Ends ends = ends();
        int[] left = {2};
        ends.wire =
                (number, frame) -> {
                    if (isClientValidator(frame) && left[0]-- > 0) {
                        frame[frame.length - 1] ^= 1;
                    }
                    return 1;
                };

        ends.caller.start(0);
        ends.run(5 * SECOND);

        assertThat(ends.toCaller).anyMatch(frame -> frame[0] == 2);
        assertThat(ends.isAgreed()).isTrue();
        assertThat(caller(ends).keysBothWays()).isTrue();
        assertThat(ends.listenerOut.refusals).isEmpty();
    }

    @Test
    void whoHasASecretDoesNotTakeTheSessionKeyForIt() {
        Ends ends = Ends.ofAuto();
        List<Verdict> verdicts = new ArrayList<>();
        ends.wire =
                (number, frame) -> {
                    if (isPassphrase(frame)) {
                        byte[] lie = Arrays.copyOf(frame, 11);
                        lie[3] = 7;
                        lie[7] = 7;
                        lie[10] = (byte) 0x80;
                        verdicts.add(ends.give(ends.caller, lie));
                    }
                    return 1;
                };

        ends.caller.start(0);
        ends.run(SECOND / 10);

        assertThat(verdicts).containsExactly(Verdict.DOWNGRADED);
        assertThat(ends.callerOut.passphrases).hasSize(1);
    }

    @Test
    void anotherVersionOctetChangesNothing() {
        Ends ends = ends();
        ends.wire =
                (number, frame) -> {
                    frame[0] = isPassphrase(frame) ? frame[0] : (byte) 3;
                    return 1;
                };

        ends.caller.start(0);
        ends.run(SECOND / 10);

        assertThat(caller(ends).keysBothWays()).isTrue();
        assertThat(caller(ends).version()).isEqualTo(4);
        assertThat(listener(ends).version()).isEqualTo(4);
    }

    @Test
    void nobodyIsForcedIntoTheLegacyVersion() {
        Ends ends = ends();
        ends.wire =
                (number, frame) -> {
                    frame[0] = 2;
                    return 1;
                };

        ends.caller.start(0);
        ends.run(4 * SECOND);

        assertThat(ends.listener.isAuthenticated()).isFalse();
        assertThat(ends.listenerOut.refusals).containsExactly(EapRefusal.DOWNGRADED);
    }

    @Test
    void onlyALegacyVerifierIsNoAttack() {
        var ends =
                new Ends(
                        SrpCompat.AUTO,
                        SrpCompat.AUTO,
                        "mainprofile",
                        null,
                        (user, isLegacy) -> isLegacy ? Ends.both(user, true) : null);

        ends.caller.start(0);
        ends.run(SECOND);

        assertThat(ends.isAgreed()).isTrue();
        assertThat(caller(ends).keysBothWays()).isFalse();
        assertThat(listener(ends).keysBothWays()).isFalse();
    }

    /** One that knows nothing of this: its A ends as it happens to, its validator says nothing. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aForeignCallerIsAnsweredAsItExpects(boolean isBitAdded) {
        Ends ends = ends();
        ends.listener.onContact(0);
        Srp srp = Srp.of(SrpMode.PADDED);
        byte[] a = new byte[Srp.EXPONENT_BYTES];
        new SeededOctets(7).fill(a);
        byte[] key = srp.clientPublic(a);
        assertThat(BothWays.isMarked(key)).isFalse();
        ByteBuffer out = ByteBuffer.allocate(EapWriter.MAX_BYTES);

        int id = next(ends)[5];
        ends.give(ends.listener, written(out, EapWriter.identityResponse(out, 0, 3, id, USER)));
        byte[] challenge = next(ends);
        byte[] salt = Arrays.copyOfRange(challenge, 14, challenge.length - 2);
        ends.give(ends.listener, written(out, EapWriter.clientKey(out, 0, 3, id + 1, key)));
        byte[] serverKey = next(ends);
        SrpSession session =
                Objects.requireNonNull(
                        srp.clientSession(
                                USER,
                                PASSWORD,
                                salt,
                                a,
                                Arrays.copyOfRange(serverKey, 10, serverKey.length)));
        int proof =
                EapWriter.clientValidator(
                        out, 0, 3, id + 2, false, isBitAdded, session.clientProof());
        assertThat(ends.give(ends.listener, written(out, proof))).isEqualTo(Verdict.OK);
        byte[] answer = next(ends);

        assertThat(session.isServerProof(Validator.proof(ByteBuffer.wrap(answer), 10))).isTrue();
        ends.give(ends.listener, written(out, EapWriter.success(out, 0, 3, id + 3, true)));
        assertThat(listener(ends).keysBothWays()).isFalse();
        assertThat(listener(ends).usesSessionKey()).isTrue();
    }

    /** A whole exchange of a foreign caller, up to what becomes of its proof. */
    private static Verdict proveAs(Ends ends, byte[] a) {
        Srp srp = Srp.of(SrpMode.PADDED);
        ByteBuffer out = ByteBuffer.allocate(EapWriter.MAX_BYTES);
        int id = next(ends)[5] & 0xFF;
        ends.give(ends.listener, written(out, EapWriter.identityResponse(out, 0, 3, id, USER)));
        byte[] challenge = next(ends);
        byte[] salt = Arrays.copyOfRange(challenge, 14, challenge.length - 2);
        byte[] key = srp.clientPublic(a);
        ends.give(ends.listener, written(out, EapWriter.clientKey(out, 0, 3, id + 1, key)));
        byte[] serverKey = next(ends);
        byte[] given = Arrays.copyOfRange(serverKey, 10, serverKey.length);
        SrpSession session =
                Objects.requireNonNull(srp.clientSession(USER, PASSWORD, salt, a, given));
        byte[] proof = session.clientProof();
        int bytes = EapWriter.clientValidator(out, 0, 3, id + 2, false, false, proof);
        return ends.give(ends.listener, written(out, bytes));
    }

    private static byte[] next(Ends ends) {
        return Objects.requireNonNull(ends.listenerOut.sent.poll());
    }

    private static byte[] written(ByteBuffer out, int bytes) {
        byte[] copy = new byte[bytes];
        out.get(0, copy);
        return copy;
    }

    @Test
    void aForeignListenerLeavesTheCallerInClear() {
        Ends ends = ends();
        SrpVerifier verifier = SrpVerifier.create(false, USER, PASSWORD, new SeededOctets(51));
        Srp srp = Srp.of(SrpMode.PADDED);
        byte[] b = new byte[Srp.EXPONENT_BYTES];
        new SeededOctets(8).fill(b);
        ByteBuffer out = ByteBuffer.allocate(EapWriter.MAX_BYTES);

        ends.give(ends.caller, written(out, EapWriter.identityRequest(out, 0, 3, 1)));
        ends.give(ends.caller, written(out, EapWriter.challenge(out, 0, 3, 2, verifier.salt())));
        byte[] frame = ends.callerOut.sent.removeLast();
        byte[] clientKey = Arrays.copyOfRange(frame, 10, frame.length);
        assertThat(BothWays.isMarked(clientKey)).isTrue();
        byte[] serverKey = srp.serverPublic(verifier.verifier(), b);
        ends.give(ends.caller, written(out, EapWriter.serverKey(out, 0, 3, 3, serverKey)));
        SrpSession session =
                Objects.requireNonNull(
                        srp.serverSession(
                                USER, verifier.verifier(), verifier.salt(), b, clientKey));
        byte[] proof = session.serverProof();
        ends.give(ends.caller, written(out, EapWriter.serverValidator(out, 0, 3, 4, true, proof)));

        assertThat(caller(ends).keysBothWays()).isFalse();
        assertThat(caller(ends).usesSessionKey()).isFalse();
        assertThat(caller(ends).peerUsesSessionKey()).isTrue();
        assertThat(caller(ends).version()).isEqualTo(3);
    }

    @Test
    void theSecretIsHandedOverSealedAndOnce() {
        Ends ends = Ends.ofAuto();
        ends.caller.start(0);
        ends.run(SECOND / 10);
        byte[] handed =
                ends.toCaller.stream().filter(BothWaysTest::isPassphrase).findFirst().orElseThrow();
        assertThat(handed[0]).isEqualTo((byte) 4);
        ends.realm.changeSecret(Passphrase.ofText("another".toCharArray()));
        ends.listener.push(ends.nowNs, Passphrase.ofText("another".toCharArray()));
        ends.run(SECOND / 10);
        byte[] pushed = ends.toCaller.get(ends.toCaller.size() - 1);
        assertThat(ends.callerOut.passphrases).hasSize(2);

        byte[] touched = pushed.clone();
        touched[touched.length - 1] ^= 1;
        byte[] older = pushed.clone();
        older[0] = 3;
        assertThat(ends.give(ends.caller, touched)).isEqualTo(Verdict.WRONG_SECRET);
        assertThat(ends.give(ends.caller, older)).isEqualTo(Verdict.DOWNGRADED);
        assertThat(ends.give(ends.caller, pushed)).isEqualTo(Verdict.DUPLICATE);
        assertThat(ends.callerOut.sent).hasSize(1); // the last one is confirmed again
        assertThat(ends.give(ends.caller, handed)).isNotEqualTo(Verdict.OK);
        assertThat(ends.callerOut.passphrases).hasSize(2);
    }

    /** The listener would turn to a key that the caller does not have. */
    @Test
    void aLateRequestForThePassphraseEndsNoOtherExchange() {
        Ends ends = ends();
        ends.caller.start(0);
        ends.run(SECOND / 10);
        byte[] asked =
                ends.toListener.stream()
                        .filter(frame -> frame.length == 10 && frame[9] == 0x10)
                        .findFirst()
                        .orElseThrow();
        Passphrase before = listener(ends).sessionKey().copy();
        ends.wire = (number, frame) -> isServerValidator(frame) ? 0 : 1;
        ends.listener.reauthenticate(ends.nowNs);
        ends.run(SECOND / 10);

        ends.give(ends.listener, asked);

        assertThat(listener(ends).sessionKey().isSame(before)).isTrue();
        ends.wire = (number, frame) -> 1;
        ends.run(3 * SECOND);
        assertThat(ends.isAgreed()).isTrue();
        assertThat(listener(ends).sessionKey().isSame(before)).isFalse();
    }

    /**
     * Somebody says blindly that the listener's proof arrived, or asks as one would to whom it did,
     * and it was lost: the keys must not stay apart.
     */
    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void aForgedSuccessCostsOneRepetition(boolean isSecondExchange, boolean isRequest) {
        Ends ends = ends();
        ByteBuffer out = ByteBuffer.allocate(EapWriter.MAX_BYTES);
        if (isSecondExchange) {
            ends.caller.start(0);
            ends.run(SECOND / 10);
        }
        int[] left = {1};
        ends.wire =
                (number, frame) -> {
                    if (!isServerValidator(frame) || left[0]-- <= 0) {
                        return 1;
                    }
                    for (int id = 0; id < 256; id++) {
                        int bytes =
                                isRequest
                                        ? EapWriter.passphraseRequest(out, 0, 4, id)
                                        : EapWriter.success(out, 0, 4, id, true);
                        ends.give(ends.listener, written(out, bytes));
                    }
                    return 0;
                };

        if (isSecondExchange) {
            ends.listener.reauthenticate(ends.nowNs);
        } else {
            ends.caller.start(0);
        }
        ends.run(SECOND);

        assertThat(ends.listenerOut.results).hasSize(isSecondExchange ? 2 : 1);
        assertThat(ends.callerOut.results).hasSize(isSecondExchange ? 2 : 1);
        assertThat(ends.isAgreed()).isTrue();
        assertThat(ends.callerOut.refusals).isEmpty();
    }

    @Test
    void version4IsNotLeftAgain() {
        Ends ends = ends();
        ends.caller.start(0);
        ends.run(SECOND / 10);
        ByteBuffer out = ByteBuffer.allocate(EapWriter.MAX_BYTES);

        ends.listener.reauthenticate(ends.nowNs);
        byte[] request = next(ends);
        int id = request[5];
        assertThat(
                        ends.give(
                                ends.listener,
                                written(out, EapWriter.identityResponse(out, 0, 3, id, USER))))
                .isEqualTo(Verdict.DOWNGRADED);
        ends.give(ends.caller, request);
        assertThat(
                        ends.give(
                                ends.caller,
                                written(out, EapWriter.challenge(out, 0, 3, id + 1, new byte[32]))))
                .isEqualTo(Verdict.DOWNGRADED);
        assertThat(new EapolFrame().read(ByteBuffer.wrap(request), 0, request.length))
                .isEqualTo(Verdict.OK);
    }
}
