package io.rist4j.core.flow;

import io.rist4j.core.rate.TokenBucket;

/**
 * Holds requests below the ceiling of the return bitrate.
 *
 * <p>A pass is taken to cost what range requests of the Simple profile cost: per packet 28 bytes of
 * UDP over IPv4, 8 of empty receiver report, about 24 of source description and 12 of request
 * header, and 4 bytes for each of up to 16 runs of consecutive numbers. Not thread-safe.
 */
final class ReturnBudget {
    private static final int PACKET_BYTES = 72;
    private static final int RUN_BYTES = 4;
    private static final int RUNS_PER_PACKET = 16;

    /** A burst is one full packet, or what the ceiling allows in 100 ms. */
    private static final int BURST_SHARE = 10;

    private final TokenBucket bucket;
    private long nowNs;
    private long previousWire;
    private int runs;
    private int waiting;

    /** A budget; 0 bit/s for no ceiling. */
    ReturnBudget(long bitsPerSecond) {
        long full = PACKET_BYTES + (RUNS_PER_PACKET * RUN_BYTES);
        bucket = new TokenBucket(bitsPerSecond, Math.max(full, bitsPerSecond / 8 / BURST_SHARE));
    }

    /** Begins a pass. */
    void beginPass(long passNs) {
        nowNs = passNs;
        waiting = 0;
        runs = 0;
        previousWire = -2;
    }

    /** Pays for a request. Returns false when it has to wait until {@link #readyNs}. */
    boolean take(long wire) {
        boolean continues = wire == previousWire + 1;
        boolean opensPacket = !continues && runs % RUNS_PER_PACKET == 0;
        int cost = (continues ? 0 : RUN_BYTES) + (opensPacket ? PACKET_BYTES : 0);
        if (waiting > 0 || !bucket.take(nowNs, cost)) {
            waiting++;
            return false;
        }
        previousWire = wire;
        runs += continues ? 0 : 1;
        return true;
    }

    /**
     * When a pass that ran out of budget may go on; 0 when it did not run out. Many requests that
     * wait do so until they can share a packet, for the headers are what costs.
     */
    long readyNs() {
        if (waiting == 0) {
            return 0;
        }
        int bytes = PACKET_BYTES + (RUN_BYTES * Math.min(waiting, RUNS_PER_PACKET));
        return Math.max(nowNs + 1, bucket.availableNs(bytes));
    }
}
