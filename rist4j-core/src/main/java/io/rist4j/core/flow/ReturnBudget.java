package io.rist4j.core.flow;

import io.rist4j.core.time.SessionTime;

/**
 * Holds requests below the ceiling of the return bitrate: a bucket that fills at that rate and
 * holds 100 ms of it, or one full packet.
 *
 * <p>A pass is taken to cost what the Simple profile's range requests cost: per packet 28 bytes of
 * UDP over IPv4, 8 of empty receiver report, about 24 of source description and 12 of request
 * header, and 4 bytes for each of up to 16 runs of consecutive numbers. Not thread-safe.
 */
final class ReturnBudget {
    private static final int PACKET_BYTES = 72;
    private static final int RUN_BYTES = 4;
    private static final int RUNS_PER_PACKET = 16;
    private static final long UNIT = 8 * SessionTime.SECOND;

    private final long bitsPerSecond;
    private final long most;
    private long level;
    private long filledNs;
    private long readyNs;
    private long previousWire;
    private int runs;

    /** A budget; 0 bit/s for no ceiling. */
    ReturnBudget(long bitsPerSecond) {
        this.bitsPerSecond = bitsPerSecond;
        long packet = UNIT * (PACKET_BYTES + (RUNS_PER_PACKET * RUN_BYTES));
        this.most = Math.max(packet, bitsPerSecond * (SessionTime.SECOND / 10));
        this.level = most;
    }

    /** Begins a pass: fills the bucket by the time that passed. */
    void beginPass(long nowNs) {
        runs = 0;
        readyNs = 0;
        previousWire = -2;
        if (bitsPerSecond != 0) {
            long elapsedNs = Math.min(nowNs - filledNs, (most / bitsPerSecond) + 1);
            filledNs = nowNs;
            level = Math.min(most, level + (elapsedNs * bitsPerSecond));
        }
    }

    /** Pays for a request. Returns false when it has to wait until {@link #readyNs}. */
    boolean take(long wire) {
        if (bitsPerSecond == 0) {
            return true;
        }
        boolean continues = wire == previousWire + 1;
        boolean opensPacket = !continues && runs % RUNS_PER_PACKET == 0;
        long cost = UNIT * ((continues ? 0 : RUN_BYTES) + (opensPacket ? PACKET_BYTES : 0));
        if (readyNs != 0 || cost > level) {
            if (readyNs == 0) {
                readyNs =
                        filledNs
                                + ((UNIT * (PACKET_BYTES + RUN_BYTES)) - level) / bitsPerSecond
                                + 1;
                readyNs = Math.max(readyNs, filledNs + 1);
            }
            return false;
        }
        level -= cost;
        previousWire = wire;
        runs += continues ? 0 : 1;
        return true;
    }

    /** When a pass that ran out of budget may go on; 0 when it did not run out. */
    long readyNs() {
        return readyNs;
    }
}
