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

    /** Where that flow's media comes from and goes to inside a tunnel; 0 where nobody knows. */
    int virtualSourcePort;

    int virtualDestinationPort;

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
}
