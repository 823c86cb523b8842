package io.rist4j.testkit.simulation;

import io.rist4j.core.flow.ReceiverFlowConfig;
import io.rist4j.core.flow.SenderFlowConfig;
import io.rist4j.core.time.SessionTime;
import io.rist4j.session.RequestFormat;
import io.rist4j.testkit.link.LinkConfig;
import io.rist4j.testkit.network.ClockSkew;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Everything that happens in one simulation. Immutable; the same scenario always plays the same
 * way.
 *
 * @param seed of the network's decisions, the input's irregularities and the payloads
 * @param paths one to four
 * @param contact who dials whom
 * @param packets how many packets the input has, 1..10 million
 * @param intervalNs mean time between two packets of the input
 * @param burstPackets how many packets of the input come at once
 * @param pauses when the input pauses
 * @param leastPayloadBytes size of the smallest payload, at least 1
 * @param mostPayloadBytes size of the largest payload, at most 9968
 * @param sender the sending half's settings
 * @param receiver the receiving half's settings
 * @param requestFormat how the receiver writes its requests
 * @param flowId the sender's SSRC, even
 * @param firstSequence sequence number of the first packet, 0..65535
 * @param senderClock the sender's clock
 * @param receiverClock the receiver's clock
 * @param inputAfterNs how long after the sender's start the input begins
 * @param receiverAfterNs how long after the sender the receiver starts
 * @param wakeNs hosts wake up at multiples of this only; 0 wakes them at every event
 * @param strangersPerSecond datagrams per second that strangers send to every socket, random and
 *     forged ones
 * @param tunnel the profile, and what happens to its security
 * @param attacks what somebody who means harm tries
 */
public record Scenario(
        long seed,
        List<PathScenario> paths,
        Contact contact,
        int packets,
        long intervalNs,
        int burstPackets,
        List<Pause> pauses,
        int leastPayloadBytes,
        int mostPayloadBytes,
        SenderFlowConfig sender,
        ReceiverFlowConfig receiver,
        RequestFormat requestFormat,
        int flowId,
        int firstSequence,
        ClockSkew senderClock,
        ClockSkew receiverClock,
        long inputAfterNs,
        long receiverAfterNs,
        long wakeNs,
        int strangersPerSecond,
        TunnelScenario tunnel,
        Set<Attack> attacks) {
    /** Paths that a simulation has at most. */
    public static final int MOST_PATHS = 4;

    /** Who dials whom. */
    public enum Contact {
        /** The receiver listens, on a port pair of its own for each path. */
        SENDER_DIALS,
        /** The receiver listens on one port pair; the sender dials it from several addresses. */
        SENDER_DIALS_ONE_PORT,
        /** The sender listens, on a port pair of its own for each path. */
        RECEIVER_DIALS
    }

    /**
     * One path.
     *
     * @param forward what it does from sender to receiver
     * @param backward what it does from receiver to sender
     * @param weight its share of the originals; 0 carries them all
     * @param priority the receiver's requests prefer the live path of highest priority. Where it
     *     listens on one port for all paths, that of the first path holds for all
     */
    public record PathScenario(LinkConfig forward, LinkConfig backward, int weight, int priority) {}

    /**
     * A pause of the input.
     *
     * @param afterPacket number of the last packet before it, counted from 0
     * @param durationNs how long
     */
    public record Pause(int afterPacket, long durationNs) {}

    /** Checks ranges and copies. */
    public Scenario {
        paths = List.copyOf(paths);
        pauses = List.copyOf(pauses);
        attacks = Collections.unmodifiableSet(new TreeSet<>(attacks));
        check("paths", paths.size(), 1, MOST_PATHS, "paths");
        check("packets", packets, 1, 10_000_000, "packets");
        check("interval", intervalNs, 1, 60 * SessionTime.SECOND, "ns");
        check("burst", burstPackets, 1, 10_000, "packets");
        check("least payload", leastPayloadBytes, 1, mostPayloadBytes, "bytes");
        check(
                "most payload",
                mostPayloadBytes,
                leastPayloadBytes,
                SenderFlowConfig.MAX_PAYLOAD_BYTES,
                "bytes");
        check("first sequence", firstSequence, 0, 65_535, "");
        check("input begins after", inputAfterNs, 0, 60 * SessionTime.SECOND, "ns");
        check("receiver starts after", receiverAfterNs, 0, 60 * SessionTime.SECOND, "ns");
        check("wake", wakeNs, 0, 100 * SessionTime.MILLISECOND, "ns");
        check("strangers", strangersPerSecond, 0, 1_000_000, "datagrams per second");
        for (Attack attack : attacks) {
            if (!attack.suits(tunnel.protection())) {
                throw new IllegalArgumentException(
                        attack + " finds nothing to attack under " + tunnel.protection());
            }
        }
    }

    static void check(String name, long value, long least, long most, String unit) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    (name
                                    + " "
                                    + value
                                    + " "
                                    + unit
                                    + " is outside "
                                    + least
                                    + ".."
                                    + most
                                    + " "
                                    + unit)
                            .replace("  ", " ")
                            .strip());
        }
    }

    /**
     * Begins a scenario: one clean path, 2000 packets of 1316 bytes at one in a millisecond,
     * default settings.
     *
     * @param seed any number
     */
    public static Builder builder(long seed) {
        return new Builder(seed);
    }

    /**
     * A scenario drawn from everything that this kit can do: loss of 0 to 50 % at random and in
     * bursts, delay to 150 ms, jitter, duplication, reordering, rate limits, paths that die and
     * come back, one to four paths with weights and priorities, wraps of sequence numbers and
     * timestamps, drifting clocks, pauses, bitrates, payload sizes and buffers, and the profile
     * with its security. At least 2000 packets.
     *
     * @param seed any number; the same number always draws the same
     */
    public static Scenario draw(long seed) {
        return draw(seed, new TunnelDraw(seed).protection());
    }

    /**
     * The same links, input and settings as {@link #draw(long)} draws, under a protection of the
     * caller's choice.
     *
     * @param seed any number
     * @param protection profile and kind of security
     */
    public static Scenario draw(long seed, Protection protection) {
        return new ScenarioDraw(seed).draw(protection);
    }

    /** The longest time that an original may take on any path, without what the hosts add. */
    public long longestForwardNs() {
        long longestNs = 0;
        for (PathScenario path : paths) {
            longestNs = Math.max(longestNs, longestNs(path.forward()));
        }
        return longestNs;
    }

    /** The longest round trip of any path, hosts included. */
    public long longestRoundTripNs() {
        long longestNs = 0;
        for (PathScenario path : paths) {
            longestNs = Math.max(longestNs, longestNs(path.forward()) + longestNs(path.backward()));
        }
        return longestNs + 2 * (wakeNs + tunnel.mostKeyNs());
    }

    private static long longestNs(LinkConfig link) {
        long ns = link.delayNs() + link.jitterNs() + (link.reorder() > 0 ? link.reorderNs() : 0);
        return link.bitsPerSecond() == 0
                ? ns
                : ns + link.queueNs() + 10_000 * 8 * SessionTime.SECOND / link.bitsPerSecond();
    }

    /**
     * The priority that the receiver knows a path by.
     *
     * @param path its index
     */
    public int priorityOf(int path) {
        return paths.get(contact == Contact.SENDER_DIALS_ONE_PORT ? 0 : path).priority();
    }

    /** The media's bitrate while the input does not pause, payload only. */
    public long bitsPerSecond() {
        return (leastPayloadBytes + mostPayloadBytes) / 2 * 8L * SessionTime.SECOND / intervalNs;
    }

    /** Every setting that matters, one line for each path. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        text.append("seed ").append(seed).append(", ").append(contact);
        text.append("\n  input: ").append(packets).append(" packets, one in ");
        text.append(intervalNs / 1e3).append(" us, ").append(burstPackets).append(" at once, ");
        text.append(leastPayloadBytes).append("..").append(mostPayloadBytes).append(" bytes, ");
        text.append("first sequence ").append(firstSequence);
        text.append(", begins after ").append(inputAfterNs / 1e6).append(" ms");
        for (Pause pause : pauses) {
            text.append(", pause of ").append(pause.durationNs() / 1e6);
            text.append(" ms after packet ").append(pause.afterPacket());
        }
        text.append("\n  receiver: buffer ").append(receiver.bufferMinNs() / 1e6);
        if (receiver.bufferMaxNs() != receiver.bufferMinNs()) {
            text.append("..").append(receiver.bufferMaxNs() / 1e6);
        }
        text.append(" ms, reorder ").append(receiver.reorderNs() / 1e6).append(" ms, ");
        text.append(receiver.timing()).append(" timing, ");
        text.append(receiver.maxRetries()).append(" retries, ").append(requestFormat);
        text.append(receiver.startRepair() ? "" : ", no start repair");
        text.append(receiver.requestRedundancy() ? "" : ", no request redundancy");
        text.append(sender.tailRepair() ? "" : ", no tail repair");
        text.append(", starts after ").append(receiverAfterNs / 1e6).append(" ms");
        text.append("\n  sender: ceiling ").append(sender.maxBitrate()).append(" bit/s, ");
        text.append(sender.congestionControl());
        text.append(", timestamp base ").append(sender.timestampBaseNs()).append(" ns");
        text.append("\n  clocks: ").append(senderClock).append(" to ").append(receiverClock);
        text.append(", hosts wake every ").append(wakeNs / 1e3).append(" us, ");
        text.append(strangersPerSecond).append(" datagrams of strangers per second");
        text.append("\n  tunnel: ").append(tunnel);
        text.append(attacks.isEmpty() ? "" : "\n  attacks: " + attacks);
        for (int i = 0; i < paths.size(); i++) {
            PathScenario path = paths.get(i);
            text.append("\n  path ").append(i).append(" weight ").append(path.weight());
            text.append(" priority ").append(priorityOf(i));
            text.append(": > ").append(path.forward()).append(" < ").append(path.backward());
        }
        return text.toString();
    }

    /** Collects a scenario. Not thread-safe. */
    public static final class Builder {
        private final long seed;
        private final List<PathScenario> paths = new ArrayList<>();
        private final List<Pause> pauses = new ArrayList<>();
        private Contact contact = Contact.SENDER_DIALS;
        private int packets = 2_000;
        private long intervalNs = SessionTime.MILLISECOND;
        private int burstPackets = 1;
        private int leastPayloadBytes = 1_316;
        private int mostPayloadBytes = 1_316;
        private SenderFlowConfig sender = SenderFlowConfig.builder().build();
        private ReceiverFlowConfig receiver = ReceiverFlowConfig.builder().build();
        private RequestFormat requestFormat = RequestFormat.RANGE;
        private int flowId = 0x5EED_0000;
        private int firstSequence;
        private ClockSkew senderClock = ClockSkew.NONE;
        private ClockSkew receiverClock = ClockSkew.NONE;
        private long inputAfterNs;
        private long receiverAfterNs;
        private long wakeNs;
        private int strangersPerSecond;
        private TunnelScenario tunnel = TunnelScenario.SIMPLE;
        private Set<Attack> attacks = Set.of();

        private Builder(long seed) {
            this.seed = seed;
        }

        /**
         * One more path that carries every original.
         *
         * @param forward what it does from sender to receiver
         * @param backward what it does from receiver to sender
         */
        public Builder path(LinkConfig forward, LinkConfig backward) {
            return path(forward, backward, 0);
        }

        /**
         * One more path.
         *
         * @param forward what it does from sender to receiver
         * @param backward what it does from receiver to sender
         * @param weight its share of the originals; 0 carries them all
         */
        public Builder path(LinkConfig forward, LinkConfig backward, int weight) {
            return path(forward, backward, weight, 0);
        }

        /**
         * One more path.
         *
         * @param forward what it does from sender to receiver
         * @param backward what it does from receiver to sender
         * @param weight its share of the originals; 0 carries them all
         * @param priority requests prefer the live path of highest priority
         */
        public Builder path(LinkConfig forward, LinkConfig backward, int weight, int priority) {
            paths.add(new PathScenario(forward, backward, weight, priority));
            return this;
        }

        /**
         * Who dials whom. By default the sender, and the receiver has ports for each path.
         *
         * @param who the choice
         */
        public Builder contact(Contact who) {
            contact = who;
            return this;
        }

        /**
         * Length of the input. By default 2000.
         *
         * @param count 1..10 million
         */
        public Builder packets(int count) {
            packets = count;
            return this;
        }

        /**
         * Mean time between two packets of the input. By default 1 ms.
         *
         * @param mean 1 ns..60 s
         */
        public Builder interval(Duration mean) {
            intervalNs = mean.toNanos();
            return this;
        }

        /**
         * How many packets come at once, after so many intervals. By default 1.
         *
         * @param atOnce 1..10000
         */
        public Builder burst(int atOnce) {
            burstPackets = atOnce;
            return this;
        }

        /**
         * One more pause of the input.
         *
         * @param afterPacket number of the last packet before it, counted from 0
         * @param duration how long
         */
        public Builder pause(int afterPacket, Duration duration) {
            pauses.add(new Pause(afterPacket, duration.toNanos()));
            return this;
        }

        /**
         * Sizes of the payloads. By default 1316 bytes each.
         *
         * @param least the smallest, at least 1
         * @param most the largest, at most 9968
         */
        public Builder payload(int least, int most) {
            leastPayloadBytes = least;
            mostPayloadBytes = most;
            return this;
        }

        /**
         * The sending half's settings.
         *
         * @param config by default the defaults
         */
        public Builder sender(SenderFlowConfig config) {
            sender = config;
            return this;
        }

        /**
         * The receiving half's settings.
         *
         * @param config by default the defaults
         */
        public Builder receiver(ReceiverFlowConfig config) {
            receiver = config;
            return this;
        }

        /**
         * How the receiver writes its requests.
         *
         * @param format by default ranges
         */
        public Builder requestFormat(RequestFormat format) {
            requestFormat = format;
            return this;
        }

        /**
         * The sender's identity.
         *
         * @param ssrc even
         */
        public Builder flowId(int ssrc) {
            flowId = ssrc;
            return this;
        }

        /**
         * Sequence number of the first packet. By default 0.
         *
         * @param sequence 0..65535
         */
        public Builder firstSequence(int sequence) {
            firstSequence = sequence;
            return this;
        }

        /**
         * The hosts' clocks. By default the network's.
         *
         * @param ofSender the sender's
         * @param ofReceiver the receiver's
         */
        public Builder clocks(ClockSkew ofSender, ClockSkew ofReceiver) {
            senderClock = ofSender;
            receiverClock = ofReceiver;
            return this;
        }

        /**
         * When things begin, after the sender's start. By default at once.
         *
         * @param input when the input begins, 0..60 s
         * @param listener when the receiver starts, 0..60 s
         */
        public Builder begin(Duration input, Duration listener) {
            inputAfterNs = input.toNanos();
            receiverAfterNs = listener.toNanos();
            return this;
        }

        /**
         * Lets hosts wake up at multiples of a time only. By default they wake at every event.
         *
         * @param every 0..100 ms
         */
        public Builder wake(Duration every) {
            wakeNs = every.toNanos();
            return this;
        }

        /**
         * Lets strangers send random and forged datagrams to every socket. By default none.
         *
         * @param perSecond how many
         */
        public Builder strangers(int perSecond) {
            strangersPerSecond = perSecond;
            return this;
        }

        /**
         * The profile, and what happens to its security. By default the Simple one.
         *
         * @param what the choice
         */
        public Builder tunnel(TunnelScenario what) {
            tunnel = what;
            return this;
        }

        /**
         * What somebody who means harm tries. By default nothing.
         *
         * @param what the attacks; each must suit the protection
         */
        public Builder attacks(Set<Attack> what) {
            attacks = what;
            return this;
        }

        /**
         * The scenario.
         *
         * @throws IllegalArgumentException naming field, value, range and unit of what is out of
         *     range
         */
        public Scenario build() {
            var cleanPath = new PathScenario(LinkConfig.clean(), LinkConfig.clean(), 0, 0);
            return new Scenario(
                    seed,
                    paths.isEmpty() ? List.of(cleanPath) : paths,
                    contact,
                    packets,
                    intervalNs,
                    burstPackets,
                    pauses,
                    leastPayloadBytes,
                    mostPayloadBytes,
                    sender,
                    receiver,
                    requestFormat,
                    flowId,
                    firstSequence,
                    senderClock,
                    receiverClock,
                    inputAfterNs,
                    receiverAfterNs,
                    wakeNs,
                    strangersPerSecond,
                    tunnel,
                    attacks);
        }
    }
}
