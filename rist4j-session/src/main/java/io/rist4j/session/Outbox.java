package io.rist4j.session;

import io.rist4j.codec.gre.ProtocolTypes;
import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.path.PathTable;

import java.nio.ByteBuffer;

/** Writes what a session says into datagrams of the right socket and destination. */
final class Outbox {
    private final SessionSink sink;
    private final PathTable table;
    private final SessionCounters counters;

    Outbox(SessionSink sink, PathTable table, SessionCounters counters) {
        this.sink = sink;
        this.table = table;
        this.counters = counters;
    }

    /** Returns whether it left: a path whose peer is unknown or unproven takes nothing. */
    boolean media(long nowNs, Path path, MediaPacket packet) {
        Endpoint to = path.media;
        int most = path.wire.maxMediaBytes(packet.payloadBytes);
        if (to == null || !path.guard.isOpen() || !path.isProven()) {
            return false;
        }
        int at = sink.claim(path.mediaSocket, to, most);
        int bytes = path.wire.writeMedia(nowNs, sink.buffer(path.mediaSocket), at, packet);
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
        if (to == null || !path.guard.mayGreet()) {
            return false;
        }
        int at = sink.claim(path.controlSocket, to, PathWire.MAX_CONTROL_BYTES);
        return commitControl(
                path, path.wire.writeReport(nowNs, sink.buffer(path.controlSocket), at, report));
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
        if (to == null || !path.guard.isOpen() || !path.mayChat()) {
            return false;
        }
        int at = sink.claim(path.controlSocket, to, PathWire.MAX_CONTROL_BYTES);
        return commitControl(
                path,
                path.wire.writeEchoResponse(
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
        while (to != null && path.guard.isOpen() && !batch.isWritten()) {
            int at = sink.claim(path.controlSocket, to, PathWire.MAX_CONTROL_BYTES);
            int bytes =
                    path.wire.writeRequests(
                            nowNs, sink.buffer(path.controlSocket), at, ownSsrc, batch);
            if (!commitControl(path, bytes)) {
                break;
            }
            counters.requestDatagramsSent++;
        }
        batch.clear();
    }

    /** A frame of the handshake, in clear, whatever the guard's state. */
    void handshake(long nowNs, Path path, ByteBuffer frame, int frameAt, int bytes) {
        Endpoint to = path.control;
        if (to != null) {
            int at = sink.claim(path.controlSocket, to, path.wire.maxOutOfBandBytes(bytes));
            ByteBuffer b = sink.buffer(path.controlSocket);
            int written =
                    path.wire.writeOutOfBand(
                            nowNs, b, at, ProtocolTypes.EAPOL, frame, frameAt, bytes);
            if (written >= 0 && path.mayAnswer(written)) {
                commit(path, written);
            }
        }
    }

    /** Returns whether it left. */
    boolean outOfBand(
            long nowNs, Path path, int protocolType, ByteBuffer from, int fromAt, int bytes) {
        Endpoint to = path.control;
        int most = path.wire.maxOutOfBandBytes(bytes);
        if (to == null || !path.guard.isOpen() || !path.mayDraw(most)) {
            return false;
        }
        int at = sink.claim(path.controlSocket, to, most);
        ByteBuffer b = sink.buffer(path.controlSocket);
        int written = path.wire.writeOutOfBand(nowNs, b, at, protocolType, from, fromAt, bytes);
        if (written == PathWire.CANNOT) {
            return false;
        }
        sink.commit(path.controlSocket, written);
        counters.outOfBandSent++;
        return true;
    }

    /** Where a message of the tunnel is written, or -1 when none may go to this peer. */
    int claimControl(Path path) {
        Endpoint to = path.control;
        return to == null || !path.guard.mayGreet() || !path.mayChat()
                ? -1
                : sink.claim(path.controlSocket, to, PathWire.MAX_CONTROL_BYTES);
    }

    ByteBuffer buffer(Path path) {
        return sink.buffer(path.controlSocket);
    }

    boolean commitControl(Path path, int bytes) {
        if (bytes < 0 || !path.mayDraw(bytes)) {
            return false;
        }
        commit(path, bytes);
        return true;
    }

    private void commit(Path path, int bytes) {
        sink.commit(path.controlSocket, bytes);
        if (path.row != Path.NO_ROW) {
            table.counters(path.row).onControlSent(bytes);
        }
        counters.controlDatagramsSent++;
        counters.controlBytesSent += bytes;
    }
}
