package io.rist4j.codec.gre;

import java.nio.ByteBuffer;

/**
 * One tunnel datagram as its GRE header lays it out: a reused carrier between {@link
 * GreHeader#read}, the guard that opens the body, and {@link TunnelReader}. Valid until it is
 * filled again. Fields are public because the carrier has no invariants of its own.
 *
 * <p>With {@link #hasNonce} the body is encrypted, unless it is EAPOL: those {@link #bodyBytes}
 * from {@link #bodyAt} on, and nothing else of the datagram.
 */
public final class GrePacket {
    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

    /** Edition of the TR that the packet follows: 0 for 2020, 1 for 2021, 2 for 2022. */
    public int version;

    /** H: the AES key is 256 bits long, not 128. Says something with a nonce and version 1 up. */
    public boolean longKey;

    /** K: whether there is a nonce, that is, whether the sender has a pre-shared key. */
    public boolean hasNonce;

    /** The nonce, which is the salt of the key; 0, which no nonce should be, without one. */
    public int nonce;

    /** S: whether there is a sequence number. */
    public boolean hasSequence;

    /** The tunnel's sequence number, 32 bits; 0 without one. */
    public long sequence;

    /** What the body is, see {@link ProtocolTypes}. */
    public int protocolType;

    /** Holds the datagram. */
    public ByteBuffer buffer = EMPTY;

    /** Where in {@link #buffer} the body begins, right behind the header. */
    public int bodyAt;

    /** Length of the body in bytes. */
    public int bodyBytes;

    /** An empty carrier. */
    public GrePacket() {}

    /** Whether a pre-shared key encrypts the body: there is a nonce, and it is not EAPOL. */
    public boolean isEncrypted() {
        return hasNonce && protocolType != ProtocolTypes.EAPOL;
    }
}
