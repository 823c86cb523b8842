package io.rist4j.crypto.psk;

import io.rist4j.core.time.SessionTime;

/**
 * Tells a wrong configuration from stray packets, and tells it seldom: a mismatch is reported after
 * six packets of one kind in a row, and again only after ten seconds.
 *
 * <p>Single packets prove nothing, for anybody can forge them; a report is a hint for an operator
 * and changes nothing else. Not thread-safe, allocates nothing.
 */
public final class MismatchWatch {
    /** Packets of one kind, without any other between, before it is reported. */
    public static final int PACKETS = 6;

    /** Least time between two reports, ns. */
    public static final long QUIET_NS = 10 * SessionTime.SECOND;

    private SecretMismatch kind = SecretMismatch.NONE;
    private int count;
    private long quietUntilNs;

    /** Starts with nothing seen. */
    public MismatchWatch() {}

    /** A packet opened and made sense, or came in clear where that is right. */
    public void onGood() {
        kind = SecretMismatch.NONE;
        count = 0;
    }

    /**
     * A packet that shows a mismatch.
     *
     * @param nowNs session clock, ns
     * @param shown what it shows
     * @return what to report now, mostly {@link SecretMismatch#NONE}
     */
    public SecretMismatch onBad(long nowNs, SecretMismatch shown) {
        if (shown != kind) {
            kind = shown;
            count = 0;
        }
        count++;
        if (count < PACKETS || nowNs < quietUntilNs) {
            return SecretMismatch.NONE;
        }
        count = 0;
        quietUntilNs = nowNs + QUIET_NS;
        return kind;
    }
}
