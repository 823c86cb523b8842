package io.rist4j.crypto.eap;

import io.rist4j.codec.eap.EapWriter;
import io.rist4j.codec.eap.EapolFrame;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.host.TokenBucket;
import io.rist4j.crypto.psk.Passphrase;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * The listener's half of the passphrase transfer: hands its passphrase to a proved peer that asks,
 * and pushes another one ahead of a change (TR-06-2:2022 §D.3.4.8).
 *
 * <p>The identifier of a frame is the counter block that its passphrase is sealed under. Those of
 * pushes are ours and each used once; under any other only the one secret is ever sealed. They run
 * on from one session key to the next, so that nobody takes the confirmation of a push, or a copy
 * of it that comes late, for that of another.
 *
 * <p>A push under a key that the peer has just replaced would open as noise there, and nothing
 * would tell: while an exchange is under way, pushes wait.
 */
final class PassphraseGiver {
    private static final int PUSH = 0x80;
    private static final int SERIES = 0xC0;
    private static final int MAX_PUSHES = 0x3F;
    private static final int LEGACY_VERSION = 2;
    private static final int SEALED_VERSION = 4;
    private static final long REPEAT_NS = 500 * SessionTime.MILLISECOND;
    private static final int REPEATS = 6;

    private final EapRealm realm;
    private final FrameSender frames;
    private final Repeater push = new Repeater();

    /** Requests that are answered, a proved peer's and those of who forges some. */
    private final TokenBucket requests = TokenBucket.perSecond(64, 64);

    /** What requests are answered with under the present session key; null for that key itself. */
    private @Nullable Passphrase secret;

    private @Nullable EapResult proved;
    private byte[] asked = new byte[0];
    private byte[] answer = new byte[0];

    /** Under the present session key, and over all. */
    private int pushes;

    private int number;

    /** Bodies of version 4 under the present session key. */
    private long sealed;

    /** What is pushed once it is sure which session key the peer has. */
    private @Nullable Passphrase waiting;

    /**
     * @param realm whose secret is handed out; without one, the session key serves
     */
    PassphraseGiver(EapRealm realm, FrameSender frames) {
        this.realm = realm;
        this.frames = frames;
    }

    /** There is a new session key. */
    void onProved(long nowNs, EapResult result) {
        boolean wasPushing = isPushing();
        stop();
        Passphrase present = realm.secret();
        secret = present == null ? null : present.copy();
        proved = result;
        asked = new byte[0];
        pushes = 0;
        sealed = 0;
        if (wasPushing && present != null) {
            push(nowNs, present, true);
        }
    }

    /** No exchange is under way any more, and the session key is the one before it. */
    void onSettled(long nowNs) {
        Passphrase changed = waiting;
        if (changed != null) {
            waiting = null;
            push(nowNs, changed, true);
            changed.close();
        }
    }

    Verdict onRequest(long nowNs, EapolFrame frame, byte[] octets) {
        EapResult present = proved;
        boolean isOfPushes = secret != null && (frame.identifier & SERIES) == PUSH;
        if (present == null || isOfPushes) {
            return Verdict.MISPLACED;
        }
        if (!requests.take(nowNs)) {
            return Verdict.OVER_LIMIT;
        }
        if (secret != null && pushes > 0) {
            frames.transmit(nowNs, push.frame()); // one secret only is sealed under other numbers
            return Verdict.OK;
        }
        boolean isRepeated = Arrays.equals(octets, asked);
        if (!isRepeated) {
            byte[] body =
                    secret == null
                            ? PassphraseBody.ofSessionKey()
                            : seal(present, frame.identifier, secret);
            asked = octets;
            answer = response(present, frame.identifier, body);
        }
        frames.transmit(nowNs, answer);
        return isRepeated ? Verdict.DUPLICATE : Verdict.OK;
    }

    /** Whether this is another request than the one that was answered under the present key. */
    boolean isNew(byte[] octets) {
        return asked.length > 0 && !Arrays.equals(octets, asked);
    }

    private byte[] seal(EapResult present, int identifier, Passphrase handed) {
        return present.version() < SEALED_VERSION
                ? PassphraseBody.seal(present.sessionKey(), identifier, handed)
                : PassphraseBody.sealVersion4(
                        present.sessionKey(), false, identifier, sealed++, handed);
    }

    private byte[] response(EapResult present, int identifier, byte[] body) {
        return frames.written(
                EapWriter.passphraseResponse(frames.out, 0, present.version(), identifier, body));
    }

    /**
     * Hands over another passphrase.
     *
     * @param changed copied
     * @param isSettled whether no exchange is under way
     */
    boolean push(long nowNs, Passphrase changed, boolean isSettled) {
        EapResult present = proved;
        if (present == null || present.version() == LEGACY_VERSION || pushes >= MAX_PUSHES) {
            return false;
        }
        if (!isSettled) {
            forgetWaiting();
            waiting = changed.copy();
            return true;
        }
        pushes++;
        number = number % MAX_PUSHES + 1;
        byte[] body = seal(present, identifier(), changed);
        byte[] sent = response(present, identifier(), body);
        push.start(nowNs, sent, REPEAT_NS, REPEAT_NS, REPEATS);
        frames.transmit(nowNs, sent);
        return true;
    }

    private int identifier() {
        return PUSH | number;
    }

    private void forgetWaiting() {
        if (waiting != null) {
            waiting.close();
            waiting = null;
        }
    }

    boolean isPushing() {
        return waiting != null || push.deadlineNs() != SessionTime.NEVER;
    }

    /** A Success: returns whether it confirms the latest push. */
    boolean onSuccess(int confirmed) {
        if (push.deadlineNs() == SessionTime.NEVER || confirmed != identifier()) {
            return false;
        }
        push.stop();
        return true;
    }

    long deadlineNs() {
        return push.deadlineNs();
    }

    void onDeadline(long nowNs) {
        if (!frames.repeat(nowNs, push) && push.isExhausted(nowNs)) {
            push.stop();
        }
    }

    void stop() {
        push.clear();
        forgetWaiting();
        proved = null;
        if (secret != null) {
            secret.close();
            secret = null;
        }
    }
}
