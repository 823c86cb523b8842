package io.rist4j.crypto.eap;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.eap.EapWriter;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.SessionTime;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** What a caller grants whoever plays its listener, to the number and to the moment. */
class CallerLimitsTest {
    private static final long SECOND = SessionTime.SECOND;

    private final ByteBuffer out = ByteBuffer.allocate(EapWriter.MAX_BYTES);
    private final Ends ends = Ends.ofAuto();

    private byte[] written(int bytes) {
        return Arrays.copyOf(out.array(), bytes);
    }

    private byte[] request(int identifier) {
        return written(EapWriter.identityRequest(out, 0, 4, identifier));
    }

    private byte[] challenge(int identifier) {
        return written(EapWriter.challenge(out, 0, 4, identifier, new byte[] {1}));
    }

    private Verdict give(byte[] frame) {
        return ends.give(ends.caller, frame);
    }

    private int taken(byte[] frame, Verdict good) {
        int taken = 0;
        while (taken < 100 && give(frame) == good) {
            taken++;
        }
        assertThat(give(frame)).isEqualTo(Verdict.OVER_LIMIT);
        return taken;
    }

    private int requestsTaken() {
        int taken = 0;
        while (taken < 200 && give(request(3 * taken)) == Verdict.OK) {
            taken++;
        }
        return taken;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sixtyFourRequestsAreAnsweredAtOnceAndASecond(boolean isAuthenticated) {
        if (isAuthenticated) {
            ends.caller.start(0);
            ends.run(SECOND);
            assertThat(ends.isAgreed()).isTrue();
        }
        assertThat(requestsTaken()).isEqualTo(64);
        assertThat(ends.callerOut.sent).hasSize(64);
        ends.nowNs += SECOND / 64;
        assertThat(requestsTaken()).isEqualTo(1);
    }

    @Test
    void thirtyTwoChallengesAreAnsweredAtOnceAndASecondAndAllWithOneKey() {
        for (int identifier = 0; identifier < 60; identifier++) {
            give(request(identifier));
        }
        ends.callerOut.sent.clear();
        int taken = 0;
        while (taken < 60 && give(challenge(taken + 1)) == Verdict.OK) {
            taken++;
        }
        assertThat(taken).isEqualTo(32);
        assertThat(give(challenge(40))).isEqualTo(Verdict.OVER_LIMIT);
        ends.nowNs = SECOND / 32;
        assertThat(give(challenge(40))).isEqualTo(Verdict.OK);

        assertThat(ends.callerOut.sent).hasSize(33);
        assertThat(ends.callerOut.sent.stream().map(f -> ByteBuffer.wrap(f, 10, f.length - 10)))
                .containsOnly(ByteBuffer.wrap(ends.callerOut.sent.getLast()).position(10));
    }

    /** To whoever plays the listener and lets it be seen that somebody else does. */
    @Test
    void sixteenProofsAreGivenAtOnceAndSixteenForWhatIsRepeatedAndOneInFourSeconds() {
        int given = 0;
        for (int i = 0; i < 50; i++) {
            given += isProvedTo(2 * i + 1) ? 1 : 0;
        }
        assertThat(given).isEqualTo(ClientProofs.AT_ONCE - ClientProofs.KEPT + 1);
        assertThat(ends.callerOut.refusals).isEmpty();

        ends.nowNs = ClientOffer.REPEATED_AFTER_NS - 1;
        assertThat(isGivenFor(41)).isFalse();
        ends.nowNs = ClientOffer.REPEATED_AFTER_NS;
        for (int i = given; i < 32; i++) {
            given += isGivenFor(2 * i + 1) ? 1 : 0;
        }
        assertThat(given).isEqualTo(ClientProofs.AT_ONCE);
        assertThat(isProvedTo(65)).isFalse();
        assertThat(isProvedTo(67)).isFalse();

        ends.nowNs = ClientProofs.EVERY_NS - 1;
        assertThat(isGivenFor(65)).isFalse();
        ends.nowNs = ClientProofs.EVERY_NS;
        assertThat(isGivenFor(65)).isTrue();
        assertThat(isGivenFor(67)).isFalse();
    }

    private boolean isProvedTo(int identifier) {
        give(request(identifier));
        give(challenge(identifier + 1));
        return isGivenFor(identifier);
    }

    private boolean isGivenFor(int identifier) {
        int before = ends.callerOut.sent.size();
        give(written(EapWriter.serverKey(out, 0, 4, identifier + 2, new byte[] {5})));
        return ends.callerOut.sent.size() > before;
    }

    /** The oldest of nine is forgotten: what answers it proves nobody any more. */
    @Test
    void eightProofsWaitForTheirAnswers() {
        for (int i = 0; i < 9; i++) {
            assertThat(isProvedTo(10 * i)).isTrue();
        }
        ends.callerOut.sent.clear();
        for (int i = 0; i < 9; i++) {
            byte[] again = written(EapWriter.serverKey(out, 0, 4, 10 * i + 2, new byte[] {5}));
            assertThat(give(again)).isEqualTo(i == 0 ? Verdict.OK : Verdict.DUPLICATE);
            if (i == 0) {
                ends.callerOut.sent.clear();
                i++; // that one took the place of the second
            }
        }
    }

    @Test
    void tenCopiesOfARequestAreAnsweredAndTenASecond() {
        byte[] request = request(7);
        assertThat(give(request)).isEqualTo(Verdict.OK);
        assertThat(taken(request, Verdict.DUPLICATE)).isEqualTo(10);
        assertThat(ends.callerOut.sent).hasSize(11);
        ends.nowNs = SECOND / 10;
        assertThat(taken(request, Verdict.DUPLICATE)).isEqualTo(1);
    }

    /** Of a method that is not SRP. */
    @Test
    void tenOtherRequestsAreDeclinedAndTenASecond() {
        byte[] other = {3, 0, 0, 5, 1, 9, 0, 5, 4};
        assertThat(taken(other, Verdict.UNKNOWN)).isEqualTo(10);
        assertThat(ends.callerOut.sent).hasSize(10).allMatch(frame -> frame[8] == 3);
        ends.nowNs = SECOND / 10;
        assertThat(taken(other, Verdict.UNKNOWN)).isEqualTo(1);
    }

    /** In which the listener says each time that it has not judged the last one. */
    @Test
    void eightProofsAreGivenOfWhichFourWereNotJudged() {
        for (int exchange = 0; exchange < 20; exchange++) {
            int identifier = 7 + 3 * exchange;
            give(request(identifier));
            give(challenge(identifier + 1));
            give(written(EapWriter.serverKey(out, 0, 4, identifier + 2, new byte[] {5})));
            ends.nowNs += SECOND / 2;
        }

        assertThat(ends.callerOut.refusals).containsExactly(EapRefusal.WRONG_CREDENTIALS);
        assertThat(ends.callerOut.sent.stream().filter(frame -> frame[8] == 0x13 && frame[9] == 2))
                .hasSize(Authenticatee.MAX_ATTEMPTS + Authenticatee.MAX_UNJUDGED);
    }

    @Test
    void whoIsSilentForThreeSecondsInMidExchangeIsCalledAnew() {
        ends.nowNs = 10 * SECOND;
        give(request(7));
        long silentNs = ends.nowNs + CallerWords.SILENCE_NS;
        while (ends.caller.deadlineNs() < silentNs) {
            ends.nowNs = ends.caller.deadlineNs();
            ends.caller.onDeadline(ends.nowNs);
        }
        assertThat(ends.callerOut.refusals).isEmpty();
        assertThat(ends.caller.deadlineNs()).isEqualTo(silentNs);
        ends.callerOut.sent.clear();
        ends.caller.onDeadline(silentNs);
        assertThat(ends.callerOut.refusals).containsExactly(EapRefusal.NO_ANSWER);
        assertThat(ends.callerOut.sent).hasSize(2); // a Nak, which wakes libRIST, and a Start
    }

    @Test
    void aNakGoesWithEachStartFromTheThirdRepetitionOn() {
        ends.caller.start(0);
        for (int repeats = 1; repeats <= 5; repeats++) {
            ends.callerOut.sent.clear();
            ends.caller.onDeadline(ends.caller.deadlineNs());
            assertThat(ends.callerOut.sent)
                    .as("repetition %d", repeats)
                    .hasSize(repeats < 3 ? 1 : 2);
        }
    }

    /**
     * libRIST's listener, to which the question for the passphrase comes before the Success that
     * was lost, takes the exchange for failed and says so, whatever comes after.
     */
    @Test
    void whoseSuccessWasNotHeardBeginsAnewAndKeepsWhatWasProved() {
        ends.wire = (number, frame) -> isSuccessOrQuestion(frame) ? 0 : 1;
        ends.caller.start(0);
        ends.run(SECOND / 5);
        assertThat(ends.caller.isAuthenticated()).isTrue();
        EapResult proved = ends.caller.result();

        assertThat(give(written(EapWriter.failure(out, 0, 4, 0xC0)))).isEqualTo(Verdict.MISPLACED);
        assertThat(give(written(EapWriter.failure(out, 0, 4, 0xC1)))).isEqualTo(Verdict.OK);

        assertThat(ends.callerOut.sent)
                .singleElement()
                .satisfies(f -> assertThat(f[1]).isEqualTo((byte) 1));
        assertThat(ends.caller.result()).isSameAs(proved);
        assertThat(give(written(EapWriter.failure(out, 0, 4, 0xC1)))).isEqualTo(Verdict.MISPLACED);
        ends.wire = (number, frame) -> 1;
        ends.run(5 * SECOND);
        assertThat(ends.isAgreed()).isTrue();
        assertThat(ends.callerOut.results).hasSize(2);
    }

    private static boolean isSuccessOrQuestion(byte[] frame) {
        return frame.length > 4
                && (frame[4] == 3 || (frame[4] == 1 && frame[8] == 19 && frame[9] == 16));
    }

    @Test
    void sixtyFourPassphrasesAreLookedAtAtOnceAndASecond() {
        ends.caller.start(0);
        ends.run(SECOND);
        byte[] pushed = written(EapWriter.passphraseResponse(out, 0, 4, 0x81, new byte[40]));
        assertThat(taken(pushed, Verdict.WRONG_SECRET)).isEqualTo(64);
        ends.nowNs += SECOND / 64;
        assertThat(taken(pushed, Verdict.WRONG_SECRET)).isEqualTo(1);
        assertThat(ends.callerOut.passphrases).hasSize(1);
    }
}
