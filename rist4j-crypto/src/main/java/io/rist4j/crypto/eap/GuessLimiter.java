package io.rist4j.crypto.eap;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.time.SessionTime;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows down whoever tries passwords. Nothing but time and success resets a count, neither a new
 * port nor a new exchange.
 *
 * <p>Who was shown to see the answers is shut out: ten failed exchanges of a user from an address
 * within a minute, which are five passwords tried in two modes each, bring a pause of ten seconds,
 * doubled each time up to five minutes, for that user at that address alone. Frames of a forged
 * source do not count, for they would shut out somebody else. Remembers 1 024 pairs, the latest:
 * less than 1 MiB with the longest names.
 *
 * <p>Any failure, forged or not, counts for its user (ten a minute are free) and its network (40),
 * and makes others wait who come for that user or from there, and show that they see the answers:
 * see {@link Pressure}.
 */
final class GuessLimiter {
    private static final int FREE = 10;
    private static final int FREE_OF_NETWORK = 40;
    private static final long WINDOW_NS = 60 * SessionTime.SECOND;
    private static final long FIRST_PAUSE_NS = 10 * SessionTime.SECOND;
    private static final long MAX_PAUSE_NS = 300 * SessionTime.SECOND;
    private static final int MAX_ENTRIES = 1_024;

    private record Guesser(String user, Endpoint origin) {}

    private static final class Count {
        private int failures;
        private long windowFromNs;
        private long pauseNs = FIRST_PAUSE_NS;
        private long blockedUntilNs;
    }

    private final Pressure users = new Pressure(FREE);
    private final Pressure networks = new Pressure(FREE_OF_NETWORK);
    private final Map<Guesser, Count> counts =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Guesser, Count> eldest) {
                    return size() > MAX_ENTRIES;
                }
            };

    /**
     * @param from the peer's address, whatever its port
     */
    boolean isBlocked(long nowNs, String user, Endpoint from) {
        Count count = counts.get(guesser(user, from));
        return count != null && nowNs < count.blockedUntilNs;
    }

    private static Guesser guesser(String user, Endpoint from) {
        return new Guesser(user, from.withPort(0));
    }

    /** How long the proof of a user has to wait; 0 when nobody tries passwords. */
    long delayNs(long nowNs, String user, Endpoint from) {
        return Math.max(users.delayNs(nowNs, user), networks.delayNs(nowNs, from.network()));
    }

    /**
     * A proof was wrong.
     *
     * @param seesAnswers whether the peer was shown to see the answers
     */
    void onFailure(long nowNs, String user, Endpoint from, boolean seesAnswers) {
        users.onFailure(nowNs, user);
        networks.onFailure(nowNs, from.network());
        if (!seesAnswers) {
            return;
        }
        Count count = counts.computeIfAbsent(guesser(user, from), key -> new Count());
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

    void onSuccess(String user, Endpoint from) {
        counts.remove(guesser(user, from));
    }
}
