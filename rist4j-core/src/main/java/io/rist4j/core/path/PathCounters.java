package io.rist4j.core.path;

import io.rist4j.core.rate.BitrateMeter;

/**
 * What passed over one path since it was added. Bytes are what the caller says they are; sessions
 * count UDP payloads. Not thread-safe; allocation-free.
 */
public final class PathCounters {
    private final BitrateMeter sentRate = new BitrateMeter();
    private final BitrateMeter retransmittedRate = new BitrateMeter();
    private final BitrateMeter receivedRate = new BitrateMeter();
    private long sentPackets;
    private long retransmittedPackets;
    private long receivedPackets;
    private long sentControl;
    private long sentControlBytes;
    private long receivedControl;
    private long receivedControlBytes;

    PathCounters() {}

    /**
     * Counts an original that leaves on this path.
     *
     * @param nowNs session clock
     * @param bytes its size
     */
    public void onSent(long nowNs, int bytes) {
        sentPackets++;
        sentRate.add(nowNs, bytes);
    }

    /**
     * Counts a retransmission or repeated packet that leaves on this path.
     *
     * @param nowNs session clock
     * @param bytes its size
     */
    public void onRetransmitted(long nowNs, int bytes) {
        retransmittedPackets++;
        retransmittedRate.add(nowNs, bytes);
    }

    /**
     * Counts a media packet that came in on this path, duplicates included.
     *
     * @param nowNs session clock
     * @param bytes its size
     */
    public void onReceived(long nowNs, int bytes) {
        receivedPackets++;
        receivedRate.add(nowNs, bytes);
    }

    /**
     * Counts a control datagram that leaves on this path.
     *
     * @param bytes its size
     */
    public void onControlSent(int bytes) {
        sentControl++;
        sentControlBytes += bytes;
    }

    /**
     * Counts a control datagram that came in on this path.
     *
     * @param bytes its size
     */
    public void onControlReceived(int bytes) {
        receivedControl++;
        receivedControlBytes += bytes;
    }

    /** Originals sent. */
    public long sentPackets() {
        return sentPackets;
    }

    /** Bytes of originals sent. */
    public long sentBytes() {
        return sentRate.totalBytes();
    }

    /** Retransmissions sent. */
    public long retransmittedPackets() {
        return retransmittedPackets;
    }

    /** Bytes of retransmissions sent. */
    public long retransmittedBytes() {
        return retransmittedRate.totalBytes();
    }

    /** Media packets received, duplicates included. */
    public long receivedPackets() {
        return receivedPackets;
    }

    /** Media packets either way, repeated ones and duplicates included. */
    public long mediaPackets() {
        return sentPackets + retransmittedPackets + receivedPackets;
    }

    /** Bytes of media packets received. */
    public long receivedBytes() {
        return receivedRate.totalBytes();
    }

    /** Control datagrams sent. */
    public long sentControl() {
        return sentControl;
    }

    /** Bytes of control datagrams sent. */
    public long sentControlBytes() {
        return sentControlBytes;
    }

    /** Control datagrams received. */
    public long receivedControl() {
        return receivedControl;
    }

    /** Bytes of control datagrams received. */
    public long receivedControlBytes() {
        return receivedControlBytes;
    }

    /** Rate of originals sent. */
    public BitrateMeter sentRate() {
        return sentRate;
    }

    /** Rate of retransmissions sent. */
    public BitrateMeter retransmittedRate() {
        return retransmittedRate;
    }

    /** Rate of media packets received. */
    public BitrateMeter receivedRate() {
        return receivedRate;
    }
}
