package io.rist4j.crypto.eap;

import io.rist4j.crypto.host.Worker;
import io.rist4j.crypto.srp.Srp;
import io.rist4j.crypto.srp.SrpMode;
import io.rist4j.crypto.srp.SrpSession;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/** The caller's proof in one exchange: for one B, from whoever it is. Overwritten when closed. */
final class ClientProof {
    /** Of the frame that brought B. */
    final int identifier;

    final int version;
    final SrpMode mode;
    private final byte[] serverKey;

    /** The validator as sent; empty while it is being computed. */
    byte[] frame = new byte[0];

    /** Whether the peer said something that it would not say of a right proof. */
    boolean isJudged;

    private @Nullable SrpSession session;
    private @Nullable SrpTask<SrpSession> underWay;

    ClientProof(int identifier, ClientOffer offer, byte[] serverKey) {
        this.identifier = identifier;
        this.version = offer.version();
        this.mode = offer.mode();
        this.serverKey = serverKey;
    }

    boolean isOf(int number, byte[] key) {
        return number == identifier && Arrays.equals(key, serverKey);
    }

    /** Once both proofs are there. */
    @Nullable SrpSession session() {
        return session;
    }

    /**
     * Has the proofs computed: three exponentiations.
     *
     * @param credentials stay the caller's
     * @param exponent overwritten
     * @param taker is told of the session, or null where B would give the key away
     */
    void compute(
            long nowNs,
            Worker worker,
            EapCredentials credentials,
            byte[] salt,
            byte[] exponent,
            SrpTask.Taker<SrpSession> taker) {
        EapCredentials proved = credentials.copy();
        Srp srp = Srp.of(mode);
        var task =
                new SrpTask<SrpSession>(
                        () -> {
                            SrpSession made =
                                    srp.clientSession(
                                            proved.user(),
                                            proved.password(),
                                            salt,
                                            exponent,
                                            serverKey);
                            proved.close();
                            Arrays.fill(exponent, (byte) 0);
                            return made;
                        },
                        (thenNs, made) -> {
                            underWay = null;
                            session = made;
                            taker.take(thenNs, made);
                        },
                        SrpSession::close);
        underWay = task;
        worker.start(nowNs, task);
    }

    void close() {
        if (underWay != null) {
            underWay.cancel();
            underWay = null;
        }
        if (session != null) {
            session.close();
            session = null;
        }
    }
}
