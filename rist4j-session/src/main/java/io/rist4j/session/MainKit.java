package io.rist4j.session;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.Verdict;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.session.guard.GreGuard;
import io.rist4j.session.guard.TunnelSecurity;
import io.rist4j.session.link.GreLink;
import io.rist4j.session.link.MediaWriter;
import io.rist4j.session.link.PathLink;
import io.rist4j.session.link.RtcpCompounds;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** TR-06-2: one port for everything, behind GRE, with keys and proofs where configured. */
final class MainKit implements ProfileKit {
    private static final long LOCALLY_ADMINISTERED = 0x0200_0000_0000L;
    private static final long MAC_BITS = 0xFCFF_FFFF_FFFFL;

    /**
     * How a path's tunnels are.
     *
     * @param config virtual ports
     * @param security keys and proofs
     */
    private record Tunnel(TunnelConfig config, TunnelSecurity security) {}

    private final TunnelConfig config;
    private final SessionServices services;

    /** What paths share that have nothing of their own. */
    private final Tunnel shared;

    private final Tunnel[] tunnels = new Tunnel[ConfiguredPaths.MOST];
    private final RtcpCompounds compounds;
    private final MediaWriter mediaWriter;
    private final long macAddress;

    MainKit(SessionConfig session, MediaWriter mediaWriter, SessionServices services) {
        config = session.tunnel();
        this.services = services;
        shared = new Tunnel(config, secure(config));
        Arrays.fill(tunnels, shared);
        compounds = session.compounds();
        this.mediaWriter = mediaWriter;
        long drawn = ((long) services.random().nextInt() << 32) ^ services.random().nextInt();
        macAddress = (drawn & MAC_BITS) | LOCALLY_ADMINISTERED;
    }

    @Override
    public void addPath(int path, PathConfig of) {
        int port = of.endpoint().port();
        if (port < 1 && !of.isGivenPort()) {
            throw new IllegalArgumentException("port " + port + " is outside 1..65535");
        }
        TunnelConfig own = of.tunnel();
        tunnels[path] = own == null ? shared : new Tunnel(own, secure(own));
    }

    private TunnelSecurity secure(TunnelConfig tunnel) {
        return new TunnelSecurity(tunnel.security(), services.worker(), services.random());
    }

    @Override
    public void removePath(int path) {
        Tunnel gone = tunnels[path];
        tunnels[path] = shared;
        if (!gone.equals(shared)) {
            gone.security().close();
        }
    }

    @Override
    public void addSockets(int path, PathConfig of, Role role, List<SocketSpec> sockets) {
        Endpoint local =
                switch (of.contact()) {
                    case LISTEN -> of.endpoint();
                    case DIAL -> of.local();
                };
        sockets.add(new SocketSpec(path, SocketSpec.MEDIA_AND_CONTROL, local, -1, of.endpoint()));
    }

    @Override
    public PathLink dialled(int configured, PathVoice voice) {
        Tunnel tunnel = tunnels[configured];
        return link(tunnel, GreGuard.caller(tunnel.security(), configured, voice));
    }

    @Override
    public PathLink learned(int configured, Endpoint from, PathVoice voice) {
        Tunnel tunnel = tunnels[configured];
        return link(
                tunnel, GreGuard.listener(tunnel.security(), configured, from.withPort(0), voice));
    }

    private PathLink link(Tunnel tunnel, GreGuard guard) {
        return new GreLink(
                guard,
                compounds,
                mediaWriter,
                tunnel.config().virtualSourcePort(),
                tunnel.config().virtualDestinationPort());
    }

    @Override
    public Verdict looksAt(int configured, ByteBuffer b, int at, int bytes) {
        return tunnels[configured].security().looksAt(b, at, bytes);
    }

    @Override
    public boolean onStranger(long nowNs, int configured, Endpoint from) {
        return tunnels[configured].security().onStranger(nowNs, from);
    }

    @Override
    public boolean remembersNewcomers() {
        return true;
    }

    @Override
    public Endpoint controlOf(Endpoint media) {
        return media;
    }

    @Override
    public Endpoint mediaOf(Endpoint control) {
        return control;
    }

    @Override
    public boolean carriesOutOfBand() {
        return true;
    }

    @Override
    public List<SessionPart> parts(
            PathDirectory directory, FlowEnd end, Outbox outbox, SessionSink sink) {
        return List.of(
                new KeepAlivePart(directory, outbox, sink, config, macAddress),
                new NegotiationPart(directory, end, outbox, sink));
    }

    @Override
    public void changeSecret(long nowNs, Passphrase secret) {
        shared.security().changeSecret(nowNs, secret);
    }

    @Override
    public void close() {
        for (Tunnel tunnel : tunnels) {
            if (!tunnel.equals(shared)) {
                tunnel.security().close();
            }
        }
        shared.security().close();
    }
}
