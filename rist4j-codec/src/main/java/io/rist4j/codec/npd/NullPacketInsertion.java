package io.rist4j.codec.npd;

import io.rist4j.codec.rtp.RistExtension;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;

import java.nio.ByteBuffer;

/**
 * The receiver's half of null packet deletion (TR-06-2:2022 §8.3, §8.5).
 *
 * <p>Spec: what arrived and what was deleted together are at most seven transport packets, and no
 * null packet stands behind the last of them; what a receiver does otherwise is its own choice, but
 * the payload comes first. Where they differ, the payload's length counts more than T, and the
 * computed number of packets more than the size field. Ours: a packet that breaks the rules is
 * refused and left as it is, so that its payload can still be delivered. T decides only when every
 * packet was deleted; the size field is not looked at.
 *
 * <p>libRIST 0.2.7 counts the bits from the last packet: of seven that is the same, of fewer it
 * breaks the rules or means other places; 0.2.12 counts as the TR says. Ours: who sends what can be
 * read in one way only is read in that way, here and where both would do.
 */
public final class NullPacketInsertion {
    /** The longest payload that comes out: seven packets of 204 bytes. */
    public static final int MAX_PAYLOAD_BYTES =
            RistExtension.MAX_TRANSPORT_PACKETS * TransportPackets.LONG_BYTES;

    private static final int FIRST_PACKET = 0x40;

    private NullPacketInsertion() {}

    /**
     * Puts back the null packets that the sender deleted from a media packet.
     *
     * @param b holds the packet's extension
     * @param extension where it begins, as {@link RistExtension#find} found it
     * @param packet its payload becomes a view of {@code scratch} where null packets were put back,
     *     and is unchanged otherwise
     * @param scratch to work in, at least {@link #MAX_PAYLOAD_BYTES} long; neither {@code b} nor
     *     the buffer of the payload
     * @param countsFromLast how to read what can be read both ways, as {@link #countsFromLast} has
     *     learned it
     * @return {@link Verdict#OK}, also without anything deleted; or {@link Verdict#BAD_LENGTH} when
     *     the payload is not whole transport packets, when they would be more than seven, or when a
     *     null packet would stand beside packets that did not come
     */
    public static Verdict restore(
            ByteBuffer b,
            int extension,
            MediaPacket packet,
            ByteBuffer scratch,
            boolean countsFromLast) {
        if (!RistExtension.hasNullDeletion(b, extension)) {
            return Verdict.OK;
        }
        int deleted = RistExtension.deleted(b, extension);
        if (deleted == 0) {
            return Verdict.OK;
        }
        int bytesEach = bytesEach(packet.payloadBytes, RistExtension.isLongPackets(b, extension));
        if (bytesEach == TransportPackets.NONE) {
            return Verdict.BAD_LENGTH;
        }
        int packets = packet.payloadBytes / bytesEach + Integer.bitCount(deleted);
        if (packets > RistExtension.MAX_TRANSPORT_PACKETS) {
            return Verdict.BAD_LENGTH;
        }
        boolean fitsFirst = fitsFromFirst(deleted, packets);
        boolean fitsLast = fitsFromLast(deleted, packets);
        if (!fitsFirst && !fitsLast) {
            return Verdict.BAD_LENGTH;
        }
        if (fitsLast && (!fitsFirst || countsFromLast)) {
            deleted <<= RistExtension.MAX_TRANSPORT_PACKETS - packets;
        }
        fill(scratch, packet, deleted, packets, bytesEach);
        packet.buffer = scratch;
        packet.payloadAt = 0;
        packet.payloadBytes = packets * bytesEach;
        return Verdict.OK;
    }

    /**
     * Whether a sender counts the bits from the last packet of a payload, after one more of its
     * packets.
     *
     * @param b holds the packet's extension
     * @param extension where it begins, as {@link RistExtension#find} found it
     * @param payloadBytes length of its payload as it came
     * @param before what was known so far, false at first
     */
    public static boolean countsFromLast(
            ByteBuffer b, int extension, int payloadBytes, boolean before) {
        int deleted = RistExtension.deleted(b, extension);
        int bytesEach = bytesEach(payloadBytes, RistExtension.isLongPackets(b, extension));
        if (!RistExtension.hasNullDeletion(b, extension) || bytesEach == TransportPackets.NONE) {
            return before;
        }
        int packets = payloadBytes / bytesEach + Integer.bitCount(deleted);
        boolean fitsLast = fitsFromLast(deleted, packets);
        return fitsFromFirst(deleted, packets) == fitsLast ? before : fitsLast;
    }

    /** Whether no null packet stands behind the last of so many. */
    private static boolean fitsFromFirst(int deleted, int packets) {
        return RistExtension.MAX_TRANSPORT_PACKETS - Integer.numberOfTrailingZeros(deleted)
                <= packets;
    }

    /** Whether, counted from the last, none stands before the first. */
    private static boolean fitsFromLast(int deleted, int packets) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(deleted) <= packets;
    }

    private static int bytesEach(int payloadBytes, boolean longPackets) {
        if (payloadBytes == 0) {
            return longPackets ? TransportPackets.LONG_BYTES : TransportPackets.BYTES;
        }
        return TransportPackets.bytesEach(payloadBytes);
    }

    private static void fill(
            ByteBuffer scratch, MediaPacket packet, int deleted, int packets, int bytesEach) {
        int from = packet.payloadAt;
        int bit = FIRST_PACKET;
        for (int to = 0; to < packets * bytesEach; to += bytesEach) {
            if ((deleted & bit) != 0) {
                TransportPackets.putNull(scratch, to, bytesEach);
            } else {
                scratch.put(to, packet.buffer, from, bytesEach);
                from += bytesEach;
            }
            bit >>= 1;
        }
    }
}
