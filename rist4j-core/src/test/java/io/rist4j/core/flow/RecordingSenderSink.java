package io.rist4j.core.flow;

import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.time.MediaClock;
import io.rist4j.core.time.SequenceUnwrapper;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Keeps a copy of everything that a sender flow emits. */
final class RecordingSenderSink implements SenderSink {
    enum Kind {
        TRANSMIT,
        RETRANSMIT,
        REPEAT_LAST
    }

    record Sent(
            Kind kind,
            long sequence,
            long timestamp,
            int flowId,
            boolean retransmission,
            int path,
            ByteBuffer payload) {}

    /** How many bits of a number are kept. */
    int bits = 16;

    final List<Sent> all = new ArrayList<>();

    @Override
    public void transmit(MediaPacket packet) {
        record(Kind.TRANSMIT, packet, -1);
    }

    @Override
    public void retransmit(MediaPacket packet, int path) {
        record(Kind.RETRANSMIT, packet, path);
    }

    @Override
    public void repeatLast(MediaPacket packet) {
        record(Kind.REPEAT_LAST, packet, -1);
    }

    private void record(Kind kind, MediaPacket packet, int path) {
        ByteBuffer payload = ByteBuffer.allocate(packet.payloadBytes);
        payload.put(0, packet.buffer, packet.payloadAt, packet.payloadBytes);
        all.add(
                new Sent(
                        kind,
                        SequenceUnwrapper.ofBits(bits).wire(packet.sequence),
                        MediaClock.stamp(packet.sourceNs, 90_000),
                        packet.flowId,
                        packet.retransmission,
                        path,
                        payload));
    }

    List<Sent> of(Kind kind) {
        return all.stream().filter(sent -> sent.kind() == kind).toList();
    }

    /** Sequence numbers of the retransmissions since the last call. */
    List<Long> takeRetransmitted() {
        List<Long> sequences = of(Kind.RETRANSMIT).stream().map(Sent::sequence).toList();
        all.clear();
        return sequences;
    }
}
