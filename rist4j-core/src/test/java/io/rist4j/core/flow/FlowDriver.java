package io.rist4j.core.flow;

import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.SessionTime;
import io.rist4j.core.time.Wake;

import java.nio.ByteBuffer;

/**
 * Drives a receiver flow through virtual time. Media time runs with session time: a packet stamped
 * at {@code t} ms and undelayed arrives at {@code t} ms.
 */
final class FlowDriver {
    static final int FLOW = 0x1234_5678;
    static final long MS = SessionTime.MILLISECOND;

    final RecordingReceiverSink sink = new RecordingReceiverSink();
    final ReceiverFlow flow;
    final MediaPacket packet = new MediaPacket();
    private final ByteBuffer payload = ByteBuffer.allocate(10_000);
    int flowId = FLOW;
    long clockHz = 90_000;
    int sequenceBits = 16;
    int payloadBytes = 8;

    FlowDriver(ReceiverFlowConfig.Builder config) {
        flow = new ReceiverFlow(config.build(), sink);
        packet.buffer = payload;
        packet.payloadAt = 3;
    }

    /** An original stamped and arriving now. */
    Verdict original(double atMs, long sequence) {
        return media(atMs, atMs, sequence, false, 0);
    }

    /** An original stamped earlier than it arrives. */
    Verdict late(double atMs, double sourceMs, long sequence) {
        return media(atMs, sourceMs, sequence, false, 0);
    }

    Verdict retransmission(double atMs, double sourceMs, long sequence) {
        return media(atMs, sourceMs, sequence, true, 0);
    }

    Verdict media(double atMs, double sourceMs, long sequence, boolean retransmission, int path) {
        return ticks(atMs, Math.round(sourceMs * 90), sequence, retransmission, path);
    }

    Verdict ticks(double atMs, long ticks, long sequence, boolean retransmission, int path) {
        long nowNs = Math.round(atMs * MS);
        to(atMs);
        packet.flowId = flowId;
        packet.sequence = sequence;
        packet.sequenceBits = sequenceBits;
        packet.setStamp(ticks, clockHz);
        packet.retransmission = retransmission;
        packet.payloadType = 33;
        packet.payloadBytes = payloadBytes;
        packet.arrivalNs = nowNs;
        if (payloadBytes >= 8) {
            payload.putLong(packet.payloadAt, sequence);
        }
        return flow.onMedia(nowNs, path, packet);
    }

    /** Runs every deadline up to and including an instant, each at its time. */
    void to(double atMs) {
        long untilNs = Math.round(atMs * MS);
        while (Wake.of(flow::wakes).deadlineNs() <= untilNs) {
            long nowNs = Math.max(sink.nowNs, Wake.of(flow::wakes).deadlineNs());
            sink.nowNs = nowNs;
            flow.onDeadline(nowNs);
            if (Wake.of(flow::wakes).deadlineNs() <= nowNs) {
                throw new AssertionError(
                        "deadline "
                                + Wake.of(flow::wakes).deadlineNs()
                                + " did not move past "
                                + nowNs);
            }
        }
        sink.nowNs = Math.max(sink.nowNs, untilNs);
    }
}
