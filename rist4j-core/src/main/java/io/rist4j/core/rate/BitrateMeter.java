package io.rist4j.core.rate;

/**
 * How many bits per second pass one point: a slow average over windows of 1 s and a fast one over
 * windows of 100 ms, both smoothed with weight 1/8.
 *
 * <p>A third is for statistics: {@link #shownBitsPerSecond}.
 *
 * <p>libRIST: the same two averages feed its retransmission ceiling and its statistics; it updates
 * them only when a window ends. Ours: the window in progress counts as soon as it would raise the
 * average, so that a limit made from it holds within a window too.
 *
 * <p>Not thread-safe. Times in ns of the session clock, which only grows. Allocation-free after
 * construction.
 */
public final class BitrateMeter {
    private final RateWindow slow = new RateWindow(1, true, false);
    private final RateWindow fast = new RateWindow(10, false, false);
    private final RateWindow shown = new RateWindow(1, true, true);
    private long totalBytes;

    /** A meter that has seen nothing. */
    public BitrateMeter() {}

    /**
     * Counts bytes that pass now.
     *
     * @param nowNs session clock
     * @param bytes how many, 0 or more
     */
    public void add(long nowNs, int bytes) {
        totalBytes += bytes;
        slow.add(nowNs, bytes);
        fast.add(nowNs, bytes);
        shown.add(nowNs, bytes);
    }

    /**
     * The average over windows of 1 s, in bit/s.
     *
     * @param nowNs session clock
     */
    public long slowBitsPerSecond(long nowNs) {
        return slow.bitsPerSecond(nowNs);
    }

    /**
     * The average over windows of 100 ms, in bit/s.
     *
     * @param nowNs session clock
     */
    public long fastBitsPerSecond(long nowNs) {
        return fast.bitsPerSecond(nowNs);
    }

    /**
     * What people and scene switchers are told: the average over windows of 1 s, which ends where a
     * whole window passes without bytes, so that it is 0 within two seconds after the last. What
     * comes after that begins anew, and shows whole after its first window.
     *
     * @param nowNs session clock
     */
    public long shownBitsPerSecond(long nowNs) {
        return shown.bitsPerSecond(nowNs);
    }

    /** Everything counted since construction, in bytes. */
    public long totalBytes() {
        return totalBytes;
    }
}
