package io.rist4j.codec.gre;

import io.rist4j.core.message.Verdict;

import java.nio.ByteBuffer;

/**
 * The GRE header of a tunnel datagram (TR-06-2:2022 §5.1, §7.1), always in clear.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-------+-+-+-----+-----+-------------------------------+
 * |C|R|K|S|   0   |0|H| RV  |Ver=0|         protocol type         |
 * +-+-+-+-+-------+-+-+-----+-----+-------------------------------+
 * |        C: checksum            |          C: reserved          |
 * +-+-----------------------------+-------------------------------+
 * |B|                       K: nonce                              |
 * +-+-------------------------------------------------------------+
 * |                        S: sequence number                     |
 * +---------------------------------------------------------------+
 * </pre>
 *
 * <p>Spec: RV 0, 1, 2 are the editions of 2020, 2021, 2022; 3 and 4 are read like 2, higher ones
 * are discarded. Reserved bits are ignored, but R would tell of fields whose length we cannot know.
 * libRIST: drops R and other GRE versions, takes up every RV that it hears (trap T47). Ours: reads
 * as the spec says, does not verify a checksum and sends none (trap T46).
 */
public final class GreHeader {
    /** Length without checksum, nonce and sequence number. */
    public static final int FIXED_BYTES = 4;

    /** Length of what {@link #write} writes. */
    public static final int SEQUENCED_BYTES = 8;

    /** Length of what {@link #writeEncrypted} writes. */
    public static final int ENCRYPTED_BYTES = 12;

    /** Length with everything that a received header may have. */
    public static final int MAX_BYTES = 16;

    /** The newest edition that we speak: TR-06-2:2022. */
    public static final int NEWEST_VERSION = 2;

    private static final int CHECKSUM = 0x8000;
    private static final int ROUTING = 0x4000;
    private static final int NONCE = 0x2000;
    private static final int SEQUENCE = 0x1000;
    private static final int LONG_KEY = 0x0040;
    private static final int GRE_VERSION = 0x0007;

    private static final int VERSION_SHIFT = 3;
    private static final int LAST_READABLE_VERSION = 4;
    private static final int OPTION_BYTES = 4;
    private static final int PROTOCOL_TYPE = 2;

    private GreHeader() {}

    /**
     * Reads the header of a datagram.
     *
     * <p>A nonce without a sequence number, or a nonce of 0, is let through: only who decrypts
     * minds, and EAPOL never is encrypted whatever its header says.
     *
     * @param b holds the datagram
     * @param at where it begins
     * @param bytes its length
     * @param into filled when the header is accepted, unchanged otherwise
     * @return {@link Verdict#OK}, {@link Verdict#TRUNCATED}, or {@link Verdict#BAD_VERSION} for an
     *     unknown RV, another GRE than version 0, or one with routing fields
     */
    public static Verdict read(ByteBuffer b, int at, int bytes, GrePacket into) {
        if (bytes < FIXED_BYTES) {
            return Verdict.TRUNCATED;
        }
        int flags = b.getShort(at) & 0xFFFF;
        int version = (flags >>> VERSION_SHIFT) & 7;
        if ((flags & (ROUTING | GRE_VERSION)) != 0 || version > LAST_READABLE_VERSION) {
            return Verdict.BAD_VERSION;
        }
        boolean hasNonce = (flags & NONCE) != 0;
        boolean hasSequence = (flags & SEQUENCE) != 0;
        int nonceAt = at + FIXED_BYTES + ((flags & CHECKSUM) != 0 ? OPTION_BYTES : 0);
        int sequenceAt = nonceAt + (hasNonce ? OPTION_BYTES : 0);
        int bodyAt = sequenceAt + (hasSequence ? OPTION_BYTES : 0);
        if (bytes < bodyAt - at) {
            return Verdict.TRUNCATED;
        }
        into.version = Math.min(version, NEWEST_VERSION);
        into.longKey = (flags & LONG_KEY) != 0;
        into.hasNonce = hasNonce;
        into.nonce = hasNonce ? b.getInt(nonceAt) : 0;
        into.hasSequence = hasSequence;
        into.sequence = hasSequence ? b.getInt(sequenceAt) & 0xFFFF_FFFFL : 0;
        into.protocolType = b.getShort(at + PROTOCOL_TYPE) & 0xFFFF;
        into.buffer = b;
        into.bodyAt = bodyAt;
        into.bodyBytes = bytes - (bodyAt - at);
        return Verdict.OK;
    }

    /**
     * Writes the header of a datagram in clear, 8 bytes.
     *
     * @param b where to write, with room for {@link #SEQUENCED_BYTES}
     * @param at where to begin
     * @param version 0..2; at least 2 for {@link ProtocolTypes#VSF}
     * @param protocolType what the body is, 16 bits
     * @param sequence of its low 32 bits; one more than in the datagram before, whatever that was
     * @return the bytes written, {@link #SEQUENCED_BYTES}
     */
    public static int write(ByteBuffer b, int at, int version, int protocolType, long sequence) {
        putFixed(b, at, SEQUENCE | versionBits(version), protocolType);
        b.putInt(at + FIXED_BYTES, (int) sequence);
        return SEQUENCED_BYTES;
    }

    /**
     * Writes the header of a datagram in clear without sequence number, 4 bytes; libRIST 0.2.7
     * sends such ones.
     *
     * @param b where to write, with room for {@link #FIXED_BYTES}
     * @param at where to begin
     * @param version 0..2; at least 2 for {@link ProtocolTypes#VSF}
     * @param protocolType what the body is, 16 bits
     * @return the bytes written, {@link #FIXED_BYTES}
     */
    public static int writeUnsequenced(ByteBuffer b, int at, int version, int protocolType) {
        putFixed(b, at, versionBits(version), protocolType);
        return FIXED_BYTES;
    }

    /**
     * Writes the header of a datagram whose body a pre-shared key encrypts, 12 bytes.
     *
     * @param b where to write, with room for {@link #ENCRYPTED_BYTES}
     * @param at where to begin
     * @param version 0..2; at least 2 for {@link ProtocolTypes#VSF}
     * @param protocolType what the body is, 16 bits
     * @param longKey whether the key is 256 bits long; not told with version 0
     * @param nonce salt of the key, not 0
     * @param sequence as in {@link #write}
     * @return the bytes written, {@link #ENCRYPTED_BYTES}
     */
    public static int writeEncrypted(
            ByteBuffer b,
            int at,
            int version,
            int protocolType,
            boolean longKey,
            int nonce,
            long sequence) {
        int keyBits = longKey && version > 0 ? LONG_KEY : 0;
        putFixed(b, at, NONCE | SEQUENCE | keyBits | versionBits(version), protocolType);
        b.putInt(at + FIXED_BYTES, nonce);
        b.putInt(at + FIXED_BYTES + OPTION_BYTES, (int) sequence);
        return ENCRYPTED_BYTES;
    }

    private static void putFixed(ByteBuffer b, int at, int flags, int protocolType) {
        b.putShort(at, (short) flags);
        b.putShort(at + PROTOCOL_TYPE, (short) protocolType);
    }

    private static int versionBits(int version) {
        if (version < 0 || version > NEWEST_VERSION) {
            throw new IllegalArgumentException(
                    "version " + version + " is outside 0.." + NEWEST_VERSION);
        }
        return version << VERSION_SHIFT;
    }
}
