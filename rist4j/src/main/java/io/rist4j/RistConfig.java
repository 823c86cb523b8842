package io.rist4j;

import static io.rist4j.Parameters.*;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Every setting of a session, for senders and receivers, one path or many. Immutable; builders are
 * typed per profile, so that a setting which a profile lacks does not compile.
 *
 * <pre>{@code
 * var config = RistConfig.simple().recoveryBuffer(Duration.ofMillis(500)).maxBitrate(Bitrate.ofMegabits(20)).build();
 * var lowDelay = config.toBuilder().recoveryBuffer(Duration.ofMillis(200)).build();
 * }</pre>
 *
 * <p>What is not set has a default that is right for a live stream over the public Internet. A
 * default gives way where another setting contradicts it: a {@code recoveryBufferMax} of 500 ms
 * alone makes the least buffer 500 ms too. A setting that acts at one end only is accepted at the
 * other, so that both ends may be given the same.
 *
 * <p>A {@link RistUri} carries the same settings; {@link RistUri#parameters} lists both names, with
 * units, ranges and defaults.
 */
public abstract sealed class RistConfig permits SimpleConfig, MainConfig {
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
    public abstract Builder<?> toBuilder();

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

    /** Most memory for payloads of a flow's recovery buffer, or of what a sender keeps, in MiB. */
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

    /**
     * Collects settings. Each method returns the builder; nothing is checked before {@link #build}.
     * Not thread-safe.
     *
     * @param <B> the builder's own type
     */
    public abstract static sealed class Builder<B extends Builder<B>>
            permits SimpleConfig.Builder, MainConfig.Builder {
        private Settings settings;

        Builder(Settings settings) {
            this.settings = settings;
        }

        abstract B self();

        /**
         * The settings as a value.
         *
         * @throws RistConfigException when one is out of its range or contradicts another
         */
        public abstract RistConfig build();

        abstract RistConfig build(Naming naming);

        Settings settings() {
            return settings;
        }

        final <T> B set(Parameter<T> parameter, T value) {
            settings = settings.with(parameter, Objects.requireNonNull(value, parameter.field()));
            return self();
        }

        /** Refuses what is out of range, and what contradicts another setting. */
        final void checkAll(Naming naming) {
            for (Parameter<?> parameter : Parameters.settings()) {
                checkRange(naming, parameter);
            }
            checkOrder(naming, BUFFER_MIN, BUFFER_MAX);
            checkOrder(naming, REORDER_BUFFER, BUFFER_MIN);
            checkOrder(naming, RTT_MIN, RTT_MAX);
            checkOrder(naming, MIN_RETRIES, MAX_RETRIES);
            checkOrder(naming, KEEPALIVE_INTERVAL, SESSION_TIMEOUT);
        }

        private <T> void checkRange(Naming naming, Parameter<T> parameter) {
            settings.find(parameter)
                    .ifPresent(v -> parameter.kind().check(naming.of(parameter, settings), v));
        }

        private <T extends Comparable<? super T>> void checkOrder(
                Naming naming, Parameter<T> less, Parameter<T> more) {
            T lessValue = settings.get(less);
            T moreValue = settings.get(more);
            if (lessValue.compareTo(moreValue) > 0) {
                String name = naming.of(less, settings);
                throw new RistConfigException(
                        name,
                        name
                                + " "
                                + less.kind().show(lessValue)
                                + " is above "
                                + naming.of(more, settings)
                                + " "
                                + more.kind().show(moreValue));
            }
        }

        /**
         * How long packets are held so that lost ones can come again: sets both bounds.
         *
         * @param buffer 50 ms..30 s; 1 s by default
         */
        public B recoveryBuffer(Duration buffer) {
            return recoveryBufferMin(buffer).recoveryBufferMax(buffer);
        }

        /**
         * One round-trip time for the spacing of requests, whatever is measured: sets both bounds.
         *
         * @param rtt 1 ms..1 s
         */
        public B rtt(Duration rtt) {
            return rttMin(rtt).rttMax(rtt);
        }

        /**
         * The least recovery buffer. Where it differs from the most, a receiver sizes its buffer in
         * between by the measured round-trip time.
         *
         * @param buffer 50 ms..30 s; 1 s by default, or the most when that is less
         */
        public B recoveryBufferMin(Duration buffer) {
            return set(BUFFER_MIN, buffer);
        }

        /**
         * The most recovery buffer. A sender keeps packets for it and two {@link #rttMax}.
         *
         * @param buffer 50 ms..30 s; 1 s by default, or the least when that is more
         */
        public B recoveryBufferMax(Duration buffer) {
            return set(BUFFER_MAX, buffer);
        }

        /**
         * How long a packet may be overtaken before it is asked for.
         *
         * @param hold 0..10 s and no more than the least recovery buffer; 15 ms by default
         */
        public B reorderBuffer(Duration hold) {
            return set(REORDER_BUFFER, hold);
        }

        /**
         * The least round-trip time that requests are spaced by. A receiver spaces them no closer
         * than its buffer divided by {@link #maxRetries}, so that the retries span the buffer.
         *
         * @param rtt 1 ms..1 s; 5 ms by default, or the most when that is less
         */
        public B rttMin(Duration rtt) {
            return set(RTT_MIN, rtt);
        }

        /**
         * The most round-trip time that requests are spaced by.
         *
         * @param rtt 1 ms..10 s; 500 ms by default, or the least when that is more
         */
        public B rttMax(Duration rtt) {
            return set(RTT_MAX, rtt);
        }

        /**
         * Round trips that an automatically sized recovery buffer holds.
         *
         * @param roundTrips 1..100; 7 by default
         */
        public B rttMultiplier(int roundTrips) {
            return set(RTT_MULTIPLIER, roundTrips);
        }

        /**
         * How often a packet can be asked for within an automatically sized buffer, at least.
         *
         * @param retries 2..100; 6 by default
         */
        public B minRetries(int retries) {
            return set(MIN_RETRIES, retries);
        }

        /**
         * How often a packet is asked for, and sent again, at most.
         *
         * @param retries 2..100; 20 by default
         */
        public B maxRetries(int retries) {
            return set(MAX_RETRIES, retries);
        }

        /**
         * The ceiling of originals and retransmissions together, above which nothing is sent again:
         * of each flow, over all its paths. By default retransmissions stay below twice the bitrate
         * of the stream itself on each path, with a burst of one recovery buffer, so that up to
         * half of all packets may be lost, and nobody can draw more than three times the stream by
         * asking.
         *
         * @param bitrate 1 kb/s..100 Gb/s
         */
        public B maxBitrate(Bitrate bitrate) {
            return set(MAX_BITRATE, bitrate);
        }

        /**
         * The ceiling of a receiver's requests.
         *
         * @param bitrate up to 10 Gb/s; {@link Bitrate#ZERO}, the default, is no ceiling
         */
        public B returnBitrate(Bitrate bitrate) {
            return set(RETURN_BITRATE, bitrate);
        }

        /**
         * How a sender holds back retransmissions.
         *
         * @param mode {@link CongestionControl#NORMAL} by default
         */
        public B congestionControl(CongestionControl mode) {
            return set(CONGESTION_CONTROL, mode);
        }

        /**
         * What playout follows.
         *
         * @param mode {@link TimingMode#SOURCE} by default
         */
        public B timingMode(TimingMode mode) {
            return set(TIMING_MODE, mode);
        }

        /**
         * The silence after which a path is down.
         *
         * @param silence 250 ms..10 min and no less than {@link #keepaliveInterval}; 2 s by default
         */
        public B sessionTimeout(Duration silence) {
            return set(SESSION_TIMEOUT, silence);
        }

        /**
         * The time between reports (RTCP). libRIST gives a peer up after 250 ms of silence.
         *
         * @param interval 10 ms..10 s; 100 ms by default, which is also the most that TR-06-1:2020
         *     §5.2.1 allows
         */
        public B keepaliveInterval(Duration interval) {
            return set(KEEPALIVE_INTERVAL, interval);
        }

        /**
         * The canonical name that the peer sees (SDES CNAME). Without it, one is made at random for
         * each session, so that no host name leaks (RFC 7022).
         *
         * @param name 1..127 bytes of UTF-8 without {@code &}, comma and control characters
         */
        public B cname(String name) {
            return set(CNAME, name);
        }

        /**
         * The flow id that a sender uses: the SSRC of its media with bit 0 clear. Without it, one
         * is drawn at random for each session.
         *
         * @param id an even number of 32 bits
         */
        public B flowId(int id) {
            return set(FLOW_ID, id);
        }

        /**
         * How a receiver writes its requests.
         *
         * @param format {@link RequestFormat#RANGE} by default
         */
        public B requestFormat(RequestFormat format) {
            return set(REQUEST_FORMAT, format);
        }

        /**
         * Whether a receiver repeats requests within the round trip, as far as the return path is
         * seen to lose them.
         *
         * @param on true by default
         */
        public B requestRedundancy(boolean on) {
            return set(REQUEST_REDUNDANCY, on);
        }

        /**
         * Whether a sender repeats the last packet when its input pauses, until it is reported, so
         * that the receiver sees what is missing before it.
         *
         * @param on true by default
         */
        public B tailRepair(boolean on) {
            return set(TAIL_REPAIR, on);
        }

        /**
         * Whether a receiver asks for up to 32 packets from before the first one that arrived, and
         * plays those that come in time.
         *
         * @param on true by default
         */
        public B startRepair(boolean on) {
            return set(START_REPAIR, on);
        }

        /**
         * How far from its instant a receiver may put a packet out, either way; half as far where
         * packets are closer together than that. More saves CPU, as more packets share a wake-up.
         *
         * @param tolerance 0..20 ms; 1 ms by default
         */
        public B playoutTolerance(Duration tolerance) {
            return set(PLAYOUT_TOLERANCE, tolerance);
        }

        /**
         * What happens when the queue to or from the application is full. By default a sender's
         * call waits ({@link OverflowPolicy#BLOCK}) and a receiver drops the oldest ({@link
         * OverflowPolicy#DROP_OLDEST}).
         *
         * @param policy a receiver refuses {@link OverflowPolicy#BLOCK}
         */
        public B overflowPolicy(OverflowPolicy policy) {
            return set(OVERFLOW, policy);
        }

        /**
         * The length of the queue to or from the application. It is allocated at once, with 1,536
         * bytes for each packet.
         *
         * @param packets 16..65,536; 4,096 by default
         */
        public B queuePackets(int packets) {
            return set(QUEUE, packets);
        }

        /**
         * Most memory for payloads of a flow's recovery buffer, or of what a sender keeps for
         * retransmission. They take what they hold and no more; a stream that needs more than this
         * is told of ({@link RistEvent.LimitReached}): a receiver delivers before the time, a
         * sender forgets what is oldest. It is of each flow: a {@link RistMultiReceiver} may take
         * it as often as it takes flows, and a sender as often as it has.
         *
         * @param mebibytes 1..65,536 MiB; 512 MiB by default, which 2 Gb/s fill in a sender's usual
         *     two seconds
         */
        public B memoryMiB(int mebibytes) {
            return set(MEMORY, mebibytes);
        }

        /**
         * The share of the originals that a path carries, relative to the weights of the others.
         *
         * @param share 0..1,000,000; 0, the default, carries every original (SMPTE 2022-7
         *     duplication)
         */
        public B weight(int share) {
            return set(WEIGHT, share);
        }

        /**
         * Requests take the live path of highest priority, and among equals the one with the
         * shortest round trip.
         *
         * @param priority 0..1,000,000; 0 by default
         */
        public B recoveryPriority(int priority) {
            return set(RECOVERY_PRIORITY, priority);
        }

        /**
         * The interface for multicast, joined and sent; unicast follows the routing table. The
         * system chooses by default.
         *
         * @param nameOrAddress its name or local address, up to 127 bytes
         */
        public B networkInterface(String nameOrAddress) {
            return set(NETWORK_INTERFACE, nameOrAddress);
        }

        /**
         * The time to live of outgoing multicast.
         *
         * @param hops 0..255; the system's default, 1, by default
         */
        public B multicastTtl(int hops) {
            return set(TTL, hops);
        }

        /**
         * The only source to take from a group (source-specific multicast).
         *
         * @param address its address; any source by default
         */
        public B multicastSource(InetAddress address) {
            return set(SOURCE, Objects.requireNonNull(address).getHostAddress());
        }

        /**
         * Whether this host receives its own multicast.
         *
         * @param on false by default
         */
        public B multicastLoopback(boolean on) {
            return set(LOOPBACK, on);
        }

        /**
         * Whether packets longer than the path's MTU leave in fragments. By default they do not
         * leave, and {@link RistEvent.SendRefused} tells.
         *
         * @param on whether they do
         */
        public B fragmentPackets(boolean on) {
            return set(FRAGMENT, on);
        }

        /**
         * The local port to dial from, with the next one for RTCP.
         *
         * @param port an even port; 0, the default, lets the system choose
         */
        public B localPort(int port) {
            return set(LOCAL_PORT, port);
        }

        /**
         * Calls a dialled peer anew that was there and fell silent: its name is looked up again,
         * and the path's sockets are opened again, on other ports where the system chooses them.
         * The first time after a session timeout and at least 2 s, then at growing intervals up to
         * ten times that.
         *
         * @param again true by default
         */
        public B redial(boolean again) {
            return set(REDIAL, again);
        }

        /**
         * Leaves null packets of a transport stream out; the receiver puts them back. A payload
         * must be 1 to 7 transport packets for that. {@link RistSender#setNullPacketDeletion}
         * changes it at run time. Spec: TR-06-2:2022 §8.3, which GStreamer uses on Simple too.
         *
         * @param delete false by default
         */
        public B nullPacketDeletion(boolean delete) {
            return set(NULL_PACKET_DELETION, delete);
        }

        /**
         * Which null packets are left out.
         *
         * @param rule {@link NullPacketRule#EXACT} by default
         */
        public B nullPacketRule(NullPacketRule rule) {
            return set(NULL_PACKET_RULE, rule);
        }

        /**
         * Tells 32 bits of the sequence numbers instead of 16, which come round after 65 536
         * packets: at high rates before a receiver has asked for all that it misses. Receivers that
         * do not know the extension go by the lower 16. Spec: TR-06-2:2022 §8.3 and §8.4.
         *
         * @param extended false by default
         */
        public B extendedSequence(boolean extended) {
            return set(EXTENDED_SEQUENCE, extended);
        }
    }
}
