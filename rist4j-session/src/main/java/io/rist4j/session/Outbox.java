package io.rist4j.session;

import io.rist4j.codec.control.ControlMessage;
import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.path.PathTable;
import io.rist4j.session.link.Edition;
import io.rist4j.session.link.PathLink;
import io.rist4j.session.link.Report;
import io.rist4j.session.link.RequestBatch;
import io.rist4j.session.transport.DatagramTransport;

import java.nio.ByteBuffer;

/** Writes what a session says into datagrams of the right socket and destination. */
final class Outbox {
    /** In place of where to write: nothing may go to this peer. */
    static final int NOWHERE = -1;

    private final SessionSink sink;
    private final Transports transports;
    private final PathTable table;
    private final SessionCounters counters;

    /** The datagram that is being written: where the whole begins, and where it goes. */
    private int claimedAt;

    private Endpoint claimedTo = Endpoint.ipv4(0, 0);

    Outbox(SessionSink sink, Transports transports, PathTable table, SessionCounters counters) {
        this.sink = sink;
        this.transports = transports;
        this.table = table;
        this.counters = counters;
    }

    /** Returns whether it left: a path whose peer is unknown or unproven takes nothing. */
    boolean media(long nowNs, Path path, MediaPacket packet) {
        Endpoint to = path.media;
        int most = path.link.maxMediaBytes(packet.payloadBytes);
        if (to == null
                || !path.link.isOpen()
                || !path.isProven()
                || !transports.isOpen(path.mediaSocket, to)) {
            return false;
        }
        int at = claim(path.mediaSocket, to, most);
        int plain = path.link.writeMedia(nowNs, sink.buffer(path.mediaSocket), at, packet);
        int bytes = seal(path.mediaSocket, plain);
        sink.commit(path.mediaSocket, bytes);
        if (packet.retransmission) {
            table.counters(path.row).onRetransmitted(nowNs, bytes);
        } else {
            table.counters(path.row).onSent(nowNs, bytes);
        }
        return true;
    }

    boolean report(long nowNs, Path path, Report report) {
        Endpoint to = path.control;
        if (to == null || !path.link.mayGreet() || !transports.isOpen(path.controlSocket, to)) {
            return false;
        }
        int at = claim(path.controlSocket, to, PathLink.MAX_CONTROL_BYTES);
        return commitControl(
                path, path.link.writeReport(nowNs, sink.buffer(path.controlSocket), at, report));
    }

    boolean echoResponse(
            long nowNs,
            Path path,
            int ownSsrc,
            int ssrc,
            long timestamp,
            long delayUs,
            int paddingBytes) {
        Endpoint to = path.answersTo();
        if (to == null || !isOpen(path, to) || !path.mayChat()) {
            return false;
        }
        int at = claim(path.controlSocket, to, PathLink.MAX_CONTROL_BYTES);
        return commitControl(
                path,
                path.link.writeEchoResponse(
                        nowNs,
                        sink.buffer(path.controlSocket),
                        at,
                        ownSsrc,
                        ssrc,
                        timestamp,
                        delayUs,
                        paddingBytes));
    }

    void requests(long nowNs, Path path, int ownSsrc, RequestBatch batch) {
        Endpoint to = path.control;
        while (to != null && isOpen(path, to) && !batch.isWritten()) {
            int at = claim(path.controlSocket, to, PathLink.MAX_CONTROL_BYTES);
            int bytes =
                    path.link.writeRequests(
                            nowNs, sink.buffer(path.controlSocket), at, ownSsrc, batch);
            if (!commitControl(path, bytes)) {
                break;
            }
            counters.requestDatagramsSent++;
        }
        batch.clear();
    }

    /** Where a datagram of the link's handshake is written, or {@link #NOWHERE}. */
    int claimHandshake(Path path, int mostBytes) {
        Endpoint to = path.control;
        return to == null || !transports.isOpen(path.controlSocket, to)
                ? NOWHERE
                : claim(path.controlSocket, to, mostBytes);
    }

    /** Sends it, whatever the link's state, unless the peer has drawn too much. */
    void commitHandshake(Path path, int bytes) {
        if (path.mayAnswer(bytes + transports.mostOverheadBytes(path.controlSocket))) {
            commit(path, bytes);
        }
    }

    /** Returns whether it left. */
    boolean outOfBand(
            long nowNs, Path path, int protocolType, ByteBuffer from, int fromAt, int bytes) {
        Endpoint to = path.control;
        int most = path.link.maxOutOfBandBytes(bytes);
        int drawn = most + transports.mostOverheadBytes(path.controlSocket);
        if (to == null || !isOpen(path, to) || !path.mayDraw(drawn)) {
            return false;
        }
        int at = claim(path.controlSocket, to, most);
        ByteBuffer b = sink.buffer(path.controlSocket);
        int written = path.link.writeOutOfBand(nowNs, b, at, protocolType, from, fromAt, bytes);
        if (written == PathLink.CANNOT) {
            return false;
        }
        sink.commit(path.controlSocket, seal(path.controlSocket, written));
        counters.outOfBandSent++;
        return true;
    }

    /**
     * Says something rare by the edition of the framing that the peer has shown. Returns whether it
     * left.
     */
    boolean say(long nowNs, Path path, ControlMessage message) {
        return say(nowNs, path, message, Edition.SHOWN);
    }

    /** The same, by an edition; what the path's link has no form for is counted. */
    boolean say(long nowNs, Path path, ControlMessage message, Edition edition) {
        int at = claimControl(path);
        if (at == NOWHERE) {
            return false;
        }
        int bytes = path.link.writeControl(nowNs, buffer(path), at, message, edition);
        counters.unsayable += bytes == PathLink.CANNOT ? 1 : 0;
        return commitControl(path, bytes);
    }

    /** Where a control message is written, or {@link #NOWHERE} when none may go there. */
    int claimControl(Path path) {
        Endpoint to = path.control;
        return to == null
                        || !path.link.mayGreet()
                        || !path.mayChat()
                        || !transports.isOpen(path.controlSocket, to)
                ? NOWHERE
                : claim(path.controlSocket, to, PathLink.MAX_CONTROL_BYTES);
    }

    ByteBuffer buffer(Path path) {
        return sink.buffer(path.controlSocket);
    }

    private boolean commitControl(Path path, int bytes) {
        int overhead = transports.mostOverheadBytes(path.controlSocket);
        if (bytes < 0 || !path.mayDraw(bytes + overhead)) {
            return false;
        }
        commit(path, bytes);
        return true;
    }

    /** Whether control may go to a peer that has to prove itself first. */
    private boolean isOpen(Path path, Endpoint to) {
        return path.link.isOpen() && transports.isOpen(path.controlSocket, to);
    }

    /** Room for a link's datagram, and for what is around it below. */
    private int claim(int socket, Endpoint to, int most) {
        DatagramTransport below = transports.of(socket);
        if (below == null) {
            return sink.claim(socket, to, most);
        }
        claimedTo = to;
        claimedAt = sink.claim(socket, to, most + below.mostOverheadBytes());
        return claimedAt + below.headBytes();
    }

    private int seal(int socket, int plainBytes) {
        DatagramTransport below = transports.of(socket);
        return below == null
                ? plainBytes
                : below.seal(claimedTo, sink.buffer(socket), claimedAt, plainBytes);
    }

    private void commit(Path path, int plainBytes) {
        int bytes = seal(path.controlSocket, plainBytes);
        sink.commit(path.controlSocket, bytes);
        if (path.row != Path.NO_ROW) {
            table.counters(path.row).onControlSent(bytes);
        }
        counters.controlDatagramsSent++;
        counters.controlBytesSent += bytes;
    }
}
