package io.rist4j.session;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.path.PathTable;

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
        if (to == null || !path.mayDraw(most)) {
            return false;
        }
        int at = sink.claim(path.mediaSocket, to, most);
        int bytes = path.wire.writeMedia(sink.buffer(path.mediaSocket), at, packet);
        sink.commit(path.mediaSocket, bytes);
        if (packet.retransmission) {
            table.counters(path.row).onRetransmitted(nowNs, bytes);
        } else {
            table.counters(path.row).onSent(nowNs, bytes);
        }
        return true;
    }

    boolean report(Path path, Report report) {
        Endpoint to = path.control;
        if (to == null) {
            return false;
        }
        int at = sink.claim(path.controlSocket, to, PathWire.MAX_CONTROL_BYTES);
        return commitControl(
                path, path.wire.writeReport(sink.buffer(path.controlSocket), at, report));
    }

    boolean echoResponse(
            Path path, int ownSsrc, int ssrc, long timestamp, long delayUs, int paddingBytes) {
        Endpoint to = path.control;
        if (to == null) {
            return false;
        }
        int at = sink.claim(path.controlSocket, to, PathWire.MAX_CONTROL_BYTES);
        return commitControl(
                path,
                path.wire.writeEchoResponse(
                        sink.buffer(path.controlSocket),
                        at,
                        ownSsrc,
                        ssrc,
                        timestamp,
                        delayUs,
                        paddingBytes));
    }

    void requests(Path path, int ownSsrc, int mediaSsrc, RequestBatch batch) {
        Endpoint to = path.control;
        while (to != null && !batch.isWritten()) {
            int at = sink.claim(path.controlSocket, to, PathWire.MAX_CONTROL_BYTES);
            int bytes =
                    path.wire.writeRequests(
                            sink.buffer(path.controlSocket), at, ownSsrc, mediaSsrc, batch);
            if (!commitControl(path, bytes)) {
                break;
            }
            counters.requestDatagramsSent++;
        }
        batch.clear();
    }

    private boolean commitControl(Path path, int bytes) {
        if (!path.mayDraw(bytes)) {
            return false;
        }
        sink.commit(path.controlSocket, bytes);
        table.counters(path.row).onControlSent(bytes);
        counters.controlDatagramsSent++;
        counters.controlBytesSent += bytes;
        return true;
    }
}
