package io.rist4j;

import io.rist4j.core.flow.MediaBlock;
import io.rist4j.host.PacketQueue;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.IdentityHashMap;

/**
 * A received packet as a {@link RistBlockHandler} sees it, without a copy: valid only during the
 * call, and on its thread. {@link #toBlock} makes a copy to keep. Accessors allocate nothing, but
 * for those that return an {@link Instant}.
 */
public final class RistBlockView {
    private static final long SECOND_NS = 1_000_000_000L;

    private final PeerTable peers;

    /** Read-only views of the recovery buffer's pieces, of which there are few. */
    private final IdentityHashMap<ByteBuffer, ByteBuffer> readOnly = new IdentityHashMap<>();

    private MediaBlock block = new MediaBlock();
    private long droppedBefore;
    private long bufferNs;
    private long wallOffsetNs;

    RistBlockView(PeerTable peers) {
        this.peers = peers;
    }

    /** Shows this packet from now on. */
    void show(MediaBlock shown, long dropped, long recoveryBufferNs, long wallMinusPumpNs) {
        block = shown;
        droppedBefore = dropped;
        bufferNs = recoveryBufferNs;
        wallOffsetNs = wallMinusPumpNs;
    }

    /**
     * The payload: a read-only buffer between its position and its limit, the same object in later
     * calls.
     */
    public ByteBuffer payload() {
        ByteBuffer view = readOnly.get(block.buffer);
        if (view == null) {
            view = block.buffer.asReadOnlyBuffer();
            readOnly.put(block.buffer, view);
        }
        view.limit(block.payloadAt + block.payloadBytes).position(block.payloadAt);
        return view;
    }

    /** Length of the payload in bytes. */
    public int payloadBytes() {
        return block.payloadBytes;
    }

    /**
     * Copies the payload to the buffer's position, which moves behind it.
     *
     * @param target has room for {@link #payloadBytes}
     */
    public void copyTo(ByteBuffer target) {
        target.put(target.position(), block.buffer, block.payloadAt, block.payloadBytes);
        target.position(target.position() + block.payloadBytes);
    }

    /** A copy to keep. */
    public RistBlock toBlock() {
        var copy = new MediaBlock();
        PacketQueue.copyProperties(block, copy);
        var payload = new byte[block.payloadBytes];
        block.buffer.get(block.payloadAt, payload);
        return new RistBlock(copy, payload, droppedBefore, source(), arrival(), peer());
    }

    /** As {@link RistBlock#sequence}. */
    public long sequence() {
        return block.sequence;
    }

    /** As {@link RistBlock#flowId}. */
    public int flowId() {
        return block.flowId;
    }

    /** As {@link RistBlock#timestamp}. */
    public long timestamp() {
        return block.timestamp;
    }

    /** As {@link RistBlock#source}. */
    public Instant source() {
        return instant(block.dueNs - bufferNs);
    }

    /** As {@link RistBlock#arrival}. */
    public Instant arrival() {
        return instant(block.arrivalNs);
    }

    /** {@link RistBlock#arrival} on the pump's clock, in ns. */
    public long arrivalNs() {
        return block.arrivalNs;
    }

    /** As {@link RistBlock#mediaTime}, in ns. */
    public long mediaTimeNs() {
        return block.sourceNs;
    }

    /** When the packet was due in the output, on the pump's clock, in ns. */
    public long dueNs() {
        return block.dueNs;
    }

    /** As {@link RistBlock#isDiscontinuity}. */
    public boolean isDiscontinuity() {
        return block.lostBefore > 0 || droppedBefore > 0;
    }

    /** As {@link RistBlock#lostBefore}. */
    public int lostBefore() {
        return block.lostBefore;
    }

    /** As {@link RistBlock#droppedBefore}; always 0 for a handler, which nothing waits for. */
    public long droppedBefore() {
        return droppedBefore;
    }

    /** As {@link RistBlock#isFlowStart}. */
    public boolean isFlowStart() {
        return block.flowStart;
    }

    /** As {@link RistBlock#isRecovered}. */
    public boolean isRecovered() {
        return block.recovered;
    }

    /** As {@link RistBlock#payloadType}. */
    public int payloadType() {
        return block.payloadType;
    }

    /** As {@link RistBlock#path}. */
    public int path() {
        return block.path;
    }

    /** As {@link RistBlock#peer}. */
    public @Nullable InetSocketAddress peer() {
        return peers.peer(block.path);
    }

    /** As {@link RistBlock#virtualSourcePort}. */
    public int virtualSourcePort() {
        return block.virtualSourcePort;
    }

    /** As {@link RistBlock#virtualDestinationPort}. */
    public int virtualDestinationPort() {
        return block.virtualDestinationPort;
    }

    private Instant instant(long pumpNs) {
        long wallNs = wallOffsetNs + pumpNs;
        return Instant.ofEpochSecond(
                Math.floorDiv(wallNs, SECOND_NS), Math.floorMod(wallNs, SECOND_NS));
    }
}
