package io.rist4j;

import static io.rist4j.Parameter.Acts.RECEIVER;
import static io.rist4j.Parameter.Acts.SENDER;
import static io.rist4j.Parameter.row;

import java.util.List;

/** The settings that each path of a session may have its own of. */
final class PathParameters {
    private static final ParameterGroup GROUP = new ParameterGroup();

    static final Parameter<Integer> WEIGHT =
            GROUP.add(
                    row(
                                    "weight",
                                    "weight",
                                    IntKind.count(0, 1_000_000),
                                    "share of the originals that this path carries; 0 carries every"
                                            + " one (SMPTE 2022-7 duplication)")
                            .usually(0)
                            .actsAt(SENDER)
                            .onPath((path, share) -> path.weight = share));
    static final Parameter<Integer> RECOVERY_PRIORITY =
            GROUP.add(
                    row(
                                    "recovery-priority",
                                    "recoveryPriority",
                                    IntKind.count(0, 1_000_000),
                                    "requests take the live path of highest priority, then of"
                                            + " shortest round trip")
                            .usually(0)
                            .actsAt(RECEIVER)
                            .onPath((path, priority) -> path.priority = priority));
    static final Parameter<String> NETWORK_INTERFACE =
            GROUP.add(
                    row(
                                    "miface",
                                    "networkInterface",
                                    new TextKind(127),
                                    "name or address of the interface for multicast; unicast follows"
                                            + " the routing table")
                            .unset("the system's choice")
                            .elsewhere("interface", "iface", "adapter")
                            .onPath((path, name) -> path.networkInterface = name));
    static final Parameter<Integer> TTL =
            GROUP.add(
                    row(
                                    "ttl",
                                    "multicastTtl",
                                    IntKind.count(0, 255),
                                    "time to live of outgoing multicast")
                            .unset("the system's, 1")
                            .onPath((path, hops) -> path.multicastTtl = hops));
    static final Parameter<String> SOURCE =
            GROUP.add(
                    row(
                                    "source",
                                    "multicastSource",
                                    new AddressKind(),
                                    "the only source to take from the group (source-specific"
                                            + " multicast)")
                            .unset("any")
                            .onPath((path, address) -> path.multicastSource = address));
    static final Parameter<Boolean> LOOPBACK =
            GROUP.add(
                    row(
                                    "multicast-loopback",
                                    "multicastLoopback",
                                    new SwitchKind(),
                                    "whether this host receives its own multicast")
                            .usually(false)
                            .onPath((path, on) -> path.multicastLoopback = on));
    static final Parameter<Integer> LOCAL_PORT =
            GROUP.add(
                    row(
                                    "local-port",
                                    "localPort",
                                    new IntKind(0, 65_534, "", 2),
                                    "local port to dial from, and the next one for RTCP; 0 lets the"
                                            + " system choose")
                            .usually(0)
                            .elsewhere("localport")
                            .onPath((path, port) -> path.localPort = port));
    static final Parameter<Boolean> FRAGMENT =
            GROUP.add(
                    row(
                                    "fragment-packets",
                                    "fragmentPackets",
                                    new SwitchKind(),
                                    "packets longer than the path's MTU leave in fragments instead"
                                            + " of not at all; losing one of them loses the packet")
                            .usually(false)
                            .onPath((path, on) -> path.fragments = on));

    /** In the order of help. */
    static final List<UriRow> ROWS = GROUP.rows();

    private PathParameters() {}
}
