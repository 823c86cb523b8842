package io.rist4j;

import java.util.Locale;

/** What a receiver derives playout instants from (libRIST's {@code timing-mode}). */
public enum TimingMode {
    /** The sender's media timestamps: the spacing of the source is kept. */
    SOURCE,
    /** The arrival at this host. */
    ARRIVAL,
    /** The sender's wall clock; both hosts are synchronised by NTP or PTP. */
    RTC;

    /** The name as written in a URL, for example {@code source}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
