package io.rist4j.session.link;

/** Fields of one periodic report: a reused carrier between the parts and a link. */
public final class Report {
    /** Whether it is a sender's. */
    public boolean fromSender;

    /** Who reports. */
    public int ssrc;

    /** A sender's NTP-64 wall clock. */
    public long ntp;

    /** The same instant on a sender's media clock, in ns. */
    public long mediaNs;

    /** Originals sent. */
    public long packets;

    /** Their payload bytes. */
    public long octets;

    /** Whether a receiver has media to report on. */
    public boolean hasBlock;

    /** The flow that a receiver reports on. */
    public int sourceSsrc;

    /**
     * The ports that the flow's media has inside a tunnel, the peer's and ours; 0 where the flow is
     * the only one, or nobody knows.
     */
    public int peerPort;

    public int ownPort;

    public int fractionLost;
    public int cumulativeLost;
    public long highestSequence;
    public long jitterNs;

    /** Rate of the reported flow's media clock in Hz, 0 when it is not known. */
    public long clockHz;

    public long lastSr;
    public long delaySinceLastSr;

    /** What an echo request carries, or 0 for none. */
    public long echoTimestamp;

    /** Whether the participant leaves with this report. */
    public boolean farewell;

    /** The peer's last echo request, or 0: that a goodbye repeats it shows whose it is. */
    public long askedTimestamp;

    public int askedSsrc;

    /** How long ago it came, in microseconds. */
    public long askedAgoUs;
}
