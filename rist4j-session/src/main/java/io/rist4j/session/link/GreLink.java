package io.rist4j.session.link;

import io.rist4j.codec.control.ControlMessage;
import io.rist4j.codec.control.FutureNonce;
import io.rist4j.codec.gre.Encapsulation;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.session.guard.GreGuard;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * TR-06-2: what the Simple profile sends as datagrams, in a tunnel behind virtual ports, and the
 * tunnel's own messages; in clear, under keys, behind proofs. Reads every framing; writes by the
 * edition that the peer shows to understand.
 *
 * <p>Without integrity protection only sense tells a right key from a wrong one: what a datagram
 * turned out to say goes back to the guard, which may open it again in another way.
 */
public final class GreLink implements PathLink {
    private static final int NEWEST = 2;

    private final GreGuard guard;
    private final RtcpCompounds compounds;
    private final MediaWriter mediaWriter;
    private final VirtualPorts ports;
    private final TunnelBody body;
    private final OpenDatagram datagram = this::read;
    private long nowNs;

    /**
     * A link.
     *
     * @param guard its keys and proofs
     * @param compounds writes RTCP
     * @param mediaWriter writes media
     * @param sourcePort where media and control say they come from inside the tunnel
     * @param destinationPort where media goes inside the tunnel; control goes to the next one
     */
    public GreLink(
            GreGuard guard,
            RtcpCompounds compounds,
            MediaWriter mediaWriter,
            int sourcePort,
            int destinationPort) {
        this.guard = guard;
        this.compounds = compounds;
        this.mediaWriter = mediaWriter;
        ports = new VirtualPorts(sourcePort, destinationPort);
        body = new TunnelBody(ports);
    }

    @Override
    public void prepare(long now) {
        guard.prepare(now);
    }

    @Override
    public void start(long now) {
        guard.start(now);
    }

    @Override
    public void onTakenIn() {
        guard.onTakenIn();
    }

    @Override
    public void close() {
        guard.close();
    }

    @Override
    public Verdict receive(
            long now, long arrivalNs, ByteBuffer b, int at, int bytes, LinkReader reader) {
        Verdict verdict = receiveOnce(now, arrivalNs, b, at, bytes, reader);
        if (verdict == Verdict.HELD && guard.isBehindOthers()) {
            onDeadline(now, reader);
            verdict = receiveOnce(now, arrivalNs, b, at, bytes, reader);
        }
        return verdict;
    }

    private Verdict receiveOnce(
            long now, long arrivalNs, ByteBuffer b, int at, int bytes, LinkReader reader) {
        Verdict verdict = guard.open(now, arrivalNs, b, at, bytes);
        if (verdict == Verdict.OK) {
            nowNs = now;
            verdict = reader.isPeer() ? ofPeer(now, reader) : ofStranger(now, reader);
        }
        return verdict;
    }

    private Verdict ofPeer(long now, LinkReader reader) {
        if (guard.isDoubtful()) {
            Verdict seen = reader.look(datagram, true);
            Verdict belief = seen == Verdict.STRANGER ? guard.doubt(now, seen) : guard.believe(now);
            if (belief != Verdict.OK) {
                return belief;
            }
        }
        return readOn(now, reader);
    }

    private Verdict ofStranger(long now, LinkReader reader) {
        boolean isDoubtful = guard.isDoubtful();
        Verdict seen = reader.look(datagram, isDoubtful);
        while (isNonsense(seen) && guard.reopens(now, seen)) {
            seen = reader.look(datagram, guard.isDoubtful());
        }
        return seen == Verdict.OK ? readOn(now, reader) : guard.refuse(now, seen);
    }

    private Verdict readOn(long now, LinkReader reader) {
        Verdict verdict = reader.read(datagram);
        while (guard.reopens(now, verdict)) {
            verdict = reader.read(datagram);
        }
        return guard.judge(verdict);
    }

    /** Whether another key may make sense of it. */
    private static boolean isNonsense(Verdict seen) {
        return seen != Verdict.OK && !GreGuard.isRead(seen);
    }

    private Verdict read(MediaPacket carrier, InboundHandler handler) {
        Verdict verdict = body.read(guard.incoming(), carrier, handler);
        if (body.announcedNonce() != TunnelBody.NO_NONCE) {
            guard.onFutureNonce(nowNs, body.announcedNonce());
        }
        return verdict;
    }

    @Override
    public boolean isOpen() {
        return guard.isOpen();
    }

    @Override
    public boolean mayGreet() {
        return guard.mayGreet();
    }

    @Override
    public boolean isUnderSecret() {
        return guard.isUnderSecret();
    }

    @Override
    public boolean hasSecret() {
        return guard.hasSecret();
    }

    @Override
    public void changeSecret(long now, Passphrase secret) {
        guard.changeSecret(now, secret);
    }

    @Override
    public void onUsersChanged(long now) {
        guard.onUsersChanged(now);
    }

    @Override
    public long deadlineNs() {
        return guard.deadlineNs();
    }

    @Override
    public void onDeadline(long now, LinkReader reader) {
        guard.onDeadline(now, reader::again);
    }

    @Override
    public int maxMediaBytes(int payloadBytes) {
        return guard.mostOverheadBytes()
                + Encapsulation.MAX_REDUCED_HEAD_BYTES
                + mediaWriter.maxBytes(payloadBytes);
    }

    @Override
    public int sequenceBits() {
        return mediaWriter.sequenceBits();
    }

    @Override
    public int writeMedia(long now, ByteBuffer b, int at, MediaPacket packet) {
        int source = packet.virtualSourcePort == 0 ? ports.mediaSource : packet.virtualSourcePort;
        int destination =
                packet.virtualDestinationPort == 0
                        ? ports.mediaDestination
                        : packet.virtualDestinationPort;
        int to = at + beginReduced(now, b, at, source, destination);
        return guard.end(b, at, to + mediaWriter.write(b, to, packet) - at);
    }

    private int beginReduced(long now, ByteBuffer b, int at, int source, int destination) {
        int version = guard.version(now);
        Encapsulation encapsulation = encapsulation(version);
        int head = guard.begin(now, b, at, version, encapsulation.reducedProtocolType());
        return head + encapsulation.writeReducedHead(b, at + head, source, destination);
    }

    private static Encapsulation encapsulation(int version) {
        return version < NEWEST ? Encapsulation.LEGACY : Encapsulation.VSF;
    }

    private int beginControl(long now, ByteBuffer b, int at) {
        return beginReduced(now, b, at, ports.controlSource(), ports.controlDestination());
    }

    /**
     * Control of one flow of several: from the port beside the one that its media has here, to
     * where the peer's control of the same flow comes from, if that was heard last, else to the
     * port beside its media there.
     *
     * @param peerPort the media's port at the peer, 0 while that is unknown
     * @param ownPort the media's port here
     */
    private int beginControl(long now, ByteBuffer b, int at, int peerPort, int ownPort) {
        boolean isHeard = peerPort == 0 || ownPort + 1 == ports.controlSource();
        return isHeard
                ? beginControl(now, b, at)
                : beginReduced(now, b, at, (ownPort + 1) & 0xFFFF, (peerPort + 1) & 0xFFFF);
    }

    @Override
    public int writeReport(long now, ByteBuffer b, int at, Report report) {
        int to = at + beginControl(now, b, at, report.peerPort, report.ownPort);
        return guard.end(b, at, to + compounds.report(b, to, report) - at);
    }

    @Override
    public int writeEchoResponse(
            long now,
            ByteBuffer b,
            int at,
            int ownSsrc,
            int ssrc,
            long timestamp,
            long delayMicroseconds,
            int paddingBytes) {
        int to = at + beginControl(now, b, at);
        int bytes =
                compounds.echoResponse(
                        b, to, ownSsrc, ssrc, timestamp, delayMicroseconds, paddingBytes);
        return guard.end(b, at, to + bytes - at);
    }

    @Override
    public int writeRequests(long now, ByteBuffer b, int at, int ownSsrc, RequestBatch batch) {
        int source = batch.virtualSourcePort;
        int to = at + beginControl(now, b, at, source, batch.virtualDestinationPort);
        return guard.end(b, at, to + compounds.requests(b, to, ownSsrc, batch) - at);
    }

    @Override
    public int maxOutOfBandBytes(int bytes) {
        return guard.mostOverheadBytes() + bytes;
    }

    @Override
    public int writeOutOfBand(
            long now,
            ByteBuffer b,
            int at,
            int protocolType,
            ByteBuffer from,
            int fromAt,
            int bytes) {
        int to = at + guard.begin(now, b, at, guard.version(now), protocolType);
        b.put(to, from, fromAt, bytes);
        return guard.end(b, at, to + bytes - at);
    }

    @Override
    public boolean hasShownNewest(long now) {
        return guard.version(now) >= NEWEST;
    }

    @Override
    public int writeControl(
            long now, ByteBuffer b, int at, ControlMessage message, Edition edition) {
        int shown = guard.version(now);
        boolean byShown = edition == Edition.SHOWN && encapsulation(shown).carries(message);
        int version = byShown ? shown : NEWEST;
        Encapsulation encapsulation = encapsulation(version);
        int to = at + guard.begin(now, b, at, version, encapsulation.controlProtocolType());
        return guard.end(b, at, to + encapsulation.writeControl(b, to, message) - at);
    }

    /**
     * The nonce that the next rotation brings, so that the peer has its key before the first packet
     * under it. Only the newest edition can tell it.
     *
     * <p>Spec: TR-06-2:2022 §7.6, figure 13, in clear. Ours: under the present key like everything
     * else, for whoever can write one in clear has a peer derive keys; and readers that have no use
     * for it pass it over either way.
     */
    @Override
    public @Nullable ControlMessage announcement(long now) {
        int nonce = guard.isOpen() && hasShownNewest(now) ? guard.nextNonce() : GreGuard.NO_NONCE;
        return nonce == GreGuard.NO_NONCE ? null : new FutureNonce(nonce);
    }
}
