package io.rist4j;

import java.util.List;
import java.util.Map;

/**
 * A snapshot as numbers under descriptors, for whoever shows or stores all of them without knowing
 * each. What has a method of its own in the snapshot is the same number. Immutable.
 */
public sealed interface RistNumbers
        permits RistSenderStats, RistReceiverStats, RistPathStats, RistPumpStats {
    /** What there is, always the same and in the same order for one kind of snapshot. */
    List<RistStatistic> statistics();

    /**
     * One number.
     *
     * @param statistic one of {@link #statistics}
     * @throws IllegalArgumentException when it is of another kind of snapshot
     */
    long value(RistStatistic statistic);

    /** Whose numbers these are: {@code flow}, {@code path}, {@code peer}, {@code cname}, ... */
    Map<String, String> labels();
}
