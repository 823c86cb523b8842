package io.rist4j.crypto.eap;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.eap.EapWriter;
import io.rist4j.codec.eap.EapolFrame;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.SeededOctets;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.crypto.srp.SrpMode;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/** Which passphrases are handed out and taken, under which numbers and how often. */
class PassphraseTransferTest {
    private static final long HALF_SECOND = 500 * SessionTime.MILLISECOND;
    private static final long SECOND = SessionTime.SECOND;

    private final RecordingOutput output = new RecordingOutput();
    private final FrameSender frames = new FrameSender(output);
    private final EapolFrame frame = new EapolFrame();
    private final ByteBuffer out = ByteBuffer.allocate(EapWriter.MAX_BYTES);
    private PassphraseGiver giver = giver("one");
    private final PassphraseRequester requester = new PassphraseRequester(output, frames);

    private static Passphrase text(String text) {
        return Passphrase.ofText(text.toCharArray());
    }

    private static EapRealm realm(@Nullable String secret) {
        return new EapRealm(
                (user, isLegacy) -> null,
                secret == null ? null : text(secret),
                SrpCompat.AUTO,
                new SeededOctets(1));
    }

    private PassphraseGiver giver(@Nullable String secret) {
        return new PassphraseGiver(realm(secret), frames);
    }

    private static Passphrase key(int number) {
        byte[] octets = new byte[32];
        Arrays.fill(octets, (byte) number);
        return Passphrase.ofOctets(octets);
    }

    private static EapResult proved(int version, int key) {
        return new EapResult("rist", key(key), SrpMode.PADDED, version, false, false, false);
    }

    private byte[] written(int bytes) {
        return Arrays.copyOf(out.array(), bytes);
    }

    private byte[] asking(int version, int identifier) {
        return written(EapWriter.passphraseRequest(out, 0, version, identifier));
    }

    private Verdict ask(long nowNs, int identifier) {
        byte[] request = asking(4, identifier);
        frame.read(ByteBuffer.wrap(request), 0, request.length);
        return giver.onRequest(nowNs, frame, request);
    }

    private byte[] sent() {
        return Objects.requireNonNull(output.sent.pollLast());
    }

    private static int identifier(byte[] sent) {
        return sent[5] & 0xFF;
    }

    private static byte[] body(byte[] sent) {
        return Arrays.copyOfRange(sent, 10, sent.length);
    }

    /** What a frame of version 4 hands over, and its number. */
    private static String handed(byte[] sent, int key) {
        Passphrase opened =
                PassphraseBody.openVersion4(key(key), false, identifier(sent), body(sent));
        if (opened == null) {
            return "nothing";
        }
        String which = opened.isSame(text("one")) ? "one" : "another";
        return which + " " + PassphraseBody.counter(body(sent));
    }

    @Test
    void nobodyIsHandedAnythingBeforeHeIsProved() {
        assertThat(ask(0, 0xC1)).isEqualTo(Verdict.MISPLACED);
        assertThat(giver.push(0, text("another"), true)).isFalse();
        assertThat(giver.isPushing()).isFalse();
        giver.onProved(0, proved(4, 1));
        giver.stop();
        assertThat(ask(0, 0xC1)).isEqualTo(Verdict.MISPLACED);
        assertThat(output.sent).isEmpty();
    }

    @Test
    void whoAsksIsHandedTheSecretUnderTheSessionKey() {
        giver.onProved(0, proved(4, 1));
        assertThat(ask(0, 0xC1)).isEqualTo(Verdict.OK);
        byte[] first = sent();
        assertThat(handed(first, 1)).isEqualTo("one 0");
        assertThat(handed(first, 2)).isEqualTo("nothing");
        assertThat(ask(0, 0xC1)).isEqualTo(Verdict.DUPLICATE);
        assertThat(sent()).as("nothing is sealed twice").isEqualTo(first);
        assertThat(ask(0, 0xC2)).isEqualTo(Verdict.OK);
        assertThat(handed(sent(), 1)).isEqualTo("one 1");
        giver.onProved(0, proved(4, 2));
        assertThat(ask(0, 0xC2)).as("the key is another").isEqualTo(Verdict.OK);
        assertThat(handed(sent(), 2)).isEqualTo("one 0");
    }

    @Test
    void byVersion3TheNumberIsTheCounter() {
        giver.onProved(0, proved(3, 1));
        ask(0, 0xC1);
        byte[] answer = sent();
        Passphrase opened =
                Objects.requireNonNull(
                        PassphraseBody.open(key(1), identifier(answer), body(answer)));
        assertThat(opened.isSame(text("one"))).isTrue();
    }

    @Test
    void withoutASecretTheSessionKeyServesUnderAnyNumber() {
        giver = giver(null);
        giver.onProved(0, proved(4, 1));
        for (int number : new int[] {0x80, 0xC1, 0x10}) {
            assertThat(ask(0, number)).isEqualTo(Verdict.OK);
            assertThat(PassphraseBody.isSessionKey(body(sent()))).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x80, 0x9A, 0xBF})
    void theNumbersOfPushesAreNobodysToAskUnder(int number) {
        giver.onProved(0, proved(4, 1));
        assertThat(ask(0, number)).isEqualTo(Verdict.MISPLACED);
        assertThat(output.sent).isEmpty();
    }

    @Test
    void whetherARequestIsNewIsSinceTheProof() {
        giver.onProved(0, proved(4, 1));
        assertThat(giver.isNew(asking(4, 0xC1))).isFalse();
        ask(0, 0xC1);
        assertThat(giver.isNew(asking(4, 0xC1))).isFalse();
        assertThat(giver.isNew(asking(4, 0xC2))).isTrue();
        giver.onProved(0, proved(4, 2));
        assertThat(giver.isNew(asking(4, 0xC2))).isFalse();
    }

    @Test
    void pushesHaveNumbersThatRunOnFromKeyToKey() {
        giver.onProved(0, proved(4, 1));
        for (int number = 1; number <= 0x3F; number++) {
            assertThat(giver.push(0, text("another"), true)).isTrue();
            assertThat(identifier(sent())).isEqualTo(0x80 | number);
        }
        assertThat(giver.push(0, text("another"), true)).isFalse();
        giver.onSuccess(0x80 | 0x3F);
        giver.onProved(0, proved(4, 2));
        assertThat(giver.push(0, text("another"), true)).isTrue();
        byte[] first = sent();
        assertThat(identifier(first)).isEqualTo(0x81);
        assertThat(handed(first, 2)).isEqualTo("another 0");
    }

    @Test
    void byTheFirstVersionNothingIsPushed() {
        giver.onProved(0, proved(2, 1));
        assertThat(giver.push(0, text("another"), true)).isFalse();
        giver.onProved(0, proved(3, 1));
        assertThat(giver.push(0, text("another"), true)).isTrue();
    }

    @Test
    void onlyTheLatestPushIsConfirmedAndOnce() {
        giver.onProved(0, proved(4, 1));
        assertThat(giver.onSuccess(0x80)).isFalse();
        giver.push(0, text("another"), true);
        giver.push(0, text("another"), true);
        assertThat(giver.isPushing()).isTrue();
        assertThat(giver.onSuccess(0x81)).isFalse();
        assertThat(giver.isPushing()).isTrue();
        assertThat(giver.onSuccess(0x82)).isTrue();
        assertThat(giver.isPushing()).isFalse();
        assertThat(giver.onSuccess(0x82)).isFalse();
    }

    @Test
    void aPushIsRepeatedSixTimesEveryHalfSecond() {
        giver.onProved(0, proved(4, 1));
        giver.push(0, text("another"), true);
        byte[] first = sent();
        for (int i = 1; i <= 6; i++) {
            giver.onDeadline(i * HALF_SECOND - 1);
            assertThat(output.sent).isEmpty();
            assertThat(giver.deadlineNs()).isEqualTo(i * HALF_SECOND);
            giver.onDeadline(i * HALF_SECOND);
            assertThat(sent()).isEqualTo(first);
        }
        assertThat(giver.isPushing()).isTrue();
        giver.onDeadline(7 * HALF_SECOND);
        assertThat(output.sent).isEmpty();
        assertThat(giver.isPushing()).isFalse();
    }

    @Test
    void oncePushedWhoAsksGetsThePushForOneSecretIsSealedUnderANumber() {
        giver.onProved(0, proved(4, 1));
        giver.push(0, text("another"), true);
        byte[] pushed = sent();
        giver.onSuccess(0x81);
        assertThat(ask(0, 0xC1)).isEqualTo(Verdict.OK);
        assertThat(sent()).isEqualTo(pushed);
    }

    @Test
    void duringAnExchangeAPushWaitsAndTheLatestGoes() {
        giver.onProved(0, proved(4, 1));
        giver.onSettled(0);
        assertThat(output.sent).isEmpty();
        assertThat(giver.push(0, text("one"), false)).isTrue();
        assertThat(giver.push(0, text("another"), false)).isTrue();
        assertThat(giver.isPushing()).isTrue();
        assertThat(output.sent).isEmpty();
        giver.onSettled(0);
        assertThat(handed(sent(), 1)).isEqualTo("another 0");
        giver.onSuccess(0x81);
        giver.onSettled(0);
        assertThat(output.sent).as("once").isEmpty();
        assertThat(giver.isPushing()).isFalse();
    }

    @Test
    void whatWasBeingPushedIsPushedAgainUnderTheNextKey() {
        giver.onProved(0, proved(4, 1));
        giver.push(0, text("another"), false);
        giver.onProved(0, proved(4, 2));
        assertThat(handed(sent(), 2)).as("the listener's secret by then").isEqualTo("one 0");
        giver.stop();
        assertThat(giver.isPushing()).isFalse();
        giver.onProved(0, proved(4, 3));
        assertThat(output.sent).isEmpty();
    }

    private EapResult prove(int version, int key, boolean asks) {
        EapResult result = proved(version, key);
        requester.onProved(0, result, asks);
        return result;
    }

    private Verdict hand(long nowNs, int version, int number, byte[] body) {
        byte[] response = written(EapWriter.passphraseResponse(out, 0, version, number, body));
        ByteBuffer b = ByteBuffer.wrap(response);
        assertThat(frame.read(b, 0, response.length)).isEqualTo(Verdict.OK);
        return requester.onResponse(nowNs, frame, b);
    }

    private static byte[] sealed(int key, int number, long counter) {
        return PassphraseBody.sealVersion4(key(key), false, number, counter, text("one"));
    }

    private static byte[] sealed3(int key, int number) {
        return PassphraseBody.seal(key(key), number, text("one"));
    }

    @Test
    void theListenersIsAskedForUnderNumbersOfItsOwn() {
        prove(4, 1, false);
        assertThat(output.sent).isEmpty();
        for (int i = 1; i <= 0x40; i++) {
            prove(4, 1, true);
            byte[] request = sent();
            assertThat(request[4]).isEqualTo((byte) 1);
            assertThat(identifier(request)).isEqualTo(0xC0 | (i & 0x3F));
            assertThat(requester.isAsking(0xC0 | (i & 0x3F))).isTrue();
            assertThat(requester.isAsking(0xC0 | ((i + 1) & 0x3F))).isFalse();
        }
        requester.stopAsking();
        assertThat(requester.isAsking(0xC0)).isFalse();
        assertThat(requester.deadlineNs()).isEqualTo(SessionTime.NEVER);
    }

    @Test
    void aQuestionIsRepeatedSixTimesEveryHalfSecond() {
        prove(4, 1, true);
        byte[] question = sent();
        for (int i = 1; i <= 6; i++) {
            assertThat(requester.deadlineNs()).isEqualTo(i * HALF_SECOND);
            requester.onDeadline(i * HALF_SECOND);
            assertThat(sent()).isEqualTo(question);
        }
        requester.onDeadline(7 * HALF_SECOND);
        assertThat(output.sent).isEmpty();
        assertThat(requester.deadlineNs()).isEqualTo(SessionTime.NEVER);
    }

    @Test
    void whatWasAskedForIsTakenAndConfirmed() {
        prove(4, 1, true);
        int asked = identifier(sent());
        assertThat(hand(0, 4, asked, sealed(1, asked, 0))).isEqualTo(Verdict.OK);
        assertThat(output.passphrases).hasSize(1);
        assertThat(output.passphrases.get(0).isSame(text("one"))).isTrue();
        byte[] confirmed = sent();
        assertThat(confirmed[4]).isEqualTo((byte) 3);
        assertThat(identifier(confirmed)).isEqualTo(asked);
        assertThat(requester.isAsking(asked)).isFalse();
        assertThat(hand(0, 4, asked, sealed(1, asked, 1))).isEqualTo(Verdict.MISPLACED);
    }

    @Test
    void beforeAProofNothingIsTaken() {
        assertThat(hand(0, 4, 0x81, sealed(1, 0x81, 0))).isEqualTo(Verdict.MISPLACED);
        prove(4, 1, true);
        requester.stop();
        assertThat(requester.deadlineNs()).isEqualTo(SessionTime.NEVER);
        assertThat(hand(0, 4, 0x81, sealed(1, 0x81, 0))).isEqualTo(Verdict.MISPLACED);
        assertThat(output.passphrases).isEmpty();
    }

    @Test
    void aLowerVersionThanWasAgreedOnIsADowngrade() {
        prove(4, 1, false);
        assertThat(hand(0, 3, 0x81, sealed3(1, 0x81))).isEqualTo(Verdict.DOWNGRADED);
        prove(3, 1, false);
        assertThat(hand(0, 3, 0x81, sealed3(1, 0x81))).isEqualTo(Verdict.OK);
    }

    @Test
    void whoProvedThatHeHasASecretDoesNotHandOutTheSessionKey() {
        byte[] body = PassphraseBody.ofSessionKey();
        var both = new EapResult("rist", key(1), SrpMode.PADDED, 4, false, false, true);
        requester.onProved(0, both, false);
        assertThat(hand(0, 4, 0x81, body)).isEqualTo(Verdict.DOWNGRADED);
        var byKey = new EapResult("rist", key(1), SrpMode.PADDED, 4, true, true, true);
        requester.onProved(0, byKey, false);
        assertThat(hand(0, 4, 0x81, body)).isEqualTo(Verdict.OK);
        prove(4, 1, false);
        assertThat(hand(0, 4, 0x81, body)).isEqualTo(Verdict.OK);
        assertThat(output.passphrases).hasSize(2).allMatch(taken -> taken.isSame(key(1)));
    }

    @Test
    void numbersOfQuestionsThatNobodyAskedAreMisplaced() {
        prove(4, 1, false);
        for (int number : new int[] {0xC0, 0xC1, 0xFF, 0x41, 0x7F}) {
            assertThat(hand(0, 4, number, sealed(1, number, 0))).isEqualTo(Verdict.MISPLACED);
        }
        for (int number : new int[] {0x00, 0x3F, 0x40, 0x80, 0xBF}) {
            assertThat(hand(0, 4, number, sealed(1, number, number + 1))).isEqualTo(Verdict.OK);
        }
    }

    @Test
    void ofVersion4WhatIsGenuineIsTakenOnceAndConfirmedWhileItIsTheLatest() {
        prove(4, 1, false);
        assertThat(hand(0, 4, 0x81, sealed(2, 0x81, 0))).isEqualTo(Verdict.WRONG_SECRET);
        assertThat(output.sent).isEmpty();
        byte[] first = sealed(1, 0x81, 0);
        assertThat(hand(0, 4, 0x81, first)).isEqualTo(Verdict.OK);
        byte[] second = sealed(1, 0x82, 1);
        assertThat(hand(0, 4, 0x82, second)).isEqualTo(Verdict.OK);
        output.sent.clear();
        assertThat(hand(0, 4, 0x82, second)).isEqualTo(Verdict.DUPLICATE);
        assertThat(identifier(sent())).as("confirmed again").isEqualTo(0x82);
        assertThat(hand(0, 4, 0x81, first)).isEqualTo(Verdict.DUPLICATE);
        assertThat(output.sent).as("another came after it").isEmpty();
        assertThat(output.passphrases).hasSize(2);
        prove(4, 3, false);
        assertThat(hand(0, 4, 0x81, sealed(3, 0x81, 0)))
                .as("numbers of another key")
                .isEqualTo(Verdict.OK);
    }

    @Test
    void ofVersion3ANumberServesOnceAndAFormerKeysForFiveSeconds() {
        prove(3, 1, false);
        assertThat(hand(0, 3, 0x81, sealed3(1, 0x81))).isEqualTo(Verdict.OK);
        output.sent.clear();
        assertThat(hand(0, 3, 0x81, sealed3(1, 0x81))).isEqualTo(Verdict.DUPLICATE);
        assertThat(identifier(sent())).as("confirmed again").isEqualTo(0x81);
        assertThat(hand(0, 3, 0x82, sealed3(1, 0x82))).isEqualTo(Verdict.OK);
        prove(3, 2, false);
        assertThat(hand(5 * SECOND - 1, 3, 0x81, sealed3(2, 0x81))).isEqualTo(Verdict.DUPLICATE);
        assertThat(hand(5 * SECOND, 3, 0x82, sealed3(2, 0x82))).isEqualTo(Verdict.OK);
        assertThat(output.passphrases).hasSize(3);
    }

    /** libRIST 0.2.12 numbers all of its pushes so. */
    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x40})
    void numbersThatAreAlwaysTheSameServeAgain(int number) {
        prove(3, 1, false);
        for (int i = 0; i < 3; i++) {
            assertThat(hand(0, 3, number, sealed3(1, number))).isEqualTo(Verdict.OK);
        }
        assertThat(output.passphrases).hasSize(3);
    }

    @Test
    void whatIsTooShortIsNoPassphrase() {
        prove(3, 1, false);
        assertThat(hand(0, 3, 0x81, new byte[1])).isEqualTo(Verdict.BAD_LENGTH);
        assertThat(output.sent).isEmpty();
        assertThat(output.passphrases).isEmpty();
    }
}
