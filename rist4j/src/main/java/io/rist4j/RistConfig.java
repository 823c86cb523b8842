package io.rist4j;

import static io.rist4j.FlowParameters.*;
import static io.rist4j.PathParameters.*;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Every setting of a session, for senders and receivers, one path or many. Immutable; builders are
 * typed per profile and per end, so that a setting which a profile or an end lacks does not
 * compile.
 *
 * <pre>{@code
 * var config = RistConfig.main().secret(secret).recoveryBuffer(Duration.ofMillis(500)).build();
 * var lowDelay = config.toBuilder().recoveryBuffer(Duration.ofMillis(200)).build();
 * var sending = config.toBuilder().forSender().maxBitrate(Bitrate.ofMegabits(20)).build();
 * }</pre>
 *
 * <p>What is not set has a default that is right for a live stream over the public Internet. A
 * default gives way where another setting contradicts it: a {@code recoveryBufferMax} of 500 ms
 * alone makes the least buffer 500 ms too. In a URL a setting that acts at one end only is accepted
 * at the other, so that both ends may be given the same.
 *
 * <p>A {@link RistUri} carries the same settings; {@link RistUri#parameters} lists both names, with
 * units, ranges and defaults.
 */
public abstract sealed class RistConfig implements SenderConfig, ReceiverConfig
        permits SimpleConfig, MainConfig {
    private final Settings settings;

    RistConfig(Settings settings) {
        this.settings = settings;
    }

    /** Settings for the Simple profile, all at their defaults so far. */
    public static SimpleConfig.Builder simple() {
        return new SimpleConfig.Builder(Settings.NONE);
    }

    /** Settings for the Main profile, all at their defaults so far. */
    public static MainConfig.Builder main() {
        return new MainConfig.Builder(Settings.NONE);
    }

    /** The profile that these settings are for. */
    public abstract RistProfile profile();

    /** A builder that begins with these settings. */
    public abstract RistConfigBuilder<?> toBuilder();

    /** These settings. */
    @Override
    public final RistConfig asConfig() {
        return this;
    }

    /** Refuses a media port that the profile does not allow. */
    final void checkPort(boolean listening, int port) {
        if (!listening || port != 0) {
            checkPort(port);
        }
    }

    abstract void checkPort(int port);

    Settings settings() {
        return settings;
    }

    /** The recovery buffer that a session begins with: midway between its bounds. */
    public Duration recoveryBuffer() {
        Duration least = recoveryBufferMin();
        return least.plus(recoveryBufferMax().minus(least).dividedBy(2));
    }

    /** The least recovery buffer. */
    public Duration recoveryBufferMin() {
        return settings.get(BUFFER_MIN);
    }

    /** The most recovery buffer. */
    public Duration recoveryBufferMax() {
        return settings.get(BUFFER_MAX);
    }

    /** How long a packet may be overtaken before it is asked for. */
    public Duration reorderBuffer() {
        return settings.get(REORDER_BUFFER);
    }

    /** The least round-trip time that requests are spaced by. */
    public Duration rttMin() {
        return settings.get(RTT_MIN);
    }

    /** The most round-trip time that requests are spaced by. */
    public Duration rttMax() {
        return settings.get(RTT_MAX);
    }

    /** Round trips that an automatically sized recovery buffer holds. */
    public int rttMultiplier() {
        return settings.get(RTT_MULTIPLIER);
    }

    /** How often a packet can be asked for within an automatically sized buffer, at least. */
    public int minRetries() {
        return settings.get(MIN_RETRIES);
    }

    /** How often a packet is asked for, and sent again, at most. */
    public int maxRetries() {
        return settings.get(MAX_RETRIES);
    }

    /**
     * The ceiling of originals and retransmissions together; empty for three times the bitrate that
     * the stream has, on each path, with a burst of one recovery buffer.
     */
    public Optional<Bitrate> maxBitrate() {
        return settings.find(MAX_BITRATE);
    }

    /** The ceiling of the receiver's requests; zero is no ceiling. */
    public Bitrate returnBitrate() {
        return settings.get(RETURN_BITRATE);
    }

    /** How a sender holds back retransmissions. */
    public CongestionControl congestionControl() {
        return settings.get(CONGESTION_CONTROL);
    }

    /** What playout follows. */
    public TimingMode timingMode() {
        return settings.get(TIMING_MODE);
    }

    /** The silence after which a path is down. */
    public Duration sessionTimeout() {
        return settings.get(SESSION_TIMEOUT);
    }

    /** The time between reports (RTCP). */
    public Duration keepaliveInterval() {
        return settings.get(KEEPALIVE_INTERVAL);
    }

    /** The canonical name that the peer sees; empty when one is made at random for each session. */
    public Optional<String> cname() {
        return settings.find(CNAME);
    }

    /** The flow id; empty when one is drawn at random for each session. */
    public OptionalInt flowId() {
        return settings.find(FLOW_ID).stream().mapToInt(Integer::intValue).findFirst();
    }

    /** How a receiver writes its requests. */
    public RequestFormat requestFormat() {
        return settings.get(REQUEST_FORMAT);
    }

    /**
     * Whether a receiver repeats requests within the round trip where the return path loses them.
     */
    public boolean requestRedundancy() {
        return settings.get(REQUEST_REDUNDANCY);
    }

    /** Whether a sender repeats the last packet when its input pauses. */
    public boolean tailRepair() {
        return settings.get(TAIL_REPAIR);
    }

    /** Whether a receiver asks for packets from before the first one that arrived. */
    public boolean startRepair() {
        return settings.get(START_REPAIR);
    }

    /**
     * How far from its instant a receiver may put a packet out, either way; half as far where
     * packets are closer together.
     */
    public Duration playoutTolerance() {
        return settings.get(PLAYOUT_TOLERANCE);
    }

    /**
     * What happens when the queue to or from the application is full; empty when the handle's
     * default serves.
     */
    public Optional<OverflowPolicy> overflowPolicy() {
        return settings.find(OVERFLOW);
    }

    /** The length of the queue to or from the application. */
    public int queuePackets() {
        return settings.get(QUEUE);
    }

    /** Most memory for payloads of the recovery buffers, or of what a sender keeps, in MiB. */
    public int memoryMiB() {
        return settings.get(MEMORY);
    }

    /** The share of the originals that a path carries. */
    public int weight() {
        return settings.get(WEIGHT);
    }

    /** The priority of a path for a receiver's requests. */
    public int recoveryPriority() {
        return settings.get(RECOVERY_PRIORITY);
    }

    /** The interface for multicast, joined and sent; empty when the system chooses. */
    public Optional<String> networkInterface() {
        return settings.find(NETWORK_INTERFACE);
    }

    /** The time to live of outgoing multicast; empty when the system's default of 1 serves. */
    public OptionalInt multicastTtl() {
        return settings.find(TTL).stream().mapToInt(Integer::intValue).findFirst();
    }

    /** The only source to take from a group; empty when any will do. */
    public Optional<InetAddress> multicastSource() {
        return settings.find(SOURCE).map(Hosts::address);
    }

    /** Whether this host receives its own multicast. */
    public boolean multicastLoopback() {
        return settings.get(LOOPBACK);
    }

    /** Whether packets longer than the path's MTU leave in fragments instead of not at all. */
    public boolean fragmentPackets() {
        return settings.get(FRAGMENT);
    }

    /** The local port to dial from; 0 when the system chooses. */
    public int localPort() {
        return settings.get(LOCAL_PORT);
    }

    /** Whether a dialled peer that falls silent is called anew. */
    public boolean redial() {
        return settings.get(REDIAL);
    }

    /** Whether a sender leaves null packets out. */
    public boolean nullPacketDeletion() {
        return settings.get(NULL_PACKET_DELETION);
    }

    /** Which null packets a sender leaves out. */
    public NullPacketRule nullPacketRule() {
        return settings.get(NULL_PACKET_RULE);
    }

    /** Whether a sender tells 32 bits of its sequence numbers. */
    public boolean extendedSequence() {
        return settings.get(EXTENDED_SEQUENCE);
    }

    /** Equal when profile and every setting are equal, whether set or left at the default. */
    @Override
    public final boolean equals(Object object) {
        return object instanceof RistConfig other
                && profile() == other.profile()
                && Parameters.settings().stream()
                        .allMatch(p -> settings.agreesOn(p, other.settings));
    }

    @Override
    public final int hashCode() {
        return Objects.hash(profile(), settings.get(BUFFER_MIN), settings.get(BUFFER_MAX));
    }

    /** The profile and what was set, as a URL would have it; without secrets. */
    @Override
    public final String toString() {
        return profile() + "[" + UriWriter.query(settings) + "]";
    }

    /** The query of a URL that makes these settings; a URL without a profile means the first. */
    final String query() {
        String query = UriWriter.query(settings);
        if (profile() == RistUri.DEFAULTS.profile()) {
            return query;
        }
        return "profile=" + profile() + (query.isEmpty() ? "" : "&" + query);
    }
}
