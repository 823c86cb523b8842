package io.rist4j.core.message;

import io.rist4j.core.time.MediaClock;

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

    /** {@link #sequenceBits} of a packet whose number is known to its last bit: a sender's own. */
    public static final int ALL_BITS = 62;

    /** {@link #fragment}: the payload begins a unit of the application. */
    public static final int FIRST_FRAGMENT = 1;

    /** {@link #fragment}: the payload ends a unit of the application. */
    public static final int LAST_FRAGMENT = 2;

    /** {@link #fragment}: the payload is a unit of the application. */
    public static final int WHOLE = FIRST_FRAGMENT | LAST_FRAGMENT;

    /** Sequence number, of which the lowest {@link #sequenceBits} are known. */
    public long sequence;

    /** How many bits of {@link #sequence} are known: 16 or 32 by wire, or {@link #ALL_BITS}. */
    public int sequenceBits = 16;

    /**
     * Instant of the payload on its source's media clock, in ns. As read from a wire it is known up
     * to whole rounds of 2^32 ticks of {@link #clockHz}: see {@link
     * io.rist4j.core.time.MediaClock#spanNs}.
     */
    public long sourceNs;

    /**
     * Rate of the clock that {@link #sourceNs} was read from, in Hz; 0 when the wire does not tell
     * (see trap T18): then {@link #sourceNs} says what comes after what, and the arrival when.
     * Paths of one flow may have clocks of different rates; those of one rate are the same clock.
     */
    public long clockHz;

    /**
     * The media timestamp as on the wire, 32 bits: for applications. Flows go by {@link #sourceNs}.
     */
    public long timestamp;

    /**
     * Which part of a unit the payload is: {@link #WHOLE}, its first, its last, or 0 for others.
     */
    public int fragment = WHOLE;

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

    /**
     * Takes a timestamp for the source time.
     *
     * @param stamp as on the wire, 32 bits
     * @param hertz rate of its clock; 0 when the wire does not tell
     */
    public void setStamp(long stamp, long hertz) {
        timestamp = stamp & 0xFFFF_FFFFL;
        clockHz = hertz;
        sourceNs = MediaClock.sourceNs(stamp, hertz > 0 ? hertz : MediaClock.USUAL_HZ);
    }

    /**
     * Takes over what another packet says, but for its payload.
     *
     * @param other unchanged
     */
    public void setHeader(MediaPacket other) {
        sequence = other.sequence;
        sequenceBits = other.sequenceBits;
        sourceNs = other.sourceNs;
        clockHz = other.clockHz;
        timestamp = other.timestamp;
        fragment = other.fragment;
        flowId = other.flowId;
        retransmission = other.retransmission;
        payloadType = other.payloadType;
        virtualSourcePort = other.virtualSourcePort;
        virtualDestinationPort = other.virtualDestinationPort;
        arrivalNs = other.arrivalNs;
    }
}
