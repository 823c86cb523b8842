package io.rist4j.crypto.psk;

import io.rist4j.crypto.host.RandomOctets;
import io.rist4j.crypto.host.Worker;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * Seals the packets of one direction of one path: owns its nonces, their rotation and their keys.
 *
 * <p>For each packet, in the order of their GRE sequence: {@link #nonce} tells what to write into
 * the GRE key field, then {@link #seal} encrypts what follows the GRE header. The next nonce is
 * drawn and its key derived while the present one is in use, so that a rotation costs nothing.
 *
 * <p>Never uses a nonce with the same sequence twice: a sequence that does not grow, be it that it
 * wrapped or was reset, brings a new nonce (TR-06-2:2022 §7.2).
 *
 * <p>Not thread-safe. Sealing allocates nothing.
 */
public final class PskSender implements AutoCloseable {
    private static final int MAX_DRAWS = 1_000;

    private final PskSealing sealing;
    private final NonceHistory history;
    private final RandomOctets random;
    private final Worker worker;
    private final CounterMode.Scratch scratch = new CounterMode.Scratch();

    private Passphrase passphrase;
    private boolean odd;

    private @Nullable PskKey key;
    private int nonce = Nonce.NONE;
    private @Nullable PskKey nextKey;
    private int nextNonce = Nonce.NONE;
    private boolean isDue;
    private @Nullable PendingKey pending;

    /** Sealed under the present nonce, and the sequence of the last of them. */
    private long packets;

    private int lastSequence;

    /**
     * Draws the first nonce and has its key derived.
     *
     * @param nowNs session clock, ns
     * @param passphrase copied; for the even slot
     * @param history shared by everything that uses the passphrase
     */
    public PskSender(
            long nowNs,
            Passphrase passphrase,
            PskSealing sealing,
            NonceHistory history,
            RandomOctets random,
            Worker worker) {
        this(nowNs, passphrase, false, sealing, history, random, worker);
    }

    /**
     * The same, for a peer whose slots are filled already.
     *
     * @param nowNs session clock, ns
     * @param passphrase copied
     * @param isOdd whether it is that of the odd slot
     * @param history shared by everything that uses the passphrase
     */
    public PskSender(
            long nowNs,
            Passphrase passphrase,
            boolean isOdd,
            PskSealing sealing,
            NonceHistory history,
            RandomOctets random,
            Worker worker) {
        odd = isOdd;
        this.passphrase = passphrase.copy();
        this.sealing = sealing;
        this.history = history;
        this.random = random;
        this.worker = worker;
        prepare(nowNs);
    }

    /**
     * The nonce of the next packet; call once for each packet.
     *
     * @param sequence GRE sequence that the packet will carry
     */
    public int nonce(long nowNs, int sequence) {
        boolean isUnsafe = packets > 0 && Integer.compareUnsigned(sequence, lastSequence) <= 0;
        if (key == null || isUnsafe) {
            turn(nowNs, true);
        } else if (isDue
                || (sealing.rotationPackets() > 0 && packets >= sealing.rotationPackets())) {
            turn(nowNs, false);
        }
        lastSequence = sequence;
        packets++;
        return nonce;
    }

    /**
     * Takes the next nonce into use.
     *
     * @param isForced even when the worker has not brought its key yet
     */
    private void turn(long nowNs, boolean isForced) {
        PskKey next = nextKey;
        if (next == null) {
            if (!isForced) {
                return;
            }
            next = new PskKey(KeyDerivation.derive(passphrase, nextNonce), scratch);
        }
        if (key != null) {
            key.close();
        }
        key = next;
        nonce = nextNonce;
        nextKey = null;
        packets = 0;
        isDue = false;
        prepare(nowNs);
    }

    private void prepare(long nowNs) {
        nextNonce = draw();
        drop(pending);
        var next = new PendingKey(nextNonce, 0, passphrase, null, this::onKey);
        pending = next;
        worker.start(nowNs, next);
    }

    private static void drop(@Nullable PendingKey unwanted) {
        if (unwanted != null) {
            unwanted.cancel();
        }
    }

    /** It is the one that is wanted: those before it were cancelled. */
    private void onKey(long nowNs, PendingKey computed, byte[] octets) {
        nextKey = new PskKey(octets, scratch);
    }

    private int draw() {
        for (int i = 0; i < MAX_DRAWS; i++) {
            int drawn = Nonce.withSlot(random.nextInt(), odd);
            if (drawn != Nonce.NONE && !history.contains(drawn)) {
                history.add(drawn);
                return drawn;
            }
        }
        throw new IllegalStateException("random octets repeat: no fresh nonce in " + MAX_DRAWS);
    }

    /** Whether keys have 256 bits: the H bit of the GRE header. */
    public boolean isAes256() {
        return sealing.aes256();
    }

    /**
     * Encrypts in place. The packet must be the one that {@link #nonce} was last asked for.
     *
     * @param at first octet behind the GRE header
     * @param bytes how many, to the end of the datagram
     */
    public void seal(ByteBuffer b, int at, int bytes) {
        PskKey present = key;
        if (present == null) {
            throw new IllegalStateException("sealed before a nonce was asked for");
        }
        present.apply(sealing.aes256(), b, at, bytes, lastSequence, sealing.sequenceLast());
    }

    /**
     * The nonce after the present one, for a future-nonce announcement (TR-06-2:2022 §7.6). It
     * changes only when it is taken into use or the passphrase changes.
     */
    public int nextNonce() {
        return nextNonce;
    }

    /** Takes the next nonce into use as soon as its key is there. */
    public void rotate() {
        isDue = true;
    }

    /**
     * Changes the passphrase: from the packet on for which its key is ready, nonces carry the other
     * value of the B bit (TR-06-2:2022 §7.4).
     *
     * @param changed copied
     */
    public void changeToOtherSlot(long nowNs, Passphrase changed) {
        odd = !odd;
        change(nowNs, changed);
    }

    /**
     * Changes the passphrase and keeps the B bit, for peers that know one slot only.
     *
     * @param changed copied
     */
    public void change(long nowNs, Passphrase changed) {
        passphrase.close();
        passphrase = changed.copy();
        if (nextKey != null) {
            nextKey.close();
            nextKey = null;
        }
        isDue = true;
        prepare(nowNs);
    }

    /** Whether this is the passphrase that it seals under, or turns to. */
    public boolean isUnder(Passphrase asked) {
        return passphrase.isSame(asked);
    }

    /** Whether the present nonces select the odd slot. */
    public boolean isOdd() {
        return odd;
    }

    /** Overwrites passphrase and keys. */
    @Override
    public void close() {
        drop(pending);
        passphrase.close();
        if (key != null) {
            key.close();
            key = null;
        }
        if (nextKey != null) {
            nextKey.close();
            nextKey = null;
        }
    }
}
