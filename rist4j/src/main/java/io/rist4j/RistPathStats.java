package io.rist4j;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

/**
 * One path in a snapshot, immutable. Counters count from its beginning, or from the earlier
 * snapshot where the statistics are {@code since} one; round trips, rates and states are as they
 * were when the snapshot was taken. Bytes are UDP payloads.
 *
 * <p>Later versions may tell more. Made by this library only. Safe for use by any thread.
 */
public final class RistPathStats implements RistNumbers {
    private final int path;
    private final @Nullable InetSocketAddress peer;
    private final String cname;
    private final boolean alive;
    private final boolean rttKnown;
    private final Readings readings;

    RistPathStats(
            int path,
            @Nullable InetSocketAddress peer,
            String cname,
            boolean alive,
            boolean rttKnown,
            Readings readings) {
        this.path = path;
        this.peer = peer;
        this.cname = cname;
        this.alive = alive;
        this.rttKnown = rttKnown;
        this.readings = readings;
    }

    /** This path with its counters from an earlier snapshot of it on. */
    RistPathStats since(RistPathStats earlier) {
        return new RistPathStats(
                path, peer, cname, alive, rttKnown, readings.since(earlier.readings));
    }

    /** Whether this is the path of an earlier snapshot, and not another one under its number. */
    boolean continues(RistPathStats earlier) {
        return path == earlier.path && readings.continues(earlier.readings);
    }

    /** Its number, as in events. */
    public int path() {
        return path;
    }

    /** Index of the URL that it belongs to; a listening URL may have several peers. */
    public int uri() {
        return readings.getInt(PathStatistics.URI);
    }

    /** How many ports it uses at each end: 2 on the Simple profile, of media and RTCP; else 1. */
    public int ports() {
        return readings.getInt(PathStatistics.PORTS);
    }

    /** The peer's address. */
    public @Nullable InetSocketAddress peer() {
        return peer;
    }

    /** The peer's canonical name, empty before it said. */
    public String cname() {
        return cname;
    }

    /** Whether it was heard within the session timeout, or never yet. */
    public boolean alive() {
        return alive;
    }

    /** Share of the originals; 0 carries all. */
    public int weight() {
        return readings.getInt(PathStatistics.WEIGHT);
    }

    /** Its priority for a receiver's requests. */
    public int priority() {
        return readings.getInt(PathStatistics.PRIORITY);
    }

    /** Whether a round trip was measured; the three that follow are 0 otherwise. */
    public boolean rttKnown() {
        return rttKnown;
    }

    /** The latest round trip, in ns. */
    public long rttLastNs() {
        return readings.get(PathStatistics.RTT_LAST_NS);
    }

    /** The smoothed round trip, in ns. */
    public long rttSmoothedNs() {
        return readings.get(PathStatistics.RTT_SMOOTHED_NS);
    }

    /** The shortest round trip, in ns. */
    public long rttMinNs() {
        return readings.get(PathStatistics.RTT_MIN_NS);
    }

    /** Originals sent. */
    public long sentPackets() {
        return readings.get(PathStatistics.SENT_PACKETS);
    }

    /** Bytes of the originals sent. */
    public long sentBytes() {
        return readings.get(PathStatistics.SENT_BYTES);
    }

    /** Retransmissions sent. */
    public long retransmittedPackets() {
        return readings.get(PathStatistics.RETRANSMITTED_PACKETS);
    }

    /** Bytes of the retransmissions sent. */
    public long retransmittedBytes() {
        return readings.get(PathStatistics.RETRANSMITTED_BYTES);
    }

    /** Media packets received, duplicates included. */
    public long receivedPackets() {
        return readings.get(PathStatistics.RECEIVED_PACKETS);
    }

    /** Bytes of the media packets received. */
    public long receivedBytes() {
        return readings.get(PathStatistics.RECEIVED_BYTES);
    }

    /** Control datagrams sent. */
    public long controlSentPackets() {
        return readings.get(PathStatistics.CONTROL_SENT_PACKETS);
    }

    /** Bytes of the control datagrams sent. */
    public long controlSentBytes() {
        return readings.get(PathStatistics.CONTROL_SENT_BYTES);
    }

    /** Control datagrams received. */
    public long controlReceivedPackets() {
        return readings.get(PathStatistics.CONTROL_RECEIVED_PACKETS);
    }

    /** Bytes of the control datagrams received. */
    public long controlReceivedBytes() {
        return readings.get(PathStatistics.CONTROL_RECEIVED_BYTES);
    }

    /** Rate of the originals sent, over about a second. */
    public long sentBitsPerSecond() {
        return readings.get(PathStatistics.SENT_BITS_PER_SECOND);
    }

    /** Rate of the retransmissions sent, over about a second. */
    public long retransmittedBitsPerSecond() {
        return readings.get(PathStatistics.RETRANSMITTED_BITS_PER_SECOND);
    }

    /** Rate of the media received, over about a second. */
    public long receivedBitsPerSecond() {
        return readings.get(PathStatistics.RECEIVED_BITS_PER_SECOND);
    }

    /** What its numbers are, for whoever shows all of them. */
    @Override
    public List<RistStatistic> statistics() {
        return readings.statistics();
    }

    @Override
    public long value(RistStatistic statistic) {
        return readings.get(statistic);
    }

    /** {@code path}: its number; {@code peer}: the peer's address, empty before there is one. */
    @Override
    public Map<String, String> labels() {
        return Map.of(
                "path",
                Integer.toString(path),
                "peer",
                peer == null ? "" : peer.getAddress().getHostAddress() + ":" + peer.getPort());
    }

    /** What stands out: its peer and every number that is not 0; for people, and open to change. */
    @Override
    public String toString() {
        var text = new StringBuilder("RistPathStats[").append(path).append(" with ").append(peer);
        text.append(alive ? ", alive" : ", silent");
        readings.describe(text);
        return text.append(']').toString();
    }
}
