package io.rist4j;

import java.util.Locale;

/** How a receiver writes its retransmission requests. Senders understand both. */
public enum RequestFormat {
    /** Ranges of sequence numbers (TR-06-1:2020 §5.3.2.2). */
    RANGE(io.rist4j.session.RequestFormat.RANGE),
    /** A sequence number and a bit for each of the 16 after it (TR-06-1:2020 §5.3.2.1). */
    BITMASK(io.rist4j.session.RequestFormat.BITMASK);

    private final io.rist4j.session.RequestFormat ofSession;

    RequestFormat(io.rist4j.session.RequestFormat ofSession) {
        this.ofSession = ofSession;
    }

    /** What a session calls it. */
    io.rist4j.session.RequestFormat ofSession() {
        return ofSession;
    }

    /** The name as written in a URL: {@code range} or {@code bitmask}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
