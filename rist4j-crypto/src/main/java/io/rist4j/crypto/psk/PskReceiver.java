package io.rist4j.crypto.psk;

import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.host.TokenBucket;
import io.rist4j.crypto.host.Worker;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Opens the packets of one direction of one path: knows the passphrases of both slots, and the keys
 * of the nonces that its peer uses.
 *
 * <p>For each packet: {@link #open}; when {@link Opening#OPENED}, parse it and tell {@link #onRead}
 * whether it made sense. When it did not, {@link #reopen} may know another passphrase to try.
 *
 * <p>Keys are derived by the {@link Worker}, within a budget (see {@code
 * docs/decisions/0008-keys-are-derived-aside.md}). Meanwhile packets are {@link Opening#PENDING}:
 * their holder keeps a few ({@link HeldDatagrams}), opens them again at {@link KeyListener#onKey},
 * and asks for the key at once by {@link #deriveNow} when it can hold no more.
 *
 * <p>A nonce is never locked out for packets that make no sense: anybody can forge those.
 *
 * <p>Not thread-safe. Opening under a known key allocates nothing.
 */
public final class PskReceiver implements AutoCloseable {
    /** Learns that packets of a nonce can be opened now. */
    @FunctionalInterface
    public interface KeyListener {
        /**
         * A key has been derived. Only notes it, and must not call back: this may come from within
         * {@link #open}, which then opens its packet, or {@link #reopen}.
         */
        void onKey(long nowNs, int nonce);
    }

    /** Keys of a passphrase that was replaced open what is still under way. */
    private static final long RETIRED_FOR_NS = 5 * SessionTime.SECOND;

    /** Packets that must make sense where a stream is live and the nonce is not near it. */
    private static final int CONFIRMING_PACKETS = 2;

    /** Packets without sense after which even a confirmed key is tried against the other secret. */
    private static final int DOUBT_PACKETS = 32;

    private final Worker worker;
    private final KeyListener listener;
    private final NonceHistory history;
    private final DerivationBudget budget;
    private final KeyCache cache = new KeyCache();
    private final CounterMode.Scratch scratch = new CounterMode.Scratch();

    private Passphrase even;
    private Passphrase odd;
    private int evenGeneration = 1;
    private int oddGeneration = 1;
    private int generations = 1;

    private @Nullable NonceKey opened;
    private boolean isReopened;
    private int openedSequence;
    private boolean isOpenedAes256;
    private boolean isOpenedSequenceLast;

    private boolean isLive;
    private int liveSequence;
    private boolean isLiveOdd;
    private long derivations;
    private boolean isClosed;

    /**
     * A receiver with one secret.
     *
     * @param passphrase copied, into both slots
     * @param history shared by everything that uses the passphrase
     * @param share of the derivations that all peers may cause for nonces that continue no stream
     */
    public PskReceiver(
            Passphrase passphrase,
            NonceHistory history,
            DerivationShare share,
            Worker worker,
            KeyListener listener) {
        even = passphrase.copy();
        odd = passphrase.copy();
        this.history = history;
        this.budget = new DerivationBudget(share);
        this.worker = worker;
        this.listener = listener;
    }

    /** A share for the constructor: 200 derivations a second, about 5 % of a core. */
    public static DerivationShare sharedBudget() {
        return DerivationShare.ofRate(TokenBucket.perSecond(50, 200));
    }

    /**
     * Derives by another share from now on.
     *
     * @param share as in the constructor
     */
    public void shareBy(DerivationShare share) {
        budget.shareBy(share);
    }

    /**
     * Puts a passphrase into both slots. Nothing happens when it is there already.
     *
     * @param passphrase copied
     */
    public void passphrase(long nowNs, Passphrase passphrase) {
        if (even.isSame(passphrase) && odd.isSame(passphrase)) {
            return;
        }
        even.close();
        odd.close();
        even = passphrase.copy();
        odd = passphrase.copy();
        int oldEven = evenGeneration;
        int oldOdd = oddGeneration;
        evenGeneration = ++generations;
        oddGeneration = evenGeneration;
        retire(nowNs, oldEven, nowNs + RETIRED_FOR_NS);
        retire(nowNs, oldOdd, nowNs + RETIRED_FOR_NS);
    }

    /**
     * Puts a passphrase into one slot, ahead of the peer's change to it (TR-06-2:2022 §7.4).
     *
     * @param isOdd which: the B bit of the nonces that will use it
     * @param passphrase copied
     */
    public void passphrase(long nowNs, boolean isOdd, Passphrase passphrase) {
        passphrase(nowNs, isOdd, passphrase, SessionTime.NEVER);
    }

    /**
     * The same, where the secret that the slot loses is not to be used beyond some time.
     *
     * @param isOdd which slot
     * @param passphrase copied
     * @param endsNs when the slot's keys end, if they do not end before
     */
    public void passphrase(long nowNs, boolean isOdd, Passphrase passphrase, long endsNs) {
        if ((isOdd ? odd : even).isSame(passphrase)) {
            return;
        }
        int old = isOdd ? oddGeneration : evenGeneration;
        if (isOdd) {
            odd.close();
            odd = passphrase.copy();
            oddGeneration = ++generations;
        } else {
            even.close();
            even = passphrase.copy();
            evenGeneration = ++generations;
        }
        retire(nowNs, old, Math.min(endsNs, nowNs + RETIRED_FOR_NS));
    }

    /**
     * From now on nothing opens but what is under this passphrase, in either slot: whatever was
     * known of others is forgotten.
     *
     * @param passphrase copied
     */
    public void only(long nowNs, Passphrase passphrase) {
        boolean isEven = even.isSame(passphrase);
        boolean isOdd = odd.isSame(passphrase);
        int kept = isEven ? evenGeneration : oddGeneration;
        if (!isEven && !isOdd) {
            kept = ++generations;
        }
        even.close();
        odd.close();
        even = passphrase.copy();
        odd = passphrase.copy();
        evenGeneration = kept;
        oddGeneration = kept;
        cache.keepOnly(kept);
        opened = null;
        budget.forgive();
    }

    /** A passphrase that one slot lost may live on in the other. */
    private void retire(long nowNs, int generation, long endsNs) {
        if (generation != evenGeneration && generation != oddGeneration) {
            cache.retire(generation, Math.max(nowNs, endsNs));
        }
        budget.forgive();
    }

    /**
     * Decrypts a packet in place.
     *
     * @param nowNs session clock, ns
     * @param at first octet behind the GRE header
     * @param bytes how many, to the end of the datagram
     * @param nonce from the GRE key field
     * @param sequence from the GRE sequence field
     * @param isAes256 the H bit
     * @param sequenceLast the insecure counter layout of RV 0
     */
    public Opening open(
            long nowNs,
            ByteBuffer b,
            int at,
            int bytes,
            int nonce,
            int sequence,
            boolean isAes256,
            boolean sequenceLast) {
        opened = null;
        isReopened = false;
        if (nonce == Nonce.NONE) {
            return Opening.BAD_NONCE;
        }
        NonceKey entry = find(nowNs, nonce);
        if (entry == null) {
            entry = admit(nowNs, nonce, sequence);
            if (entry == null) {
                return Opening.REFUSED;
            }
        }
        openedSequence = sequence;
        isOpenedAes256 = isAes256;
        isOpenedSequenceLast = sequenceLast;
        return apply(entry, b, at, bytes);
    }

    private Opening apply(NonceKey entry, ByteBuffer b, int at, int bytes) {
        PskKey key = entry.key;
        if (key == null) {
            return Opening.PENDING;
        }
        key.apply(isOpenedAes256, b, at, bytes, openedSequence, isOpenedSequenceLast);
        opened = entry;
        return Opening.OPENED;
    }

    private @Nullable NonceKey find(long nowNs, int nonce) {
        NonceKey entry = cache.find(nonce);
        if (entry != null && nowNs >= entry.endsNs) {
            entry.clear();
            return null;
        }
        return entry;
    }

    private @Nullable NonceKey admit(long nowNs, int nonce, int sequence) {
        boolean isNear =
                isLive
                        && Math.abs((long) (sequence - liveSequence))
                                <= DerivationBudget.NEAR_PACKETS;
        NonceKey place = cache.place(isNear);
        if (place == null || !budget.take(nowNs, nonce, isNear)) {
            return null;
        }
        if (!place.isFree() && place.plausible == 0) {
            budget.refuse(nowNs, place.nonce);
        }
        place.start(nonce, isNear);
        place.share = budget.shareOf(isNear);
        derive(nowNs, place, Nonce.isOdd(nonce));
        return place;
    }

    private void derive(long nowNs, NonceKey entry, boolean fromOdd) {
        entry.dropKey();
        entry.generation = fromOdd ? oddGeneration : evenGeneration;
        derivations++;
        var pending =
                new PendingKey(
                        entry.nonce,
                        entry.generation,
                        fromOdd ? odd : even,
                        entry.share,
                        this::onKey);
        entry.pending = pending;
        worker.start(nowNs, pending);
    }

    private void onKey(long nowNs, PendingKey pending, byte[] octets) {
        NonceKey entry = isClosed ? null : cache.find(pending.nonce);
        boolean isWanted =
                entry != null && entry.key == null && entry.generation == pending.generation;
        if (!isWanted || entry == null) {
            Arrays.fill(octets, (byte) 0);
            return;
        }
        entry.pending = null;
        entry.key = new PskKey(octets, scratch);
        listener.onKey(nowNs, pending.nonce);
    }

    /**
     * Derives a key that packets wait for on the calling thread, when they continue the live
     * stream: for a holder that can hold no more, or no longer.
     *
     * @return whether the nonce has a key now
     */
    public boolean deriveNow(long nowNs, int nonce) {
        NonceKey entry = cache.find(nonce);
        if (entry == null) {
            return false;
        }
        if (entry.key == null && entry.isNear) {
            Passphrase from = entry.generation == evenGeneration ? even : odd;
            entry.key = new PskKey(KeyDerivation.derive(from, nonce), scratch);
            listener.onKey(nowNs, nonce);
        }
        return entry.key != null;
    }

    /**
     * Derives the key of a nonce that the peer announced, ahead of its first packet (TR-06-2:2022
     * §7.6). Only for announcements that came encrypted under a confirmed key.
     */
    public void onAnnounced(long nowNs, int nonce) {
        if (isConfirmed() && nonce != Nonce.NONE && find(nowNs, nonce) == null) {
            admit(nowNs, nonce, liveSequence);
        }
    }

    /**
     * Judges the packet that was last opened.
     *
     * @param isPlausible whether its plaintext has the form of a RIST packet
     */
    public void onRead(long nowNs, boolean isPlausible) {
        NonceKey entry = opened;
        if (entry == null) {
            return;
        }
        if (!isPlausible) {
            entry.implausible++;
            entry.plausible = 0;
            return;
        }
        entry.implausible = 0;
        if (!entry.isConfirmed) {
            entry.plausible++;
            boolean needsMore = isLive && !entry.isNear;
            if (needsMore && entry.plausible < CONFIRMING_PACKETS) {
                return;
            }
            if (!entry.wasConfirmed) {
                budget.refund(entry.share);
            }
            cache.confirm(entry);
            history.add(entry.nonce);
        }
        isLive = true;
        liveSequence = openedSequence;
        isLiveOdd = Nonce.isOdd(entry.nonce);
    }

    /**
     * Tries the passphrase of the other slot on a packet that was opened and made no sense: peers
     * may set the B bit at random, and noise under a nonce may be anybody's. Its key is derived
     * once for each nonce, within the budget, and kept: whatever came first, each packet is tried
     * under both.
     *
     * <p>The arguments are those of {@link #open}. Unless the answer is {@link Opening#OPENED}, the
     * packet is encrypted again.
     */
    public Opening reopen(long nowNs, ByteBuffer b, int at, int bytes) {
        NonceKey entry = opened;
        if (entry == null || entry.key == null) {
            return Opening.REFUSED;
        }
        apply(entry, b, at, bytes);
        opened = null;
        boolean isDoubtful = !entry.isConfirmed || entry.implausible >= DOUBT_PACKETS;
        boolean hasOther = evenGeneration != oddGeneration && !odd.isSame(even);
        if (!isDoubtful || isReopened || !hasOther) {
            return Opening.REFUSED;
        }
        isReopened = true;
        boolean isOfEven = entry.generation == evenGeneration;
        if (!entry.turnsTo(isOfEven ? oddGeneration : evenGeneration)) {
            if (!budget.take(nowNs, entry.nonce, entry.isNear)) {
                return Opening.REFUSED;
            }
            entry.setAside();
            entry.share = budget.shareOf(entry.isNear);
            derive(nowNs, entry, isOfEven);
        }
        return apply(entry, b, at, bytes);
    }

    /**
     * Encrypts the packet that was last opened again, for a holder that keeps it as it came. The
     * arguments are those of {@link #open}.
     */
    public void seal(ByteBuffer b, int at, int bytes) {
        NonceKey entry = opened;
        if (entry != null) {
            apply(entry, b, at, bytes);
            opened = null;
        }
    }

    /** Whether the packet that was last opened came under a key that others made sense under. */
    public boolean isConfirmed() {
        return opened != null && opened.isConfirmed;
    }

    /**
     * Whether a slot alone holds the passphrase behind the packet that was last opened.
     *
     * @param isOdd which slot
     */
    public boolean isOpenedBy(boolean isOdd) {
        int generation = isOdd ? oddGeneration : evenGeneration;
        return opened != null && evenGeneration != oddGeneration && opened.generation == generation;
    }

    /** Whether the latest packet that made sense came under a nonce of the odd slot. */
    public boolean isLiveOdd() {
        return isLiveOdd;
    }

    /** Keys asked for so far, those of forged nonces included. */
    public long derivations() {
        return derivations;
    }

    /** Overwrites passphrases and keys. */
    @Override
    public void close() {
        isClosed = true;
        opened = null;
        cache.clear();
        even.close();
        odd.close();
    }
}
