package io.rist4j.codec.npd;

import io.rist4j.codec.rtp.RistExtension;
import io.rist4j.codec.rtp.RtpHeader;
import io.rist4j.core.message.MediaPacket;

import java.nio.ByteBuffer;

/**
 * The sender's half of null packet deletion (TR-06-2:2022 §8.3).
 *
 * <p>Spec: N, T and the NPD bits tell what was deleted; the size field may stay 0; a packet without
 * deleted null packets needs no extension. libRIST: the same, and looks for the sync byte in the
 * first transport packet only; null packets of 204 bytes lose their parity; 0.2.7 counts the bits
 * from the last packet, see {@link NullPacketInsertion}. Ours: looks for the sync byte in all of
 * them, so that nothing but a transport stream loses bytes, and sends parity that would not come
 * back. A retransmission is written like its original, with the same rule.
 *
 * <p>A deletion is what the extension's sixth byte will be: bit 7 for packets of 204 bytes, bit 6
 * for the first transport packet deleted, bit 0 for the seventh.
 */
public final class NullPacketDeletion {
    /** In place of a deletion: nothing to delete. */
    public static final int NOTHING = RistExtension.NONE;

    private static final int LONG_PACKETS = 0x80;
    private static final int FIRST_PACKET = 0x40;

    private NullPacketDeletion() {}

    /**
     * Looks for null packets in a payload.
     *
     * @param b holds the payload
     * @param at where it begins
     * @param bytes its length
     * @param rule which of them to delete
     * @return the deletion, or {@link #NOTHING} when there are none or the payload is not 1 to 7
     *     transport packets of 188 or of 204 bytes, all with a sync byte
     */
    public static int find(ByteBuffer b, int at, int bytes, DeletionRule rule) {
        int bytesEach = TransportPackets.bytesEach(bytes);
        if (bytesEach == TransportPackets.NONE) {
            return NOTHING;
        }
        int deleted = 0;
        int bit = FIRST_PACKET;
        for (int packet = at; packet < at + bytes; packet += bytesEach) {
            if (!TransportPackets.isSynchronised(b, packet)) {
                return NOTHING;
            }
            if (TransportPackets.isNull(b, packet)
                    && (rule == DeletionRule.EVERY
                            ? TransportPackets.hasBlankParity(b, packet, bytesEach)
                            : TransportPackets.isCanonicalNull(b, packet, bytesEach))) {
                deleted |= bit;
            }
            bit >>= 1;
        }
        if (deleted == 0) {
            return NOTHING;
        }
        return bytesEach == TransportPackets.LONG_BYTES ? deleted | LONG_PACKETS : deleted;
    }

    /**
     * Copies what a deletion leaves of a payload.
     *
     * @param b where to write, with room for {@code bytes}; not the payload's own buffer
     * @param at where to begin
     * @param from holds the payload
     * @param payloadAt where it begins
     * @param payloadBytes its length
     * @param deletion as {@link #find} found it in the payload
     * @return the bytes written, perhaps 0
     */
    public static int copy(
            ByteBuffer b, int at, ByteBuffer from, int payloadAt, int payloadBytes, int deletion) {
        int bytesEach = bytesEach(deletion);
        int bit = FIRST_PACKET;
        int to = at;
        for (int packet = payloadAt; packet < payloadAt + payloadBytes; packet += bytesEach) {
            if ((deletion & bit) == 0) {
                b.put(to, from, packet, bytesEach);
                to += bytesEach;
            }
            bit >>= 1;
        }
        return to - at;
    }

    private static int bytesEach(int deletion) {
        return (deletion & LONG_PACKETS) != 0
                ? TransportPackets.LONG_BYTES
                : TransportPackets.BYTES;
    }

    /**
     * Writes a media packet with the extension, if there is something to tell in it.
     *
     * @param b where to write, with room for the fixed header, {@link RistExtension#BYTES} and the
     *     payload
     * @param at where to begin
     * @param packet what to write; of its sequence number the low 16 bits go into the fixed header
     * @param deletion as {@link #find} found it in the packet's payload, or {@link #NOTHING}
     * @param extendedSequence whether to send the upper 16 bits of the sequence number too
     * @return the bytes written
     */
    public static int write(
            ByteBuffer b, int at, MediaPacket packet, int deletion, boolean extendedSequence) {
        if (deletion == NOTHING && !extendedSequence) {
            return RtpHeader.write(b, at, packet);
        }
        int high = extendedSequence ? (int) (packet.sequence >>> 16) & 0xFFFF : RistExtension.NONE;
        int next = at + RtpHeader.writeFixed(b, at, packet, true);
        if (deletion == NOTHING) {
            next += RistExtension.write(b, next, RistExtension.NONE, false, high);
            b.put(next, packet.buffer, packet.payloadAt, packet.payloadBytes);
            return next + packet.payloadBytes - at;
        }
        boolean longPackets = (deletion & LONG_PACKETS) != 0;
        next += RistExtension.write(b, next, deletion, longPackets, high);
        next += copy(b, next, packet.buffer, packet.payloadAt, packet.payloadBytes, deletion);
        return next - at;
    }
}
