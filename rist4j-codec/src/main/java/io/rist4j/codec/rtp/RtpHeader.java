package io.rist4j.codec.rtp;

import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.MediaClock;

import java.nio.ByteBuffer;

/**
 * RTP media packets (RFC 3550 §5.1), read and written in place. Accessors read the fixed header;
 * their callers have checked {@link #FIXED_BYTES}.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---+-+-+-------+-+-------------+-------------------------------+
 * |V=2|P|X|  CC   |M|     PT      |           sequence            |
 * +---+-+-+-------+-+-------------+-------------------------------+
 * |                           timestamp                           |
 * +-------------------------------------------------------------+-+
 * |                            SSRC                             |R|  R = 1: retransmission
 * +-------------------------------------------------------------+-+
 * |                   CC contributing sources ...                 |
 * +-------------------------------+-------------------------------+
 * |   X: defined by its profile   |   X: length in 32-bit words   |
 * +-------------------------------+-------------------------------+
 * |                   X: header extension ...                     |
 * +---------------------------------------------------------------+
 * |                        payload ...                            |
 * |                               P: padding ...  | padding bytes |
 * +-----------------------------------------------+---------------+
 * </pre>
 *
 * <p>Spec: TR-06-1:2020 §5.1 and, for the retransmission mark, §5.3.3. libRIST: ignores
 * contributing sources and padding, and takes every extension for 8 bytes (traps T19, T20). Ours:
 * reads them all by their lengths and writes none of them.
 */
public final class RtpHeader {
    /** Length of the header without contributing sources and extension. */
    public static final int FIXED_BYTES = 12;

    private static final int SEQUENCE = 2;
    private static final int TIMESTAMP = 4;
    private static final int SSRC = 8;

    private static final int SEQUENCE_BITS = 16;
    private static final int VERSION = 2;
    private static final int PADDING_FLAG = 0x20;
    private static final int EXTENSION_FLAG = 0x10;
    private static final int CSRC_BYTES = 4;
    private static final int EXTENSION_FIXED_BYTES = 4;
    private static final int RETRANSMISSION = 1;

    /* Low 7 bits of RTCP types 200..205, and a leading XR, which libRIST 0.2.7 sends with 207 and 0.2.12 with 77. */
    private static final int FIRST_RTCP = 72;
    private static final int LAST_RTCP = 77;
    private static final int EXTENDED_REPORT = 207;

    private RtpHeader() {}

    /** The version, 2 in every packet that we accept. */
    public static int version(ByteBuffer b, int at) {
        return (b.get(at) & 0xFF) >>> 6;
    }

    /** Whether padding ends the packet. */
    public static boolean hasPadding(ByteBuffer b, int at) {
        return (b.get(at) & PADDING_FLAG) != 0;
    }

    /** Whether a header extension precedes the payload. */
    public static boolean hasExtension(ByteBuffer b, int at) {
        return (b.get(at) & EXTENSION_FLAG) != 0;
    }

    /** Number of contributing sources, 0..15. */
    public static int csrcCount(ByteBuffer b, int at) {
        return b.get(at) & 0x0F;
    }

    /** The marker bit, which RIST gives no meaning. */
    public static boolean isMarked(ByteBuffer b, int at) {
        return b.get(at + 1) < 0;
    }

    /** The payload type, 0..127. */
    public static int payloadType(ByteBuffer b, int at) {
        return b.get(at + 1) & 0x7F;
    }

    /** The sequence number, 16 bits. */
    public static int sequence(ByteBuffer b, int at) {
        return b.getShort(at + SEQUENCE) & 0xFFFF;
    }

    /** The media timestamp, 32 bits. */
    public static long timestamp(ByteBuffer b, int at) {
        return b.getInt(at + TIMESTAMP) & 0xFFFF_FFFFL;
    }

    /** The synchronisation source with the retransmission mark in bit 0. */
    public static int ssrc(ByteBuffer b, int at) {
        return b.getInt(at + SSRC);
    }

    /**
     * Whether a datagram that carries RTP or RTCP carries RTCP. This is libRIST's rule, so that
     * both ends agree: the low 7 bits of the second byte are those of RTCP types 200..205, or an
     * extended report (207) leads (trap T17).
     *
     * @param b holds the datagram
     * @param at where it begins
     * @param bytes its length
     */
    public static boolean isRtcp(ByteBuffer b, int at, int bytes) {
        if (bytes < 2) {
            return false;
        }
        int type = b.get(at + 1) & 0xFF;
        int low = type & 0x7F;
        return (low >= FIRST_RTCP && low <= LAST_RTCP) || type == EXTENDED_REPORT;
    }

    /**
     * Reads one media packet into a carrier, whose payload becomes a view of {@code b}. Virtual
     * ports and the arrival are not this layer's and stay as they are. Null packets that the sender
     * deleted stay deleted; {@link RistExtension} tells where they were.
     *
     * @param b holds the packet
     * @param at where it begins
     * @param bytes its length
     * @param into filled when the packet is accepted, unchanged otherwise
     * @return {@link Verdict#OK}, or why the packet was refused: {@link Verdict#TRUNCATED}, {@link
     *     Verdict#BAD_VERSION}, or {@link Verdict#BAD_LENGTH} for padding that contradicts the
     *     packet's length
     */
    public static Verdict read(ByteBuffer b, int at, int bytes, MediaPacket into) {
        if (bytes < FIXED_BYTES) {
            return Verdict.TRUNCATED;
        }
        if (version(b, at) != VERSION) {
            return Verdict.BAD_VERSION;
        }
        int headerBytes = FIXED_BYTES + CSRC_BYTES * csrcCount(b, at);
        if (hasExtension(b, at)) {
            if (bytes < headerBytes + EXTENSION_FIXED_BYTES) {
                return Verdict.TRUNCATED;
            }
            headerBytes += EXTENSION_FIXED_BYTES + 4 * (b.getShort(at + headerBytes + 2) & 0xFFFF);
        }
        if (bytes < headerBytes) {
            return Verdict.TRUNCATED;
        }
        int paddingBytes = 0;
        if (hasPadding(b, at)) {
            paddingBytes = b.get(at + bytes - 1) & 0xFF;
            if (paddingBytes == 0 || paddingBytes > bytes - headerBytes) {
                return Verdict.BAD_LENGTH;
            }
        }
        int ssrc = ssrc(b, at);
        into.sequence = sequence(b, at);
        into.sequenceBits = SEQUENCE_BITS;
        into.payloadType = payloadType(b, at);
        into.setStamp(timestamp(b, at), PayloadTypes.clockHz(into.payloadType));
        into.fragment = MediaPacket.WHOLE;
        into.flowId = ssrc & ~RETRANSMISSION;
        into.retransmission = (ssrc & RETRANSMISSION) != 0;
        into.buffer = b;
        into.payloadAt = at + headerBytes;
        into.payloadBytes = bytes - headerBytes - paddingBytes;
        return Verdict.OK;
    }

    /**
     * Writes one media packet: the fixed header, then a copy of the payload.
     *
     * @param b where to write, with room for {@link #FIXED_BYTES} and the payload
     * @param at where to begin
     * @param packet what to write; of its sequence number the low 16 bits
     * @return the bytes written
     */
    public static int write(ByteBuffer b, int at, MediaPacket packet) {
        writeFixed(b, at, packet, false);
        b.put(at + FIXED_BYTES, packet.buffer, packet.payloadAt, packet.payloadBytes);
        return FIXED_BYTES + packet.payloadBytes;
    }

    /**
     * Writes the fixed header alone.
     *
     * @param b where to write, with room for {@link #FIXED_BYTES}
     * @param at where to begin
     * @param packet whose header to write; of its sequence number the low 16 bits
     * @param extension whether to announce a header extension, which the caller writes next
     * @return the bytes written, {@link #FIXED_BYTES}
     */
    public static int writeFixed(ByteBuffer b, int at, MediaPacket packet, boolean extension) {
        b.put(at, (byte) ((VERSION << 6) | (extension ? EXTENSION_FLAG : 0)));
        b.put(at + 1, (byte) (packet.payloadType & 0x7F));
        b.putShort(at + SEQUENCE, (short) packet.sequence);
        int hertz = PayloadTypes.clockHz(packet.payloadType & 0x7F);
        b.putInt(
                at + TIMESTAMP,
                (int) MediaClock.stamp(packet.sourceNs, hertz > 0 ? hertz : MediaClock.USUAL_HZ));
        int mark = packet.retransmission ? RETRANSMISSION : 0;
        b.putInt(at + SSRC, (packet.flowId & ~RETRANSMISSION) | mark);
        return FIXED_BYTES;
    }
}
