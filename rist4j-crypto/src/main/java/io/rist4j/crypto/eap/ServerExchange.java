package io.rist4j.crypto.eap;

import io.rist4j.core.message.Verdict;
import io.rist4j.crypto.host.RandomOctets;
import io.rist4j.crypto.host.Worker;
import io.rist4j.crypto.srp.Srp;
import io.rist4j.crypto.srp.SrpMode;
import io.rist4j.crypto.srp.SrpSession;
import io.rist4j.crypto.srp.SrpVerifier;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The listener's values in one exchange: who claims to be there, the verifier that tests it, and
 * what is computed from both. Overwritten when the exchange is over, whatever its end.
 */
final class ServerExchange {
    /** Takes B, or null where the peer's value would give the key away. */
    @FunctionalInterface
    interface Taker {
        void take(long nowNs, byte @Nullable [] serverKey);
    }

    /** What one computation brings. */
    private static final class Keys {
        private final byte[] serverKey;
        private final SrpSession session;

        Keys(byte[] serverKey, SrpSession session) {
            this.serverKey = serverKey;
            this.session = session;
        }
    }

    private final RandomOctets random;
    private final Worker worker;

    private byte[] user = new byte[0];
    private String userKey = "";
    private SrpMode mode = SrpMode.PADDED;
    private @Nullable SrpVerifier verifier;
    private @Nullable SrpSession session;

    private boolean isMarked;

    /** The computation that is waited for. */
    private @Nullable SrpTask<Keys> underWay;

    ServerExchange(RandomOctets random, Worker worker) {
        this.random = random;
        this.worker = worker;
    }

    /** The peer says who it is. */
    void claim(byte[] claimed) {
        user = claimed;
        userKey = new String(claimed, StandardCharsets.ISO_8859_1);
    }

    /** Tests the claim against this verifier. */
    void test(SrpVerifier chosen, SrpMode hashing) {
        verifier = chosen;
        mode = hashing;
    }

    byte[] user() {
        return user;
    }

    /** The user's octets as the characters of Latin-1, to look up by. */
    String userKey() {
        return userKey;
    }

    SrpMode mode() {
        return mode;
    }

    @Nullable SrpVerifier verifier() {
        return verifier;
    }

    /** Once B is there. */
    @Nullable SrpSession session() {
        return session;
    }

    /** Whether the peer's A tells that it keys both ways; one in 2 048 others' does, too. */
    boolean isMarked() {
        return isMarked;
    }

    /** Whether A may be used at all. */
    boolean isUsable(byte[] clientKey) {
        return Srp.of(mode).isUsable(clientKey);
    }

    /**
     * Has B and the proofs computed: three exponentiations.
     *
     * @param isModeTold whether a marked A decides how to hash
     * @return {@link Verdict#OK}; {@link Verdict#MISPLACED} while nobody is tested
     */
    Verdict compute(long nowNs, byte[] clientKey, boolean isModeTold, Taker taker) {
        SrpVerifier known = verifier;
        if (known == null) {
            return Verdict.MISPLACED;
        }
        isMarked = BothWays.isMarked(clientKey);
        if (isMarked && isModeTold) {
            mode = BothWays.mode(clientKey, mode.isLegacy());
        }
        byte[] exponent = new byte[Srp.EXPONENT_BYTES];
        random.fill(exponent);
        byte[] claimed = user;
        Srp srp = Srp.of(mode);
        var task =
                new SrpTask<Keys>(
                        () -> keys(srp, claimed, known, exponent, clientKey),
                        (thenNs, keys) -> {
                            session = keys == null ? null : keys.session;
                            taker.take(thenNs, keys == null ? null : keys.serverKey);
                        },
                        late -> late.session.close());
        underWay = task;
        worker.start(nowNs, task);
        return Verdict.OK;
    }

    private static @Nullable Keys keys(
            Srp srp, byte[] user, SrpVerifier known, byte[] exponent, byte[] clientKey) {
        byte[] v = known.verifier();
        SrpSession made = srp.serverSession(user, v, known.salt(), exponent, clientKey);
        Keys keys = made == null ? null : new Keys(srp.serverPublic(v, exponent), made);
        Arrays.fill(exponent, (byte) 0);
        Arrays.fill(v, (byte) 0);
        return keys;
    }

    /** Ends the exchange: what is still being computed is thrown away. */
    void abandon() {
        isMarked = false;
        if (underWay != null) {
            underWay.cancel();
            underWay = null;
        }
        verifier = null;
        if (session != null) {
            session.close();
            session = null;
        }
    }
}
