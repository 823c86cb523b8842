package io.rist4j.session.guard;

import io.rist4j.codec.gre.GreHeader;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.crypto.psk.PskSealing;
import io.rist4j.crypto.psk.PskSender;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * Frames and seals what goes to one peer: one GRE sequence for all of it, in clear or under a
 * secret.
 */
final class PskOutlet {
    private final TunnelSecurity security;
    private @Nullable PskSender sender;

    /** What to seal under once there is something to seal. */
    private @Nullable Passphrase awaited;

    private boolean isAwaitedOdd;
    private int sequence;
    private int lastNonce;
    private int headBytes;
    private boolean isSealed;

    PskOutlet(TunnelSecurity security) {
        this.security = security;
    }

    /** From now on what goes out is sealed under this secret. */
    void sealUnder(long nowNs, Passphrase secret, PskSealing sealing) {
        sealUnder(nowNs, secret, isOdd(), sealing);
    }

    /**
     * The same from the first datagram on, with nonces that select this slot at first: nothing is
     * derived before. For peers who may turn out to be nobody; the first one's key is derived on
     * the calling thread.
     */
    void sealWhenNeeded(Passphrase secret, boolean isOdd) {
        forgetAwaited();
        awaited = secret.copy();
        isAwaitedOdd = isOdd;
    }

    private void forgetAwaited() {
        if (awaited != null) {
            awaited.close();
            awaited = null;
        }
    }

    /** The same, and its nonces select this slot at first. */
    void sealUnder(long nowNs, Passphrase secret, boolean isOdd, PskSealing sealing) {
        forgetAwaited();
        PskSender known = sender;
        if (known == null) {
            sender =
                    new PskSender(
                            nowNs,
                            secret,
                            isOdd,
                            sealing,
                            security.nonces(),
                            security.random(),
                            security.worker());
        } else {
            known.change(nowNs, secret);
        }
    }

    /** Changes the secret, and the slot that the nonces select. */
    void change(long nowNs, Passphrase secret) {
        if (sender != null) {
            sender.changeToOtherSlot(nowNs, secret);
        } else if (awaited != null) {
            sealWhenNeeded(secret, !isAwaitedOdd);
        }
    }

    /** Whether it seals, and under another secret than this. */
    boolean isUnderOther(Passphrase secret) {
        return sender != null && !sender.isUnder(secret);
    }

    boolean isSealing() {
        return sender != null || awaited != null;
    }

    /** Whether the present nonces select the odd slot. */
    boolean isOdd() {
        return sender == null ? awaited != null && isAwaitedOdd : sender.isOdd();
    }

    /** The nonce that a rotation will bring, or {@link GreGuard#NO_NONCE} where none comes. */
    int nextNonce() {
        PskSender sealer = sender;
        boolean rotates = security.config().sealing().rotationPackets() > 0;
        return sealer == null || !rotates ? GreGuard.NO_NONCE : sealer.nextNonce();
    }

    /** Writes the header; nothing encrypted goes by the edition of 2020. */
    int begin(long nowNs, ByteBuffer b, int at, int version, int protocolType, boolean inClear) {
        Passphrase secret = awaited;
        if (secret != null && !inClear) {
            awaited = null;
            sealUnder(nowNs, secret, isAwaitedOdd, security.config().sealing());
            secret.close();
        }
        PskSender sealer = sender;
        isSealed = sealer != null && !inClear;
        if (sealer == null || inClear) {
            headBytes = GreHeader.write(b, at, version, protocolType, sequence & 0xFFFF_FFFFL);
        } else {
            int nonce = sealer.nonce(nowNs, sequence);
            if (nonce != lastNonce) {
                lastNonce = nonce;
                security.ownNonces().add(nonce);
            }
            headBytes =
                    GreHeader.writeEncrypted(
                            b,
                            at,
                            Math.max(1, version),
                            protocolType,
                            sealer.isAes256(),
                            nonce,
                            sequence & 0xFFFF_FFFFL);
        }
        sequence++;
        return headBytes;
    }

    int end(ByteBuffer b, int at, int bytes) {
        PskSender sealer = sender;
        if (isSealed && sealer != null) {
            sealer.seal(b, at + headBytes, bytes - headBytes);
        }
        return bytes;
    }

    void close() {
        forgetAwaited();
        if (sender != null) {
            sender.close();
            sender = null;
        }
    }
}
