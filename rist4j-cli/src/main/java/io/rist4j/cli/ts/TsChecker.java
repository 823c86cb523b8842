package io.rist4j.cli.ts;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Looks for damage in a transport stream: lost synchronisation, jumps of continuity counters, and
 * clock references too far apart. Bytes may be cut anywhere between calls.
 *
 * <p>Spec: ISO/IEC 13818-1 §2.4.3.3: a counter advances with each packet that has payload; one
 * repetition of a packet is allowed; a discontinuity indicator excuses a jump.
 */
public final class TsChecker {
    private static final int PIDS = 0x2000;
    private static final byte UNSEEN = -1;

    private final byte[] counters = new byte[PIDS];
    private final boolean[] repeated = new boolean[PIDS];
    private final ByteBuffer partial = ByteBuffer.allocate(TsPacket.BYTES);
    private boolean inSync = true;
    private int pcrPid = -1;
    private long lastPcr = TsPacket.NO_PCR;
    private long packets;
    private long nullPackets;
    private long syncErrors;
    private long continuityErrors;
    private long transportErrors;
    private long longestPcrGapNs;

    /** A checker that has seen nothing. */
    public TsChecker() {
        Arrays.fill(counters, UNSEEN);
    }

    /**
     * Takes the next bytes of the stream.
     *
     * @param buffer holds them, big-endian; its position and limit are neither used nor changed
     * @param at where they begin
     * @param bytes how many
     */
    public void accept(ByteBuffer buffer, int at, int bytes) {
        int from = at;
        int end = at + bytes;
        while (from < end) {
            if (partial.position() == 0) {
                if (!TsPacket.isSync(buffer, from)) {
                    syncErrors += inSync ? 1 : 0;
                    inSync = false;
                    from++;
                    continue;
                }
                inSync = true;
                if (end - from >= TsPacket.BYTES) {
                    onPacket(buffer, from);
                    from += TsPacket.BYTES;
                    continue;
                }
            }
            int take = Math.min(partial.remaining(), end - from);
            partial.put(partial.position(), buffer, from, take);
            partial.position(partial.position() + take);
            from += take;
            if (!partial.hasRemaining()) {
                partial.clear();
                onPacket(partial, 0);
            }
        }
    }

    private void onPacket(ByteBuffer b, int at) {
        packets++;
        if (TsPacket.hasTransportError(b, at)) {
            transportErrors++;
            return;
        }
        int pid = TsPacket.pid(b, at);
        if (pid == TsPacket.NULL_PID) {
            nullPackets++;
            return;
        }
        boolean discontinuity = TsPacket.isDiscontinuity(b, at);
        checkCounter(b, at, pid, discontinuity);
        checkPcr(TsPacket.pcr(b, at), pid, discontinuity);
    }

    private void checkCounter(ByteBuffer b, int at, int pid, boolean discontinuity) {
        int counter = TsPacket.continuityCounter(b, at);
        int last = counters[pid];
        if (last != UNSEEN && !discontinuity && TsPacket.hasPayload(b, at)) {
            if (counter == last && !repeated[pid]) {
                repeated[pid] = true;
                return;
            }
            if (counter != ((last + 1) & 0x0F)) {
                continuityErrors++;
            }
        }
        repeated[pid] = false;
        counters[pid] = (byte) counter;
    }

    private void checkPcr(long pcr, int pid, boolean discontinuity) {
        if (pcr == TsPacket.NO_PCR || (pcrPid >= 0 && pid != pcrPid)) {
            return;
        }
        pcrPid = pid;
        if (lastPcr != TsPacket.NO_PCR && !discontinuity) {
            long ticks = Math.floorMod(pcr - lastPcr, TsPacket.CLOCK_WRAP);
            longestPcrGapNs = Math.max(longestPcrGapNs, PcrTimeline.ns(ticks));
        }
        lastPcr = pcr;
    }

    /** Whole packets seen. */
    public long packets() {
        return packets;
    }

    /** Null packets among them. */
    public long nullPackets() {
        return nullPackets;
    }

    /** Times that a packet did not begin where one had to. */
    public long syncErrors() {
        return syncErrors;
    }

    /** Jumps of a continuity counter that nothing excuses. */
    public long continuityErrors() {
        return continuityErrors;
    }

    /** Packets that an earlier hop marked as damaged. */
    public long transportErrors() {
        return transportErrors;
    }

    /** The longest step between two clock references of the first program, in ns. */
    public long longestPcrGapNs() {
        return longestPcrGapNs;
    }

    /** Whether there was no damage. */
    public boolean isClean() {
        return (syncErrors | continuityErrors | transportErrors) == 0;
    }
}
