package io.rist4j.bench.e2e;

import java.util.Arrays;
import java.util.List;

/**
 * The cell of many flows, as the command line asks for it.
 *
 * @param counts flows of each cell, none when it was not asked for
 * @param perSecond packets a second of each flow, where there is more than one
 * @param perPort flows that share a port and a receiver; 0 when each has its own
 * @param pumps network threads of each process
 * @param query what the URLs say besides
 * @param toolWords the same for libRIST's tools
 */
record FlowsAsked(
        List<Integer> counts,
        int perSecond,
        int perPort,
        int pumps,
        String query,
        List<String> toolWords) {

    /** One flow has this rate: what the others are compared with. */
    static final int ALONE_PER_SECOND = 9_500;

    static List<Integer> counts(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(",", -1)).map(Integer::valueOf).toList();
    }

    double perSecond(int flows) {
        return flows == 1 ? ALONE_PER_SECOND : perSecond;
    }
}
