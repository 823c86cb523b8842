package io.rist4j;

import java.util.Locale;

/**
 * How a sender holds back retransmissions (libRIST's {@code congestion-control}, in its numbering).
 */
public enum CongestionControl {
    /** Every request is answered, within the bitrate ceiling averaged over a second. */
    OFF,
    /**
     * A packet is not sent again within one round trip; retransmissions are averaged over 100 ms.
     */
    NORMAL,
    /** Not within two round trips; originals too are averaged over 100 ms. */
    AGGRESSIVE;

    /** The name as written in a URL, for example {@code normal}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
