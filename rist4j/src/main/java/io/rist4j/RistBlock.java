package io.rist4j;

import io.rist4j.core.flow.MediaBlock;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;

/**
 * One received packet with all that is known about it. Immutable: it owns a copy of the payload and
 * may be kept and passed between threads.
 */
public final class RistBlock {
    private final MediaBlock properties;
    private final byte[] payload;
    private final long droppedBefore;
    private final Instant source;
    private final Instant arrival;
    private final @Nullable InetSocketAddress peer;

    /** Takes ownership of properties and payload. */
    RistBlock(
            MediaBlock properties,
            byte[] payload,
            long droppedBefore,
            Instant source,
            Instant arrival,
            @Nullable InetSocketAddress peer) {
        this.properties = properties;
        this.payload = payload;
        this.droppedBefore = droppedBefore;
        this.source = source;
        this.arrival = arrival;
        this.peer = peer;
    }

    /** The payload, read-only; each call gives a buffer of its own. */
    public ByteBuffer payload() {
        return ByteBuffer.wrap(payload).asReadOnlyBuffer();
    }

    /** Length of the payload in bytes. */
    public int payloadBytes() {
        return payload.length;
    }

    /** A copy of the payload. */
    public byte[] toByteArray() {
        return payload.clone();
    }

    /**
     * Sequence number, 32 bits. On the Simple profile the wire has 16 of them; the upper ones count
     * wraps since the flow began.
     */
    public long sequence() {
        return properties.sequence;
    }

    /** The flow id: SSRC of the media with bit 0 clear. */
    public int flowId() {
        return properties.flowId;
    }

    /** Media timestamp as on the wire: 32 bits, 90 kHz for transport streams. */
    public long timestamp() {
        return properties.timestamp;
    }

    /**
     * When the packet entered the sender, on this host's clock, as the media timestamps tell. The
     * spacing between packets is the source's; the travel time of the flow's first packet is
     * contained in it, as only the wall clocks of both hosts could tell it.
     */
    public Instant source() {
        return source;
    }

    /** When the first copy of the packet reached this host. */
    public Instant arrival() {
        return arrival;
    }

    /**
     * The packet's place on the source's media clock; only the differences between packets of one
     * flow mean something.
     */
    public Duration mediaTime() {
        return Duration.ofNanos(properties.sourceNs);
    }

    /** Whether this packet does not continue the one before: packets were lost or dropped. */
    public boolean isDiscontinuity() {
        return properties.lostBefore > 0 || droppedBefore > 0;
    }

    /** Packets lost for good on the network, directly before this one. */
    public int lostBefore() {
        return properties.lostBefore;
    }

    /** Packets dropped directly before this one because the application was slow. */
    public long droppedBefore() {
        return droppedBefore;
    }

    /** Whether this is the first packet of a flow, or the first after a flow reset. */
    public boolean isFlowStart() {
        return properties.flowStart;
    }

    /** Whether it came as a retransmission. */
    public boolean isRecovered() {
        return properties.recovered;
    }

    /** RTP payload type, 33 for transport streams. */
    public int payloadType() {
        return properties.payloadType;
    }

    /** Number of the path that brought it, as in the statistics. */
    public int path() {
        return properties.path;
    }

    /** The peer that it came from, null when the path is gone. */
    public @Nullable InetSocketAddress peer() {
        return peer;
    }

    /** Virtual source port, 0 on the Simple profile. */
    public int virtualSourcePort() {
        return properties.virtualSourcePort;
    }

    /** Virtual destination port, 0 on the Simple profile. */
    public int virtualDestinationPort() {
        return properties.virtualDestinationPort;
    }

    /** Sequence number, length and marks, for logs. */
    @Override
    public String toString() {
        return "RistBlock[sequence="
                + sequence()
                + ", "
                + payloadBytes()
                + " bytes"
                + (isFlowStart() ? ", flow start" : "")
                + (lostBefore() > 0 ? ", " + lostBefore() + " lost before" : "")
                + (droppedBefore() > 0 ? ", " + droppedBefore() + " dropped before" : "")
                + "]";
    }
}
