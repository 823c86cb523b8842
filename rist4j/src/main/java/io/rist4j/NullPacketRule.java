package io.rist4j;

import io.rist4j.codec.npd.DeletionRule;

import java.util.Locale;

/** Which null packets of a transport stream a sender leaves out (TR-06-2:2022 §8.3). */
public enum NullPacketRule {
    /** Those that the receiver puts back just as they were: the stream stays equal to the byte. */
    EXACT(DeletionRule.EXACT),
    /** All of them, as libRIST does: what they held is lost, which no decoder looks at. */
    EVERY(DeletionRule.EVERY);

    private final DeletionRule ofSession;

    NullPacketRule(DeletionRule ofSession) {
        this.ofSession = ofSession;
    }

    /** What a session calls it. */
    DeletionRule ofSession() {
        return ofSession;
    }

    /** As written in a URL. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
