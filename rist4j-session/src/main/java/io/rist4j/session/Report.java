package io.rist4j.session;

/** Fields of one periodic report: a reused carrier between the parts and a wire. */
final class Report {
    /** Whether it is a sender's. */
    boolean fromSender;

    /** Who reports. */
    int ssrc;

    /** A sender's NTP-64 wall clock. */
    long ntp;

    /** The same instant on a sender's media clock. */
    long rtpTimestamp;

    /** Originals sent. */
    long packets;

    /** Their payload bytes. */
    long octets;

    /** Whether a receiver has media to report on. */
    boolean hasBlock;

    /** The flow that a receiver reports on. */
    int sourceSsrc;

    /**
     * The ports that the flow's media has inside a tunnel, the peer's and ours; 0 where the flow is
     * the only one, or nobody knows.
     */
    int peerPort;

    int ownPort;

    int fractionLost;
    int cumulativeLost;
    long highestSequence;
    long jitter;
    long lastSr;
    long delaySinceLastSr;

    /** What an echo request carries, or 0 for none. */
    long echoTimestamp;

    /** Whether the participant leaves with this report. */
    boolean farewell;

    /** The peer's last echo request, or 0: that a goodbye repeats it shows whose it is. */
    long askedTimestamp;

    int askedSsrc;

    /** How long ago it came, in microseconds. */
    long askedAgoUs;
}
