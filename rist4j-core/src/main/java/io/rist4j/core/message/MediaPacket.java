package io.rist4j.core.message;

import java.nio.ByteBuffer;

/**
 * One media packet between a wire format and a flow: a reused carrier whose fields are valid only
 * during the call that it is handed to. Fields are public because the carrier has no invariants of
 * its own.
 *
 * <p>The payload is a view: {@link #buffer} belongs to whoever fills the carrier and must not be
 * kept.
 */
public final class MediaPacket {
    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

    /** Sequence number as on the wire: 16 or 32 significant bits, by profile. */
    public long sequence;

    /** Whether {@link #sequence} has 32 bits because this packet told the upper half too. */
    public boolean extendedSequence;

    /** Media timestamp as on the wire, 32 bits, in units of {@link #clockHz}. */
    public long timestamp;

    /**
     * Clock of {@link #timestamp} in Hz; 0 when the wire does not tell (see trap T18): then the
     * arrival counts.
     */
    public int clockHz;

    /** Synchronisation source with bit 0 cleared: the flow id. */
    public int flowId;

    /** Whether this copy was marked as a retransmission. */
    public boolean retransmission;

    /** RTP payload type, 0..127. */
    public int payloadType;

    /** Virtual source port, 0 where the profile has none. */
    public int virtualSourcePort;

    /** Virtual destination port, 0 where the profile has none. */
    public int virtualDestinationPort;

    /** Holds the payload. */
    public ByteBuffer buffer = EMPTY;

    /** Where in {@link #buffer} the payload begins. */
    public int payloadAt;

    /** Length of the payload in bytes. */
    public int payloadBytes;

    /** When the packet reached this host, on the session clock, in ns. */
    public long arrivalNs;

    /** An empty carrier. */
    public MediaPacket() {}
}
