package io.rist4j.crypto.eap;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.crypto.srp.SrpMode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;

class ExchangeTest {
    private static final long SECOND = SessionTime.SECOND;
    private static final int VALIDATOR_FRAME_BYTES = 46;

    @Test
    void provesBothEndsAndHandsOverTheSecret() {
        var ends = Ends.ofAuto();

        ends.caller.start(0);
        ends.run(SECOND / 10);

        assertThat(ends.isAgreed()).isTrue();
        EapResult result = ends.listenerOut.results.get(0);
        assertThat(result.user()).isEqualTo("rist");
        assertThat(result.usesSessionKey()).isFalse();
        assertThat(result.toString()).doesNotContain("mainprofile").contains("***");
        assertThat(ends.callerOut.passphrases).hasSize(1);
        assertThat(ends.callerOut.passphrases.get(0).isSame(secret("one secret"))).isTrue();
        assertThat(ends.caller.deadlineNs()).isEqualTo(SessionTime.NEVER);
        assertThat(ends.listener.deadlineNs()).isEqualTo(SessionTime.NEVER);
    }

    private static Passphrase secret(String text) {
        return Passphrase.ofText(text.toCharArray());
    }

    /** libRIST 0.2.7 sends what its memory held in place of the reserved bits and U. */
    @ParameterizedTest
    @ValueSource(ints = {0x0000ABBB, 0x80000001, 0x00007F01})
    void doesNotTakeNoiseInVersion2ForASessionKey(int noise) {
        var ends = new Ends(SrpCompat.LEGACY, SrpCompat.AUTO, "mainprofile", "one secret");
        ends.wire =
                (number, octets) -> {
                    boolean isValidator =
                            octets.length == VALIDATOR_FRAME_BYTES && octets[8] == 0x13;
                    if (isValidator) {
                        ByteBuffer.wrap(octets).putInt(10, noise);
                    }
                    return 1;
                };

        ends.caller.start(0);
        ends.run(SECOND / 10);

        assertThat(ends.isAgreed()).isTrue();
        assertThat(Objects.requireNonNull(ends.caller.result()).peerUsesSessionKey()).isFalse();
        assertThat(Objects.requireNonNull(ends.listener.result()).peerUsesSessionKey()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "AUTO, PADDED, PADDED",
        "AUTO, UNPADDED, UNPADDED",
        "AUTO, LEGACY, LEGACY",
        "PADDED, AUTO, PADDED",
        "UNPADDED, AUTO, UNPADDED",
        "LEGACY, AUTO, LEGACY",
        "AUTO, AUTO, PADDED"
    })
    void findsThePeersWayToHash(SrpCompat caller, SrpCompat listener, SrpMode mode) {
        var ends = new Ends(caller, listener, "mainprofile", "one secret");

        // a listener that speaks version 2 only says so in its first request
        ends.caller.start(0);
        ends.listener.onContact(0);
        ends.run(3 * SECOND);

        assertThat(ends.isAgreed()).isTrue();
        assertThat(ends.listenerOut.results.get(0).mode()).isEqualTo(mode);
        assertThat(ends.listenerOut.refusals).isEmpty();
        assertThat(ends.callerOut.refusals).isEmpty();
    }

    @Test
    void triesTheOtherModeWhenAFailureGotLost() {
        var ends = new Ends(SrpCompat.AUTO, SrpCompat.UNPADDED, "mainprofile", "one secret");
        ends.wire = (number, frame) -> frame.length > 4 && frame[4] == 4 ? 0 : 1;

        ends.caller.start(0);
        ends.run(2 * SECOND);

        assertThat(ends.isAgreed()).isTrue();
    }

    @Test
    void remembersTheModeThatWorked() {
        var ends = new Ends(SrpCompat.AUTO, SrpCompat.UNPADDED, "mainprofile", "one secret");
        ends.caller.start(0);
        ends.run(2 * SECOND);
        assertThat(ends.isAgreed()).isTrue();
        int before = ends.frames();

        ends.listener.reauthenticate(ends.nowNs);
        ends.run(SECOND / 10);

        assertThat(ends.listenerOut.results).hasSize(2);
        assertThat(ends.frames() - before).isEqualTo(11);
    }

    @Test
    void beginsWithoutAStart() {
        var ends = Ends.ofAuto();

        ends.listener.onContact(0);
        ends.run(SECOND / 10);

        assertThat(ends.isAgreed()).isTrue();
    }

    @Test
    void keysBothEndsWithTheSessionKeyWhereThereIsNoSecret() {
        var ends = new Ends(SrpCompat.AUTO, SrpCompat.AUTO, "mainprofile", null);

        ends.caller.start(0);
        ends.run(SECOND / 10);

        EapResult caller = Objects.requireNonNull(ends.caller.result());
        EapResult listener = Objects.requireNonNull(ends.listener.result());
        assertThat(listener.usesSessionKey()).isTrue();
        assertThat(listener.peerUsesSessionKey()).isTrue();
        assertThat(caller.peerUsesSessionKey()).isTrue();
        assertThat(caller.usesSessionKey()).isTrue();
        assertThat(ends.callerOut.passphrases.get(0).isSame(listener.sessionKey())).isTrue();
    }

    @Test
    void doesNotKeyVersion2ThatItsPeersCouldNotFollow() {
        var ends = new Ends(SrpCompat.LEGACY, SrpCompat.AUTO, "mainprofile", null);

        ends.caller.start(0);
        ends.run(SECOND / 10);

        EapResult listener = Objects.requireNonNull(ends.listener.result());
        assertThat(listener.version()).isEqualTo(2);
        assertThat(listener.usesSessionKey()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void takesLegacyVerifiersWhenThereAreNoOthers(SrpCompat compat) {
        var ends = new Ends(compat, SrpCompat.AUTO, "mainprofile", "one secret", Ends::legacyOnly);

        ends.caller.start(0);
        ends.run(SECOND);

        boolean mayLegacy = compat == SrpCompat.AUTO || compat == SrpCompat.LEGACY;
        assertThat(ends.isAgreed()).isEqualTo(mayLegacy);
    }

    static IntStream frames() {
        return IntStream.range(0, 11);
    }

    @ParameterizedTest
    @MethodSource("frames")
    void survivesTheLossOfAnyFrame(int lost) {
        var ends = Ends.ofAuto();
        ends.wire = (number, frame) -> number == lost ? 0 : 1;

        ends.caller.start(0);
        ends.run(3 * SECOND);

        assertThat(ends.isAgreed()).isTrue();
        assertThat(ends.callerOut.passphrases).isNotEmpty();
        assertThat(ends.callerOut.refusals).isEmpty();
        assertThat(ends.listenerOut.refusals).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("frames")
    void survivesTheRepetitionOfAnyFrame(int repeated) {
        var ends = Ends.ofAuto();
        ends.wire = (number, frame) -> number == repeated ? 3 : 1;

        ends.caller.start(0);
        ends.run(3 * SECOND);

        assertThat(ends.isAgreed()).isTrue();
        assertThat(ends.listenerOut.results).hasSize(1);
        assertThat(ends.callerOut.results).hasSize(1);
    }

    @Test
    void survivesHeavyLoss() {
        for (long seed = 0; seed < 8; seed++) {
            var ends = Ends.ofAuto();
            var random = new Random(seed);
            ends.wire = (number, frame) -> random.nextInt(10) < 4 ? 0 : 1;

            ends.caller.start(0);
            ends.listener.onContact(0);
            for (int i = 0; i < 40; i++) {
                ends.run(SECOND / 2);
                ends.listener.onContact(ends.nowNs);
            }

            assertThat(ends.isAgreed()).as("seed %d", seed).isTrue();
        }
    }

    @Test
    void wakesAListenerThatStartsDoNotWake() {
        var ends = Ends.ofAuto();
        ends.wire = (number, frame) -> frame[1] == 1 ? 0 : 1; // no Start arrives

        ends.caller.start(0);
        ends.run(10 * SECOND);

        assertThat(ends.isAgreed()).isTrue();
    }

    @Test
    void refusesAWrongPasswordAndPauses() {
        var ends = new Ends(SrpCompat.AUTO, SrpCompat.AUTO, "wrong", "one secret");

        ends.caller.start(0);
        ends.run(10 * SECOND);

        assertThat(ends.caller.isAuthenticated()).isFalse();
        assertThat(ends.listener.isAuthenticated()).isFalse();
        assertThat(ends.callerOut.refusals).containsExactly(EapRefusal.WRONG_CREDENTIALS);
        assertThat(ends.listenerOut.refusals).containsExactly(EapRefusal.WRONG_CREDENTIALS);
        assertThat(ends.callerOut.passphrases).isEmpty();
    }

    @Test
    void treatsAnUnknownUserLikeAWrongPassword() {
        var wrong = new Ends(SrpCompat.AUTO, SrpCompat.AUTO, "wrong", "one secret");
        wrong.caller.start(0);
        wrong.run(10 * SECOND);
        var unknown =
                new Ends(
                        SrpCompat.AUTO,
                        SrpCompat.AUTO,
                        "wrong",
                        "one secret",
                        (user, isLegacy) -> null);
        unknown.caller.start(0);
        unknown.run(10 * SECOND);

        assertThat(unknown.callerOut.refusals).isEqualTo(wrong.callerOut.refusals);
        assertThat(unknown.listenerOut.refusals).isEqualTo(wrong.listenerOut.refusals);
        assertThat(shapes(unknown)).isEqualTo(shapes(wrong));
    }

    /** Codes, types and lengths of what the listener sent; the lengths of keys vary by an octet. */
    private static String shapes(Ends ends) {
        var shapes = new StringBuilder();
        for (byte[] frame : ends.toCaller) {
            shapes.append(frame[4]).append('/').append((frame.length + 2) / 4).append(' ');
        }
        return shapes.toString();
    }

    @Test
    void provesAgainAndKeepsTheOldKeyUntilThen() {
        var ends = Ends.ofAuto();
        ends.caller.start(0);
        ends.run(SECOND);
        Passphrase old = Objects.requireNonNull(ends.caller.result()).sessionKey().copy();
        ends.wire = (number, frame) -> 0;

        ends.listener.reauthenticate(ends.nowNs);
        ends.run(SECOND);
        assertThat(ends.isAgreed()).isTrue();
        assertThat(Objects.requireNonNull(ends.caller.result()).sessionKey().isSame(old)).isTrue();
        ends.wire = (number, frame) -> 1;
        ends.run(3 * SECOND);

        assertThat(ends.isAgreed()).isTrue();
        assertThat(Objects.requireNonNull(ends.caller.result()).sessionKey().isSame(old)).isFalse();
        assertThat(ends.callerOut.results).hasSize(2);
    }

    @Test
    void pushesAPassphraseUntilItIsConfirmed() {
        var ends = Ends.ofAuto();
        ends.caller.start(0);
        ends.run(SECOND);
        int[] left = {2};
        ends.wire = (number, frame) -> left[0]-- > 0 ? 0 : 1;

        assertThat(ends.listener.push(ends.nowNs, secret("another"))).isTrue();
        ends.run(3 * SECOND);

        assertThat(ends.listener.isPushing()).isFalse();
        assertThat(ends.callerOut.passphrases).hasSize(2);
        assertThat(ends.callerOut.passphrases.get(1).isSame(secret("another"))).isTrue();
    }

    @Test
    void ignoresAReplayedPush() {
        var ends = Ends.ofAuto();
        ends.caller.start(0);
        ends.run(SECOND);
        ends.listener.push(ends.nowNs, secret("second"));
        ends.run(SECOND);
        byte[] push = ends.toCaller.get(ends.toCaller.size() - 1);
        ends.listener.push(ends.nowNs, secret("third"));
        ends.run(SECOND);

        ends.give(ends.caller, push);

        assertThat(ends.callerOut.passphrases).hasSize(3);
        assertThat(ends.callerOut.passphrases.get(2).isSame(secret("third"))).isTrue();
    }

    @Test
    void whoAsksAfterAChangeIsHandedTheNewPassphrase() {
        var ends = Ends.ofAuto();
        ends.wire = (number, frame) -> isPassphraseFrame(frame) ? 0 : 1;
        ends.caller.start(0);
        ends.run(SECOND);
        ends.realm.changeSecret(secret("another"));
        ends.listener.push(ends.nowNs, secret("another"));
        ends.wire = (number, frame) -> isPush(frame) && number % 2 == 0 ? 0 : 1;
        ends.run(5 * SECOND);

        assertThat(ends.callerOut.passphrases)
                .isNotEmpty()
                .allMatch(passphrase -> passphrase.isSame(secret("another")));
    }

    @Test
    void aPushThatANewProofOvertakesIsRepeatedUnderTheNewKey() {
        var ends = Ends.ofAuto();
        ends.caller.start(0);
        ends.run(SECOND);
        ends.wire = (number, frame) -> isPush(frame) ? 0 : 1;
        ends.realm.changeSecret(secret("another"));
        ends.listener.push(ends.nowNs, secret("another"));
        ends.listener.reauthenticate(ends.nowNs);
        ends.run(SECOND / 10);
        ends.wire = (number, frame) -> 1;
        ends.run(2 * SECOND);

        assertThat(ends.callerOut.results).hasSize(2);
        assertThat(ends.listener.isPushing()).isFalse();
        assertThat(ends.callerOut.passphrases)
                .last()
                .satisfies(passphrase -> assertThat(passphrase.isSame(secret("another"))).isTrue());
    }

    @Test
    void aPushDuringAnExchangeGoesUnderTheKeyThatComesOfIt() {
        var ends = Ends.ofAuto();
        ends.caller.start(0);
        ends.run(SECOND);
        ends.wire = (number, frame) -> isSuccess(frame) ? 0 : 1; // the caller alone has the new key
        ends.listener.reauthenticate(ends.nowNs);
        ends.run(SECOND / 10);
        ends.realm.changeSecret(secret("another"));

        assertThat(ends.listener.push(ends.nowNs, secret("another"))).isTrue();
        ends.run(SECOND / 10);
        assertThat(ends.listener.isPushing()).isTrue();
        ends.wire = (number, frame) -> 1;
        ends.run(2 * SECOND);

        assertThat(ends.isAgreed()).isTrue();
        assertThat(ends.listener.isPushing()).isFalse();
        assertHandsOver(ends, "one secret", "another");
    }

    @Test
    void aCopyOfAPushThatComesAfterTheNextKeyIsNoPassphrase() {
        var ends = Ends.ofAuto();
        ends.caller.start(0);
        ends.run(SECOND);
        ends.realm.changeSecret(secret("another"));
        ends.listener.push(ends.nowNs, secret("another"));
        ends.run(SECOND);
        byte[] push = ends.toCaller.get(ends.toCaller.size() - 1);
        ends.listener.reauthenticate(ends.nowNs);
        ends.run(SECOND);

        ends.give(ends.caller, push);

        assertThat(ends.callerOut.results).hasSize(2);
        assertHandsOver(ends, "one secret", "another");
    }

    @Test
    void aForgedStartBeginsNothingWhileAPassphraseIsOnItsWay() {
        var ends = Ends.ofAuto();
        ends.caller.start(0);
        ends.run(SECOND);
        ends.wire = (number, frame) -> isPush(frame) ? 0 : 1;
        ends.realm.changeSecret(secret("another"));
        ends.listener.push(ends.nowNs, secret("another"));
        ends.run(SECOND / 10);

        assertThat(ends.give(ends.listener, new byte[] {3, 1, 0, 0})).isEqualTo(Verdict.OVER_LIMIT);
        ends.wire = (number, frame) -> 1;
        ends.run(2 * SECOND);

        assertThat(ends.callerOut.results).hasSize(1);
        assertHandsOver(ends, "one secret", "another");
    }

    /** These, in this order, and nothing else. */
    private static void assertHandsOver(Ends ends, String first, String last) {
        assertThat(ends.callerOut.passphrases)
                .allMatch(handed -> handed.isSame(secret(first)) || handed.isSame(secret(last)));
        assertThat(ends.callerOut.passphrases)
                .last()
                .satisfies(handed -> assertThat(handed.isSame(secret(last))).isTrue());
    }

    private static boolean isSuccess(byte[] frame) {
        return frame.length > 4 && frame[4] == 3;
    }

    private static boolean isPassphraseFrame(byte[] frame) {
        return frame.length > 9 && frame[9] == 0x10;
    }

    private static boolean isPush(byte[] frame) {
        return isPassphraseFrame(frame) && (frame[5] & 0xC0) == 0x80;
    }

    @Test
    void overwritesItsKeysWhenClosed() {
        var ends = Ends.ofAuto();
        ends.caller.start(0);
        ends.run(SECOND);
        EapResult caller = Objects.requireNonNull(ends.caller.result());

        ends.caller.close();

        assertThat(caller.sessionKey().octets()).containsOnly(0);
        assertThat(Arrays.asList(SrpMode.values())).contains(caller.mode());
    }
}
