package io.rist4j.codec.gre;

import io.rist4j.codec.control.ControlMessage;
import io.rist4j.codec.control.KeepAlive;

import java.nio.ByteBuffer;

/**
 * The two ways to carry media and control messages in GRE (TR-06-2:2022 §5.3.2, §5.6.3). Both are
 * read at all times; which one is written depends on what the peer showed to understand (trap T21).
 *
 * <p>The methods write what stands behind the GRE header.
 */
public enum Encapsulation {
    /** Experimental EtherTypes, as in the editions of 2020 and 2021: every peer reads it. */
    LEGACY(0, ProtocolTypes.REDUCED_OVERHEAD, ProtocolTypes.KEEP_ALIVE),

    /** The VSF's EtherType, as in the edition of 2022; never with an older version in GRE. */
    VSF(VsfHeader.BYTES, ProtocolTypes.VSF, ProtocolTypes.VSF);

    /** The most bytes that {@link #writeReducedHead} writes. */
    public static final int MAX_REDUCED_HEAD_BYTES = VsfHeader.BYTES + ReducedHeader.BYTES;

    private final int headBytes;
    private final int reducedProtocolType;
    private final int controlProtocolType;

    Encapsulation(int headBytes, int reducedProtocolType, int controlProtocolType) {
        this.headBytes = headBytes;
        this.reducedProtocolType = reducedProtocolType;
        this.controlProtocolType = controlProtocolType;
    }

    /** GRE's protocol type for reduced overhead mode. */
    public int reducedProtocolType() {
        return reducedProtocolType;
    }

    /** Whether it carries a message: the older ones are without all but keep-alive messages. */
    public boolean carries(ControlMessage message) {
        return this == VSF || message instanceof KeepAlive;
    }

    /** GRE's protocol type for control messages that it carries. */
    public int controlProtocolType() {
        return controlProtocolType;
    }

    /** What {@link #writeReducedHead} will write, in bytes: 4 or 8. */
    public int reducedHeadBytes() {
        return headBytes + ReducedHeader.BYTES;
    }

    /**
     * Writes the head of a body in reduced overhead mode; media or RTCP follows.
     *
     * @param b where to write, with room for {@link #reducedHeadBytes}
     * @param at where to begin, right behind the GRE header
     * @param sourcePort virtual, 0..65535
     * @param destinationPort virtual, 0..65535: even for media, the next one for its RTCP
     * @return the bytes written
     */
    public int writeReducedHead(ByteBuffer b, int at, int sourcePort, int destinationPort) {
        writeVsf(b, at, VsfHeader.REDUCED_OVERHEAD);
        return headBytes + ReducedHeader.write(b, at + headBytes, sourcePort, destinationPort);
    }

    /**
     * Writes a body with a control message that it carries.
     *
     * @param b where to write, with room for 4 bytes and the message
     * @param at where to begin, right behind the GRE header
     * @param message what to say
     * @return the bytes written
     */
    public int writeControl(ByteBuffer b, int at, ControlMessage message) {
        writeVsf(b, at, VsfHeader.subtype(message));
        return headBytes + message.write(b, at + headBytes);
    }

    private void writeVsf(ByteBuffer b, int at, int subtype) {
        if (headBytes > 0) {
            VsfHeader.write(b, at, subtype);
        }
    }
}
