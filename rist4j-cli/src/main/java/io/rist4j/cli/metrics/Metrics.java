package io.rist4j.cli.metrics;

import io.rist4j.RistSenderStats;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Whose names metrics have. */
public enum Metrics {
    /** This project's. */
    own,
    /** libRIST's. */
    librist;

    /**
     * What makes the text.
     *
     * @param version of this program
     * @param sessions tells the numbers; called for each text
     */
    public Supplier<String> text(String version, Consumer<SessionMetrics> sessions) {
        Map<String, RistSenderStats> before = new HashMap<>();
        return () -> {
            var exposition = new Exposition();
            switch (this) {
                case own -> sessions.accept(new OwnMetrics(exposition, version));
                case librist -> {
                    var metrics = new LibristMetrics(exposition, before);
                    sessions.accept(metrics);
                    metrics.end();
                }
            }
            return exposition.text();
        };
    }
}
