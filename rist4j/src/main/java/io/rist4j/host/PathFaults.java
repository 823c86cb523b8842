package io.rist4j.host;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.time.SessionTime;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Keeps a datagram that makes the session throw from ending it: the fault is counted and logged
 * under {@value #LOGGER}, and a source that brings many is not listened to for a while. That is a
 * defect of ours and should never happen; when it does, the other peers go on.
 *
 * <p>Belongs to the pump's thread.
 */
public final class PathFaults {
    /** The name of the logger. */
    public static final String LOGGER = "io.rist4j.faults";

    /** So many faults of one source in {@link #WITHIN_NS} mute it. */
    static final int MOST_FAULTS = 16;

    static final long WITHIN_NS = 10 * SessionTime.SECOND;

    /** How long a source stays muted. */
    static final long MUTED_NS = 10 * SessionTime.SECOND;

    /** Sources remembered; the one whose first fault is oldest makes room. */
    static final int SOURCES = 16;

    private static final long LOG_EVERY_NS = 10 * SessionTime.SECOND;
    private static final Logger LOG = System.getLogger(LOGGER);

    private static final class Source {
        Endpoint from;
        long sinceNs;
        int faults;
        long mutedUntilNs;

        Source(Endpoint from) {
            this.from = from;
        }
    }

    private final Source[] sources = new Source[SOURCES];
    private int known;
    private long faults;
    private long mutedDatagrams;
    private long loggedNs = -LOG_EVERY_NS;

    /** Faults so far. */
    public long faults() {
        return faults;
    }

    /** Datagrams that were not looked at because their source was muted. */
    public long mutedDatagrams() {
        return mutedDatagrams;
    }

    /** Whether a source is not listened to now; counts its datagram then. */
    public boolean isMuted(long nowNs, Endpoint from) {
        for (int i = 0; i < known; i++) {
            if (nowNs < sources[i].mutedUntilNs && from.equals(sources[i].from)) {
                mutedDatagrams++;
                return true;
            }
        }
        return false;
    }

    /** A datagram made the session throw. */
    public void onThrown(long nowNs, Endpoint from, Throwable thrown) {
        if (thrown instanceof VirtualMachineError fatal
                && !(thrown instanceof StackOverflowError)) {
            throw fatal;
        }
        faults++;
        Source source = source(nowNs, from);
        if (nowNs - source.sinceNs > WITHIN_NS) {
            source.sinceNs = nowNs;
            source.faults = 0;
        }
        source.faults++;
        boolean mutes = source.faults >= MOST_FAULTS;
        if (mutes) {
            source.mutedUntilNs = nowNs + MUTED_NS;
            source.faults = 0;
        }
        if (mutes || nowNs - loggedNs >= LOG_EVERY_NS) {
            loggedNs = nowNs;
            LOG.log(
                    Level.ERROR,
                    "a datagram of "
                            + from
                            + " could not be handled; it is dropped ("
                            + faults
                            + " so far)"
                            + (mutes ? ", and its source is not listened to for 10 s" : ""),
                    thrown);
        }
    }

    private Source source(long nowNs, Endpoint from) {
        Source oldest = null;
        for (int i = 0; i < known; i++) {
            Source source = sources[i];
            if (from.equals(source.from)) {
                return source;
            }
            if (oldest == null || source.sinceNs < oldest.sinceNs) {
                oldest = source;
            }
        }
        Source chosen = oldest;
        if (chosen == null || known < SOURCES) {
            chosen = new Source(from);
            sources[known++] = chosen;
        }
        chosen.from = from;
        chosen.sinceNs = nowNs;
        chosen.faults = 0;
        chosen.mutedUntilNs = 0;
        return chosen;
    }
}
