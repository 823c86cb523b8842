package io.rist4j;

import io.rist4j.host.PacketQueue;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A further flow of a {@link RistSender}, over the same paths: {@link RistSender#openFlow}. It ends
 * with the sender. Safe for use by several threads.
 */
public final class RistSenderFlow {
    private final int flowId;
    private final SenderQueue queue;
    private final Published<RistSenderStats> stats;

    RistSenderFlow(HandleCore core, int index, int flowId, PacketQueue packets) {
        this.flowId = flowId;
        queue = new SenderQueue(core, index, packets);
        long startedNs = core.pump().clock().nowNs();
        stats = core.publish(() -> SenderSnapshot.take(core, index, startedNs, this.queue));
    }

    /** Its flow id: the media's SSRC with bit 0 clear. */
    public int flowId() {
        return flowId;
    }

    /**
     * Sends the remaining bytes of a buffer as one packet, as {@link RistSender#send(ByteBuffer)}.
     *
     * @param payload up to {@link RistSender#MAX_PAYLOAD_BYTES}
     * @throws IOException as there
     */
    public void send(ByteBuffer payload) throws IOException {
        queue.send(payload);
    }

    /**
     * Sends one packet with a media time of its own, as {@link RistSender#send(ByteBuffer, int,
     * int, long)}.
     *
     * @param buffer holds the payload; position and limit are neither used nor changed
     * @param at where the payload begins
     * @param bytes its length, up to {@link RistSender#MAX_PAYLOAD_BYTES}; 0 sends nothing
     * @param sourceNs its media time, as there
     * @throws IOException as there
     */
    public void send(ByteBuffer buffer, int at, int bytes, long sourceNs) throws IOException {
        queue.send(buffer, at, bytes, sourceNs);
    }

    /**
     * What the network thread published last: about a second old at most. Never waits, not for a
     * moment either, and disturbs nobody: for whoever looks often or at many. Nothing before the
     * first second, but that it is there.
     */
    public RistSenderStats latestStats() {
        return stats.latest();
    }

    /**
     * What happened since the flow opened. Paths, control and refused datagrams are those of the
     * whole sender. As young as {@link RistSender#stats} says.
     */
    public RistSenderStats stats() {
        return stats.read();
    }
}
