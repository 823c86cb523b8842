package io.rist4j.session;

import io.rist4j.core.address.Endpoint;
import io.rist4j.session.link.MediaWriter;
import io.rist4j.session.link.PathLink;
import io.rist4j.session.link.RtcpCompounds;
import io.rist4j.session.link.RtpLink;

import java.util.List;
import java.util.Set;

/**
 * TR-06-1 §5.1: media on an even port P, RTCP on P+1.
 *
 * <p>A dialling receiver binds a pair as well, for a listening sender can only tell the media port
 * from the RTCP port that it hears (trap T30: this direction works between our own ends only).
 */
final class SimpleKit implements ProfileKit {
    private static final Set<SocketRole> MEDIA = Set.of(SocketRole.MEDIA);
    private static final Set<SocketRole> CONTROL = Set.of(SocketRole.CONTROL);
    private static final int LEAST_PORT = 2;
    private static final int LAST_PORT = 65_534;

    private final RtcpCompounds compounds;
    private final MediaWriter mediaWriter;

    SimpleKit(SessionConfig config, MediaWriter mediaWriter) {
        compounds = config.compounds();
        this.mediaWriter = mediaWriter;
    }

    @Override
    public void addPath(int path, PathConfig config) {
        int port = config.endpoint().port();
        boolean fits = (port & 1) == 0 && port >= LEAST_PORT && port <= LAST_PORT;
        if (!fits && !config.isGivenPort()) {
            throw new IllegalArgumentException(
                    "port "
                            + port
                            + ": the Simple profile takes an even media port in "
                            + LEAST_PORT
                            + ".."
                            + LAST_PORT
                            + "; RTCP uses the next one");
        }
    }

    @Override
    public void addSockets(int path, PathConfig config, Role role, List<SocketSpec> sockets) {
        Endpoint there = config.endpoint();
        int first = sockets.size();
        switch (config.contact()) {
            case LISTEN -> {
                sockets.add(new SocketSpec(path, MEDIA, there, -1, there));
                sockets.add(
                        config.isGivenPort()
                                ? new SocketSpec(path, CONTROL, there, first, there)
                                : listeningForControl(path, controlOf(there)));
            }
            case DIAL -> {
                int follows = role == Role.RECEIVER ? first : -1;
                sockets.add(new SocketSpec(path, MEDIA, config.local(), -1, there));
                Endpoint local = afterLocal(config);
                sockets.add(new SocketSpec(path, CONTROL, local, follows, controlOf(there)));
            }
        }
    }

    /**
     * In a group, RTCP comes to the group and to this host alone (TR-06-1 §5.2.6): the socket is
     * bound to every address. libRIST binds it to the group and never hears what its sender
     * answers.
     */
    private static SocketSpec listeningForControl(int path, Endpoint there) {
        if (!there.isMulticast()) {
            return new SocketSpec(path, CONTROL, there, -1, there);
        }
        Endpoint everywhere = PathConfig.wildcardFor(there).withPort(there.port());
        return new SocketSpec(path, CONTROL, everywhere, -1, there, there);
    }

    private static Endpoint afterLocal(PathConfig config) {
        int port = config.local().port();
        return config.local().withPort(port == 0 ? 0 : port + 1);
    }

    @Override
    public PathLink dialled(int configured, PathVoice voice) {
        return new RtpLink(compounds, mediaWriter);
    }

    @Override
    public PathLink learned(int configured, Endpoint from, PathVoice voice) {
        return dialled(configured, voice);
    }

    /** Nothing is left behind, and a peer's two sources are paired with one path. */
    @Override
    public boolean remembersNewcomers() {
        return false;
    }

    @Override
    public Endpoint controlOf(Endpoint media) {
        return media.withPort(media.port() + 1);
    }

    @Override
    public Endpoint mediaOf(Endpoint control) {
        return control.withPort(Math.max(0, control.port() - 1));
    }

    @Override
    public boolean carriesOutOfBand() {
        return false;
    }

    @Override
    public List<SessionPart> parts(
            PathDirectory directory, FlowEnd end, Outbox outbox, SessionSink sink) {
        return List.of();
    }

    @Override
    public void close() {
        // There are no secrets.
    }
}
