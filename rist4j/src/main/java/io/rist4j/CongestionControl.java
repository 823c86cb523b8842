package io.rist4j;

import java.util.Locale;

/**
 * How a sender holds back retransmissions (libRIST's {@code congestion-control}, in its numbering).
 */
public enum CongestionControl {
    /** Every request is answered, within the bitrate ceiling averaged over a second. */
    OFF(io.rist4j.core.flow.CongestionControl.OFF),
    /**
     * A packet is not sent again within one round trip; retransmissions are averaged over 100 ms.
     */
    NORMAL(io.rist4j.core.flow.CongestionControl.NORMAL),
    /** Not within two round trips; originals too are averaged over 100 ms. */
    AGGRESSIVE(io.rist4j.core.flow.CongestionControl.AGGRESSIVE);

    private final io.rist4j.core.flow.CongestionControl ofFlow;

    CongestionControl(io.rist4j.core.flow.CongestionControl ofFlow) {
        this.ofFlow = ofFlow;
    }

    /** What a flow calls it. */
    io.rist4j.core.flow.CongestionControl ofFlow() {
        return ofFlow;
    }

    /** The name as written in a URL, for example {@code normal}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
