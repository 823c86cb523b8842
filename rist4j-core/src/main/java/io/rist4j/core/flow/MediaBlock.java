package io.rist4j.core.flow;

import java.nio.ByteBuffer;

/**
 * One packet on its way out of a receiver: a reused carrier, valid only during {@link
 * ReceiverSink#deliver}. Fields are public because the carrier has no invariants of its own.
 */
public final class MediaBlock {
    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

    /**
     * Sequence number, 32 bits; where the wire has 16, widened from the first packet of the flow.
     */
    public long sequence;

    /** The flow id: SSRC with bit 0 cleared. */
    public int flowId;

    /** Which of a session's flows it belongs to, by index; 0 where there is one. */
    public int flow;

    /** Media timestamp as on the wire, 32 bits. */
    public long timestamp;

    /**
     * The packet's instant on the source's media clock in ns, unwrapped; only differences mean
     * something.
     */
    public long sourceNs;

    /** When the first copy reached this host, on the session clock, in ns. */
    public long arrivalNs;

    /** When it was due in the output, on the session clock, in ns. */
    public long dueNs;

    /** Packets lost for good directly before this one; 0 when it continues the one before. */
    public int lostBefore;

    /** Whether this is the first packet of a flow, or the first after a flow reset. */
    public boolean flowStart;

    /** Whether it came as a retransmission. */
    public boolean recovered;

    /**
     * Which part of a unit the payload is, as {@link io.rist4j.core.message.MediaPacket#fragment}.
     */
    public int fragment;

    /** RTP payload type, 0..127. */
    public int payloadType;

    /** Virtual source port, 0 where the profile has none. */
    public int virtualSourcePort;

    /** Virtual destination port, 0 where the profile has none. */
    public int virtualDestinationPort;

    /** Index of the path that brought it. */
    public int path;

    /** Holds the payload; borrowed from the recovery buffer. */
    public ByteBuffer buffer = EMPTY;

    /** Where in {@link #buffer} the payload begins. */
    public int payloadAt;

    /** Length of the payload in bytes. */
    public int payloadBytes;

    /** An empty carrier. */
    public MediaBlock() {}
}
