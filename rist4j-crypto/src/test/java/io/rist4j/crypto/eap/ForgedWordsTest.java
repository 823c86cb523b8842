package io.rist4j.crypto.eap;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.eap.EapWriter;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.srp.SrpGroup;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** What somebody sends in the listener's name keeps no caller out, and gets little of it. */
class ForgedWordsTest {
    private static final long SECOND = SessionTime.SECOND;

    private final ByteBuffer out = ByteBuffer.allocate(EapWriter.MAX_BYTES);
    private final Ends ends = Ends.ofAuto();

    /** Of what is forged. */
    private int version = 4;

    private final Set<ByteBuffer> seen = new HashSet<>();

    private byte[] written(int bytes) {
        return Arrays.copyOf(out.array(), bytes);
    }

    private byte[] request(int identifier) {
        return written(EapWriter.identityRequest(out, 0, version, identifier));
    }

    private byte[] challenge(int identifier) {
        return written(EapWriter.challenge(out, 0, version, identifier, new byte[] {1}));
    }

    private byte[] serverKey(int identifier) {
        return written(EapWriter.serverKey(out, 0, version, identifier, new byte[] {5}));
    }

    private byte[] failure(int identifier) {
        return written(EapWriter.failure(out, 0, version, identifier));
    }

    /** The frame after which each step begins, and what is forged then under all identifiers. */
    private void forgeAfter(int step, byte[]... forged) {
        ends.wire =
                (number, frame) -> {
                    if (number == 2 * step) {
                        for (byte[] word : forged) {
                            for (int identifier = 0; identifier < 256; identifier++) {
                                byte[] copy = word.clone();
                                copy[5] = (byte) identifier;
                                ends.give(ends.caller, copy);
                            }
                        }
                    }
                    return 1;
                };
    }

    @Test
    void failuresInAnyStepKeepNobodyOut() {
        for (int step = 1; step < 4; step++) {
            var attacked = new ForgedWordsTest();
            attacked.forgeAfter(step, attacked.failure(0));
            attacked.ends.caller.start(0);
            attacked.ends.run(SECOND / 10);

            assertThat(attacked.ends.isAgreed()).as("step %d", step).isTrue();
            assertThat(attacked.ends.callerOut.refusals).isEmpty();
        }
    }

    @Test
    void keysThatGiveTheSecretAwayKeepNobodyOut() {
        byte[] modulus = SrpGroup.DEFAULT.modulus().toByteArray();
        byte[] key = Arrays.copyOfRange(modulus, modulus.length - 256, modulus.length);
        forgeAfter(2, written(EapWriter.serverKey(out, 0, version, 0, key)));

        ends.caller.start(0);
        ends.run(SECOND / 10);

        assertThat(ends.isAgreed()).isTrue();
        assertThat(ends.callerOut.refusals).isEmpty();
    }

    @Test
    void wrongProofsOfTheListenerKeepNobodyOut() {
        forgeAfter(3, written(EapWriter.serverValidator(out, 0, 3, 0, false, new byte[32])));

        ends.caller.start(0);
        ends.run(SECOND / 10);

        assertThat(ends.isAgreed()).isTrue();
        assertThat(ends.toListener).hasSizeLessThan(8);
    }

    @Test
    void aFailureIsBelievedWhenNothingElseComes() {
        ends.caller.start(0);
        ends.callerOut.sent.clear();
        ends.give(ends.caller, request(7));

        assertThat(ends.give(ends.caller, failure(7))).isEqualTo(Verdict.OK);
        ends.caller.onDeadline(Doubt.LASTS_NS - 1);
        assertThat(ends.callerOut.refusals).isEmpty();
        assertThat(ends.caller.deadlineNs()).isLessThanOrEqualTo(Doubt.LASTS_NS);
        ends.caller.onDeadline(Doubt.LASTS_NS);

        assertThat(ends.callerOut.refusals).containsExactly(EapRefusal.WRONG_CREDENTIALS);
    }

    @Test
    void anUnknownGroupIsBelievedWhenNothingElseComes() {
        byte[] group = {0, 0, 0, 1, 1, 0, 1, 2, 7, 11};
        byte[] frame = new byte[10 + group.length];
        System.arraycopy(challenge(8), 0, frame, 0, 10);
        frame[3] = (byte) (frame.length - 4);
        frame[7] = (byte) (frame.length - 4);
        System.arraycopy(group, 0, frame, 10, group.length);
        ends.give(ends.caller, request(7));

        assertThat(ends.give(ends.caller, frame)).isEqualTo(Verdict.UNKNOWN);
        assertThat(ends.callerOut.refusals).isEmpty();
        ends.caller.onDeadline(Doubt.LASTS_NS);

        assertThat(ends.callerOut.refusals).containsExactly(EapRefusal.UNSUPPORTED);
    }

    @Test
    void nothingThatIsAskedEndsAnExchange() {
        ends.give(ends.caller, request(7));
        assertThat(ends.give(ends.caller, request(99))).isEqualTo(Verdict.OK);
        assertThat(ends.give(ends.caller, challenge(8))).isEqualTo(Verdict.OK);
        assertThat(ends.give(ends.caller, request(50))).isEqualTo(Verdict.OK);
        assertThat(ends.give(ends.caller, challenge(100))).isEqualTo(Verdict.OK);
        ends.callerOut.sent.clear();

        assertThat(ends.give(ends.caller, serverKey(9))).isEqualTo(Verdict.OK);
        assertThat(ends.give(ends.caller, serverKey(101))).isEqualTo(Verdict.OK);

        assertThat(ends.callerOut.sent).hasSize(2).allMatch(frame -> isProof(frame));
    }

    /** That of the first comes too late for the listener's own, which has the same identifier. */
    @Test
    void aChallengeStandsForASecondAgainstAnotherOfItsIdentifier() {
        byte[] another = written(EapWriter.challenge(out, 0, version, 8, new byte[] {2}));
        ends.give(ends.caller, request(7));
        ends.give(ends.caller, challenge(8));

        ends.nowNs = SECOND - 1;
        assertThat(ends.give(ends.caller, another)).isEqualTo(Verdict.MISPLACED);
        assertThat(ends.give(ends.caller, challenge(8))).isEqualTo(Verdict.DUPLICATE);
        ends.nowNs = SECOND;
        assertThat(ends.give(ends.caller, another)).isEqualTo(Verdict.OK);
    }

    /** While nothing shows that somebody else speaks too, a listener has one B. */
    @Test
    void anotherKeyOfAnExchangeIsProvedOnceSomebodyElseIsHeard() {
        byte[] another = written(EapWriter.serverKey(out, 0, version, 9, new byte[] {6}));
        ends.give(ends.caller, request(7));
        ends.give(ends.caller, challenge(8));
        ends.give(ends.caller, serverKey(9));
        ends.callerOut.sent.clear();

        assertThat(ends.give(ends.caller, another)).isEqualTo(Verdict.MISPLACED);
        assertThat(ends.give(ends.caller, another)).isEqualTo(Verdict.MISPLACED);
        assertThat(ends.give(ends.caller, another)).isEqualTo(Verdict.MISPLACED);
        assertThat(ends.callerOut.sent).isEmpty();
        assertThat(ends.give(ends.caller, another)).isEqualTo(Verdict.OK);

        assertThat(ends.callerOut.sent).singleElement().matches(frame -> isProof(frame));
    }

    /** Four failures of whom somebody else imitates are nobody's. */
    @Test
    void whereSomebodyElseIsHeardNothingIsGivenUp() {
        for (int stray = 0; stray < 3; stray++) {
            ends.give(ends.caller, request(7));
            ends.give(ends.caller, serverKey(200));
        }
        assertThat(proofsGiven(5 * SECOND)).isEqualTo(10);
        assertThat(ends.callerOut.refusals).isEmpty();

        ends.nowNs += Crosstalk.LASTS_NS;
        proofsGiven(5 * SECOND);
        assertThat(ends.callerOut.refusals).contains(EapRefusal.WRONG_CREDENTIALS);
    }

    /**
     * The listener was called three seconds ago, and somebody else's frames are no answer of its.
     */
    @Test
    void whereSomebodyElseIsHeardTheListenerIsCalledEveryThreeSeconds() {
        ends.caller.start(0);
        int starts = 0;
        for (int i = 0; i < 100; i++) {
            ends.nowNs += SECOND / 10;
            ends.give(ends.caller, request(7 * i & 0xFF));
            ends.callerOut.sent.clear();
            if (ends.nowNs >= ends.caller.deadlineNs()) {
                ends.caller.onDeadline(ends.nowNs);
            }
            starts += ends.callerOut.sent.stream().anyMatch(frame -> frame[1] == 1) ? 1 : 0;
        }

        assertThat(starts).isEqualTo(3);
        assertThat(ends.callerOut.refusals).isEmpty();
    }

    /** A pause is the answer to one listener's refusals. */
    @Test
    void aPauseEndsWhenSomebodyElseIsHeard() {
        proofsGiven(10 * SECOND);
        assertThat(ends.callerOut.refusals).containsExactly(EapRefusal.WRONG_CREDENTIALS);
        assertThat(ends.give(ends.caller, request(1))).isEqualTo(Verdict.OVER_LIMIT);

        for (int identifier = 2; identifier < 10; identifier++) {
            ends.give(ends.caller, request(identifier));
        }

        assertThat(ends.give(ends.caller, request(99))).isEqualTo(Verdict.OK);
    }

    /** Has the caller prove itself to somebody who does not know the password. */
    private int proofsGiven(long forNs) {
        int proofs = 0;
        long untilNs = ends.nowNs + forNs;
        for (int identifier = 0; ends.nowNs < untilNs; ends.nowNs += SECOND / 2) {
            if (ends.nowNs >= ends.caller.deadlineNs()) {
                ends.caller.onDeadline(ends.nowNs);
            }
            identifier = (identifier + 16) & 0xFF;
            ends.callerOut.sent.clear();
            ends.give(ends.caller, request(identifier));
            ends.give(ends.caller, challenge(identifier + 1));
            ends.give(ends.caller, serverKey(identifier + 2));
            for (byte[] sent : ends.callerOut.sent) {
                proofs += isProof(sent) && seen.add(ByteBuffer.wrap(sent)) ? 1 : 0;
            }
        }
        return proofs;
    }

    private static boolean isProof(byte[] frame) {
        return frame.length > 9 && frame[8] == 0x13 && frame[9] == 2;
    }

    @Test
    void whoPlaysTheListenerGetsFourProofsInHalfAMinute() {
        assertThat(proofsGiven(30 * SECOND)).isEqualTo(4);
        assertThat(ends.callerOut.refusals).contains(EapRefusal.WRONG_CREDENTIALS);
        assertThat(proofsGiven(300 * SECOND)).isBetween(20, 40);
    }

    @Test
    void beginningAnewDoesNotEndThePause() {
        proofsGiven(10 * SECOND);
        ends.callerOut.sent.clear();

        ends.caller.start(ends.nowNs);
        assertThat(ends.callerOut.sent).isEmpty();
        assertThat(ends.give(ends.caller, request(1))).isEqualTo(Verdict.OVER_LIMIT);
        ends.caller.onDeadline(ends.caller.deadlineNs());

        assertThat(ends.callerOut.sent).hasSize(1);
    }

    @Test
    void onceAuthenticatedWhoeverAsksGetsOneProofAMinute() {
        ends.caller.start(0);
        ends.run(SECOND);
        assertThat(ends.isAgreed()).isTrue();

        assertThat(proofsGiven(600 * SECOND)).isBetween(4, 4 + 10);
        assertThat(ends.isAgreed()).isTrue();
    }

    /** What somebody says in an older version gets none at all. */
    @Test
    void onceVersion4IsAgreedOnChallengesInVersion3AreRefused() {
        ends.caller.start(0);
        ends.run(SECOND);
        version = 3;
        ends.callerOut.sent.clear();

        assertThat(ends.give(ends.caller, request(7))).isEqualTo(Verdict.OK);
        assertThat(ends.give(ends.caller, challenge(8))).isEqualTo(Verdict.DOWNGRADED);
        assertThat(proofsGiven(60 * SECOND)).isZero();
        assertThat(ends.isAgreed()).isTrue();
    }

    @Test
    void aListenerThatProvesItselfMayAskAsOftenAsItLikes() {
        ends.caller.start(0);
        ends.run(SECOND);
        for (int i = 0; i < 40; i++) { // as libRIST 0.2.7 does
            ends.listener.reauthenticate(ends.nowNs);
            ends.run(3 * SECOND);
        }

        assertThat(ends.callerOut.results).hasSize(41);
        assertThat(ends.isAgreed()).isTrue();
    }

    @Test
    void aProvedPeerIsAskedAgainForForgedStartsOnceAMinute() {
        ends.caller.start(0);
        ends.run(SECOND);
        int asked = 0;
        for (int i = 0; i < 6_000; i++) {
            ends.nowNs += SECOND / 10;
            if (ends.nowNs >= ends.listener.deadlineNs()) {
                ends.listener.onDeadline(ends.nowNs);
            }
            asked += ends.give(ends.listener, new byte[] {3, 1, 0, 0}) == Verdict.OK ? 1 : 0;
        }

        assertThat(asked).isBetween(4, 4 + 10);
        assertThat(ends.listener.isAuthenticated()).isTrue();
    }
}
