package io.rist4j.session;

import io.rist4j.codec.control.ControlMessage;
import io.rist4j.codec.rtcp.SequenceExtension;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.PrintableText;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.path.PathTable;
import io.rist4j.session.link.InboundHandler;
import io.rist4j.session.link.OpenDatagram;

import java.nio.ByteBuffer;

/**
 * Takes what a known path's datagram says to whom it concerns: flow, round trips, peer. Reused for
 * each datagram.
 */
final class Inbound implements InboundHandler {
    /**
     * Echo requests answered in one datagram: peers send one. A datagram stuffed with requests must
     * not draw more bytes than it has.
     */
    private static final int ECHOES_PER_DATAGRAM = 2;

    /** In place of the upper half of a sequence number: it was not told. */
    private static final int NO_HIGH = -1;

    private final MediaPacket carrier = new MediaPacket();
    private final FlowEnd end;
    private final PathTable table;
    private final Outbox outbox;
    private final SessionSink sink;
    private final SessionCounters counters;
    private final SessionPart[] parts;
    private long nowNs;
    private long arrivalNs;
    private Path path;
    private int reporter;
    private int echoes;
    private int high = NO_HIGH;
    private boolean answers = true;
    private boolean sawControl;
    private boolean sawBye;
    private boolean sawAnswer;

    Inbound(SessionAssembly assembly, SessionPart[] parts, Path nobody) {
        end = assembly.end;
        table = assembly.table;
        outbox = assembly.outbox;
        sink = assembly.sink;
        counters = assembly.counters;
        this.parts = parts;
        path = nobody;
    }

    Verdict read(long now, long arrival, Path from, OpenDatagram datagram) {
        nowNs = now;
        arrivalNs = Math.min(arrival, now);
        path = from;
        echoes = 0;
        sawControl = false;
        sawBye = false;
        sawAnswer = false;
        high = NO_HIGH;
        carrier.arrivalNs = arrivalNs;
        end.onDatagram();
        return datagram.read(carrier, this);
    }

    /** From now on echo requests stay unanswered: a peer that said goodbye must not seem alive. */
    void stopAnswering() {
        answers = false;
    }

    /** Whether the datagram held control messages. */
    boolean isControl() {
        return sawControl;
    }

    /** Whether the peer said goodbye, or somebody in its name. */
    boolean isFarewell() {
        return sawBye;
    }

    /** Whether whoever said so hears what is sent to the peer. */
    boolean isAnswer() {
        return sawAnswer;
    }

    @Override
    public Verdict onMedia(MediaPacket packet) {
        return end.onMedia(nowNs, path, packet);
    }

    @Override
    public void onSenderReport(
            int ssrc, long ntp, long rtpTimestamp, long packetCount, long octetCount) {
        sawControl = true;
        reporter = ssrc;
        path.peerSsrc = ssrc;
        path.onFlowNamed(ssrc & ~1);
        path.report.take(ssrc & ~1, ntp, rtpTimestamp);
        if (end.onSenderReport(nowNs, path, ssrc, ntp, rtpTimestamp)) {
            path.clock.onReportHeard(arrivalNs, ntp);
        }
    }

    @Override
    public void onEmptyReceiverReport(int ssrc) {
        sawControl = true;
        reporter = ssrc;
    }

    @Override
    public void onReportBlock(
            int ssrc,
            int sourceSsrc,
            int fractionLost,
            int cumulativeLost,
            long highestSequence,
            long jitter,
            long lastSr,
            long delaySinceLastSr) {
        sawControl = true;
        reporter = ssrc;
        if (end.onReceptionReport(nowNs, path, sourceSsrc, highestSequence, cumulativeLost)) {
            onRoundTrip(path.clock.onReportBlock(arrivalNs, lastSr, delaySinceLastSr));
        }
    }

    @Override
    public void onCanonicalName(int ssrc, ByteBuffer buffer, int at, int bytes) {
        sawControl = true;
        if (!path.named) {
            path.named = true;
            path.peerSsrc = ssrc;
        } else if (ssrc != reporter) {
            return; // whoever reports says what he is called, not what others are
        }
        if (!sameName(buffer, at, bytes)) {
            byte[] name = new byte[bytes];
            buffer.get(at, name);
            path.nameBytes = name;
            path.peerName = PrintableText.of(name);
        }
    }

    private boolean sameName(ByteBuffer buffer, int at, int bytes) {
        byte[] known = path.nameBytes;
        if (known.length != bytes) {
            return false;
        }
        for (int i = 0; i < bytes; i++) {
            if (known[i] != buffer.get(at + i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void onEchoRequest(int ssrc, long timestamp, int paddingBytes) {
        sawControl = true;
        path.askedSsrc = ssrc;
        path.askedTimestamp = timestamp;
        path.askedNs = arrivalNs;
        if (answers && echoes++ < ECHOES_PER_DATAGRAM) {
            long delayUs = Math.max(0, nowNs - arrivalNs) / 1_000;
            outbox.echoResponse(
                    nowNs, path, end.controlSsrc(), ssrc, timestamp, delayUs, paddingBytes);
        }
    }

    @Override
    public void onEchoResponse(int ssrc, long timestamp, long delayMicroseconds) {
        sawControl = true;
        sawAnswer |= path.clock.hasAsked(timestamp);
        long roundTripNs = path.clock.onEchoResponse(arrivalNs, timestamp, delayMicroseconds);
        if (roundTripNs != RoundTripClock.UNKNOWN) {
            path.echoes.onAnswered(table.rtt(path.row).isFar(roundTripNs));
            boolean isNews = !path.isProven();
            path.onProven();
            if (isNews) {
                end.onProven(nowNs, path);
                for (SessionPart part : parts) {
                    part.onPathProven(nowNs, path);
                }
            }
        }
        onRoundTrip(roundTripNs);
    }

    private void onRoundTrip(long roundTripNs) {
        if (roundTripNs != RoundTripClock.UNKNOWN) {
            table.onRoundTrip(nowNs, path.row, roundTripNs);
            end.onRoundTrip(nowNs, path);
        }
    }

    @Override
    public void onMissing(int mediaSsrc, long first, int additional) {
        sawControl = true;
        if (high == NO_HIGH) {
            end.onMissing(nowNs, path, mediaSsrc, first, 16, additional);
        } else {
            long extended = SequenceExtension.extend(high, first);
            end.onMissing(nowNs, path, mediaSsrc, extended, 32, additional);
        }
    }

    @Override
    public void onSequenceExtension(int mediaSsrc, int upperHalf) {
        sawControl = true;
        high = upperHalf;
    }

    @Override
    public void onBye(int ssrc) {
        sawControl = true;
        sawBye = ssrc == path.peerSsrc;
    }

    @Override
    public void onControl(ControlMessage message) {
        sawControl = true;
        sawBye |= message.isFarewell();
        for (SessionPart part : parts) {
            part.onControl(nowNs, path, message);
        }
    }

    @Override
    public Verdict onOutOfBand(int protocolType, ByteBuffer b, int at, int bytes) {
        if (!path.isProven() && path.user.isEmpty()) {
            return Verdict.UNPROVEN;
        }
        sawControl = true;
        counters.outOfBandReceived++;
        sink.outOfBand(path.row, protocolType, b, at, bytes);
        return Verdict.OK;
    }
}
