package io.rist4j;

import io.rist4j.core.address.Endpoint;
import io.rist4j.host.SocketOptions;
import io.rist4j.session.PathConfig;
import io.rist4j.session.Role;
import io.rist4j.session.SenderFlowPlan;
import io.rist4j.session.SessionConfig;
import io.rist4j.session.SessionIdentity;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
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
        List<SocketOptions> sockets,
        int queuePackets,
        @Nullable OverflowPolicy overflow,
        boolean redials) {
    private static final int MOST_PATHS = 32;
    private static final int MOST_PORT = 65_535;

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
        SessionDraft draft = SessionDraft.of(settings);
        if (role == Role.RECEIVER && draft.overflow == OverflowPolicy.BLOCK) {
            throw new RistConfigException(
                    "overflow",
                    "overflow block is for senders: media that arrives cannot wait for the"
                            + " application");
        }
        var paths = new ArrayList<PathConfig>();
        var sockets = new ArrayList<SocketOptions>();
        for (RistUri uri : uris) {
            Endpoint endpoint = lookUp(uri);
            PathDraft path = PathDraft.of(uri.config());
            paths.add(path.config(uri.isListening(), endpoint));
            sockets.add(path.sockets(uri.host(), endpoint));
        }
        return new SessionPlan(
                settings,
                List.copyOf(uris),
                draft.config(role, paths, users, maxFlows),
                draft.identity(),
                List.copyOf(sockets),
                draft.queuePackets,
                draft.overflow,
                draft.redials);
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
            if (!parameter.perPath()) {
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

    /** What happens when a queue is full, with what is usual where the settings do not say. */
    OverflowPolicy overflowOr(OverflowPolicy usual) {
        return overflow == null ? usual : overflow;
    }

    /**
     * A further flow of a sender.
     *
     * @param number counted from 1: each has a virtual source port of its own
     */
    SenderFlowPlan furtherFlow(int number, int virtualDestinationPort) {
        int source = config.tunnel().virtualSourcePort() + 2 * number;
        return new SenderFlowPlan(
                SessionDraft.RANDOM.nextInt() & ~1,
                SessionDraft.RANDOM.nextInt(1 << 16),
                source > MOST_PORT ? source - MOST_PORT : source,
                virtualDestinationPort);
    }
}
