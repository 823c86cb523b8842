package io.rist4j.session.guard;

import io.rist4j.core.time.SessionTime;

/**
 * The edition of TR-06-2 to speak to one peer by.
 *
 * <p>Spec: the newest that the peer has shown. libRIST: takes up every higher one that it hears,
 * for good (traps T21, T47). Ours: nothing authenticates the version, so what one datagram raised
 * falls back when the peer does not bear it out: when it goes on by a lower edition, or falls
 * silent. All peers read {@link #FIRST}.
 *
 * <p>Not thread-safe.
 */
final class SpokenVersion {
    /** What a caller begins with: every peer reads it. */
    static final int FIRST = 1;

    /** Lower words, one after the other, that tell that the peer does not speak the higher one. */
    static final int LOWER_WORDS = 3;

    /** And how long the higher one was not heard by then: longer than most round trips. */
    static final long LOWER_FOR_NS = 300 * SessionTime.MILLISECOND;

    /** Silence after which the peer has perhaps not understood what it was told. */
    static final long SILENT_FOR_NS = SessionTime.SECOND;

    private static final int UNHEARD = -1;

    private final boolean isCaller;
    private int version;
    private long shownNs;
    private int lower;

    /** Higher words, one after the other, after which a higher version is taken up. */
    private int needed = 1;

    private int higher;

    /**
     * Nothing heard yet.
     *
     * @param isCaller whether this end speaks first
     */
    SpokenVersion(boolean isCaller) {
        this.isCaller = isCaller;
        version = isCaller ? FIRST : UNHEARD;
    }

    /** The peer is called anew. */
    void forget() {
        version = isCaller ? FIRST : UNHEARD;
        needed = 1;
        higher = 0;
        lower = 0;
    }

    /** A first datagram came, whatever its worth: a listener answers as it is spoken to. */
    void onContact(long nowNs, int shown) {
        if (version == UNHEARD) {
            version = shown;
            shownNs = nowNs;
        }
    }

    /** A datagram made sense. */
    void onSense(long nowNs, int shown) {
        fallSilent(nowNs);
        if (shown > version) {
            lower = 0;
            if (++higher >= needed) {
                version = shown;
                shownNs = nowNs;
            }
            return;
        }
        higher = 0;
        if (shown == version) {
            shownNs = nowNs;
            lower = 0;
        } else if (++lower >= LOWER_WORDS && nowNs - shownNs >= LOWER_FOR_NS && version > FIRST) {
            needed = LOWER_WORDS; // once mistaken, one word is not enough
            fallBack();
        }
    }

    private void fallSilent(long nowNs) {
        if (version > FIRST && nowNs - shownNs >= SILENT_FOR_NS) {
            fallBack();
        }
    }

    private void fallBack() {
        version = Math.min(version, FIRST);
        lower = 0;
        higher = 0;
    }

    /** By which edition to write now, 0..2. */
    int at(long nowNs) {
        fallSilent(nowNs);
        return Math.max(0, version);
    }
}
