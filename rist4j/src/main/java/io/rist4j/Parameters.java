package io.rist4j;

import io.rist4j.Parameter.Acts;
import io.rist4j.Parameter.Scope;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The table of settings and URL parameters. */
final class Parameters {
    private static final Bitrate MOST_BITRATE = Bitrate.ofMegabits(100_000);

    static final Parameter<Duration> BUFFER_MIN =
            new Parameter<>(
                    "buffer-min",
                    "recoveryBufferMin",
                    new DurationKind(Duration.ofMillis(50), Duration.ofSeconds(30)),
                    s -> atMost(Duration.ofSeconds(1), s.find(Parameters.BUFFER_MAX)),
                    "1000, or buffer-max when that is less",
                    Scope.SESSION,
                    Acts.BOTH,
                    "least recovery buffer; where it differs from buffer-max a receiver sizes its"
                            + " buffer by the round-trip time");
    static final Parameter<Duration> BUFFER_MAX =
            new Parameter<>(
                    "buffer-max",
                    "recoveryBufferMax",
                    new DurationKind(Duration.ofMillis(50), Duration.ofSeconds(30)),
                    s -> atLeast(Duration.ofSeconds(1), s.find(BUFFER_MIN)),
                    "1000, or buffer-min when that is more",
                    Scope.SESSION,
                    Acts.BOTH,
                    "most recovery buffer; a sender keeps packets for it and two rtt-max");
    static final Parameter<Duration> REORDER_BUFFER =
            new Parameter<>(
                    "reorder-buffer",
                    "reorderBuffer",
                    new DurationKind(Duration.ZERO, Duration.ofSeconds(10)),
                    s -> Optional.of(Duration.ofMillis(15)),
                    "15",
                    Scope.SESSION,
                    Acts.RECEIVER,
                    "how long a packet may be overtaken before it is asked for");
    static final Parameter<Duration> RTT_MIN =
            new Parameter<>(
                    "rtt-min",
                    "rttMin",
                    new DurationKind(Duration.ofMillis(1), Duration.ofSeconds(1)),
                    s -> atMost(Duration.ofMillis(5), s.find(Parameters.RTT_MAX)),
                    "5, or rtt-max when that is less",
                    Scope.SESSION,
                    Acts.BOTH,
                    "least round-trip time that requests are spaced by; a receiver spaces them no"
                            + " closer than buffer / max-retries");
    static final Parameter<Duration> RTT_MAX =
            new Parameter<>(
                    "rtt-max",
                    "rttMax",
                    new DurationKind(Duration.ofMillis(1), Duration.ofSeconds(10)),
                    s -> atLeast(Duration.ofMillis(500), s.find(RTT_MIN)),
                    "500, or rtt-min when that is more",
                    Scope.SESSION,
                    Acts.BOTH,
                    "most round-trip time that requests are spaced by");
    static final Parameter<Integer> RTT_MULTIPLIER =
            new Parameter<>(
                    "rtt-multiplier",
                    "rttMultiplier",
                    IntKind.count(1, 100),
                    s -> Optional.of(7),
                    "7",
                    Scope.SESSION,
                    Acts.RECEIVER,
                    "round trips that an automatically sized buffer holds");
    static final Parameter<Integer> MAX_RETRIES =
            new Parameter<>(
                    "max-retries",
                    "maxRetries",
                    IntKind.count(2, 100),
                    s -> atLeast(20, s.find(Parameters.MIN_RETRIES)),
                    "20, or min-retries when that is more",
                    Scope.SESSION,
                    Acts.BOTH,
                    "how often a packet is asked for, and sent again, at most");
    static final Parameter<Integer> MIN_RETRIES =
            new Parameter<>(
                    "min-retries",
                    "minRetries",
                    IntKind.count(2, 100),
                    s -> atMost(6, s.find(MAX_RETRIES)),
                    "6, or max-retries when that is less",
                    Scope.SESSION,
                    Acts.RECEIVER,
                    "how often a packet can be asked for within an automatically sized buffer, at"
                            + " least");
    static final Parameter<Bitrate> MAX_BITRATE =
            new Parameter<>(
                    "bandwidth",
                    "maxBitrate",
                    new BitrateKind(Bitrate.ofKilobits(1), MOST_BITRATE),
                    s -> Optional.empty(),
                    "three times the media",
                    Scope.SESSION,
                    Acts.SENDER,
                    "ceiling of originals and retransmissions together, above which none is sent"
                            + " again; by default three times what the stream has, with a burst"
                            + " of one buffer");
    static final Parameter<Bitrate> RETURN_BITRATE =
            new Parameter<>(
                    "return-bandwidth",
                    "returnBitrate",
                    new BitrateKind(Bitrate.ZERO, Bitrate.ofMegabits(10_000)),
                    s -> Optional.of(Bitrate.ZERO),
                    "0",
                    Scope.SESSION,
                    Acts.RECEIVER,
                    "ceiling of the receiver's requests; 0 is no ceiling");
    static final Parameter<CongestionControl> CONGESTION_CONTROL =
            new Parameter<>(
                    "congestion-control",
                    "congestionControl",
                    ChoiceKind.numbered(CongestionControl.values()),
                    s -> Optional.of(CongestionControl.NORMAL),
                    "normal",
                    Scope.SESSION,
                    Acts.SENDER,
                    "how retransmissions are held back");
    static final Parameter<TimingMode> TIMING_MODE =
            new Parameter<>(
                    "timing-mode",
                    "timingMode",
                    ChoiceKind.numbered(TimingMode.values()),
                    s -> Optional.of(TimingMode.SOURCE),
                    "source",
                    Scope.SESSION,
                    Acts.RECEIVER,
                    "what playout follows: the sender's media clock, the arrival, or the wall clock"
                            + " of hosts that are synchronised");
    static final Parameter<Duration> SESSION_TIMEOUT =
            new Parameter<>(
                    "session-timeout",
                    "sessionTimeout",
                    new DurationKind(Duration.ofMillis(250), Duration.ofMinutes(10)),
                    s ->
                            atLeast(
                                    Duration.ofSeconds(2),
                                    s.find(Parameters.KEEPALIVE_INTERVAL)
                                            .map(k -> k.multipliedBy(3))),
                    "2000, or three keepalive-intervals when that is more",
                    Scope.SESSION,
                    Acts.BOTH,
                    "silence after which a path is down");
    static final Parameter<Duration> KEEPALIVE_INTERVAL =
            new Parameter<>(
                    "keepalive-interval",
                    "keepaliveInterval",
                    new DurationKind(Duration.ofMillis(10), Duration.ofSeconds(10)),
                    s -> Optional.of(Duration.ofMillis(100)),
                    "100",
                    Scope.SESSION,
                    Acts.BOTH,
                    "time between reports (RTCP); TR-06-1 allows 100 at most, and libRIST gives up"
                            + " after 250 of silence");
    static final Parameter<String> CNAME =
            new Parameter<>(
                    "cname",
                    "cname",
                    new TextKind(127),
                    s -> Optional.empty(),
                    "made at random",
                    Scope.SESSION,
                    Acts.BOTH,
                    "canonical name that the peer sees (SDES CNAME)");
    static final Parameter<Integer> FLOW_ID =
            new Parameter<>(
                    "flow-id",
                    "flowId",
                    new FlowIdKind(),
                    s -> Optional.empty(),
                    "made at random",
                    Scope.SESSION,
                    Acts.SENDER,
                    "flow id, which is the media's SSRC with bit 0 clear");
    static final Parameter<RequestFormat> REQUEST_FORMAT =
            new Parameter<>(
                    "request-format",
                    "requestFormat",
                    ChoiceKind.named(RequestFormat.values()),
                    s -> Optional.of(RequestFormat.RANGE),
                    "range",
                    Scope.SESSION,
                    Acts.RECEIVER,
                    "how retransmission requests are written");
    static final Parameter<Boolean> REQUEST_REDUNDANCY =
            new Parameter<>(
                    "request-redundancy",
                    "requestRedundancy",
                    new SwitchKind(),
                    s -> Optional.of(true),
                    "1",
                    Scope.SESSION,
                    Acts.RECEIVER,
                    "requests are repeated within the round trip as the return path is seen to lose"
                            + " them");
    static final Parameter<Boolean> TAIL_REPAIR =
            new Parameter<>(
                    "tail-repair",
                    "tailRepair",
                    new SwitchKind(),
                    s -> Optional.of(true),
                    "1",
                    Scope.SESSION,
                    Acts.SENDER,
                    "when the input pauses, the last packet is repeated, so that the receiver sees"
                            + " what is missing before it");
    static final Parameter<Boolean> START_REPAIR =
            new Parameter<>(
                    "start-repair",
                    "startRepair",
                    new SwitchKind(),
                    s -> Optional.of(true),
                    "1",
                    Scope.SESSION,
                    Acts.RECEIVER,
                    "packets from before the first one that arrived are asked for, 32 at most");
    static final Parameter<Duration> PLAYOUT_TOLERANCE =
            new Parameter<>(
                    "playout-tolerance",
                    "playoutTolerance",
                    new DurationKind(Duration.ZERO, Duration.ofMillis(20)),
                    s -> Optional.of(Duration.ofMillis(1)),
                    "1",
                    Scope.SESSION,
                    Acts.RECEIVER,
                    "how far from its instant a packet may come out, either way, and half as far where"
                            + " packets are closer together; more saves CPU");
    static final Parameter<OverflowPolicy> OVERFLOW =
            new Parameter<>(
                    "overflow",
                    "overflowPolicy",
                    ChoiceKind.named(OverflowPolicy.values()),
                    s -> Optional.empty(),
                    "block for a sender, drop-oldest for a receiver",
                    Scope.SESSION,
                    Acts.BOTH,
                    "what happens when the queue to or from the application is full; a receiver"
                            + " cannot block");
    static final Parameter<Integer> QUEUE =
            new Parameter<>(
                    "queue",
                    "queuePackets",
                    new IntKind(16, 65_536, "packets", 1),
                    s -> Optional.of(4096),
                    "4096",
                    Scope.SESSION,
                    Acts.BOTH,
                    "length of the queue to or from the application");
    static final Parameter<Integer> MEMORY =
            new Parameter<>(
                    "memory",
                    "memoryMiB",
                    new IntKind(1, 65_536, "MiB", 1),
                    s -> Optional.of(512),
                    "512",
                    Scope.SESSION,
                    Acts.BOTH,
                    "most memory for payloads: of a flow's recovery buffer, or of what a sender keeps;"
                            + " they take what they hold");
    static final Parameter<Integer> WEIGHT =
            new Parameter<>(
                    "weight",
                    "weight",
                    IntKind.count(0, 1_000_000),
                    s -> Optional.of(0),
                    "0",
                    Scope.PATH,
                    Acts.SENDER,
                    "share of the originals that this path carries; 0 carries every one"
                            + " (SMPTE 2022-7 duplication)");
    static final Parameter<Integer> RECOVERY_PRIORITY =
            new Parameter<>(
                    "recovery-priority",
                    "recoveryPriority",
                    IntKind.count(0, 1_000_000),
                    s -> Optional.of(0),
                    "0",
                    Scope.PATH,
                    Acts.RECEIVER,
                    "requests take the live path of highest priority, then of shortest round trip");
    static final Parameter<String> NETWORK_INTERFACE =
            new Parameter<>(
                    "miface",
                    "networkInterface",
                    new TextKind(127),
                    s -> Optional.empty(),
                    "the system's choice",
                    Scope.PATH,
                    Acts.BOTH,
                    "name or address of the interface for multicast; unicast follows the routing table");
    static final Parameter<Integer> TTL =
            new Parameter<>(
                    "ttl",
                    "multicastTtl",
                    IntKind.count(0, 255),
                    s -> Optional.empty(),
                    "the system's, 1",
                    Scope.PATH,
                    Acts.BOTH,
                    "time to live of outgoing multicast");
    static final Parameter<String> SOURCE =
            new Parameter<>(
                    "source",
                    "multicastSource",
                    new AddressKind(),
                    s -> Optional.empty(),
                    "any",
                    Scope.PATH,
                    Acts.BOTH,
                    "the only source to take from the group (source-specific multicast)");
    static final Parameter<Boolean> LOOPBACK =
            new Parameter<>(
                    "multicast-loopback",
                    "multicastLoopback",
                    new SwitchKind(),
                    s -> Optional.of(false),
                    "0",
                    Scope.PATH,
                    Acts.BOTH,
                    "whether this host receives its own multicast");
    static final Parameter<Boolean> FRAGMENT =
            new Parameter<>(
                    "fragment-packets",
                    "fragmentPackets",
                    new SwitchKind(),
                    s -> Optional.of(false),
                    "0",
                    Scope.PATH,
                    Acts.BOTH,
                    "packets longer than the path's MTU leave in fragments instead of not at all; losing"
                            + " one of them loses the packet");
    static final Parameter<Boolean> REDIAL =
            new Parameter<>(
                    "redial",
                    "redial",
                    new SwitchKind(),
                    s -> Optional.of(true),
                    "1",
                    Scope.SESSION,
                    Acts.BOTH,
                    "a dialled peer that falls silent is looked up again and called from another"
                            + " port");
    static final Parameter<Boolean> NULL_PACKET_DELETION =
            new Parameter<>(
                    "null-packet-deletion",
                    "nullPacketDeletion",
                    new SwitchKind(),
                    s -> Optional.of(false),
                    "0",
                    Scope.SESSION,
                    Acts.SENDER,
                    "leave null packets of a transport stream out; receivers put them back");
    static final Parameter<NullPacketRule> NULL_PACKET_RULE =
            new Parameter<>(
                    "null-packet-rule",
                    "nullPacketRule",
                    ChoiceKind.named(NullPacketRule.values()),
                    s -> Optional.of(NullPacketRule.EXACT),
                    "exact",
                    Scope.SESSION,
                    Acts.SENDER,
                    "which: those that come back just as they were, or every one, as libRIST");
    static final Parameter<Boolean> EXTENDED_SEQUENCE =
            new Parameter<>(
                    "extended-sequence",
                    "extendedSequence",
                    new SwitchKind(),
                    s -> Optional.of(false),
                    "0",
                    Scope.SESSION,
                    Acts.SENDER,
                    "tell 32 bits of sequence numbers, for receivers that go by them");
    static final Parameter<Integer> LOCAL_PORT =
            new Parameter<>(
                    "local-port",
                    "localPort",
                    new IntKind(0, 65_534, "", 2),
                    s -> Optional.of(0),
                    "0",
                    Scope.PATH,
                    Acts.BOTH,
                    "local port to dial from, and the next one for RTCP; 0 lets the system choose");

    private static final String NO_MUTING =
            "is not available yet: no path is muted for its round-trip time";
    private static final String NO_PAIRS = "is not available yet: packets are not split into pairs";
    private static final String OF_PLAIN_URLS = "belongs to udp:// and rtp:// URLs";

    /** Every row, in the order of help. */
    static final List<UriRow> ROWS =
            rows(
                    new UriRow.Profile("profile"),
                    new UriRow.Alias(
                            "buffer",
                            "recoveryBuffer",
                            List.of(BUFFER_MIN, BUFFER_MAX),
                            "recovery buffer: how long packets are held so that lost ones can come"
                                    + " again; sets buffer-min and buffer-max"),
                    new UriRow.Setting(BUFFER_MIN),
                    new UriRow.Setting(BUFFER_MAX),
                    new UriRow.Setting(REORDER_BUFFER),
                    new UriRow.Alias(
                            "rtt",
                            "rtt",
                            List.of(RTT_MIN, RTT_MAX),
                            "one round-trip time, whatever is measured; sets rtt-min and rtt-max"),
                    new UriRow.Setting(RTT_MIN),
                    new UriRow.Setting(RTT_MAX),
                    new UriRow.Setting(RTT_MULTIPLIER),
                    new UriRow.Setting(MIN_RETRIES),
                    new UriRow.Setting(MAX_RETRIES),
                    new UriRow.Setting(MAX_BITRATE),
                    new UriRow.Setting(RETURN_BITRATE),
                    new UriRow.Setting(CONGESTION_CONTROL),
                    new UriRow.Setting(TIMING_MODE),
                    new UriRow.Setting(SESSION_TIMEOUT),
                    new UriRow.Setting(KEEPALIVE_INTERVAL),
                    new UriRow.Alias(
                            "keepalive",
                            "",
                            List.of(KEEPALIVE_INTERVAL),
                            "another name of keepalive-interval"),
                    new UriRow.Setting(CNAME),
                    new UriRow.Setting(FLOW_ID),
                    new UriRow.Setting(REQUEST_FORMAT),
                    new UriRow.Setting(REQUEST_REDUNDANCY),
                    new UriRow.Setting(TAIL_REPAIR),
                    new UriRow.Setting(START_REPAIR),
                    new UriRow.Setting(PLAYOUT_TOLERANCE),
                    new UriRow.Setting(OVERFLOW),
                    new UriRow.Setting(QUEUE),
                    new UriRow.Setting(MEMORY),
                    new UriRow.Setting(WEIGHT),
                    new UriRow.Setting(RECOVERY_PRIORITY),
                    new UriRow.Setting(NETWORK_INTERFACE),
                    new UriRow.Setting(TTL),
                    new UriRow.Setting(SOURCE),
                    new UriRow.Setting(LOOPBACK),
                    new UriRow.Setting(LOCAL_PORT),
                    new UriRow.Setting(FRAGMENT),
                    new UriRow.Setting(REDIAL),
                    new UriRow.Setting(NULL_PACKET_DELETION),
                    new UriRow.Setting(NULL_PACKET_RULE),
                    new UriRow.Setting(EXTENDED_SEQUENCE),
                    new UriRow.Refused(
                            "compression",
                            "0",
                            "needs the advanced profile, which this version does not speak yet"),
                    new UriRow.Refused(
                            "recovery-depth",
                            null,
                            "needs the advanced profile, which this version does not speak yet;"
                                    + " simple has 16-bit sequence numbers"),
                    new UriRow.Refused("split", "off", NO_PAIRS),
                    new UriRow.Refused("merge", "off", NO_PAIRS),
                    new UriRow.Refused(
                            "reflector", "0", "is not available yet: nothing is reflected"),
                    new UriRow.Refused("rtt-drop", "0", NO_MUTING),
                    new UriRow.Refused("rtt-restore", null, NO_MUTING),
                    new UriRow.Refused("rtt-drop-settle", null, NO_MUTING),
                    new UriRow.Refused("rtt-drop-trickle", null, NO_MUTING),
                    new UriRow.Refused(
                            "verbose-level",
                            null,
                            "is not set in a URL: the program that runs the session logs"),
                    new UriRow.Refused("stream-id", null, OF_PLAIN_URLS),
                    new UriRow.Refused("multiplex-mode", null, OF_PLAIN_URLS),
                    new UriRow.Refused("multiplex-filter", null, OF_PLAIN_URLS),
                    new UriRow.Refused("rtp-timestamp", null, OF_PLAIN_URLS),
                    new UriRow.Refused("rtp-sequence", null, OF_PLAIN_URLS),
                    new UriRow.Refused("rtp-ptype", null, OF_PLAIN_URLS),
                    new UriRow.Refused("cbr-output", "0", OF_PLAIN_URLS));

    private static final Map<String, UriRow> BY_KEY =
            ROWS.stream().collect(Collectors.toUnmodifiableMap(UriRow::key, Function.identity()));

    private Parameters() {}

    /** Those of tunnels stand before those that are refused. */
    private static List<UriRow> rows(UriRow... rows) {
        var all = new ArrayList<UriRow>();
        boolean hasTunnels = false;
        for (UriRow row : rows) {
            if (row instanceof UriRow.Refused && !hasTunnels) {
                all.addAll(TunnelParameters.ROWS);
                hasTunnels = true;
            }
            all.add(row);
        }
        return List.copyOf(all);
    }

    /** The row of this name, if there is one. */
    static Optional<UriRow> row(String key) {
        return Optional.ofNullable(BY_KEY.get(key));
    }

    /** Every setting, in the order of help. */
    static List<Parameter<?>> settings() {
        var settings = new ArrayList<Parameter<?>>();
        for (UriRow row : ROWS) {
            if (row instanceof UriRow.Setting setting) {
                settings.add(setting.parameter());
            } else if (row instanceof UriRow.Tunnel tunnel) {
                settings.add(tunnel.parameter());
            }
        }
        return settings;
    }

    /** The usual default, or the bound when that is set lower. */
    private static <T extends Comparable<? super T>> Optional<T> atMost(
            T usual, Optional<T> bound) {
        return Optional.of(bound.filter(b -> b.compareTo(usual) < 0).orElse(usual));
    }

    /** The usual default, or the bound when that is set higher. */
    private static <T extends Comparable<? super T>> Optional<T> atLeast(
            T usual, Optional<T> bound) {
        return Optional.of(bound.filter(b -> b.compareTo(usual) > 0).orElse(usual));
    }
}
