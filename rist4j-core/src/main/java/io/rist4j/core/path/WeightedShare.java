package io.rist4j.core.path;

import java.util.Arrays;

/**
 * Shares originals among weighted paths by credit.
 *
 * <p>Spec: VSF TR-06-1:2020 §5.4 leaves load sharing open. libRIST: every weighted path starts a
 * round with its weight as credit; the one with the most credit left is next, the first configured
 * among equals; when the round's credit is used up, or nobody has any, all are refilled; a path
 * that cannot be used takes its weight out of the round. Ours: the same order, so that shares can
 * be compared packet by packet (weights 5 and 10 send 2, 2, 2, 2, 2, 1, 2, 1, …).
 */
final class WeightedShare implements PathPolicy {
    private final int[] weight = new int[Long.SIZE];
    private final int[] credit = new int[Long.SIZE];

    /** Usable at the last choice. */
    private long members;

    @Override
    public long choose(long sequence, PathStates paths) {
        long reachable = paths.reachable();
        long duplicates = paths.unweighted(reachable);
        long shares = paths.alive() & ~duplicates;
        // A silent path may be one-way; it loses its share only to a path that proved itself.
        shares &= (shares & paths.steady()) != 0 ? paths.heard() : shares;
        return shares == 0 ? duplicates : duplicates | (1L << next(shares, paths));
    }

    private int next(long shares, PathStates paths) {
        takeWeights(shares, paths);
        // Who comes back joins with full credit; who is gone keeps none of the round.
        for (long joined = shares & ~members; joined != 0; joined &= joined - 1) {
            int path = Long.numberOfTrailingZeros(joined);
            credit[path] = weight[path];
        }
        members = shares;
        int richest = richest(shares);
        if (credit[richest] == 0) {
            for (long rest = shares; rest != 0; rest &= rest - 1) {
                int path = Long.numberOfTrailingZeros(rest);
                credit[path] = weight[path];
            }
            richest = richest(shares);
        }
        credit[richest]--;
        return richest;
    }

    private int richest(long shares) {
        int richest = Long.numberOfTrailingZeros(shares);
        for (long rest = shares & (shares - 1); rest != 0; rest &= rest - 1) {
            int path = Long.numberOfTrailingZeros(rest);
            if (credit[path] > credit[richest]) {
                richest = path;
            }
        }
        return richest;
    }

    /** A new weight counts from the next original on. */
    private void takeWeights(long shares, PathStates paths) {
        for (long rest = shares; rest != 0; rest &= rest - 1) {
            int path = Long.numberOfTrailingZeros(rest);
            int told = paths.weight(path);
            if (weight[path] != told) {
                weight[path] = told;
                credit[path] = told;
            }
        }
    }

    @Override
    public String toString() {
        return "WeightedShare" + Arrays.toString(weight);
    }
}
