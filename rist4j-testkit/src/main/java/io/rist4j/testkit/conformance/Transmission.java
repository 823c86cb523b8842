package io.rist4j.testkit.conformance;

/**
 * One datagram that is about to be sent.
 *
 * @param kind what it is
 * @param packet number of the packet that a media datagram carries, counted from 0; -1 for control
 * @param attempt 1 for the first datagram with this packet, counted over all its copies; for
 *     control how many datagrams of its kind were sent so far, this one included
 * @param path the path that it is sent on
 */
public record Transmission(Kind kind, int packet, int attempt, int path) {
    /** What a datagram is. */
    public enum Kind {
        /** Media, from sender to receiver: an original, a copy of it, or a retransmission. */
        MEDIA,
        /** The sender's control. */
        SENDER_CONTROL,
        /** The receiver's control that asks for packets. */
        REQUEST,
        /** The receiver's other control. */
        RECEIVER_CONTROL
    }
}
