package io.rist4j.crypto.eap;

import io.rist4j.crypto.host.RandomOctets;
import io.rist4j.crypto.host.Worker;
import io.rist4j.crypto.srp.Srp;
import io.rist4j.crypto.srp.SrpMode;
import io.rist4j.crypto.srp.SrpSession;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.function.Supplier;

/**
 * The caller's values in one exchange: the salt, the exponent, and what is computed from them and
 * the password. Overwritten when the exchange is over, whatever its end.
 */
final class ClientExchange {
    /** A, and what it is the power of. */
    private static final class ClientKey {
        private final byte[] exponent;
        private final byte[] value;

        ClientKey(byte[] exponent, byte[] value) {
            this.exponent = exponent;
            this.value = value;
        }
    }

    private final EapCredentials credentials;
    private final RandomOctets random;
    private final Worker worker;

    private SrpMode mode = SrpMode.PADDED;
    private byte[] salt = new byte[0];
    private byte[] exponent = new byte[0];
    private @Nullable SrpSession session;

    /** The computation that is waited for. */
    private @Nullable SrpTask<?> underWay;

    /**
     * @param credentials stay the caller's
     */
    ClientExchange(EapCredentials credentials, RandomOctets random, Worker worker) {
        this.credentials = credentials;
        this.random = random;
        this.worker = worker;
    }

    SrpMode mode() {
        return mode;
    }

    /** Once both proofs are there. */
    @Nullable SrpSession session() {
        return session;
    }

    /** Whether B may be used at all. */
    boolean isUsable(byte[] serverKey) {
        return Srp.of(mode).isUsable(serverKey);
    }

    /**
     * Draws an exponent and has A computed: one exponentiation, or two and a walk.
     *
     * @param isMarked whether A tells that this end keys both ways
     */
    void computeKey(
            long nowNs,
            SrpMode hashing,
            boolean isMarked,
            byte[] given,
            SrpTask.Taker<byte[]> takesClientKey) {
        mode = hashing;
        salt = given;
        Arrays.fill(exponent, (byte) 0);
        exponent = new byte[Srp.EXPONENT_BYTES];
        random.fill(exponent);
        byte[] a = exponent.clone();
        Srp srp = Srp.of(mode);
        compute(
                nowNs,
                () -> {
                    byte[] chosen = isMarked ? BothWays.exponent(srp, a) : a.clone();
                    Arrays.fill(a, (byte) 0);
                    return new ClientKey(chosen, srp.clientPublic(chosen));
                },
                (thenNs, made) -> {
                    Arrays.fill(exponent, (byte) 0);
                    exponent = made == null ? new byte[0] : made.exponent;
                    takesClientKey.take(thenNs, made == null ? null : made.value);
                });
    }

    /**
     * Has the proofs computed: three exponentiations.
     *
     * @param taker is told of the session, or null where B would give the key away
     */
    void computeProofs(long nowNs, byte[] serverKey, SrpTask.Taker<SrpSession> taker) {
        EapCredentials proved = credentials.copy();
        byte[] hashed = salt;
        byte[] a = exponent.clone();
        Srp srp = Srp.of(mode);
        compute(
                nowNs,
                () -> {
                    SrpSession made =
                            srp.clientSession(
                                    proved.user(), proved.password(), hashed, a, serverKey);
                    proved.close();
                    Arrays.fill(a, (byte) 0);
                    return made;
                },
                (thenNs, made) -> {
                    session = made;
                    taker.take(thenNs, made);
                });
    }

    private <T> void compute(long nowNs, Supplier<@Nullable T> slow, SrpTask.Taker<T> taker) {
        var task =
                new SrpTask<T>(
                        slow,
                        taker,
                        late -> {
                            if (late instanceof SrpSession unwanted) {
                                unwanted.close();
                            } else if (late instanceof ClientKey unwanted) {
                                Arrays.fill(unwanted.exponent, (byte) 0);
                            }
                        });
        underWay = task;
        worker.start(nowNs, task);
    }

    /** Ends the exchange: what is still being computed is thrown away. */
    void abandon() {
        if (underWay != null) {
            underWay.cancel();
            underWay = null;
        }
        Arrays.fill(exponent, (byte) 0);
        if (session != null) {
            session.close();
            session = null;
        }
    }
}
