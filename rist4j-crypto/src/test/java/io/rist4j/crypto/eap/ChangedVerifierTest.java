package io.rist4j.crypto.eap;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.SeededOctets;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.crypto.srp.SrpVerifier;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

/** What a proof is worth, and for how long, when the users change. */
class ChangedVerifierTest {
    private static final long SECOND = SessionTime.SECOND;
    private static final byte[] USER = "rist".getBytes(StandardCharsets.UTF_8);

    private @Nullable SrpVerifier verifier = verifier("mainprofile", 1);
    private final Ends ends =
            new Ends(
                    SrpCompat.AUTO,
                    SrpCompat.AUTO,
                    "mainprofile",
                    "one secret",
                    (user, isLegacy) -> isLegacy ? null : verifier);

    private static SrpVerifier verifier(String password, long seed) {
        byte[] octets = password.getBytes(StandardCharsets.UTF_8);
        return SrpVerifier.create(false, USER, octets, new SeededOctets(seed));
    }

    private void changeTo(@Nullable SrpVerifier changed) {
        verifier = changed;
        ends.listener.onUsersChanged(ends.nowNs);
    }

    @BeforeEach
    void prove() {
        ends.caller.start(0);
        ends.run(SECOND);
        assertThat(ends.isAgreed()).isTrue();
    }

    @Test
    void aPeerWhoseVerifierIsTheSameNoticesNothing() {
        int before = ends.frames();
        changeTo(verifier("mainprofile", 1));
        ends.run(10 * SECOND);

        assertThat(ends.frames()).isEqualTo(before);
        assertThat(ends.listener.isAuthenticated()).isTrue();
        assertThat(ends.listener.deadlineNs()).isEqualTo(SessionTime.NEVER);
    }

    @Test
    void aPeerWhoseVerifierIsAnotherProvesItAgain() {
        changeTo(verifier("mainprofile", 2));
        assertThat(ends.listener.isAuthenticated()).isTrue();
        ends.run(10 * SECOND);

        assertThat(ends.listenerOut.results).hasSize(2);
        assertThat(ends.listenerOut.revocations).isEmpty();
        assertThat(ends.isAgreed()).isTrue();
        assertThat(ends.listener.deadlineNs()).isEqualTo(SessionTime.NEVER);
    }

    @Test
    void whoDoesNotProveItWithinFiveSecondsIsShutOut() {
        ends.wire = (number, frame) -> 0;
        changeTo(verifier("mainprofile", 2));
        ends.run(5 * SECOND - Ends.STEP_NS);
        assertThat(ends.listener.isAuthenticated()).isTrue();
        ends.run(Ends.STEP_NS);

        assertThat(ends.listener.isAuthenticated()).isFalse();
        assertThat(ends.listenerOut.revocations).containsExactly(EapRefusal.NO_ANSWER);
        assertThat(ends.listener.deadlineNs()).isEqualTo(SessionTime.NEVER);
    }

    @Test
    void anotherChangeGivesNoMoreTime() {
        ends.wire = (number, frame) -> 0;
        changeTo(verifier("mainprofile", 2));
        ends.run(3 * SECOND);
        changeTo(verifier("mainprofile", 3));
        ends.run(2 * SECOND);

        assertThat(ends.listenerOut.revocations).containsExactly(EapRefusal.NO_ANSWER);
    }

    @Test
    void whoKnowsTheFormerPasswordOnlyIsShutOut() {
        changeTo(verifier("another", 2));
        ends.run(5 * SECOND);

        assertThat(ends.listener.isAuthenticated()).isFalse();
        assertThat(ends.listenerOut.revocations).containsExactly(EapRefusal.WRONG_CREDENTIALS);
        assertThat(ends.listenerOut.refusals).isEmpty();
    }

    @Test
    void aUserWhoIsGoneIsShutOutAtOnceAndHandedNothing() {
        ends.wire = (number, frame) -> 0;
        ends.listener.push(ends.nowNs, Passphrase.ofText("another".toCharArray()));
        changeTo(null);

        assertThat(ends.listener.isAuthenticated()).isFalse();
        assertThat(ends.listenerOut.revocations).containsExactly(EapRefusal.WRONG_CREDENTIALS);
        assertThat(ends.listener.isPushing()).isFalse();
        assertThat(ends.listener.deadlineNs()).isEqualTo(SessionTime.NEVER);
    }

    @Test
    void aVerifierThatIsChangedBackIsGoodAgain() {
        SrpVerifier before = verifier;
        ends.wire = (number, frame) -> 0;
        changeTo(verifier("mainprofile", 2));
        ends.run(SECOND);
        changeTo(before);
        ends.run(10 * SECOND);

        assertThat(ends.listener.isAuthenticated()).isTrue();
        assertThat(ends.listenerOut.revocations).isEmpty();
    }

    /** Between the first word of an exchange and its end. */
    @Test
    void aChangeInMidExchangeIsNotOverlooked() {
        ends.wire =
                (number, frame) -> {
                    boolean isChallenge = frame.length > 9 && frame[4] == 1 && frame[9] == 1;
                    verifier = isChallenge ? null : verifier;
                    return 1;
                };
        ends.listener.reauthenticate(ends.nowNs);
        ends.run(SECOND);

        assertThat(ends.listenerOut.results).hasSize(2);
        assertThat(ends.listener.isAuthenticated()).isFalse();
        assertThat(ends.listenerOut.revocations).containsExactly(EapRefusal.WRONG_CREDENTIALS);
    }
}
