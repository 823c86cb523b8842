package io.rist4j.codec.gre;

import io.rist4j.core.message.Verdict;

import java.nio.ByteBuffer;

/**
 * What a tunnel carries, visited as primitives, so that reading it allocates nothing. A handler
 * implements what concerns it; the defaults ignore, and say so where somebody else might have
 * wanted the bytes.
 *
 * <p>Every value is the peer's word and may be hostile. Buffers are borrowed for the call.
 */
public interface TunnelHandler {
    /**
     * A datagram in reduced overhead mode: media or RTCP.
     *
     * @param sourcePort virtual, 0..65535
     * @param destinationPort virtual, 0..65535
     * @param buffer holds the datagram
     * @param at where it begins
     * @param bytes its length, perhaps 0
     * @return what became of it
     */
    default Verdict onReduced(
            int sourcePort, int destinationPort, ByteBuffer buffer, int at, int bytes) {
        return Verdict.UNKNOWN;
    }

    /**
     * A keep-alive message; {@link KeepAliveMemory} keeps what it says.
     *
     * @param macAddress identifies the peer, 48 bits
     * @param flags as {@link Capability} explains them, with {@link KeepAlive#DISCONNECT} and
     *     {@link KeepAlive#RECONNECT}
     * @param extension first byte of the extension, 0..255, or {@link KeepAlive#NO_EXTENSION}
     * @param buffer holds the JSON
     * @param jsonAt where the JSON begins
     * @param jsonBytes its length, 0..{@link KeepAlive#MAX_JSON_BYTES}; 0 without JSON
     */
    default void onKeepAlive(
            long macAddress,
            int flags,
            int extension,
            ByteBuffer buffer,
            int jsonAt,
            int jsonBytes) {}

    /**
     * A buffer negotiation of libRIST and its kin.
     *
     * @param senderMaxMs how long the peer keeps what it sends, 0..65535; 0 when it does not send
     * @param receiverMs how long the peer buffers what it receives, 0..65535; 0 when it does not
     * @param scope {@link BufferNegotiation#EVERY_FLOW}, or a protocol type
     * @param buffer holds the description of the flow that the scope announces
     * @param scopeAt where that begins
     * @param scopeBytes its length, 0..{@link BufferNegotiation#MAX_SCOPE_BYTES}
     */
    default void onBufferNegotiation(
            int senderMaxMs,
            int receiverMs,
            int scope,
            ByteBuffer buffer,
            int scopeAt,
            int scopeBytes) {}

    /**
     * The nonce that the peer will turn to. To be believed only when it came encrypted with the key
     * in use: whoever forges it has a key derived.
     *
     * @param nonce not 0
     */
    default void onFutureNonce(int nonce) {}

    /**
     * An EAPOL frame.
     *
     * @param buffer holds the frame
     * @param at where it begins
     * @param bytes its length, perhaps 0
     * @return what became of it
     */
    default Verdict onAuthentication(ByteBuffer buffer, int at, int bytes) {
        return Verdict.UNKNOWN;
    }

    /**
     * Anything else: out-of-band data. With {@link ProtocolTypes#IP} it should be an IP packet,
     * which {@link IpPacket} reads; but libRIST lets applications send anything so, and cuts off
     * its head (trap T7).
     *
     * @param protocolType an EtherType, none of the others in {@link ProtocolTypes}
     * @param buffer holds the data
     * @param at where they begin
     * @param bytes their length, perhaps 0
     * @return what became of them
     */
    default Verdict onOutOfBand(int protocolType, ByteBuffer buffer, int at, int bytes) {
        return Verdict.UNKNOWN;
    }
}
