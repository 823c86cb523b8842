package io.rist4j.crypto.eap;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.eap.EapWriter;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.psk.Passphrase;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/** What a listener grants anybody, to the number and to the moment. */
class ListenerLimitsTest {
    private static final long SECOND = SessionTime.SECOND;
    private static final byte[] USER = {'r', 'i', 's', 't'};
    private static final byte[] START = {3, 1, 0, 0};

    private final ByteBuffer out = ByteBuffer.allocate(EapWriter.MAX_BYTES);
    private final Ends ends = Ends.ofAuto();
    private final RecordingOutput output = new RecordingOutput();
    private final Authenticator listener = ends.authenticator(output);

    private byte[] written(int bytes) {
        return Arrays.copyOf(out.array(), bytes);
    }

    private byte[] identity(int version, int identifier) {
        return written(EapWriter.identityResponse(out, 0, version, identifier, USER));
    }

    private byte[] key(int identifier) {
        return written(EapWriter.clientKey(out, 0, 3, identifier, new byte[] {5}));
    }

    private Verdict give(byte[] frame) {
        return ends.give(listener, frame);
    }

    private int asked() {
        listener.onContact(ends.nowNs);
        return Objects.requireNonNull(output.sent.pollLast())[5] & 0xFF;
    }

    /** How often something is taken in a row at one moment. */
    private int taken(byte[] frame, Verdict good) {
        int taken = 0;
        while (taken < 100 && give(frame) == good) {
            taken++;
        }
        assertThat(give(frame)).isEqualTo(Verdict.OVER_LIMIT);
        return taken;
    }

    /** So an answer to the first question fits, whoever sends Starts meanwhile. */
    @Test
    void startsAreAnsweredWithTheSameQuestion() {
        int identifier = asked();
        for (int i = 0; i < 3; i++) {
            ends.nowNs += SECOND / 4;
            assertThat(give(START)).isEqualTo(Verdict.OK);
            assertThat(output.sent).last().matches(frame -> (frame[5] & 0xFF) == identifier);
        }
        assertThat(give(identity(3, identifier))).isEqualTo(Verdict.OK);
    }

    /** What peers speak they tell in their answers; a Start may be anybody's. */
    @Test
    void aStartInAnotherVersionChangesNoQuestion() {
        assertThat(give(new byte[] {2, 1, 0, 0})).isEqualTo(Verdict.OK);
        assertThat(output.sent).last().matches(frame -> frame[0] == 4);
    }

    @Test
    void aStartIsAnsweredFourTimesASecond() {
        assertThat(give(START)).isEqualTo(Verdict.OK);
        ends.nowNs = SECOND / 4 - 1;
        assertThat(give(START)).isEqualTo(Verdict.DUPLICATE);
        assertThat(output.sent).hasSize(1);
        ends.nowNs = SECOND / 4;
        assertThat(give(START)).isEqualTo(Verdict.OK);
        assertThat(output.sent).hasSize(2);
    }

    @Test
    void fourQuestionsAreAskedOfStrangersAtOnceAndFiveASecond() {
        int asked = 0;
        for (int i = 0; i < 10; i++) {
            int before = output.sent.size();
            listener.onContact(ends.nowNs);
            asked += output.sent.size() - before;
            for (int repeat = 0; repeat < 9; repeat++) { // nobody answers
                listener.onDeadline(listener.deadlineNs());
            }
            output.sent.clear();
        }
        assertThat(asked).isEqualTo(4);
        ends.nowNs = SECOND / 5;
        listener.onContact(ends.nowNs);
        listener.onContact(ends.nowNs);
        assertThat(output.sent).hasSize(1);
    }

    @Test
    void tenCopiesOfAResponseAreAnsweredAndTenASecond() {
        byte[] response = identity(3, asked());
        assertThat(give(response)).isEqualTo(Verdict.OK);
        assertThat(taken(response, Verdict.DUPLICATE)).isEqualTo(10);
        assertThat(output.sent).hasSize(11).allMatch(frame -> frame[9] == 1);
        ends.nowNs = SECOND / 10;
        assertThat(taken(response, Verdict.DUPLICATE)).isEqualTo(1);
    }

    @Test
    void aStartReplacesAnExchangeThatStoodStillForASecond() {
        ends.nowNs = 10 * SECOND;
        give(identity(3, asked()));
        ends.nowNs = 11 * SECOND - 1;
        assertThat(give(START)).isEqualTo(Verdict.OVER_LIMIT);
        ends.nowNs = 11 * SECOND;
        assertThat(give(START)).isEqualTo(Verdict.OK);
    }

    @Test
    void whoIsShutOutIsToldSoAndNotAskedForThirtySeconds() {
        for (int i = 0; i < 10; i++) {
            ends.realm.guesses().onFailure(0, "rist", Ends.HERE, true);
        }
        assertThat(give(identity(3, asked()))).isEqualTo(Verdict.OVER_LIMIT);
        assertThat(output.refusals).containsExactly(EapRefusal.TOO_MANY_FAILURES);
        assertThat(output.sent).hasSize(1).allMatch(frame -> frame[4] == 4);
        assertThat(listener.deadlineNs()).isEqualTo(Authenticator.PAUSE_NS);

        output.sent.clear();
        ends.nowNs = Authenticator.PAUSE_NS - 1;
        listener.onDeadline(ends.nowNs);
        listener.onContact(ends.nowNs);
        assertThat(give(START)).isEqualTo(Verdict.OVER_LIMIT);
        assertThat(output.sent).isEmpty();
        ends.nowNs = Authenticator.PAUSE_NS;
        listener.onDeadline(ends.nowNs);
        assertThat(give(START)).isEqualTo(Verdict.OK);
    }

    @Test
    void whoDoesNotAnswerIsAskedNineTimes() {
        asked();
        int repeats = 0;
        while (listener.deadlineNs() != SessionTime.NEVER) {
            ends.nowNs = listener.deadlineNs();
            listener.onDeadline(ends.nowNs);
            repeats += output.sent.isEmpty() ? 0 : 1;
            output.sent.clear();
        }
        assertThat(repeats).isEqualTo(8);
        assertThat(ends.nowNs).isEqualTo(SECOND / 4 + SECOND / 2 + SECOND + 6 * 2 * SECOND);
        assertThat(output.refusals).containsExactly(EapRefusal.NO_ANSWER);
    }

    @Test
    void aNakWakesAListenerAtRestAndNoOther() {
        byte[] nak = written(EapWriter.nak(out, 0, 3, 1));
        assertThat(give(nak)).isEqualTo(Verdict.OK);
        assertThat(output.sent).hasSize(1);
        assertThat(give(nak)).isEqualTo(Verdict.MISPLACED);

        ends.caller.start(0);
        ends.run(SECOND);
        assertThat(ends.give(ends.listener, nak)).isEqualTo(Verdict.MISPLACED);
        assertThat(ends.listenerOut.sent).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PADDED, 2", "UNPADDED, 2", "LEGACY, 3", "LEGACY, 4"})
    void aVersionThatIsNotAllowedIsRefused(SrpCompat compat, int version) {
        var strict = new Ends(SrpCompat.AUTO, compat, "mainprofile", null);
        strict.listener.onContact(0);
        int identifier = Objects.requireNonNull(strict.listenerOut.sent.pollLast())[5] & 0xFF;
        assertThat(strict.give(strict.listener, identity(version, identifier)))
                .isEqualTo(Verdict.BAD_VERSION);
        assertThat(strict.listenerOut.sent).isEmpty();
    }

    @Test
    void onceVersion4IsAgreedOnALowerOneIsRefused() {
        ends.caller.start(0);
        ends.run(SECOND);
        ends.listener.reauthenticate(ends.nowNs);
        int identifier = Objects.requireNonNull(ends.listenerOut.sent.pollLast())[5] & 0xFF;
        assertThat(ends.give(ends.listener, identity(3, identifier))).isEqualTo(Verdict.DOWNGRADED);
        assertThat(ends.give(ends.listener, identity(4, identifier))).isEqualTo(Verdict.OK);
    }

    @Test
    void onlyTheKeyThatIsWaitedForIsComputedWith() {
        int identifier = asked();
        assertThat(give(key(identifier + 1))).isEqualTo(Verdict.MISPLACED);
        give(identity(3, identifier));
        assertThat(give(key(identifier))).isEqualTo(Verdict.MISPLACED);
        assertThat(give(key(identifier + 1))).isEqualTo(Verdict.OK);
        assertThat(give(key(identifier + 2))).isEqualTo(Verdict.MISPLACED);
    }

    private byte[] passphraseRequest(int identifier) {
        return written(EapWriter.passphraseRequest(out, 0, 4, identifier));
    }

    @Test
    void sixtyFourRequestsForThePassphraseAreAnsweredAtOnceAndASecond() {
        ends.caller.start(0);
        ends.run(2 * SECOND);
        byte[] request = passphraseRequest(0xC7);
        Verdict first = ends.give(ends.listener, request);
        assertThat(first).isEqualTo(Verdict.OK);
        for (int i = 1; i < 64; i++) {
            assertThat(ends.give(ends.listener, request)).isEqualTo(Verdict.DUPLICATE);
        }
        assertThat(ends.give(ends.listener, request)).isEqualTo(Verdict.OVER_LIMIT);
        assertThat(ends.listenerOut.sent).hasSize(64);
        ends.nowNs += SECOND / 64;
        assertThat(ends.give(ends.listener, request)).isEqualTo(Verdict.DUPLICATE);
        assertThat(ends.give(ends.listener, request)).isEqualTo(Verdict.OVER_LIMIT);
    }

    @Test
    void underTheNumberOfAPushNothingIsHandedToWhoeverAsks() {
        ends.caller.start(0);
        ends.run(SECOND);
        for (int identifier : new int[] {0x80, 0x81, 0xBF}) {
            assertThat(ends.give(ends.listener, passphraseRequest(identifier)))
                    .isEqualTo(Verdict.MISPLACED);
        }
        assertThat(ends.listenerOut.sent).isEmpty();
    }

    @Test
    void sixtyThreePassphrasesArePushedUnderOneKey() {
        ends.caller.start(0);
        ends.run(SECOND);
        Passphrase another = Passphrase.ofText("another".toCharArray());
        for (int i = 0; i < 63; i++) {
            assertThat(ends.listener.push(ends.nowNs, another)).isTrue();
        }
        assertThat(ends.listener.push(ends.nowNs, another)).isFalse();
        assertThat(ends.listenerOut.sent).hasSize(63);
    }

    @Test
    void aPushThatNobodyConfirmsIsSentSevenTimes() {
        ends.caller.start(0);
        ends.run(SECOND);
        ends.listener.push(ends.nowNs, Passphrase.ofText("another".toCharArray()));
        while (ends.listener.isPushing()) {
            ends.nowNs = ends.listener.deadlineNs();
            ends.listener.onDeadline(ends.nowNs);
        }
        assertThat(ends.listenerOut.sent).hasSize(7);
        assertThat(ends.nowNs).isEqualTo(SECOND + 7 * SECOND / 2);
    }
}
