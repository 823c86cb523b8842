package io.rist4j.codec.gre;

import io.rist4j.codec.control.BufferNegotiation;
import io.rist4j.codec.control.FutureNonce;
import io.rist4j.codec.control.KeepAlive;
import io.rist4j.core.message.Verdict;

import java.nio.ByteBuffer;

/**
 * Reads the body of a tunnel datagram, behind the GRE header and in clear (TR-06-2:2022 §5.2 to
 * §5.6).
 *
 * <p>Spec: the VSF's protocol type is not sent with a version below 2; reserved types and subtypes
 * are dropped, and still keep the tunnel alive. libRIST: the same. Ours: reads every type with
 * every version, for each says by itself what follows.
 */
public final class TunnelReader {
    private TunnelReader() {}

    /**
     * Reads the body of a datagram whose header was read and, if need be, whose body was decrypted.
     *
     * @param packet the datagram
     * @param handler told what the body says, at most once
     * @return as {@link #read(int, ByteBuffer, int, int, TunnelHandler)}
     */
    public static Verdict read(GrePacket packet, TunnelHandler handler) {
        return read(packet.protocolType, packet.buffer, packet.bodyAt, packet.bodyBytes, handler);
    }

    /**
     * Reads a body.
     *
     * @param protocolType from the GRE header, 16 bits
     * @param b holds the body
     * @param at where it begins
     * @param bytes its length
     * @param handler told what the body says, at most once
     * @return {@link Verdict#OK}, {@link Verdict#TRUNCATED}, {@link Verdict#OVER_LIMIT}, {@link
     *     Verdict#MISPLACED} for an announced nonce of 0, {@link Verdict#UNKNOWN} for a type of the
     *     VSF that we do not know; or what the handler made of the bytes that it was handed
     */
    public static Verdict read(
            int protocolType, ByteBuffer b, int at, int bytes, TunnelHandler handler) {
        return switch (protocolType) {
            case ProtocolTypes.VSF -> readVsf(b, at, bytes, handler);
            case ProtocolTypes.REDUCED_OVERHEAD -> ReducedHeader.read(b, at, bytes, handler);
            case ProtocolTypes.KEEP_ALIVE -> KeepAlive.read(b, at, bytes, handler);
            case ProtocolTypes.EAPOL -> handler.onAuthentication(b, at, bytes);
            default -> handler.onOutOfBand(protocolType, b, at, bytes);
        };
    }

    private static Verdict readVsf(ByteBuffer b, int at, int bytes, TunnelHandler handler) {
        if (bytes < VsfHeader.BYTES) {
            return Verdict.TRUNCATED;
        }
        if (VsfHeader.type(b, at) != VsfHeader.RIST) {
            return Verdict.UNKNOWN;
        }
        int messageAt = at + VsfHeader.BYTES;
        int messageBytes = bytes - VsfHeader.BYTES;
        return switch (VsfHeader.subtype(b, at)) {
            case VsfHeader.REDUCED_OVERHEAD ->
                    ReducedHeader.read(b, messageAt, messageBytes, handler);
            case VsfHeader.KEEP_ALIVE -> KeepAlive.read(b, messageAt, messageBytes, handler);
            case VsfHeader.FUTURE_NONCE -> FutureNonce.read(b, messageAt, messageBytes, handler);
            case VsfHeader.BUFFER_NEGOTIATION ->
                    BufferNegotiation.read(b, messageAt, messageBytes, handler);
            default -> Verdict.UNKNOWN;
        };
    }
}
