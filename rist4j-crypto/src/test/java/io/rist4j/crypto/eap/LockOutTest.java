package io.rist4j.crypto.eap;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.eap.EapWriter;
import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.SeededOctets;
import io.rist4j.crypto.host.Worker;
import io.rist4j.crypto.srp.SrpMode;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/** Forged sources keep nobody out, and whoever tries passwords is slowed down. */
class LockOutTest {
    private static final long SECOND = SessionTime.SECOND;
    private static final byte[] USER = {'r', 'i', 's', 't'};

    private final ByteBuffer out = ByteBuffer.allocate(EapWriter.MAX_BYTES);
    private final Ends ends = Ends.ofAuto();

    private byte[] written(int bytes) {
        return Arrays.copyOf(out.array(), bytes);
    }

    private byte[] identity(int identifier) {
        return written(EapWriter.identityResponse(out, 0, 3, identifier, USER));
    }

    private byte[] key(int identifier) {
        return written(EapWriter.clientKey(out, 0, 3, identifier, new byte[] {5}));
    }

    private byte[] proof(int identifier) {
        return written(
                EapWriter.clientValidator(out, 0, 3, identifier, false, false, new byte[32]));
    }

    /** Asks, and lets the identifier be seen. */
    private static int asked(Authenticator listener, RecordingOutput output, long nowNs) {
        listener.onContact(nowNs);
        return Objects.requireNonNull(output.sent.pollLast())[5] & 0xFF;
    }

    @Test
    void whoSendsAllIdentifiersGetsNoVerdict() {
        var output = new RecordingOutput();
        Endpoint port = Ends.HERE.withPort(9);
        int refused = 0;
        try (Authenticator blind = ends.authenticatorOf(port, output)) {
            for (long nowNs = 0; nowNs < 60 * SECOND; nowNs += SECOND / 10) {
                if (nowNs >= blind.deadlineNs()) {
                    blind.onDeadline(nowNs);
                }
                blind.onContact(nowNs);
                for (int i = 0; i < 3 * 256; i++) {
                    int identifier = i % 256;
                    byte[] forged =
                            i < 256
                                    ? identity(identifier)
                                    : i < 512 ? key(identifier) : proof(identifier);
                    Verdict verdict =
                            blind.onFrame(nowNs, ByteBuffer.wrap(forged), 0, forged.length);
                    refused += verdict == Verdict.OVER_LIMIT ? 1 : 0;
                }
            }
        }
        ends.nowNs = 60 * SECOND;
        ends.caller.start(ends.nowNs);
        ends.run(5 * SECOND);

        assertThat(refused).isGreaterThan(60);
        assertThat(output.sent).noneMatch(frame -> frame[4] == 4);
        assertThat(ends.isAgreed()).isTrue();
    }

    @Test
    void wrongIdentifiersEndNoExchangeAtAnyStep() {
        int identifier = asked(ends.listener, ends.listenerOut, 0);
        for (int step = 0; step < 3; step++) {
            for (int stray = 0; stray < 100; stray++) {
                assertThat(ends.give(ends.listener, proof(identifier + 50)))
                        .isEqualTo(Verdict.MISPLACED);
            }
            assertThat(ends.listenerOut.sent).isEmpty();
            byte[] right =
                    step == 0
                            ? identity(identifier)
                            : step == 1 ? key(identifier + 1) : proof(identifier + 2);
            Verdict taken = ends.give(ends.listener, right);
            assertThat(taken).isEqualTo(step < 2 ? Verdict.OK : Verdict.MISPLACED);
            ends.listenerOut.sent.clear();
        }
    }

    /** Has somebody else's strays come before each proof of the caller. */
    private void spoil(Ends spoilt) {
        for (int stray = 0; stray <= SightOfAnswers.MOST_STRAYS; stray++) {
            for (int identifier = 0; identifier < 256; identifier += 64) {
                spoilt.give(spoilt.listener, identity(identifier));
            }
        }
    }

    private static boolean isProof(byte[] frame) {
        return frame.length > 9 && frame[4] == 2 && frame[8] == 19 && frame[9] == 2;
    }

    @Test
    void aWrongProofThatSomebodyElseMayHaveSentIsNoVerdict() {
        ends.wire =
                (number, frame) -> {
                    if (isProof(frame)) {
                        spoil(ends);
                        for (int wrong = 1; wrong < Authenticator.MAX_WRONG; wrong++) {
                            assertThat(ends.give(ends.listener, proof(frame[5])))
                                    .isEqualTo(Verdict.MISPLACED);
                        }
                    }
                    return 1;
                };

        ends.caller.start(0);
        ends.run(SECOND / 10);

        assertThat(ends.isAgreed()).isTrue();
        assertThat(ends.toCaller).noneMatch(frame -> frame[4] == 4);
        assertThat(ends.toListener.stream().filter(LockOutTest::isProof)).hasSize(1);
    }

    /** The fourth at once, and any other after half a second: under the identifier that is next. */
    @Test
    void whoseProofWasPerhapsNotJudgedIsAskedAgain() {
        for (int wrong : new int[] {1, Authenticator.MAX_WRONG}) {
            var output = new RecordingOutput();
            Authenticator listener = ends.authenticator(output);
            int identifier = asked(listener, output, 0);
            ends.give(listener, identity(identifier));
            ends.give(listener, key(identifier + 1));
            for (int stray = 0; stray <= SightOfAnswers.MOST_STRAYS; stray++) {
                ends.give(listener, proof(identifier + 50));
            }
            output.sent.clear();
            for (int i = 0; i < wrong; i++) {
                ends.give(listener, proof(identifier + 2));
            }
            if (wrong == 1) {
                listener.onDeadline(Authenticator.DOUBT_NS - 1);
                assertThat(output.sent).noneMatch(frame -> frame[8] == 1);
                assertThat(listener.deadlineNs()).isEqualTo(Authenticator.DOUBT_NS);
                listener.onDeadline(Authenticator.DOUBT_NS);
            }

            assertThat(output.sent)
                    .last()
                    .matches(frame -> frame[8] == 1 && frame[5] == (byte) (identifier + 3));
            assertThat(output.sent).noneMatch(frame -> frame[4] == 4);
            assertThat(output.refusals).isEmpty();
            listener.close();
        }
    }

    /** Who tries passwords, and has strays come so that none counts against him. */
    @Test
    void whoSpoilsHisOwnExchangesTriesNoFaster() {
        int tried = 0;
        for (int port = 0; port < 30; port++) {
            var output = new RecordingOutput();
            Authenticator listener = ends.authenticatorOf(Ends.HERE.withPort(port), output);
            ends.nowNs += SECOND / 4; // the network's share of exchanges
            int identifier = asked(listener, output, ends.nowNs);
            byte[] user = {(byte) ('a' + port)};
            ends.give(listener, written(EapWriter.identityResponse(out, 0, 3, identifier, user)));
            ends.give(listener, key(identifier + 1));
            for (int stray = 0; stray <= SightOfAnswers.MOST_STRAYS; stray++) {
                ends.give(listener, proof(identifier + 50));
            }
            Verdict verdict = ends.give(listener, proof(identifier + 2));
            assertThat(verdict).isIn(Verdict.MISPLACED, Verdict.OVER_LIMIT);
            tried += verdict == Verdict.MISPLACED ? 1 : 0;
            listener.close();
        }
        assertThat(tried).isBetween(ExchangeShares.MOST_WRONG, ExchangeShares.MOST_WRONG + 4);
    }

    /** The listener tries another way to hash next; the caller, who saw nothing of it, does not. */
    @Test
    void aProofThatSomebodyForgedDoesNotSetTheWaysOfHashingApart() {
        int identifier = asked(ends.listener, ends.listenerOut, 0);
        ends.give(ends.listener, identity(identifier));
        ends.give(ends.listener, key(identifier + 1));
        ends.give(ends.listener, proof(identifier + 2));
        assertThat(ends.listenerOut.sent).last().matches(frame -> frame[4] == 4);
        ends.listenerOut.sent.clear();

        ends.caller.start(0);
        ends.run(SECOND / 10);

        assertThat(ends.isAgreed()).isTrue();
        assertThat(ends.toCaller).noneMatch(frame -> frame[4] == 4);
    }

    /** The same the other way round. */
    @Test
    void aFailureThatSomebodyForgedDoesNotSetTheWaysOfHashingApart() {
        ends.give(ends.caller, written(EapWriter.identityRequest(out, 0, 4, 7)));
        ends.give(ends.caller, written(EapWriter.challenge(out, 0, 4, 8, new byte[] {1})));
        ends.give(ends.caller, written(EapWriter.serverKey(out, 0, 4, 9, new byte[] {5})));
        ends.give(ends.caller, written(EapWriter.failure(out, 0, 4, 9)));
        ends.callerOut.sent.clear();

        ends.run(SECOND / 2);

        assertThat(ends.isAgreed()).isTrue();
        assertThat(ends.toCaller).noneMatch(frame -> frame[4] == 4);
        assertThat(Objects.requireNonNull(ends.listener.result()).mode())
                .isEqualTo(SrpMode.UNPADDED);
    }

    /** One wrong proof of each of these: as if it had guessed the identifier at once each time. */
    private void failBlindly(int times, Endpoint from) {
        for (int i = 0; i < times; i++) {
            var output = new RecordingOutput();
            try (Authenticator listener = ends.authenticatorOf(from.withPort(i), output)) {
                int identifier = asked(listener, output, 0);
                ends.give(listener, identity(identifier));
                ends.give(listener, key(identifier + 1));
                ends.give(listener, proof(identifier + 2));
                assertThat(output.sent).last().matches(frame -> frame[4] == 4);
            }
        }
    }

    @Test
    void luckyGuessesLetTheUserWaitButNeverShutHimOut() {
        failBlindly(10, Ends.HERE);
        ends.realm.guesses().onFailure(0, "rist", Ends.HERE, false);
        for (int i = 0; i < 100; i++) {
            ends.realm.guesses().onFailure(0, "rist", Ends.HERE, false);
        }

        ends.caller.start(0);
        ends.run(2 * SECOND - Ends.STEP_NS);
        assertThat(ends.isAgreed()).isFalse();
        ends.run(SECOND / 10);

        assertThat(ends.isAgreed()).isTrue();
        assertThat(ends.callerOut.refusals).isEmpty();
        assertThat(ends.listenerOut.refusals).isEmpty();
        assertThat(ends.toCaller.stream().filter(frame -> frame[8] == 1)).hasSizeBetween(2, 3);
    }

    @Test
    void aRightProofInAnyModeWaitsLessThanFiveSeconds() {
        var old = new Ends(SrpCompat.AUTO, SrpCompat.AUTO, "mainprofile", null, Ends::legacyOnly);
        for (int i = 0; i < 100; i++) {
            old.realm.guesses().onFailure(0, "rist", Ends.HERE, false);
        }

        old.caller.start(0);
        old.run(5 * SECOND);

        assertThat(old.isAgreed()).isTrue();
        assertThat(old.callerOut.refusals).isEmpty();
    }

    @Test
    void aStartDoesNotEndAWait() {
        for (int i = 0; i < 100; i++) {
            ends.realm.guesses().onFailure(0, "rist", Ends.HERE, false);
        }
        var output = new RecordingOutput();
        Authenticator listener = ends.authenticator(output);
        ends.give(listener, identity(asked(listener, output, 0)));

        assertThat(ends.give(listener, new byte[] {3, 1, 0, 0})).isEqualTo(Verdict.OVER_LIMIT);
        assertThat(output.sent).isEmpty();
        listener.onDeadline(2 * SECOND);
        assertThat(output.sent).hasSize(1);
        listener.close();
    }

    @Test
    void aForgedStartDoesNotEndAnExchangeThatGoesOn() {
        var output = new RecordingOutput();
        Authenticator listener = ends.authenticator(output);
        int identifier = asked(listener, output, 0);
        ends.give(listener, identity(identifier));

        assertThat(ends.give(listener, new byte[] {3, 1, 0, 0})).isEqualTo(Verdict.OVER_LIMIT);
        assertThat(ends.give(listener, key(identifier + 1))).isEqualTo(Verdict.OK);
        ends.nowNs = SECOND;
        assertThat(ends.give(listener, new byte[] {3, 1, 0, 0})).isEqualTo(Verdict.OK);
        listener.close();
    }

    @Test
    void whoSeesTheAnswersIsShutOutAfterTenWrongPasswords() {
        var output = new RecordingOutput();
        int failures = 0;
        long nowNs = 0;
        for (int port = 0;
                !output.refusals.contains(EapRefusal.TOO_MANY_FAILURES) && port < 12;
                port++) {
            try (Authenticator listener = ends.authenticatorOf(Ends.HERE.withPort(port), output)) {
                long untilNs = nowNs + 5 * SECOND;
                for (; nowNs < untilNs; nowNs += SECOND / 10) {
                    listener.onContact(nowNs);
                    if (nowNs >= listener.deadlineNs()) {
                        listener.onDeadline(nowNs);
                    }
                    for (byte[] down = output.sent.poll(); down != null; ) {
                        failures += down[4] == 4 ? 1 : 0;
                        byte[] up = guess(down);
                        if (up.length > 0) {
                            listener.onFrame(nowNs, ByteBuffer.wrap(up), 0, up.length);
                        }
                        down = output.sent.poll();
                    }
                }
            }
        }

        assertThat(output.refusals)
                .containsOnly(EapRefusal.WRONG_CREDENTIALS, EapRefusal.TOO_MANY_FAILURES);
        assertThat(failures).isBetween(10, 20);
        assertThat(ends.realm.guesses().isBlocked(nowNs, "rist", Ends.HERE)).isTrue();
        assertThat(ends.realm.guesses().isBlocked(nowNs, "rist", Endpoint.ipv4(1, 1))).isFalse();
    }

    private byte[] guess(byte[] down) {
        int identifier = down[5] & 0xFF;
        if (down[4] != 1) {
            return new byte[0];
        }
        return down[8] == 1
                ? identity(identifier)
                : down[9] == 1 ? key(identifier) : proof(identifier);
    }

    @Test
    void aFloodOfExchangesKeepsNobodyOut() {
        int taken = 0;
        for (int i = 0; i < 1_000; i++) {
            var output = new RecordingOutput();
            Endpoint forged = Endpoint.ipv4(0x0A000001 + (i << 8), 1);
            try (Authenticator listener = ends.authenticatorOf(forged, output)) {
                int identifier = asked(listener, output, 0);
                ends.give(listener, identity(identifier));
                taken += ends.give(listener, key(identifier + 1)) == Verdict.OK ? 1 : 0;
            }
        }
        assertThat(taken).isEqualTo(26); // those who come later have to show that they see answers

        ends.caller.start(0);
        ends.run(SECOND / 2);

        assertThat(ends.isAgreed()).isTrue();
    }

    @Test
    void anExchangeOverANetworksShareIsDropped() {
        for (int i = 0; i < 20; i++) {
            ends.realm.exchanges().take(0, Ends.HERE.network(), true);
        }
        var output = new RecordingOutput();
        var listener =
                new Authenticator(
                        ends.realm, Ends.HERE, new SeededOctets(91), Worker.inline(), output);
        int identifier = asked(listener, output, 0);
        ends.give(listener, identity(identifier));

        assertThat(ends.give(listener, key(identifier + 1))).isEqualTo(Verdict.OVER_LIMIT);
        ends.nowNs = SECOND;
        assertThat(ends.give(listener, key(identifier + 1))).isEqualTo(Verdict.OK);
        listener.close();
    }
}
