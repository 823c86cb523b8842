package io.rist4j.crypto.eap;

import io.rist4j.core.time.SessionTime;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows down whoever tries passwords: counts failures for each pair of user and origin, so that a
 * stranger cannot lock a user out elsewhere. Nothing but time and success resets a count, neither a
 * new port nor a new exchange.
 *
 * <p>Ten failed exchanges within a minute, which are five passwords tried in two modes each, bring
 * a pause of ten seconds, doubled each time up to five minutes. Remembers 1 024 pairs, the latest.
 */
final class GuessLimiter {
    private static final int FREE = 10;
    private static final long WINDOW_NS = 60 * SessionTime.SECOND;
    private static final long FIRST_PAUSE_NS = 10 * SessionTime.SECOND;
    private static final long MAX_PAUSE_NS = 300 * SessionTime.SECOND;
    private static final int MAX_ENTRIES = 1_024;

    private record Guesser(String user, Object origin) {}

    private static final class Count {
        private int failures;
        private long windowFromNs;
        private long pauseNs = FIRST_PAUSE_NS;
        private long blockedUntilNs;
    }

    private final Map<Guesser, Count> counts =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Guesser, Count> eldest) {
                    return size() > MAX_ENTRIES;
                }
            };

    boolean isBlocked(long nowNs, String user, Object origin) {
        Count count = counts.get(new Guesser(user, origin));
        return count != null && nowNs < count.blockedUntilNs;
    }

    void onFailure(long nowNs, String user, Object origin) {
        Count count = counts.computeIfAbsent(new Guesser(user, origin), key -> new Count());
        if (count.failures == 0 || nowNs - count.windowFromNs > WINDOW_NS) {
            count.failures = 0;
            count.windowFromNs = nowNs;
        }
        count.failures++;
        if (count.failures >= FREE) {
            count.failures = 0;
            count.blockedUntilNs = nowNs + count.pauseNs;
            count.pauseNs = Math.min(2 * count.pauseNs, MAX_PAUSE_NS);
        }
    }

    void onSuccess(String user, Object origin) {
        counts.remove(new Guesser(user, origin));
    }
}
