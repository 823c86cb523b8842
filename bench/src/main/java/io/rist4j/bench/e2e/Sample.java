package io.rist4j.bench.e2e;

import java.util.List;
import java.util.Map;

/**
 * What one run of one contender gave.
 *
 * @param senderNs CPU of the sender process per packet offered in the measured time; NaN when the
 *     process has ended
 * @param receiverNs the same of the receiver process
 * @param traffic media datagrams that the sender put on the path, by packets offered and by the
 *     ideal of the path; NaN on a direct path
 * @param latencyMs percentiles over the buffer by name; they count from the moment a packet left
 *     the generator
 * @param foreignCpuPercent what all other processes of the machine used meanwhile, percent of one
 *     core
 * @param ended which of the two processes ended before its time
 * @param faults what the harness itself lost: such a run does not count
 */
record Sample(
        double senderNs,
        double receiverNs,
        long offered,
        long lost,
        long lostBeforeFirst,
        long lostWithin,
        long lostAfterLast,
        long repeated,
        long backwards,
        double traffic,
        Map<String, Double> latencyMs,
        long senderKb,
        long receiverKb,
        double senderSleepsPerSecond,
        double receiverSleepsPerSecond,
        long contenderDrops,
        double foreignCpuPercent,
        Map<String, Double> senderThreadsUs,
        Map<String, Double> receiverThreadsUs,
        String sinkJson,
        String generatorJson,
        String networkJson,
        List<String> ended,
        List<String> faults) {

    double bothNs() {
        return senderNs + receiverNs;
    }
}
