package io.rist4j.codec.gre;

import io.rist4j.codec.control.ControlMessage;
import io.rist4j.core.message.Verdict;

import java.nio.ByteBuffer;

/**
 * What a tunnel carries. What comes often is visited as primitives, so that reading it allocates
 * nothing; rare control comes as records. A handler implements what concerns it; the defaults
 * ignore, and say so where somebody else might have wanted the bytes.
 *
 * <p>Every value is the peer's word and may be hostile. Buffers are borrowed for the call.
 */
public interface TunnelHandler extends ControlMessage.Handler {
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

    /** What is said rarely; nothing listens by default. */
    @Override
    default void onControl(ControlMessage message) {}

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
