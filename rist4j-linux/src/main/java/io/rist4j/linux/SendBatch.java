package io.rist4j.linux;

import io.rist4j.core.address.Endpoint;
import io.rist4j.net.DatagramPort;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The datagrams that a port will send with its next flush, back to back in one buffer, and the
 * messages that describe them to {@code sendmmsg}: one for each run.
 *
 * <p>Begins small and grows with what is batched. Not thread-safe. Allocation-free once grown.
 */
final class SendBatch {
    private static final int DATAGRAMS = 256;
    private static final int BYTES = 192 << 10;

    /** What a port begins with: reports, and a stream that sends one packet at a time. */
    private static final int FIRST_DATAGRAMS = 16;

    private static final int FIRST_BYTES = 16 << 10;

    /** One control message with a 16-bit number: header 16, data 2, padding. */
    private static final int CONTROL_BYTES = 24;

    private static final int CONTROL_LENGTH = 18;
    private static final int SOL_UDP = 17;
    private static final int UDP_SEGMENT = 103;
    private static final int VECTOR_BYTES = 16;

    private int socketFamily;
    private ByteBuffer buffer = Native.allocate(FIRST_BYTES).order(ByteOrder.BIG_ENDIAN);
    private long bufferAddress = Native.address(buffer);
    private ByteBuffer vectors = Native.allocate(FIRST_DATAGRAMS * VECTOR_BYTES);
    private long vectorsAddress = Native.address(vectors);
    private MessageArray messages = new MessageArray(FIRST_DATAGRAMS, CONTROL_BYTES);
    private RunPlanner planner = new RunPlanner(FIRST_DATAGRAMS);
    private Endpoint[] to = new Endpoint[FIRST_DATAGRAMS];
    private int[] starts = new int[FIRST_DATAGRAMS];
    private int[] lengths = new int[FIRST_DATAGRAMS];
    private int[] firstVector = new int[FIRST_DATAGRAMS];
    private int[] vectorCount = new int[FIRST_DATAGRAMS];
    private int[] runEnd = new int[FIRST_DATAGRAMS];
    private int datagrams;
    private int bytes;
    private @Nullable Endpoint claimedTo;
    private int claimedBytes;

    SendBatch() {
        prepareControls();
    }

    /**
     * Begins anew.
     *
     * @param family of the socket that it is for
     */
    void begin(int family) {
        socketFamily = family;
        clear();
    }

    private void prepareControls() {
        for (int i = 0; i < to.length; i++) {
            int at = messages.controlAt(i);
            messages.controls().putLong(at, CONTROL_LENGTH);
            messages.controls().putInt(at + 8, SOL_UDP);
            messages.controls().putInt(at + 12, UDP_SEGMENT);
        }
    }

    /**
     * Makes room for another datagram, by doubling what is short of it. Returns false, changing
     * nothing, when the batch has grown to its bounds: then it has to be sent first.
     */
    boolean grow(int maxBytes) {
        boolean moreDatagrams = datagrams == to.length;
        boolean moreBytes = bytes + maxBytes > buffer.capacity();
        int size = Math.min(BYTES, 2 * buffer.capacity());
        if ((moreDatagrams && to.length == DATAGRAMS) || (moreBytes && bytes + maxBytes > size)) {
            return false;
        }
        if (moreBytes) {
            ByteBuffer larger = Native.allocate(size).order(ByteOrder.BIG_ENDIAN);
            larger.put(0, buffer, 0, bytes);
            buffer = larger;
            bufferAddress = Native.address(larger);
        }
        if (moreDatagrams) {
            int room = Math.min(DATAGRAMS, 2 * to.length);
            vectors = Native.allocate(room * VECTOR_BYTES);
            vectorsAddress = Native.address(vectors);
            messages = new MessageArray(room, CONTROL_BYTES);
            planner = new RunPlanner(room);
            to = Arrays.copyOf(to, room);
            starts = Arrays.copyOf(starts, room);
            lengths = Arrays.copyOf(lengths, room);
            firstVector = new int[room];
            vectorCount = new int[room];
            runEnd = new int[room];
            prepareControls();
        }
        return true;
    }

    ByteBuffer buffer() {
        return buffer;
    }

    boolean isEmpty() {
        return datagrams == 0;
    }

    boolean isClaimed() {
        return claimedTo != null;
    }

    boolean hasRoomFor(int maxBytes) {
        return datagrams < to.length && bytes + maxBytes <= buffer.capacity();
    }

    /** Where to write a datagram; there must be room. */
    int claim(Endpoint destination, int maxBytes) {
        if (maxBytes < 0 || maxBytes > DatagramPort.MAX_DATAGRAM_BYTES) {
            throw new IllegalArgumentException(
                    "maxBytes " + maxBytes + " is outside 0.." + DatagramPort.MAX_DATAGRAM_BYTES);
        }
        claimedTo = destination;
        claimedBytes = maxBytes;
        return bytes;
    }

    void commit(int length) {
        if (claimedTo == null || length < 0 || length > claimedBytes) {
            throw new IllegalStateException("commit of " + length + " bytes without such a claim");
        }
        to[datagrams] = claimedTo;
        starts[datagrams] = bytes;
        lengths[datagrams++] = length;
        bytes += length;
        claimedTo = null;
    }

    void clear() {
        datagrams = 0;
        bytes = 0;
        claimedTo = null;
    }

    /**
     * Lays the datagrams out as messages.
     *
     * @param limits what may share a run
     * @return how many messages there are
     */
    int plan(OffloadLimits limits) {
        planner.begin();
        for (int i = 0; i < datagrams; i++) {
            planner.add(i, to[i], lengths[i], limits.limitBytes(to[i]));
        }
        int vector = 0;
        for (int run = 0; run < planner.runs(); run++) {
            firstVector[run] = vector;
            vectorCount[run] = 0;
            runEnd[run] = -1;
            vector += planner.datagrams(run);
        }
        for (int i = 0; i < datagrams; i++) {
            addVector(planner.runOf(i), starts[i], lengths[i]);
        }
        for (int run = 0; run < planner.runs(); run++) {
            describe(run);
        }
        return planner.runs();
    }

    private void addVector(int run, int start, int length) {
        if (runEnd[run] == start) { // lies behind the last one: one vector for both
            int at = (firstVector[run] + vectorCount[run] - 1) * VECTOR_BYTES;
            vectors.putLong(at + 8, vectors.getLong(at + 8) + length);
        } else {
            int at = (firstVector[run] + vectorCount[run]++) * VECTOR_BYTES;
            vectors.putLong(at, bufferAddress + start);
            vectors.putLong(at + 8, length);
        }
        runEnd[run] = start + length;
    }

    private void describe(int run) {
        int nameBytes =
                SocketAddress.write(
                        messages.names(),
                        messages.nameAt(run),
                        planner.destination(run),
                        socketFamily);
        messages.setNameBytes(run, nameBytes);
        messages.setVectors(
                run, vectorsAddress + (long) firstVector[run] * VECTOR_BYTES, vectorCount[run]);
        if (planner.datagrams(run) > 1) {
            messages.setControlBytes(run, CONTROL_BYTES);
            messages.controls()
                    .putShort(messages.controlAt(run) + 16, (short) planner.segmentBytes(run));
        } else {
            messages.setControlBytes(run, 0);
        }
    }

    /** Forgets the datagrams of the messages before that one; the rest can be planned anew. */
    void dropBefore(int run) {
        int kept = 0;
        for (int i = 0; i < datagrams; i++) {
            if (planner.runOf(i) >= run) {
                to[kept] = to[i];
                starts[kept] = starts[i];
                lengths[kept++] = lengths[i];
            }
        }
        datagrams = kept;
    }

    /** Address of the messages from that one on, for the system call. */
    long address(int run) {
        return messages.address(run);
    }

    Endpoint destination(int run) {
        return planner.destination(run);
    }

    int datagrams(int run) {
        return planner.datagrams(run);
    }

    int segmentBytes(int run) {
        return planner.segmentBytes(run);
    }

    int totalBytes(int run) {
        return planner.totalBytes(run);
    }
}
