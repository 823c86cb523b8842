package io.rist4j.testkit.conformance;

import io.rist4j.testkit.simulation.Violation;

import java.util.List;

/**
 * What came of a conformance run.
 *
 * @param options what was played
 * @param sent packets sent
 * @param delivered packets delivered, each in the order of its delivery, by sequence number as on
 *     the wire
 * @param forwardDropped media datagrams that the schedule dropped
 * @param backwardDropped control datagrams of the receiver that the schedule dropped
 * @param recovered packets delivered that came as retransmissions
 * @param recoveredOneRound those of them that needed one round of requests only
 * @param lost packets sent that were not delivered
 * @param discontinuities deliveries with a hole before them
 * @param violations broken invariants
 * @param completed whether the run came to its end within the bound of steps
 */
public record ConformanceResult(
        ConformanceOptions options,
        int sent,
        List<Integer> delivered,
        int forwardDropped,
        int backwardDropped,
        int recovered,
        int recoveredOneRound,
        int lost,
        int discontinuities,
        List<Violation> violations,
        boolean completed) {
    /** Copies the lists. */
    public ConformanceResult {
        delivered = List.copyOf(delivered);
        violations = List.copyOf(violations);
    }

    /** Whether no invariant was broken. */
    public boolean invariantsHold() {
        return violations.isEmpty();
    }

    /** The result as text that is the same on every machine, lines ending with a newline. */
    public String text() {
        var text = new StringBuilder();
        text.append("options: ").append(options.packets()).append(" packets from sequence ");
        text.append(options.firstSequence()).append(", one in ").append(options.interval());
        text.append(", delay ").append(options.forwardDelay()).append(" forward ");
        text.append(options.backwardDelay()).append(" backward, buffer ");
        text.append(options.buffer()).append(", ").append(options.paths()).append(" path(s), ");
        text.append(options.requestFormat()).append('\n');
        text.append("sent: ").append(sent).append('\n');
        text.append("delivered: ").append(delivered.size()).append('\n');
        text.append("delivered sequences:").append(runs()).append('\n');
        text.append("forward dropped: ").append(forwardDropped).append('\n');
        text.append("backward dropped: ").append(backwardDropped).append('\n');
        text.append("recovered: ").append(recovered).append('\n');
        text.append("recovered in one round: ").append(recoveredOneRound).append('\n');
        text.append("lost: ").append(lost).append('\n');
        text.append("discontinuities: ").append(discontinuities).append('\n');
        text.append("invariants: ").append(invariantsHold() ? "hold" : "broken").append('\n');
        for (Violation violation : violations) {
            text.append("! ").append(violation).append('\n');
        }
        return text.append("completed: ").append(completed).append('\n').toString();
    }

    /** Runs of consecutive numbers, {@code 65530-65535 0-57}: consecutive over the wrap too. */
    private String runs() {
        var text = new StringBuilder();
        for (int i = 0; i < delivered.size(); ) {
            int end = i + 1;
            while (end < delivered.size() && delivered.get(end) == delivered.get(end - 1) + 1) {
                end++;
            }
            text.append(' ').append(delivered.get(i));
            if (end > i + 1) {
                text.append('-').append(delivered.get(end - 1));
            }
            i = end;
        }
        return text.toString();
    }
}
