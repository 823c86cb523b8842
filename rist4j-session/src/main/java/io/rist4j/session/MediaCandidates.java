package io.rist4j.session;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.time.SessionTime;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * Unknown sources of media: one datagram that looks like media may be noise, two packets that agree
 * are not. A copy of the first is none: whatever it is, it may be noise still. The first of them is
 * kept, for a sender without RTCP cannot be asked for it.
 *
 * <p>Bounded: {@link #PLACES} sources, with one datagram of up to {@link #KEPT_BYTES} each.
 */
final class MediaCandidates {
    /** Sources remembered until a second packet confirms them. */
    static final int PLACES = 16;

    /** Longer ones are not kept: seven transport packets of 204 bytes and their headers fit. */
    static final int KEPT_BYTES = 1_500;

    /** An older one is no part of the stream that begins now. */
    private static final long KEPT_FOR_NS = SessionTime.SECOND;

    private final @Nullable Endpoint[] sources = new Endpoint[PLACES];
    private final int[] ssrcs = new int[PLACES];
    private final int[] sequences = new int[PLACES];
    private final @Nullable ByteBuffer[] datagrams = new ByteBuffer[PLACES];
    private final int[] lengths = new int[PLACES];
    private final long[] cameNs = new long[PLACES];
    private @Nullable ByteBuffer first;
    private int firstBytes;
    private long firstNs;

    /**
     * Whether the same source sent another packet of the same flow before. Nothing is kept: what
     * the first one carried comes back by start repair.
     *
     * @param sequence the packet's, in as many bits as its path tells
     */
    boolean isSecond(Endpoint from, int ssrc, int sequence) {
        int place = place(ssrc);
        boolean isKnown = isKnown(place, from, ssrc);
        boolean isCopy = isKnown && sequences[place] == sequence;
        sources[place] = from;
        ssrcs[place] = ssrc;
        sequences[place] = sequence;
        return isKnown && !isCopy;
    }

    private static int place(int ssrc) {
        return (ssrc >>> 1) % PLACES;
    }

    private boolean isKnown(int place, Endpoint from, int ssrc) {
        Endpoint known = sources[place];
        return known != null && known.equals(from) && ssrcs[place] == ssrc;
    }

    /**
     * The same; the first datagram is kept, and can be {@linkplain #takeFirst taken} after this.
     */
    boolean isSecond(
            long nowNs, Endpoint from, int ssrc, int sequence, ByteBuffer b, int at, int bytes) {
        int place = place(ssrc);
        boolean isCopy = isKnown(place, from, ssrc) && sequences[place] == sequence;
        if (isCopy && nowNs - cameNs[place] <= KEPT_FOR_NS) {
            return false; // the first one stays
        }
        boolean second = isSecond(from, ssrc, sequence);
        ByteBuffer kept = datagrams[place];
        if (second) {
            boolean isRecent = lengths[place] > 0 && nowNs - cameNs[place] <= KEPT_FOR_NS;
            first = isRecent ? kept : null;
            firstBytes = lengths[place];
            firstNs = cameNs[place];
            lengths[place] = 0;
            return true;
        }
        if (kept == null) {
            kept = ByteBuffer.allocate(KEPT_BYTES);
            datagrams[place] = kept;
        }
        cameNs[place] = nowNs;
        lengths[place] = bytes <= KEPT_BYTES ? bytes : 0;
        kept.put(0, b, at, lengths[place]);
        return false;
    }

    /** Whoever sends the next datagram has nothing to do with what was kept of the one before. */
    void reset() {
        first = null;
    }

    /**
     * The datagram before the one that confirmed its source, from its beginning, or null when there
     * is none. Once.
     */
    @Nullable ByteBuffer takeFirst() {
        ByteBuffer taken = first;
        first = null;
        return taken;
    }

    /** Length of what was taken. */
    int firstBytes() {
        return firstBytes;
    }

    /** When it came. */
    long firstNs() {
        return firstNs;
    }
}
