package io.rist4j.session.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.eap.EapWriter;
import io.rist4j.codec.gre.GreHeader;
import io.rist4j.codec.gre.ProtocolTypes;
import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.eap.EapCredentials;
import io.rist4j.crypto.eap.EapRefusal;
import io.rist4j.crypto.eap.SrpCompat;
import io.rist4j.crypto.host.Worker;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.crypto.psk.PskSealing;
import io.rist4j.crypto.srp.SrpVerifier;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Predicate;

/** What both directions go under once a user is proved, and when. */
class EapGateTest {
    private static final long SECOND = SessionTime.SECOND;
    private static final Endpoint PEER = Endpoint.ipv4(0x0A000001, 5_000);
    private static final byte[] USER = "rist".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PASSWORD = "mainprofile".getBytes(StandardCharsets.US_ASCII);
    private static final int CLEAR_BYTES = GreHeader.SEQUENCED_BYTES + 4;
    private static final int SUCCESS = 3;
    private static final int METHOD_SRP = 19;

    /** One end: its guard, the frames that it sent and what it was told. */
    private static final class End extends QuietSink {
        private final Deque<byte[]> frames = new ArrayDeque<>();
        private final List<String> told = new ArrayList<>();
        private @Nullable GreGuard made;

        private GreGuard guard() {
            return Objects.requireNonNull(made);
        }

        @Override
        void onFrame(byte[] frame) {
            frames.add(frame);
        }

        @Override
        public void onAuthenticated(long nowNs, String user) {
            told.add("authenticated " + user);
        }

        @Override
        public void onRefused(long nowNs, EapRefusal reason) {
            told.add("refused " + reason);
        }

        @Override
        public void onShutOut(long nowNs, EapRefusal reason) {
            told.add("shut out " + reason);
        }

        @Override
        public void onClear(long nowNs, boolean isOurs) {
            told.add("clear " + (isOurs ? "ours" : "theirs"));
        }
    }

    private final End caller = new End();
    private final End listener = new End();
    private final Random random = new Random(7);

    /** Which frames of the caller arrive at the listener, and which of the listener's. */
    private Predicate<byte[]> leaves = frame -> true;

    private Predicate<byte[]> arrives = frame -> true;

    private boolean hasUser = true;
    private SrpVerifier modern = verifier(false);
    private final SrpVerifier legacy = verifier(true);

    private SrpVerifier verifier(boolean isLegacy) {
        return SrpVerifier.create(isLegacy, USER, PASSWORD, random::nextBytes);
    }

    private @Nullable SrpVerifier find(byte[] user, boolean isLegacy) {
        SrpVerifier found = isLegacy ? legacy : modern;
        return hasUser ? found : null;
    }

    private TunnelSecurity security(@Nullable String secret, SrpCompat compat, boolean requires) {
        var config =
                new SecurityConfig(
                        secret == null ? null : Passphrase.ofText(secret.toCharArray()),
                        PskSealing.ofBits(128),
                        new EapCredentials("rist".toCharArray(), "mainprofile".toCharArray()),
                        this::find,
                        compat,
                        requires,
                        false);
        return new TunnelSecurity(config, Worker.inline(), random::nextBytes);
    }

    private void make(@Nullable String secret, SrpCompat compat, boolean requires) {
        caller.made = GreGuard.caller(security(secret, compat, requires), 0, caller);
        listener.made = GreGuard.listener(security(secret, compat, requires), 0, PEER, listener);
        caller.guard().prepare(0);
        listener.guard().prepare(0);
    }

    private static void give(End to, long nowNs, byte[] frame) {
        var b = ByteBuffer.allocate(GreHeader.SEQUENCED_BYTES + frame.length);
        int at = GreHeader.write(b, 0, 1, ProtocolTypes.EAPOL, 1);
        b.put(at, frame);
        to.guard().open(nowNs, nowNs, b, 0, b.capacity());
    }

    private void exchange(long nowNs) {
        while (!caller.frames.isEmpty() || !listener.frames.isEmpty()) {
            byte[] up = caller.frames.poll();
            if (up != null && leaves.test(up)) {
                give(listener, nowNs, up);
            }
            byte[] down = listener.frames.poll();
            if (down != null && arrives.test(down)) {
                give(caller, nowNs, down);
            }
        }
    }

    private void prove() {
        caller.guard().start(0);
        exchange(0);
    }

    private static ByteBuffer sealed(End by, long nowNs, int number) {
        var b = ByteBuffer.allocate(64);
        int head = by.guard().begin(nowNs, b, 0, 1, ProtocolTypes.REDUCED_OVERHEAD);
        b.putInt(head, number);
        int bytes = by.guard().end(b, 0, head + 4);
        return ByteBuffer.allocate(bytes).put(0, b, 0, bytes);
    }

    /** Of what an end sends now, 0 in clear. */
    private static int nonce(End of, long nowNs) {
        ByteBuffer b = sealed(of, nowNs, 0);
        return b.capacity() == CLEAR_BYTES ? 0 : b.getInt(4);
    }

    private static boolean passes(End by, End to, long nowNs, int number) {
        ByteBuffer b = sealed(by, nowNs, number);
        if (to.guard().open(nowNs, nowNs, b, 0, b.capacity()) != Verdict.OK) {
            return false;
        }
        int bodyAt = to.guard().incoming().bodyAt;
        boolean isSense = b.getInt(bodyAt) == number;
        while (to.guard().reopens(nowNs, isSense ? Verdict.OK : Verdict.UNKNOWN)) {
            isSense = b.getInt(bodyAt) == number;
        }
        return isSense;
    }

    private static Verdict clear(End to) {
        var b = ByteBuffer.allocate(CLEAR_BYTES);
        GreHeader.write(b, 0, 1, ProtocolTypes.REDUCED_OVERHEAD, 1);
        return to.guard().open(0, 0, b, 0, b.capacity());
    }

    @Test
    void bothDirectionsStayUnderASecret() {
        make("a secret", SrpCompat.AUTO, false);
        int callers = nonce(caller, 0);
        int listeners = nonce(listener, 0);
        assertThat(caller.guard().isOpen()).isFalse();
        assertThat(caller.guard().mayGreet()).isTrue();
        assertThat(listener.guard().mayGreet()).isFalse();
        prove();

        assertThat(caller.guard().isOpen()).isTrue();
        assertThat(listener.guard().isOpen()).isTrue();
        assertThat(listener.guard().mayGreet()).isTrue();
        assertThat(nonce(caller, 0)).isEqualTo(callers);
        assertThat(nonce(listener, 0)).isEqualTo(listeners);
        assertThat(passes(caller, listener, 0, 1)).isTrue();
        assertThat(passes(listener, caller, 0, 2)).isTrue();
        assertThat(caller.told).containsExactly("authenticated rist");
        assertThat(listener.told).containsExactly("authenticated rist");
    }

    @Test
    void withoutOneEachDirectionGoesUnderAKeyOfTheSession() {
        make(null, SrpCompat.AUTO, true);
        assertThat(nonce(caller, 0)).isZero();
        prove();

        assertThat(clear(listener)).isEqualTo(Verdict.NOT_ENCRYPTED);
        assertThat(clear(caller)).isEqualTo(Verdict.NOT_ENCRYPTED);
        assertThat(nonce(caller, 0)).isNotZero();
        assertThat(nonce(listener, 0)).isNotZero();
        assertThat(passes(caller, listener, 0, 1)).isTrue();
        assertThat(passes(listener, caller, 0, 2)).isTrue();
        assertThat(caller.told).containsExactly("authenticated rist");
        assertThat(listener.told).containsExactly("authenticated rist");
    }

    @Test
    void whatOneEndSealsIsNotWhatItOpensUnder() {
        make(null, SrpCompat.AUTO, false);
        prove();
        assertThat(passes(caller, caller, 0, 1)).isFalse();
        assertThat(passes(listener, listener, 0, 2)).isFalse();
    }

    /** The peer's verifier changes, so that it has to prove itself again. */
    private void proveAgain(long nowNs) {
        modern = verifier(false);
        listener.guard().onUsersChanged(nowNs);
        exchange(nowNs);
    }

    @Test
    void anotherProofBringsOtherKeysAndLosesNothingOfTheFormerOnes() {
        make(null, SrpCompat.AUTO, false);
        prove();
        int callers = nonce(caller, 0);
        int listeners = nonce(listener, 0);
        assertThat(passes(caller, listener, 0, 1)).isTrue();
        assertThat(passes(listener, caller, 0, 2)).isTrue();
        ByteBuffer late = sealed(caller, 0, 3);
        proveAgain(SECOND);

        assertThat(caller.told).hasSize(2);
        assertThat(nonce(caller, SECOND)).isNotEqualTo(callers);
        assertThat(nonce(listener, SECOND)).as("the caller is not heard yet").isEqualTo(listeners);
        assertThat(passes(listener, caller, SECOND, 4)).isTrue();
        useKey(SECOND);
        assertThat(nonce(listener, SECOND)).isNotEqualTo(listeners);
        assertThat(passes(listener, caller, SECOND, 7)).isTrue();
        assertThat(listener.guard().open(SECOND, SECOND, late, 0, late.capacity()))
                .isEqualTo(Verdict.OK);
        assertThat(late.getInt(listener.guard().incoming().bodyAt)).isEqualTo(3);
    }

    /** The caller sends, and as much as tells a key. */
    private void useKey(long nowNs) {
        assertThat(passes(caller, listener, nowNs, 5)).isTrue();
        assertThat(passes(caller, listener, nowNs, 6)).isTrue();
    }

    private void passTime(long nowNs) {
        caller.guard().onDeadline(nowNs, (arrivalNs, b, at, bytes) -> {});
        listener.guard().onDeadline(nowNs, (arrivalNs, b, at, bytes) -> {});
    }

    private static boolean isSuccess(byte[] frame) {
        return frame[4] == SUCCESS;
    }

    private static boolean isValidator(byte[] frame) {
        return frame.length > 9 && frame[8] == METHOD_SRP && frame[9] == 3;
    }

    /** The caller has not got the listener's proof, and somebody says Success in its name. */
    @Test
    void aSuccessThatSomebodyElseSaysTurnsNoDirection() {
        make(null, SrpCompat.AUTO, false);
        prove();
        useKey(0);
        int callers = nonce(caller, 0);
        int listeners = nonce(listener, 0);
        List<byte[]> validators = new ArrayList<>();
        arrives = frame -> !isValidator(frame) || !validators.add(frame);
        proveAgain(SECOND);
        byte[] forged = new byte[10];
        int identifier = validators.get(0)[5] & 0xFF;
        EapWriter.success(ByteBuffer.wrap(forged), 0, 4, identifier, true);
        give(listener, SECOND, forged);

        assertThat(listener.told).as("it believes so").hasSize(2);
        assertThat(caller.told).hasSize(1);
        for (long nowNs : new long[] {SECOND, 20 * SECOND, 60 * SECOND}) {
            passTime(nowNs);
            assertThat(nonce(caller, nowNs)).isEqualTo(callers);
            assertThat(nonce(listener, nowNs)).isEqualTo(listeners);
            assertThat(passes(caller, listener, nowNs, 1)).isTrue();
            assertThat(passes(listener, caller, nowNs, 2)).isTrue();
        }
    }

    @Test
    void theUseOfAKeyStandsForASuccessThatIsLost() {
        make(null, SrpCompat.AUTO, false);
        prove();
        useKey(0);
        int listeners = nonce(listener, 0);
        leaves = frame -> !isSuccess(frame) && !isPassphrase(frame);
        proveAgain(SECOND);

        assertThat(caller.told).hasSize(2);
        assertThat(listener.told).hasSize(1);
        assertThat(passes(listener, caller, SECOND, 1)).as("under the former key").isTrue();
        useKey(SECOND);
        assertThat(listener.told).hasSize(2);
        assertThat(nonce(listener, SECOND)).isNotEqualTo(listeners);
        assertThat(passes(listener, caller, SECOND, 2)).isTrue();
    }

    private static boolean isPassphrase(byte[] frame) {
        return frame.length > 9 && frame[8] == METHOD_SRP && frame[9] == 16;
    }

    @Test
    void aFirstProofTakesItsKeyAtOnceWhoeverShowsWhat() {
        make(null, SrpCompat.AUTO, false);
        arrives = frame -> !isPassphrase(frame);
        prove();
        assertThat(nonce(caller, 0)).isNotZero();
        assertThat(passes(caller, listener, 0, 1)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void byTheFirstVersionTheCallersDirectionStaysInClearOrIsRefused(boolean requires) {
        make(null, SrpCompat.LEGACY, requires);
        prove();

        assertThat(caller.guard().isOpen()).isEqualTo(!requires);
        assertThat(listener.guard().isOpen()).isEqualTo(!requires);
        assertThat(caller.told)
                .containsExactlyInAnyOrder(
                        "authenticated rist", requires ? "refused IN_CLEAR" : "clear ours");
        assertThat(listener.told)
                .containsExactlyInAnyOrder(
                        "authenticated rist", requires ? "refused IN_CLEAR" : "clear theirs");
        assertThat(nonce(caller, 0)).isZero();
        assertThat(clear(listener)).isEqualTo(requires ? Verdict.UNAUTHENTICATED : Verdict.OK);
    }

    @Test
    void byTheFirstVersionASecretServesBothDirectionsAsEver() {
        make("a secret", SrpCompat.LEGACY, false);
        int callers = nonce(caller, 0);
        prove();
        assertThat(caller.told).containsExactly("authenticated rist");
        assertThat(listener.told).containsExactly("authenticated rist");
        assertThat(nonce(caller, 0)).isEqualTo(callers);
        assertThat(passes(caller, listener, 0, 1)).isTrue();
        assertThat(passes(listener, caller, 0, 2)).isTrue();
        assertThat(clear(caller)).isEqualTo(Verdict.NOT_ENCRYPTED);
        assertThat(clear(listener)).isEqualTo(Verdict.NOT_ENCRYPTED);
    }

    @Test
    void whoIsNoUserAnyMoreIsShutOut() {
        make("a secret", SrpCompat.AUTO, false);
        prove();
        hasUser = false;
        listener.guard().onUsersChanged(SECOND);
        assertThat(listener.told)
                .containsExactly("authenticated rist", "shut out WRONG_CREDENTIALS");
        assertThat(listener.guard().isOpen()).isFalse();
        assertThat(clear(listener)).isEqualTo(Verdict.UNAUTHENTICATED);
    }

    @Test
    void aSecretThatIsHandedOverIsTurnedToOnceItIsUsed() {
        make("a secret", SrpCompat.AUTO, false);
        prove();
        int callers = nonce(caller, 0);
        assertThat(passes(listener, caller, 0, 1)).isTrue();
        Passphrase another = Passphrase.ofText("another".toCharArray());
        listener.guard().changeSecret(SECOND, another);
        exchange(SECOND);
        assertThat(nonce(caller, SECOND)).as("anybody may have said so").isEqualTo(callers);
        assertThat(passes(listener, caller, SECOND, 2)).isTrue();
        assertThat(nonce(caller, SECOND)).isNotEqualTo(callers);
        assertThat(passes(caller, listener, SECOND, 3)).isTrue();

        long endNs = SECOND + TunnelSecurity.OVERLAP_NS;
        assertThat(passes(caller, listener, endNs, 4)).isTrue();
        assertThat(passes(listener, caller, endNs, 5)).isTrue();
    }

    /** The listener has a secret, and its caller none until it is handed that. */
    @Test
    void aCallerWithoutASecretIsHandedTheListeners() {
        caller.made = GreGuard.caller(security(null, SrpCompat.AUTO, false), 0, caller);
        listener.made =
                GreGuard.listener(security("a secret", SrpCompat.AUTO, false), 0, PEER, listener);
        caller.guard().prepare(0);
        listener.guard().prepare(0);
        arrives = frame -> !isPassphrase(frame);
        prove();
        assertThat(caller.guard().isOpen()).as("until its key is there").isFalse();
        assertThat(nonce(caller, 0)).isZero();
        arrives = frame -> true;
        caller.guard().onDeadline(SECOND, (arrivalNs, b, at, bytes) -> {});
        exchange(SECOND);

        assertThat(caller.guard().isOpen()).isTrue();
        assertThat(caller.told).containsExactly("authenticated rist");
        assertThat(passes(caller, listener, SECOND, 1)).isTrue();
        assertThat(passes(listener, caller, SECOND, 2)).isTrue();
        assertThat(clear(caller)).isEqualTo(Verdict.NOT_ENCRYPTED);
    }

    @Test
    void whatIsClosedSaysNothingMore() {
        make("a secret", SrpCompat.AUTO, false);
        caller.guard().start(0);
        caller.frames.clear();
        caller.guard().close();
        assertThat(caller.guard().deadlineNs()).isEqualTo(SessionTime.NEVER);
    }
}
