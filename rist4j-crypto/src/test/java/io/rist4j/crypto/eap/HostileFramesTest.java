package io.rist4j.crypto.eap;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.eap.EapWriter;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.LaterWorker;
import io.rist4j.crypto.SeededOctets;
import io.rist4j.crypto.host.Worker;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.crypto.srp.SrpGroup;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;

class HostileFramesTest {
    private static final long SECOND = SessionTime.SECOND;

    private final ByteBuffer out = ByteBuffer.allocate(EapWriter.MAX_BYTES);

    private byte[] written(int bytes) {
        return Arrays.copyOf(out.array(), bytes);
    }

    private static Ends authenticated() {
        var ends = Ends.ofAuto();
        ends.caller.start(0);
        ends.run(SECOND);
        assertThat(ends.isAgreed()).isTrue();
        return ends;
    }

    @Test
    void staysAuthenticatedWhateverIsForged() {
        var ends = authenticated();
        Passphrase key = Objects.requireNonNull(ends.caller.result()).sessionKey().copy();
        for (int identifier = 0; identifier < 256; identifier++) {
            for (byte[] forged :
                    List.of(
                            written(EapWriter.failure(out, 0, 3, identifier)),
                            written(EapWriter.success(out, 0, 3, identifier, true)),
                            written(EapWriter.acknowledgement(out, 0, 3, identifier)),
                            written(EapWriter.start(out, 0, 3)),
                            written(EapWriter.identityRequest(out, 0, 3, identifier)),
                            written(
                                    EapWriter.serverValidator(
                                            out, 0, 3, identifier, true, new byte[32])),
                            written(
                                    EapWriter.clientValidator(
                                            out, 0, 3, identifier, true, false, new byte[32])),
                            new byte[] {3, 2, 0, 0})) {
                ends.give(ends.caller, forged);
                ends.give(ends.listener, forged);
            }
        }
        ends.callerOut.sent.clear();
        ends.listenerOut.sent.clear();
        ends.run(5 * SECOND);

        assertThat(ends.caller.isAuthenticated()).isTrue();
        assertThat(ends.listener.isAuthenticated()).isTrue();
        assertThat(ends.isAgreed()).isTrue();
        assertThat(key.isSame(Passphrase.ofOctets(new byte[32]))).isFalse();
    }

    @Test
    void letsNobodyInByReplayingAnExchange() {
        var seen = authenticated();
        var ends = Ends.ofAuto();
        var output = new RecordingOutput();
        var listener =
                new Authenticator(
                        ends.realm, Ends.HERE, new SeededOctets(64), Worker.inline(), output);

        for (int round = 0; round < 3; round++) {
            for (byte[] frame : seen.toListener) {
                listener.onContact(ends.nowNs);
                ends.give(listener, frame);
            }
            ends.nowNs += SECOND;
        }

        assertThat(listener.isAuthenticated()).isFalse();
        assertThat(output.results).isEmpty();
        listener.close();
    }

    @Test
    void refusesItsOwnFramesReflected() {
        var ends = Ends.ofAuto();
        ends.wire =
                (number, frame) -> {
                    ends.give(ends.caller, frame);
                    ends.give(ends.listener, frame);
                    return 0;
                };
        List<Verdict> verdicts = new ArrayList<>();
        ends.listener.onContact(0);
        byte[] request = Objects.requireNonNull(ends.listenerOut.sent.poll());
        verdicts.add(ends.give(ends.listener, request));
        ends.caller.start(0);
        byte[] start = Objects.requireNonNull(ends.callerOut.sent.poll());
        verdicts.add(ends.give(ends.caller, start));
        ends.give(ends.caller, request);
        byte[] identity = Objects.requireNonNull(ends.callerOut.sent.poll());
        verdicts.add(ends.give(ends.caller, identity));

        assertThat(verdicts).containsOnly(Verdict.MISPLACED);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void keysThatGiveTheSecretAwayAreRefusedAndChangeNothing(int multiple) {
        byte[] key =
                SrpGroup.DEFAULT.modulus().multiply(BigInteger.valueOf(multiple)).toByteArray();
        var ends = Ends.ofAuto();
        ends.listener.onContact(0);
        byte[] request = Objects.requireNonNull(ends.listenerOut.sent.poll());
        ends.give(ends.caller, request);
        ends.give(ends.listener, Objects.requireNonNull(ends.callerOut.sent.poll()));
        byte[] challenge = Objects.requireNonNull(ends.listenerOut.sent.poll());

        byte[] forged = written(EapWriter.clientKey(out, 0, 3, challenge[5], key));
        assertThat(ends.give(ends.listener, forged)).isEqualTo(Verdict.BAD_LENGTH);
        assertThat(ends.listenerOut.refusals).isEmpty();
        assertThat(ends.listenerOut.sent).isEmpty();

        ends.give(ends.caller, challenge);
        byte[] genuine = Objects.requireNonNull(ends.callerOut.sent.poll());
        assertThat(ends.give(ends.listener, genuine)).isEqualTo(Verdict.OK);
        int next = challenge[5] + 1;
        forged = written(EapWriter.serverKey(out, 0, 3, next, key));
        assertThat(ends.give(ends.caller, forged)).isEqualTo(Verdict.BAD_LENGTH);
        assertThat(ends.callerOut.refusals).isEmpty();
        ends.caller.onDeadline(Doubt.LASTS_NS);
        assertThat(ends.callerOut.refusals).containsExactly(EapRefusal.ATTACK);
    }

    @Test
    void dropsFramesOutOfOrder() {
        var ends = Ends.ofAuto();
        byte[] proof = new byte[32];

        assertThat(ends.give(ends.listener, written(EapWriter.clientKey(out, 0, 3, 1, proof))))
                .isEqualTo(Verdict.MISPLACED);
        assertThat(
                        ends.give(
                                ends.listener,
                                written(
                                        EapWriter.clientValidator(
                                                out, 0, 3, 1, false, false, proof))))
                .isEqualTo(Verdict.MISPLACED);
        assertThat(ends.give(ends.listener, written(EapWriter.success(out, 0, 3, 0, true))))
                .isEqualTo(Verdict.MISPLACED);
        assertThat(ends.give(ends.listener, written(EapWriter.passphraseRequest(out, 0, 3, 1))))
                .isEqualTo(Verdict.MISPLACED);
        assertThat(ends.give(ends.caller, written(EapWriter.serverKey(out, 0, 3, 1, proof))))
                .isEqualTo(Verdict.MISPLACED);
        assertThat(ends.give(ends.caller, written(EapWriter.challenge(out, 0, 3, 1, proof))))
                .isEqualTo(Verdict.MISPLACED);
        assertThat(
                        ends.give(
                                ends.caller,
                                written(EapWriter.serverValidator(out, 0, 3, 1, true, proof))))
                .isEqualTo(Verdict.MISPLACED);
        assertThat(
                        ends.give(
                                ends.caller,
                                written(EapWriter.passphraseResponse(out, 0, 3, 0x81, proof))))
                .isEqualTo(Verdict.MISPLACED);
        assertThat(ends.callerOut.sent).isEmpty();
        assertThat(ends.listenerOut.sent).isEmpty();
    }

    @Test
    void boundsWhatAFloodOfStartsDraws() {
        var ends = Ends.ofAuto();
        byte[] start = written(EapWriter.start(out, 0, 3));

        for (int i = 0; i < 10_000; i++) { // ten seconds
            ends.nowNs += SessionTime.MILLISECOND;
            ends.give(ends.listener, start);
        }

        assertThat(ends.listenerOut.sent.size()).isLessThanOrEqualTo(4 + 5 * 10 + 1);
    }

    @Test
    void boundsTheExponentiationsThatAFloodCosts() {
        var worker = new LaterWorker();
        var output = new RecordingOutput();
        var realm = new EapRealm(Ends::both, null, SrpCompat.AUTO, new SeededOctets(61));
        var listener = new Authenticator(realm, Ends.HERE, new SeededOctets(62), worker, output);
        byte[] start = written(EapWriter.start(out, 0, 3));
        byte[] user = {'r', 'i', 's', 't'};

        for (int i = 0; i < 10_000; i++) { // ten seconds of whole exchanges without a password
            long nowNs = i * SessionTime.MILLISECOND;
            listener.onFrame(nowNs, ByteBuffer.wrap(start), 0, start.length);
            byte[] asked = output.sent.peekLast();
            if (asked != null && asked.length > 5) {
                give(
                        listener,
                        nowNs,
                        written(EapWriter.identityResponse(out, 0, 3, asked[5], user)));
                give(
                        listener,
                        nowNs,
                        written(
                                EapWriter.clientKey(
                                        out, 0, 3, asked[5] + 1, new byte[] {(byte) 7})));
            }
            if (worker.waiting() > 0) {
                worker.work(nowNs);
            }
        }

        assertThat(worker.started()).isLessThanOrEqualTo(4 + 5 * 10 + 1);
    }

    private static void give(Authenticator to, long nowNs, byte[] frame) {
        to.onFrame(nowNs, ByteBuffer.wrap(frame), 0, frame.length);
    }

    @Test
    void throwsForNoFrameWhateverItHolds() {
        long seed = 63;
        var random = new Random(seed);
        var seen = authenticated();
        List<byte[]> frames = new ArrayList<>(seen.toCaller);
        frames.addAll(seen.toListener);
        var ends = Ends.ofAuto();
        ends.caller.start(0);
        ends.listener.onContact(0);

        for (int i = 0; i < 5_000; i++) {
            byte[] frame = frames.get(random.nextInt(frames.size())).clone();
            for (int change = random.nextInt(4); change > 0; change--) {
                frame[random.nextInt(frame.length)] = (byte) random.nextInt();
            }
            byte[] cut = Arrays.copyOf(frame, 1 + random.nextInt(frame.length));
            ends.nowNs += SessionTime.MILLISECOND;
            ends.give(ends.caller, cut);
            ends.give(ends.listener, frame);
        }

        assertThat(ends.listener.isAuthenticated()).as("seed %d", seed).isFalse();
        assertThat(ends.caller.isAuthenticated()).as("seed %d", seed).isFalse();
    }
}
