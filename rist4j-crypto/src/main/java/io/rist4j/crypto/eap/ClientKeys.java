package io.rist4j.crypto.eap;

import io.rist4j.crypto.host.RandomOctets;
import io.rist4j.crypto.host.TokenBucket;
import io.rist4j.crypto.host.Worker;
import io.rist4j.crypto.srp.Srp;
import io.rist4j.crypto.srp.SrpMode;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * The caller's public value, A, and the exponent behind it, one for each way to hash. It answers
 * every challenge until the peer is proved: that somebody forges challenges costs no computation
 * then, and which of them is the listener's need not be known.
 *
 * <p>Spec: A is drawn for each exchange. Ours: for each proof of the peer; each B makes another
 * secret of it, which is all that the proofs depend on.
 */
final class ClientKeys {
    /** A, and what it is the power of. */
    private static final class ClientKey {
        private final byte[] exponent;
        private final byte[] value;

        ClientKey(byte[] exponent, byte[] value) {
            this.exponent = exponent;
            this.value = value;
        }

        void close() {
            Arrays.fill(exponent, (byte) 0);
        }
    }

    /** Takes the time at which a value is there. */
    @FunctionalInterface
    interface Taker {
        void take(long nowNs);
    }

    private final RandomOctets random;
    private final Worker worker;
    private final Map<SrpMode, ClientKey> keys = new EnumMap<>(SrpMode.class);
    private final Map<SrpMode, SrpTask<ClientKey>> underWay = new EnumMap<>(SrpMode.class);

    /** Values drawn: one exponentiation in 200 ms, after a few. */
    private final TokenBucket work = TokenBucket.perSecond(8, 5);

    ClientKeys(RandomOctets random, Worker worker) {
        this.random = random;
        this.worker = worker;
    }

    /** A, once it is there. */
    byte @Nullable [] value(SrpMode mode) {
        ClientKey key = keys.get(mode);
        return key == null ? null : key.value;
    }

    /** A copy of what A is the power of, for the caller to overwrite. */
    byte[] exponent(SrpMode mode) {
        ClientKey key = keys.get(mode);
        return key == null ? new byte[0] : key.exponent.clone();
    }

    /**
     * Has A computed, unless it is being computed: one exponentiation, or two and a walk.
     *
     * @param isMarked whether A tells that this end keys both ways
     * @return false when too many were drawn lately
     */
    boolean compute(long nowNs, SrpMode mode, boolean isMarked, Taker taker) {
        if (underWay.containsKey(mode)) {
            return true;
        }
        if (!work.take(nowNs)) {
            return false;
        }
        byte[] a = new byte[Srp.EXPONENT_BYTES];
        random.fill(a);
        Srp srp = Srp.of(mode);
        var task =
                new SrpTask<ClientKey>(
                        () -> {
                            byte[] chosen = isMarked ? BothWays.exponent(srp, a) : a.clone();
                            Arrays.fill(a, (byte) 0);
                            return new ClientKey(chosen, srp.clientPublic(chosen));
                        },
                        (thenNs, made) -> {
                            underWay.remove(mode);
                            if (made != null) {
                                keys.put(mode, made);
                                taker.take(thenNs);
                            }
                        },
                        ClientKey::close);
        underWay.put(mode, task);
        worker.start(nowNs, task);
        return true;
    }

    /** Forgets all: the next one is another. */
    void renew() {
        underWay.values().forEach(SrpTask::cancel);
        underWay.clear();
        keys.values().forEach(ClientKey::close);
        keys.clear();
    }
}
