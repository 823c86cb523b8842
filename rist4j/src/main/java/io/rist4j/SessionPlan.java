package io.rist4j;

import io.rist4j.codec.npd.DeletionRule;
import io.rist4j.core.address.Endpoint;
import io.rist4j.core.flow.ReceiverFlowConfig;
import io.rist4j.core.flow.SenderFlowConfig;
import io.rist4j.host.SocketOptions;
import io.rist4j.session.MediaConfig;
import io.rist4j.session.PathConfig;
import io.rist4j.session.PathConfig.Contact;
import io.rist4j.session.Profile;
import io.rist4j.session.Role;
import io.rist4j.session.SenderFlowPlan;
import io.rist4j.session.SessionConfig;
import io.rist4j.session.SessionIdentity;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * URLs as a session understands them: one set of settings, checked to be the same on every path;
 * host names looked up; what is drawn at random drawn.
 */
record SessionPlan(
        RistConfig settings,
        List<RistUri> uris,
        SessionConfig config,
        SessionIdentity identity,
        List<SocketOptions> sockets) {
    private static final int MOST_PATHS = 32;
    private static final int MOST_PORT = 65_535;

    /** Requests for one packet are 1.1 round trips apart. */
    private static final int RETRY_SPACING_PERCENT = 110;

    private static final int MOST_MULTIPLIER = 100;

    /** Half of the 13.25 h after which media timestamps wrap: no stream begins close to that. */
    private static final long MOST_TIMESTAMP_BASE_NS = (1L << 31) / 9 * 100_000;

    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * Makes a plan. May wait for a name server.
     *
     * @throws RistConfigException when the URLs contradict each other or do not suit the role
     * @throws RistUnknownHostException when a host name is not known
     */
    static SessionPlan of(Role role, List<RistUri> uris) throws RistUnknownHostException {
        return of(role, uris, null);
    }

    /**
     * The same with users that come in by EAP-SRP where the session listens.
     *
     * @param users null for the one that the settings name, if they do
     */
    static SessionPlan of(Role role, List<RistUri> uris, @Nullable RistUsers users)
            throws RistUnknownHostException {
        return of(role, uris, users, 1);
    }

    /**
     * The same for several flows.
     *
     * @param maxFlows how many a receiver takes at a time
     */
    static SessionPlan of(Role role, List<RistUri> uris, @Nullable RistUsers users, int maxFlows)
            throws RistUnknownHostException {
        if (uris.isEmpty() || uris.size() > MOST_PATHS) {
            throw new RistConfigException(
                    "path", "path count " + uris.size() + " is outside 1.." + MOST_PATHS);
        }
        RistConfig settings = uris.get(0).config();
        for (RistUri uri : uris) {
            checkAgreement(settings, uris.get(0), uri);
        }
        if (role == Role.RECEIVER
                && settings.overflowPolicy().equals(Optional.of(OverflowPolicy.BLOCK))) {
            throw new RistConfigException(
                    "overflow",
                    "overflow block is for senders: media that arrives cannot wait for the"
                            + " application");
        }
        var paths = new ArrayList<PathConfig>();
        var sockets = new ArrayList<SocketOptions>();
        for (RistUri uri : uris) {
            Endpoint endpoint = lookUp(uri);
            paths.add(path(uri, endpoint));
            sockets.add(options(uri, endpoint));
        }
        return new SessionPlan(
                settings,
                List.copyOf(uris),
                config(role, settings, paths, users).withMaxFlows(maxFlows),
                identity(settings),
                List.copyOf(sockets));
    }

    /** What is not per path may be set in one URL only, or alike in all. */
    private static void checkAgreement(RistConfig all, RistUri first, RistUri one) {
        if (all.profile() != one.config().profile()) {
            throw new RistConfigException(
                    "profile",
                    "profile "
                            + one.config().profile()
                            + " of "
                            + one.hostAndPort()
                            + " is not the "
                            + all.profile()
                            + " of "
                            + first.hostAndPort()
                            + "; the paths of a session have one");
        }
        for (Parameter<?> parameter : Parameters.settings()) {
            if (parameter.scope() == Parameter.Scope.SESSION) {
                checkAgreement(parameter, all, first, one);
            }
        }
    }

    private static <T> void checkAgreement(
            Parameter<T> parameter, RistConfig all, RistUri first, RistUri one) {
        Optional<T> wanted = one.config().settings().find(parameter);
        Optional<T> served = all.settings().effective(parameter);
        if (wanted.isPresent() && !wanted.equals(served)) {
            String name = Naming.KEYS.of(parameter, one.config().settings());
            throw new RistConfigException(
                    name,
                    name
                            + " "
                            + parameter.kind().show(wanted.get())
                            + " of "
                            + one.hostAndPort()
                            + " is not the "
                            + served.map(parameter.kind()::show).orElse("default")
                            + " of "
                            + first.hostAndPort()
                            + "; it is one for all paths of a session");
        }
    }

    /** Where a configured peer is now, null while its name cannot be found. May wait. */
    @Nullable Endpoint resolve(int path) {
        try {
            return lookUp(uris.get(path));
        } catch (RistUnknownHostException | RistConfigException unknown) {
            return null;
        }
    }

    private static Endpoint lookUp(RistUri uri) throws RistUnknownHostException {
        InetAddress address;
        try {
            address = InetAddress.getByName(uri.host());
        } catch (UnknownHostException e) {
            throw new RistUnknownHostException(uri.host(), e);
        }
        if (!uri.isListening() && address.isAnyLocalAddress()) {
            throw new RistConfigException(
                    "host", "host " + uri.host() + " is no address to dial; did you mean @?");
        }
        if (uri.port() == 0 && address.isMulticastAddress()) {
            throw new RistConfigException(
                    "port", "port 0 of a multicast group is none that others know; name its port");
        }
        return Addresses.endpoint(address, uri.port());
    }

    private static PathConfig path(RistUri uri, Endpoint endpoint) {
        RistConfig config = uri.config();
        return new PathConfig(
                uri.isListening() ? Contact.LISTEN : Contact.DIAL,
                endpoint,
                uri.isListening()
                        ? endpoint
                        : PathConfig.wildcardFor(endpoint).withPort(config.localPort()),
                config.weight(),
                config.recoveryPriority());
    }

    private static SocketOptions options(RistUri uri, Endpoint endpoint) {
        RistConfig config = uri.config();
        Optional<InetAddress> source = config.multicastSource();
        if (source.isPresent()) {
            Endpoint from = Addresses.endpoint(source.get(), 0);
            if (!endpoint.isMulticast() || from.isIpv4() != endpoint.isIpv4()) {
                throw new RistConfigException(
                        "source",
                        "source "
                                + source.get().getHostAddress()
                                + " needs a multicast group of its family; "
                                + uri.host()
                                + " is none");
            }
        }
        return new SocketOptions(
                config.networkInterface().orElse(null),
                source.map(s -> Addresses.endpoint(s, 0)).orElse(null),
                config.multicastTtl().orElse(-1),
                config.multicastLoopback(),
                config.fragmentPackets());
    }

    private static SessionConfig config(
            Role role, RistConfig settings, List<PathConfig> paths, @Nullable RistUsers users) {
        return new SessionConfig(
                profile(settings.profile()),
                role,
                paths,
                receiver(settings),
                sender(settings),
                settings.keepaliveInterval().toNanos(),
                settings.sessionTimeout().toNanos(),
                switch (settings.requestFormat()) {
                    case RANGE -> io.rist4j.session.RequestFormat.RANGE;
                    case BITMASK -> io.rist4j.session.RequestFormat.BITMASK;
                },
                SessionConfig.DEFAULT_RECORDS_PER_REQUEST,
                settings.cname().orElseGet(SessionPlan::randomName),
                new MediaConfig(
                        settings.nullPacketDeletion(),
                        switch (settings.nullPacketRule()) {
                            case EXACT -> DeletionRule.EXACT;
                            case EVERY -> DeletionRule.EVERY;
                        },
                        settings.extendedSequence()),
                TunnelPlan.of(settings, paths, users),
                1);
    }

    private static Profile profile(RistProfile profile) {
        return switch (profile) {
            case SIMPLE -> Profile.SIMPLE;
            case MAIN -> Profile.MAIN;
            case ADVANCED -> Profile.ADVANCED;
        };
    }

    private static ReceiverFlowConfig receiver(RistConfig settings) {
        int forRetries = (settings.minRetries() * RETRY_SPACING_PERCENT + 99) / 100;
        return ReceiverFlowConfig.builder()
                .bufferMinNs(settings.recoveryBufferMin().toNanos())
                .bufferMaxNs(settings.recoveryBufferMax().toNanos())
                .reorderNs(settings.reorderBuffer().toNanos())
                .rttMinNs(settings.rttMin().toNanos())
                .rttMaxNs(settings.rttMax().toNanos())
                .rttMultiplier(
                        Math.min(MOST_MULTIPLIER, Math.max(settings.rttMultiplier(), forRetries)))
                .maxRetries(settings.maxRetries())
                .maxMemoryBytes((long) settings.memoryMiB() << 20)
                .returnBitrate(returnBitrate(settings.returnBitrate()))
                .timing(
                        switch (settings.timingMode()) {
                            case SOURCE -> ReceiverFlowConfig.Timing.SOURCE;
                            case ARRIVAL -> ReceiverFlowConfig.Timing.ARRIVAL;
                            case RTC -> ReceiverFlowConfig.Timing.RTC;
                        })
                .requestRedundancy(settings.requestRedundancy())
                .startRepair(settings.startRepair())
                .playoutToleranceNs(settings.playoutTolerance().toNanos())
                .build();
    }

    private static long returnBitrate(Bitrate ceiling) {
        return ceiling.equals(Bitrate.ZERO) ? 0 : Math.max(1_000, ceiling.bitsPerSecond());
    }

    private static SenderFlowConfig sender(RistConfig settings) {
        return SenderFlowConfig.builder()
                .sequenceBits(settings.extendedSequence() ? 32 : 16)
                .bufferMaxNs(settings.recoveryBufferMax().toNanos())
                .rttMinNs(settings.rttMin().toNanos())
                .rttMaxNs(settings.rttMax().toNanos())
                .maxRetries(settings.maxRetries())
                .maxBitrate(
                        settings.maxBitrate()
                                .map(Bitrate::bitsPerSecond)
                                .orElse(SenderFlowConfig.BY_THE_MEDIA))
                .maxMemoryBytes((long) settings.memoryMiB() << 20)
                .congestionControl(
                        switch (settings.congestionControl()) {
                            case OFF -> io.rist4j.core.flow.CongestionControl.OFF;
                            case NORMAL -> io.rist4j.core.flow.CongestionControl.NORMAL;
                            case AGGRESSIVE -> io.rist4j.core.flow.CongestionControl.AGGRESSIVE;
                        })
                .tailRepair(settings.tailRepair())
                .timestampBaseNs(RANDOM.nextLong(MOST_TIMESTAMP_BASE_NS))
                .build();
    }

    private static SessionIdentity identity(RistConfig settings) {
        int flowId = settings.flowId().orElseGet(() -> RANDOM.nextInt() & ~1);
        return new SessionIdentity(flowId, RANDOM.nextInt(1 << 16), RANDOM.nextInt());
    }

    /**
     * A further flow of a sender.
     *
     * @param number counted from 1: each has a virtual source port of its own
     */
    SenderFlowPlan furtherFlow(int number, int virtualDestinationPort) {
        int source = config.tunnel().virtualSourcePort() + 2 * number;
        return new SenderFlowPlan(
                RANDOM.nextInt() & ~1,
                RANDOM.nextInt(1 << 16),
                source > MOST_PORT ? source - MOST_PORT : source,
                virtualDestinationPort);
    }

    /** RFC 7022 §4.2: a name that says nothing about the host, new for each session. */
    private static String randomName() {
        byte[] bytes = new byte[6];
        RANDOM.nextBytes(bytes);
        return "rist4j-" + HexFormat.of().formatHex(bytes);
    }
}
