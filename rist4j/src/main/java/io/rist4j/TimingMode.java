package io.rist4j;

import io.rist4j.core.flow.ReceiverFlowConfig.Timing;

import java.util.Locale;

/** What a receiver derives playout instants from (libRIST's {@code timing-mode}). */
public enum TimingMode {
    /** The sender's media timestamps: the spacing of the source is kept. */
    SOURCE(Timing.SOURCE),
    /** The arrival at this host. */
    ARRIVAL(Timing.ARRIVAL),
    /** The sender's wall clock; both hosts are synchronised by NTP or PTP. */
    RTC(Timing.RTC);

    private final Timing ofFlow;

    TimingMode(Timing ofFlow) {
        this.ofFlow = ofFlow;
    }

    /** What a flow calls it. */
    Timing ofFlow() {
        return ofFlow;
    }

    /** The name as written in a URL, for example {@code source}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
