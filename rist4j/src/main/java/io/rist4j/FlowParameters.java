package io.rist4j;

import static io.rist4j.Parameter.Acts.RECEIVER;
import static io.rist4j.Parameter.Acts.SENDER;
import static io.rist4j.Parameter.row;

import io.rist4j.core.flow.SenderFlowConfig;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** The settings of recovery, timing, queues and media packets: one for all paths of a session. */
final class FlowParameters {
    private static final ParameterGroup GROUP = new ParameterGroup();
    private static final Bitrate MOST_BITRATE = Bitrate.ofMegabits(100_000);

    static {
        GROUP.alias(
                "buffer",
                "recoveryBuffer",
                "recovery buffer: how long packets are held so that lost ones can come again; sets"
                        + " buffer-min and buffer-max",
                () -> List.of(FlowParameters.BUFFER_MIN, FlowParameters.BUFFER_MAX),
                "latency",
                "rcvlatency",
                "peerlatency",
                "delay");
    }

    static final Parameter<Duration> BUFFER_MIN =
            GROUP.add(
                    row(
                                    "buffer-min",
                                    "recoveryBufferMin",
                                    DurationKind.ofMillis(50, 30_000),
                                    "least recovery buffer; where it differs from buffer-max a"
                                            + " receiver sizes its buffer by the round-trip time")
                            .usually(
                                    Duration.ofSeconds(1),
                                    "buffer-max when that is less",
                                    s ->
                                            s.findBelow(
                                                    FlowParameters.BUFFER_MAX,
                                                    Duration.ofSeconds(1)))
                            .notAbove(Comparator.naturalOrder(), () -> FlowParameters.BUFFER_MAX)
                            .on((session, least) -> session.receiver.bufferMinNs(least.toNanos())));
    static final Parameter<Duration> BUFFER_MAX =
            GROUP.add(
                    row(
                                    "buffer-max",
                                    "recoveryBufferMax",
                                    DurationKind.ofMillis(50, 30_000),
                                    "most recovery buffer; a sender keeps packets for it and two"
                                            + " rtt-max")
                            .usually(
                                    Duration.ofSeconds(1),
                                    "buffer-min when that is more",
                                    s -> s.findAbove(BUFFER_MIN, Duration.ofSeconds(1)))
                            .on((session, most) -> {
                                session.receiver.bufferMaxNs(most.toNanos());
                                session.sender.bufferMaxNs(most.toNanos());
                            }));
    static final Parameter<Duration> REORDER_BUFFER =
            GROUP.add(
                    row(
                                    "reorder-buffer",
                                    "reorderBuffer",
                                    DurationKind.ofMillis(0, 10_000),
                                    "how long a packet may be overtaken before it is asked for")
                            .usually(Duration.ofMillis(15))
                            .actsAt(RECEIVER)
                            .notAbove(Comparator.naturalOrder(), () -> BUFFER_MIN)
                            .on((session, hold) -> session.receiver.reorderNs(hold.toNanos())));

    static {
        GROUP.alias(
                "rtt",
                "rtt",
                "one round-trip time, whatever is measured; sets rtt-min and rtt-max",
                () -> List.of(FlowParameters.RTT_MIN, FlowParameters.RTT_MAX));
    }

    static final Parameter<Duration> RTT_MIN =
            GROUP.add(
                    row(
                                    "rtt-min",
                                    "rttMin",
                                    DurationKind.ofMillis(1, 1_000),
                                    "least round-trip time that requests are spaced by; a receiver"
                                            + " spaces them no closer than buffer / max-retries")
                            .usually(
                                    Duration.ofMillis(5),
                                    "rtt-max when that is less",
                                    s -> s.findBelow(FlowParameters.RTT_MAX, Duration.ofMillis(5)))
                            .notAbove(Comparator.naturalOrder(), () -> FlowParameters.RTT_MAX)
                            .on((session, least) -> {
                                session.receiver.rttMinNs(least.toNanos());
                                session.sender.rttMinNs(least.toNanos());
                            }));
    static final Parameter<Duration> RTT_MAX =
            GROUP.add(
                    row(
                                    "rtt-max",
                                    "rttMax",
                                    DurationKind.ofMillis(1, 10_000),
                                    "most round-trip time that requests are spaced by")
                            .usually(
                                    Duration.ofMillis(500),
                                    "rtt-min when that is more",
                                    s -> s.findAbove(RTT_MIN, Duration.ofMillis(500)))
                            .on((session, most) -> {
                                session.receiver.rttMaxNs(most.toNanos());
                                session.sender.rttMaxNs(most.toNanos());
                            }));
    static final Parameter<Integer> RTT_MULTIPLIER =
            GROUP.add(
                    row(
                                    "rtt-multiplier",
                                    "rttMultiplier",
                                    IntKind.count(1, 100),
                                    "round trips that an automatically sized buffer holds")
                            .usually(7)
                            .actsAt(RECEIVER)
                            .on((session, roundTrips) -> session.roundTrips = roundTrips));
    static final Parameter<Integer> MIN_RETRIES =
            GROUP.add(
                    row(
                                    "min-retries",
                                    "minRetries",
                                    IntKind.count(2, 100),
                                    "how often a packet can be asked for within an automatically"
                                            + " sized buffer, at least")
                            .usually(
                                    6,
                                    "max-retries when that is less",
                                    s -> s.findBelow(FlowParameters.MAX_RETRIES, 6))
                            .actsAt(RECEIVER)
                            .notAbove(Comparator.naturalOrder(), () -> FlowParameters.MAX_RETRIES)
                            .on((session, least) -> session.leastRetries = least));
    static final Parameter<Integer> MAX_RETRIES =
            GROUP.add(
                    row(
                                    "max-retries",
                                    "maxRetries",
                                    IntKind.count(2, 100),
                                    "how often a packet is asked for, and sent again, at most")
                            .usually(
                                    20,
                                    "min-retries when that is more",
                                    s -> s.findAbove(MIN_RETRIES, 20))
                            .on((session, most) -> {
                                session.receiver.maxRetries(most);
                                session.sender.maxRetries(most);
                            }));
    static final Parameter<Bitrate> MAX_BITRATE =
            GROUP.add(
                    row(
                                    "bandwidth",
                                    "maxBitrate",
                                    new BitrateKind(Bitrate.ofKilobits(1), MOST_BITRATE),
                                    "ceiling of originals and retransmissions together, above which"
                                            + " none is sent again; by default three times what the"
                                            + " stream has, with a burst of one buffer")
                            .unset("three times the media")
                            .actsAt(SENDER)
                            .elsewhere("maxbw")
                            .on((session, most) ->
                                    session.sender.maxBitrate(most.bitsPerSecond())));
    static final Parameter<Bitrate> RETURN_BITRATE =
            GROUP.add(
                    row(
                                    "return-bandwidth",
                                    "returnBitrate",
                                    new BitrateKind(Bitrate.ZERO, Bitrate.ofMegabits(10_000)),
                                    "ceiling of the receiver's requests; 0 is no ceiling")
                            .usually(Bitrate.ZERO)
                            .actsAt(RECEIVER)
                            .on((session, most) ->
                                    session.receiver.returnBitrate(
                                            most.equals(Bitrate.ZERO)
                                                    ? 0
                                                    : Math.max(1_000, most.bitsPerSecond()))));
    static final Parameter<CongestionControl> CONGESTION_CONTROL =
            GROUP.add(
                    row(
                                    "congestion-control",
                                    "congestionControl",
                                    ChoiceKind.numbered(CongestionControl.values()),
                                    "how retransmissions are held back")
                            .usually(CongestionControl.NORMAL)
                            .actsAt(SENDER)
                            .on((session, mode) ->
                                    session.sender.congestionControl(mode.ofFlow())));
    static final Parameter<TimingMode> TIMING_MODE =
            GROUP.add(
                    row(
                                    "timing-mode",
                                    "timingMode",
                                    ChoiceKind.numbered(TimingMode.values()),
                                    "what playout follows: the sender's media clock, the arrival, or"
                                            + " the wall clock of hosts that are synchronised")
                            .usually(TimingMode.SOURCE)
                            .actsAt(RECEIVER)
                            .on((session, mode) -> session.receiver.timing(mode.ofFlow())));
    static final Parameter<Duration> SESSION_TIMEOUT =
            GROUP.add(
                    row(
                                    "session-timeout",
                                    "sessionTimeout",
                                    DurationKind.ofMillis(250, 600_000),
                                    "silence after which a path is down")
                            .usually(
                                    Duration.ofSeconds(2),
                                    "three keepalive-intervals when that is more",
                                    s ->
                                            s.find(FlowParameters.KEEPALIVE_INTERVAL)
                                                    .map(interval -> interval.multipliedBy(3))
                                                    .filter(three ->
                                                            three.compareTo(Duration.ofSeconds(2))
                                                                    > 0))
                            .on((session, silence) ->
                                    session.sessionTimeoutNs = silence.toNanos()));
    static final Parameter<Duration> KEEPALIVE_INTERVAL =
            GROUP.add(
                    row(
                                    "keepalive-interval",
                                    "keepaliveInterval",
                                    DurationKind.ofMillis(10, 10_000),
                                    "time between reports (RTCP); TR-06-1 allows 100 at most, and"
                                            + " libRIST gives up after 250 of silence")
                            .usually(Duration.ofMillis(100))
                            .notAbove(Comparator.naturalOrder(), () -> SESSION_TIMEOUT)
                            .on((session, interval) ->
                                    session.reportIntervalNs = interval.toNanos()));

    static {
        GROUP.alias(
                "keepalive",
                "",
                "another name of keepalive-interval",
                () -> List.of(KEEPALIVE_INTERVAL));
    }

    static final Parameter<String> CNAME =
            GROUP.add(
                    row(
                                    "cname",
                                    "cname",
                                    new TextKind(127),
                                    "canonical name that the peer sees (SDES CNAME)")
                            .unset("made at random")
                            .on((session, name) -> session.canonicalName = name));
    static final Parameter<Integer> FLOW_ID =
            GROUP.add(
                    row(
                                    "flow-id",
                                    "flowId",
                                    new FlowIdKind(),
                                    "flow id, which is the media's SSRC with bit 0 clear")
                            .unset("made at random")
                            .actsAt(SENDER)
                            .on((session, id) -> session.flowId = id));
    static final Parameter<RequestFormat> REQUEST_FORMAT =
            GROUP.add(
                    row(
                                    "request-format",
                                    "requestFormat",
                                    ChoiceKind.named(RequestFormat.values()),
                                    "how retransmission requests are written")
                            .usually(RequestFormat.RANGE)
                            .actsAt(RECEIVER)
                            .on((session, format) -> session.requestFormat = format.ofSession()));
    static final Parameter<Boolean> REQUEST_REDUNDANCY =
            GROUP.add(
                    row(
                                    "request-redundancy",
                                    "requestRedundancy",
                                    new SwitchKind(),
                                    "requests are repeated within the round trip as the return path"
                                            + " is seen to lose them")
                            .usually(true)
                            .actsAt(RECEIVER)
                            .on((session, on) -> session.receiver.requestRedundancy(on)));
    static final Parameter<Boolean> TAIL_REPAIR =
            GROUP.add(
                    row(
                                    "tail-repair",
                                    "tailRepair",
                                    new SwitchKind(),
                                    "when the input pauses, the last packet is repeated, so that the"
                                            + " receiver sees what is missing before it")
                            .usually(true)
                            .actsAt(SENDER)
                            .on((session, on) -> session.sender.tailRepair(on)));
    static final Parameter<Boolean> START_REPAIR =
            GROUP.add(
                    row(
                                    "start-repair",
                                    "startRepair",
                                    new SwitchKind(),
                                    "packets from before the first one that arrived are asked for,"
                                            + " 32 at most")
                            .usually(true)
                            .actsAt(RECEIVER)
                            .on((session, on) -> session.receiver.startRepair(on)));
    static final Parameter<Duration> PLAYOUT_TOLERANCE =
            GROUP.add(
                    row(
                                    "playout-tolerance",
                                    "playoutTolerance",
                                    DurationKind.ofMillis(0, 20),
                                    "how far from its instant a packet may come out, either way, and"
                                            + " half as far where packets are closer together; more"
                                            + " saves CPU")
                            .usually(Duration.ofMillis(1))
                            .actsAt(RECEIVER)
                            .on((session, either) ->
                                    session.receiver.playoutToleranceNs(either.toNanos())));
    static final Parameter<OverflowPolicy> OVERFLOW =
            GROUP.add(
                    row(
                                    "overflow",
                                    "overflowPolicy",
                                    ChoiceKind.named(OverflowPolicy.values()),
                                    "what happens when the queue to or from the application is full;"
                                            + " a receiver cannot block")
                            .unset("block for a sender, drop-oldest for a receiver")
                            .on((session, policy) -> session.overflow = policy));
    static final Parameter<Integer> QUEUE =
            GROUP.add(
                    row(
                                    "queue",
                                    "queuePackets",
                                    new IntKind(16, 65_536, "packets", 1),
                                    "length of the queue to or from the application")
                            .usually(4096)
                            .on((session, packets) -> session.queuePackets = packets));
    static final Parameter<Integer> MEMORY =
            GROUP.add(
                    row(
                                    "memory",
                                    "memoryMiB",
                                    new IntKind(1, 65_536, "MiB", 1),
                                    "most memory for payloads: of all recovery buffers of a receiver,"
                                            + " or of what a sender keeps of a flow; they take what"
                                            + " they hold")
                            .usually((int) (SenderFlowConfig.DEFAULT_MEMORY_BYTES >> 20))
                            .on((session, mebibytes) -> {
                                session.receiver.maxMemoryBytes((long) mebibytes << 20);
                                session.sender.maxMemoryBytes((long) mebibytes << 20);
                            }));
    static final Parameter<Boolean> REDIAL =
            GROUP.add(
                    row(
                                    "redial",
                                    "redial",
                                    new SwitchKind(),
                                    "a dialled peer that falls silent is looked up again and called"
                                            + " from another port")
                            .usually(true)
                            .on((session, again) -> session.redials = again));
    static final Parameter<Boolean> NULL_PACKET_DELETION =
            GROUP.add(
                    row(
                                    "null-packet-deletion",
                                    "nullPacketDeletion",
                                    new SwitchKind(),
                                    "leave null packets of a transport stream out; receivers put"
                                            + " them back")
                            .usually(false)
                            .actsAt(SENDER)
                            .on((session, delete) -> session.deletesNulls = delete));
    static final Parameter<NullPacketRule> NULL_PACKET_RULE =
            GROUP.add(
                    row(
                                    "null-packet-rule",
                                    "nullPacketRule",
                                    ChoiceKind.named(NullPacketRule.values()),
                                    "which: those that come back just as they were, or every one, as"
                                            + " libRIST")
                            .usually(NullPacketRule.EXACT)
                            .actsAt(SENDER)
                            .on((session, rule) -> session.deletionRule = rule.ofSession()));
    static final Parameter<Boolean> EXTENDED_SEQUENCE =
            GROUP.add(
                    row(
                                    "extended-sequence",
                                    "extendedSequence",
                                    new SwitchKind(),
                                    "tell 32 bits of sequence numbers, for receivers that go by them")
                            .usually(false)
                            .actsAt(SENDER)
                            .on((session, extended) -> {
                                session.extendedSequence = extended;
                                session.sender.sequenceBits(extended ? 32 : 16);
                            }));

    /** In the order of help. */
    static final List<UriRow> ROWS = GROUP.rows();

    private FlowParameters() {}
}
