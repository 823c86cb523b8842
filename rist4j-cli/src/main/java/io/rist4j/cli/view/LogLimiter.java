package io.rist4j.cli.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Holds back log lines that a stranger can cause at will: of each class and source one line in 5 s
 * passes, of news about a session three at once, and what was held back is told with a count. No
 * more than {@link #MOST_SOURCES} sources are told apart for each class; whoever comes beyond, as
 * with spoofed addresses, shares one place. So a class costs at most {@code MOST_SOURCES + 1} lines
 * in 5 s, and memory for as many names.
 *
 * <p>Time is given. Not thread-safe.
 */
public final class LogLimiter {
    /** One line in so long, for each class and source. */
    static final long EVERY_NS = TimeUnit.SECONDS.toNanos(5);

    /** Sources told apart in each class. */
    static final int MOST_SOURCES = 16;

    private static final String OTHERS = "others";

    private final Map<String, Map<Object, Bucket>> classes = new HashMap<>();

    /** How many lines may pass, and how many did not. */
    private static final class Bucket {
        final int burst;
        long filledNs;
        int left;
        long held;

        Bucket(int burst, long nowNs) {
            this.burst = burst;
            filledNs = nowNs;
            left = burst;
        }

        void fill(long nowNs) {
            long due = (nowNs - filledNs) / EVERY_NS;
            if (left + due >= burst) {
                left = burst;
                filledNs = nowNs;
            } else {
                left += (int) due;
                filledNs += due * EVERY_NS;
            }
        }

        boolean isIdle() {
            return left == burst && held == 0;
        }
    }

    /** Nothing was held back yet. */
    public LogLimiter() {}

    /**
     * Whether a line passes; it is counted when it does not.
     *
     * @param nowNs any monotonic time
     * @param kind its class, as people call it; one of few
     * @param source who caused it, an empty text when nobody is known
     * @param burst how many may pass at once, 1 or more
     */
    public boolean passes(long nowNs, String kind, Object source, int burst) {
        Map<Object, Bucket> sources = classes.computeIfAbsent(kind, k -> new HashMap<>());
        Bucket bucket = sources.get(source);
        if (bucket == null) {
            sources.values()
                    .removeIf(known -> {
                        known.fill(nowNs);
                        return known.isIdle();
                    });
            bucket =
                    sources.computeIfAbsent(
                            sources.size() < MOST_SOURCES ? source : OTHERS,
                            s -> new Bucket(burst, nowNs));
        }
        bucket.fill(nowNs);
        if (bucket.left == 0) {
            bucket.held++;
            return false;
        }
        bucket.left--;
        return true;
    }

    /**
     * What was held back since it was told last, for each class and source whose next line may
     * pass.
     *
     * @param nowNs as above; {@link Long#MAX_VALUE} asks for all
     */
    public List<String> held(long nowNs) {
        var told = new ArrayList<String>();
        classes.forEach((kind, sources) ->
                sources.forEach((source, bucket) -> {
                    boolean isDue = nowNs - bucket.filledNs >= EVERY_NS;
                    if (bucket.held > 0 && isDue) {
                        told.add(
                                bucket.held
                                        + " more of "
                                        + kind
                                        + (source.equals("") ? "" : ", " + source));
                        bucket.held = 0;
                    }
                }));
        return told;
    }
}
