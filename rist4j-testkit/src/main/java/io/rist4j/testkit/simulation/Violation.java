package io.rist4j.testkit.simulation;

/**
 * One broken promise.
 *
 * @param kind which promise
 * @param packet number of the packet, counted from 0 in the order of the input; -1 when no packet
 *     is concerned
 * @param text what happened, with times
 */
public record Violation(Kind kind, int packet, String text) {
    /** What must always hold. */
    public enum Kind {
        /** Nothing is delivered twice. */
        DUPLICATE,
        /** What is delivered was sent, and comes in the order in which it was sent. */
        ORDER,
        /** Nothing is delivered after its deadline, nor long before it. */
        DEADLINE,
        /**
         * A packet of which a copy arrived in time is delivered; and a packet is not lost when
         * there was time for so many round trips that their failing together is practically
         * impossible.
         */
        INCOMPLETE,
        /**
         * The first request for a packet leaves by a path of the highest priority among those that
         * bring media.
         */
        PRIORITY,
        /** Payload, source time, flow and holes are told as they were. */
        CONTENT,
        /** What is to be encrypted is, under a secret of the ends, and no key serves twice. */
        SECRECY,
        /**
         * While a peer is heard, nothing that others say ends its path, starts another flow, keeps
         * it from proving itself or changes for long how it is spoken to.
         */
        TAKEOVER,
        /**
         * Whoever has not shown where he is draws no more than he sent, and requests draw no more
         * than the media allows.
         */
        AMPLIFICATION,
        /** Time goes on: a session does not ask to be called again and again without end. */
        PROGRESS
    }

    @Override
    public String toString() {
        return packet < 0 ? kind + ": " + text : kind + " at packet " + packet + ": " + text;
    }
}
