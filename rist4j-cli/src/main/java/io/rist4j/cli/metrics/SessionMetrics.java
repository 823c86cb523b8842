package io.rist4j.cli.metrics;

import io.rist4j.RistNumbers;
import io.rist4j.RistPathStats;
import io.rist4j.RistPumpStats;
import io.rist4j.RistReceiverStats;
import io.rist4j.RistSenderStats;

import java.util.List;

/** Where running sessions put their numbers. Called for each collection anew. */
public interface SessionMetrics {
    /**
     * A sender's flow.
     *
     * @param session which of the command's sessions, as {@code out}
     * @param url where it goes to, without secrets
     * @param stats of the flow; those of a session's flows follow each other
     */
    void sender(String session, String url, RistSenderStats stats);

    /**
     * A receiver's flow.
     *
     * @param session which of the command's sessions, as {@code in}
     * @param stats of the flow; those of a session's flows follow each other
     */
    void receiver(String session, RistReceiverStats stats);

    /**
     * The network thread.
     *
     * @param stats of it
     */
    void pump(RistPumpStats stats);

    /**
     * Something that only one command counts.
     *
     * @param name without prefix and ending, as {@code tunnel_sent_packets}
     * @param help what it means
     * @param value the number
     */
    void other(String name, String help, long value);

    /** Whose path it is does not matter to a path: each is told once. */
    static List<RistPathStats> paths(RistNumbers numbers) {
        return switch (numbers) {
            case RistSenderStats sender -> sender.paths();
            case RistReceiverStats receiver -> receiver.paths();
            case RistPathStats path -> List.of(path);
            case RistPumpStats pump -> List.of();
        };
    }
}
