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
import java.util.List;

/** TR-06-2: one port for everything, behind GRE, with keys and proofs where configured. */
final class MainKit implements ProfileKit {
    private static final long LOCALLY_ADMINISTERED = 0x0200_0000_0000L;
    private static final long MAC_BITS = 0xFCFF_FFFF_FFFFL;

    private final TunnelConfig config;
    private final TunnelSecurity security;
    private final RtcpCompounds compounds;
    private final MediaWriter mediaWriter;
    private final long macAddress;

    MainKit(SessionConfig session, MediaWriter mediaWriter, SessionServices services) {
        config = session.tunnel();
        security = new TunnelSecurity(config.security(), services.worker(), services.random());
        compounds = session.compounds();
        this.mediaWriter = mediaWriter;
        long drawn = ((long) services.random().nextInt() << 32) ^ services.random().nextInt();
        macAddress = (drawn & MAC_BITS) | LOCALLY_ADMINISTERED;
        for (PathConfig path : session.paths()) {
            int port = path.endpoint().port();
            if (port < 1 && !path.isGivenPort()) {
                throw new IllegalArgumentException("port " + port + " is outside 1..65535");
            }
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
        return link(GreGuard.caller(security, configured, voice));
    }

    @Override
    public PathLink learned(int configured, Endpoint from, PathVoice voice) {
        return link(GreGuard.listener(security, configured, from.withPort(0), voice));
    }

    private PathLink link(GreGuard guard) {
        return new GreLink(
                guard,
                compounds,
                mediaWriter,
                config.virtualSourcePort(),
                config.virtualDestinationPort());
    }

    @Override
    public Verdict looksAt(ByteBuffer b, int at, int bytes) {
        return security.looksAt(b, at, bytes);
    }

    @Override
    public boolean onStranger(long nowNs, Endpoint from) {
        return security.onStranger(nowNs, from);
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
        security.changeSecret(nowNs, secret);
    }

    @Override
    public void close() {
        security.close();
    }
}
