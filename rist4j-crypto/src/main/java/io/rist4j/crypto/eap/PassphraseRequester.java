package io.rist4j.crypto.eap;

import io.rist4j.codec.eap.EapWriter;
import io.rist4j.codec.eap.EapolFrame;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.host.TokenBucket;
import io.rist4j.crypto.psk.Passphrase;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * The caller's half of the passphrase transfer: asks for the listener's passphrase after a proof,
 * and takes those that the listener pushes ahead of a change (TR-06-2:2022 §D.3.4.8).
 */
final class PassphraseRequester {
    /** Identifiers of our requests have these bits, as libRIST's have. */
    private static final int IDENTIFIER = 0xC0;

    private static final int SEALED_VERSION = 4;
    private static final int PUSH = 0x80;
    private static final int NUMBER = 0x3F;
    private static final long REPEAT_NS = 500 * SessionTime.MILLISECOND;
    private static final int REPEATS = 6;

    /** As long as datagrams may be on their way, and a listener takes to use up its numbers. */
    private static final long FORMER_FOR_NS = 5 * SessionTime.SECOND;

    private final EapOutput output;
    private final FrameSender frames;
    private final Repeater request = new Repeater();

    /** Responses that are looked at, the peer's and those of who forges some. */
    private final TokenBucket responses = TokenBucket.perSecond(64, 64);

    private @Nullable EapResult proved;
    private int identifier = IDENTIFIER;

    /** Identifiers of pushes under the present session key, as bits: each serves once. */
    private long pushed;

    /** Those under the key before it, of which copies may still be on their way. */
    private long formerlyPushed;

    /** Of the latest body of version 4 under the present session key. */
    private long lastCounter = -1;

    private long formerUntilNs = SessionTime.NEVER;

    PassphraseRequester(EapOutput output, FrameSender frames) {
        this.output = output;
        this.frames = frames;
    }

    /** There is a new session key. */
    void onProved(long nowNs, EapResult result, boolean asks) {
        proved = result;
        formerlyPushed = pushed;
        formerUntilNs = nowNs + FORMER_FOR_NS;
        pushed = 0;
        lastCounter = -1;
        request.stop();
        if (asks) {
            identifier = IDENTIFIER | ((identifier + 1) & NUMBER);
            byte[] sent =
                    frames.written(
                            EapWriter.passphraseRequest(
                                    frames.out, 0, result.version(), identifier));
            request.start(nowNs, sent, REPEAT_NS, REPEAT_NS, REPEATS);
            frames.transmit(nowNs, sent);
        }
    }

    /** Whether our question under that identifier waits for its answer. */
    boolean isAsking(int number) {
        return number == identifier && request.deadlineNs() != SessionTime.NEVER;
    }

    void stopAsking() {
        request.stop();
    }

    /** Asked for, or pushed. */
    Verdict onResponse(long nowNs, EapolFrame frame, ByteBuffer b) {
        EapResult present = proved;
        if (present == null) {
            return Verdict.MISPLACED;
        }
        boolean isSealed = present.version() == SEALED_VERSION;
        if (isSealed && frame.version != SEALED_VERSION) {
            return Verdict.DOWNGRADED; // it was agreed on, and is not left again
        }
        boolean isAsked = isAsking(frame.identifier);
        boolean isPushed = (frame.identifier & 0x40) == 0 || frame.identifier == 0x40;
        if (!isAsked && !isPushed) {
            return Verdict.MISPLACED;
        }
        byte[] body = frame.body(b);
        boolean isSessionKey = PassphraseBody.isSessionKey(body);
        if (isSessionKey && present.keysBothWays() && !present.peerUsesSessionKey()) {
            return Verdict.DOWNGRADED; // it proved that it has a secret
        }
        if (!responses.take(nowNs)) {
            return Verdict.OVER_LIMIT;
        }
        if (isPushed && !isSealed && isReplayed(nowNs, frame.identifier)) {
            acknowledge(nowNs, present, frame.identifier);
            return Verdict.DUPLICATE;
        }
        if (isSealed && !isSessionKey) {
            Verdict verdict = installSealed(nowNs, present, frame.identifier, body);
            if (verdict != Verdict.OK) {
                return verdict;
            }
        } else if (!install(nowNs, present, frame.identifier, body)) {
            return Verdict.BAD_LENGTH;
        }
        if (isAsked) {
            request.stop();
        }
        acknowledge(nowNs, present, frame.identifier);
        return Verdict.OK;
    }

    /** libRIST 0.2.12 numbers all of its pushes 0 or 0x40, and those cannot be told apart. */
    private boolean isReplayed(long nowNs, int number) {
        if ((number & IDENTIFIER) != PUSH) {
            return false;
        }
        long bit = 1L << (number & NUMBER);
        long known = nowNs < formerUntilNs ? pushed | formerlyPushed : pushed;
        pushed |= bit;
        return (known & bit) != 0;
    }

    /** Version 4: what is not genuine changes nothing, and each is installed once. */
    private Verdict installSealed(long nowNs, EapResult present, int number, byte[] body) {
        try (Passphrase opened =
                PassphraseBody.openVersion4(present.sessionKey(), false, number, body)) {
            if (opened == null) {
                return Verdict.WRONG_SECRET;
            }
            long counter = PassphraseBody.counter(body);
            if (counter <= lastCounter) {
                if (counter == lastCounter) {
                    acknowledge(nowNs, present, number);
                }
                return Verdict.DUPLICATE;
            }
            lastCounter = counter;
            output.onPassphrase(nowNs, opened);
            return Verdict.OK;
        }
    }

    private boolean install(long nowNs, EapResult present, int number, byte[] body) {
        if (PassphraseBody.isSessionKey(body)) {
            output.onPassphrase(nowNs, present.sessionKey());
            return true;
        }
        try (Passphrase opened = PassphraseBody.open(present.sessionKey(), number, body)) {
            if (opened == null) {
                return false;
            }
            output.onPassphrase(nowNs, opened);
            return true;
        }
    }

    private void acknowledge(long nowNs, EapResult present, int number) {
        int bytes = EapWriter.success(frames.out, 0, present.version(), number, true);
        frames.transmit(nowNs, frames.written(bytes));
    }

    long deadlineNs() {
        return request.deadlineNs();
    }

    void onDeadline(long nowNs) {
        if (!frames.repeat(nowNs, request) && request.isExhausted(nowNs)) {
            request.stop();
        }
    }

    void stop() {
        request.clear();
        proved = null;
    }
}
