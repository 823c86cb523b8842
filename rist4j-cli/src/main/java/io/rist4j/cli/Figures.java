package io.rist4j.cli;

import io.rist4j.RistPathStats;
import io.rist4j.cli.metrics.SessionMetrics;
import io.rist4j.cli.view.Text;

import java.time.Duration;
import java.util.List;

/**
 * What a running session says about itself. Called on the reporting thread only, but for {@link
 * #measure}.
 */
interface Figures {
    /** The interval since the last call as libRIST's JSON, one object a line. */
    List<String> json();

    /** The interval since the last call as one line for people. */
    String text();

    /** All that happened since the beginning, as one line for people. */
    String summary();

    /**
     * The live view.
     *
     * @param columns width of the terminal
     */
    List<String> view(int columns);

    /**
     * Every number, for metrics. On any thread, and without waiting for the network thread.
     *
     * @param number which of several of its kind; empty where there is one
     * @param to takes them
     */
    void measure(String number, SessionMetrics to);

    /** How long something took: {@code 12.3 s}. */
    static String seconds(Duration time) {
        return Text.fixed(time.toMillis() / 1000.0, 1) + " s";
    }

    /** The shortest smoothed round trip of the paths that are alive, as text. */
    static String roundTrip(List<RistPathStats> paths) {
        return paths.stream()
                .filter(path -> path.alive() && path.rttKnown())
                .mapToLong(RistPathStats::rttSmoothedNs)
                .min()
                .stream()
                .mapToObj(ns -> "rtt " + milliseconds(ns))
                .findFirst()
                .orElse("rtt -");
    }

    /** A time in ms, with a decimal when it is short. */
    static String milliseconds(long ns) {
        double ms = ns / 1e6;
        return Text.fixed(ms, ms < 10 ? 1 : 0) + " ms";
    }
}
