package io.rist4j.session;

import io.rist4j.codec.gre.BufferNegotiation;
import io.rist4j.codec.gre.Encapsulation;
import io.rist4j.codec.gre.FutureNonce;
import io.rist4j.codec.gre.KeepAlive;
import io.rist4j.codec.gre.ProtocolTypes;
import io.rist4j.codec.gre.TunnelHandler;
import io.rist4j.codec.gre.TunnelReader;
import io.rist4j.codec.npd.MediaReader;
import io.rist4j.codec.rtcp.RtcpReader;
import io.rist4j.codec.rtp.RtpHeader;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;
import io.rist4j.session.guard.GreGuard;
import io.rist4j.session.guard.TunnelGuard;

import java.nio.ByteBuffer;

/**
 * TR-06-2: what the Simple profile sends as datagrams, in a tunnel behind virtual ports, and the
 * tunnel's own messages. Reads every framing; writes by the edition that the guard knows the peer
 * to understand.
 *
 * <p>Media and RTCP are told apart by content, not by port, as libRIST does: ristgo sends both to
 * the even one.
 */
final class MainWire implements PathWire, TunnelHandler {
    /** What libRIST's control says it comes from. */
    private static final int CONTROL_SOURCE_PORT = 32_768;

    private final TunnelGuard guard;
    private final RtcpCompounds compounds;
    private final MediaWriter mediaWriter;
    private final MediaReader media = new MediaReader();
    private final int mediaSource;
    private final int mediaDestination;
    private int controlSource = CONTROL_SOURCE_PORT;
    private int controlDestination;

    private MediaPacket carrier = new MediaPacket();
    private InboundHandler handler = packet -> Verdict.UNKNOWN;
    private long nowNs;

    MainWire(
            TunnelGuard guard,
            RtcpCompounds compounds,
            MediaWriter mediaWriter,
            TunnelConfig config) {
        this.guard = guard;
        this.compounds = compounds;
        this.mediaWriter = mediaWriter;
        mediaSource = config.virtualSourcePort();
        mediaDestination = config.virtualDestinationPort();
        controlDestination = mediaDestination + 1;
    }

    /** Reads what the guard opened last. */
    @Override
    public Verdict read(
            long now,
            int channel,
            ByteBuffer b,
            int at,
            int bytes,
            MediaPacket into,
            InboundHandler to) {
        nowNs = now;
        carrier = into;
        handler = to;
        return TunnelReader.read(guard.incoming(), this);
    }

    @Override
    public Verdict onReduced(int sourcePort, int destinationPort, ByteBuffer b, int at, int bytes) {
        if (RtpHeader.isRtcp(b, at, bytes)) {
            Verdict verdict = RtcpReader.read(b, at, bytes, handler);
            if (verdict == Verdict.OK) {
                controlSource = destinationPort;
                controlDestination = sourcePort;
            }
            return verdict;
        }
        Verdict verdict = media.read(b, at, bytes, carrier);
        if (verdict != Verdict.OK) {
            return verdict;
        }
        carrier.virtualSourcePort = sourcePort;
        carrier.virtualDestinationPort = destinationPort;
        return handler.onMedia(carrier);
    }

    @Override
    public void onKeepAlive(
            long macAddress, int flags, int extension, ByteBuffer b, int jsonAt, int jsonBytes) {
        handler.onKeepAlive(macAddress, flags, extension, b, jsonAt, jsonBytes);
    }

    @Override
    public void onBufferNegotiation(
            int senderMaxMs, int receiverMs, int scope, ByteBuffer b, int scopeAt, int scopeBytes) {
        handler.onBufferNegotiation(senderMaxMs, receiverMs, scope, b, scopeAt, scopeBytes);
    }

    @Override
    public void onFutureNonce(int nonce) {
        if (guard instanceof GreGuard keyed) {
            keyed.onFutureNonce(nowNs, nonce);
        }
    }

    @Override
    public Verdict onOutOfBand(int protocolType, ByteBuffer b, int at, int bytes) {
        return handler.onOutOfBand(protocolType, b, at, bytes);
    }

    @Override
    public int maxMediaBytes(int payloadBytes) {
        return guard.mostOverheadBytes()
                + Encapsulation.MAX_REDUCED_HEAD_BYTES
                + mediaWriter.maxBytes(payloadBytes);
    }

    @Override
    public int writeMedia(long now, ByteBuffer b, int at, MediaPacket packet) {
        int source = packet.virtualSourcePort == 0 ? mediaSource : packet.virtualSourcePort;
        int destination =
                packet.virtualDestinationPort == 0
                        ? mediaDestination
                        : packet.virtualDestinationPort;
        int body = at + beginReduced(now, b, at, source, destination);
        return guard.end(b, at, body + mediaWriter.write(b, body, packet) - at);
    }

    private int beginReduced(long now, ByteBuffer b, int at, int source, int destination) {
        int version = guard.version(now);
        Encapsulation encapsulation = encapsulation(version);
        int head = guard.begin(now, b, at, version, encapsulation.reducedProtocolType());
        return head + encapsulation.writeReducedHead(b, at + head, source, destination);
    }

    private static Encapsulation encapsulation(int version) {
        return version < 2 ? Encapsulation.LEGACY : Encapsulation.VSF;
    }

    private int beginControl(long now, ByteBuffer b, int at) {
        return beginReduced(now, b, at, controlSource, controlDestination);
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
        boolean isHeard = peerPort == 0 || ownPort + 1 == controlSource;
        return isHeard
                ? beginControl(now, b, at)
                : beginReduced(now, b, at, (ownPort + 1) & 0xFFFF, (peerPort + 1) & 0xFFFF);
    }

    @Override
    public int writeReport(long now, ByteBuffer b, int at, Report report) {
        int body = at + beginControl(now, b, at, report.peerPort, report.ownPort);
        return guard.end(b, at, body + compounds.report(b, body, report) - at);
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
        int body = at + beginControl(now, b, at);
        int bytes =
                compounds.echoResponse(
                        b, body, ownSsrc, ssrc, timestamp, delayMicroseconds, paddingBytes);
        return guard.end(b, at, body + bytes - at);
    }

    @Override
    public int writeRequests(long now, ByteBuffer b, int at, int ownSsrc, RequestBatch batch) {
        int source = batch.virtualSourcePort;
        int body = at + beginControl(now, b, at, source, batch.virtualDestinationPort);
        return guard.end(b, at, body + compounds.requests(b, body, ownSsrc, batch) - at);
    }

    /** The edition that this end writes by. */
    int version(long now) {
        return guard.version(now);
    }

    /** Writes a keep-alive message by an edition of its own: a caller sends both at first. */
    int writeKeepAlive(
            long now, ByteBuffer b, int at, int version, long macAddress, int flags, byte[] json) {
        Encapsulation encapsulation = encapsulation(version);
        int body = at + guard.begin(now, b, at, version, encapsulation.keepAliveProtocolType());
        body += encapsulation.writeKeepAliveHead(b, body);
        body += KeepAlive.write(b, body, macAddress, flags, KeepAlive.NO_EXTENSION, json);
        return guard.end(b, at, body - at);
    }

    /** Writes a buffer negotiation, which only the newest edition has. */
    int writeNegotiation(long now, ByteBuffer b, int at, long senderMaxMs, long receiverMs) {
        int body = at + guard.begin(now, b, at, 2, ProtocolTypes.VSF);
        return guard.end(
                b, at, body + BufferNegotiation.write(b, body, senderMaxMs, receiverMs) - at);
    }

    /** Writes the answer to a negotiation about a flow that is none of ours. */
    int writeNegotiationRefusal(
            long now, ByteBuffer b, int at, int scope, ByteBuffer from, int scopeAt, int bytes) {
        int body = at + guard.begin(now, b, at, 2, ProtocolTypes.VSF);
        body += BufferNegotiation.writeRefusal(b, body, scope, from, scopeAt, bytes);
        return guard.end(b, at, body - at);
    }

    /** The nonce to announce, or {@link GreGuard#NO_NONCE}: only the newest edition can. */
    int nextNonce(long now) {
        return guard instanceof GreGuard keyed && keyed.isOpen() && keyed.version(now) >= 2
                ? keyed.nextNonce()
                : GreGuard.NO_NONCE;
    }

    /**
     * Writes the announcement of a nonce.
     *
     * <p>Spec: TR-06-2:2022 §7.6, figure 13, in clear. Ours: under the present key like everything
     * else, for whoever can write one in clear has a peer derive keys; and readers that have no use
     * for it pass it over either way.
     */
    int writeFutureNonce(long now, ByteBuffer b, int at, int nonce) {
        int body = at + guard.begin(now, b, at, 2, ProtocolTypes.VSF);
        return guard.end(b, at, body + FutureNonce.write(b, body, nonce) - at);
    }

    /** Writes something of another protocol, as it is. */
    @Override
    public int writeOutOfBand(
            long now,
            ByteBuffer b,
            int at,
            int protocolType,
            ByteBuffer from,
            int fromAt,
            int bytes) {
        int body = at + guard.begin(now, b, at, guard.version(now), protocolType);
        b.put(body, from, fromAt, bytes);
        return guard.end(b, at, body + bytes - at);
    }

    @Override
    public int maxOutOfBandBytes(int bytes) {
        return guard.mostOverheadBytes() + bytes;
    }
}
