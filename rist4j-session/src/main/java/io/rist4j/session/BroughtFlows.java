package io.rist4j.session;

import java.util.Arrays;

/**
 * The flows that a path has brought, of a receiver of several, by their index: so that nobody looks
 * at a thousand flows to find the one of a peer. Those that have ended may still be named. Not
 * thread-safe; allocates while it grows.
 */
final class BroughtFlows {
    private static final int[] NONE = {};

    private int[] flows = NONE;
    private int size;

    /** The path brought a packet of a flow; one that is named already stays. */
    void add(int flow) {
        for (int i = 0; i < size; i++) {
            if (flows[i] == flow) {
                return;
            }
        }
        if (size == flows.length) {
            flows = Arrays.copyOf(flows, Math.max(1, 2 * size));
        }
        flows[size++] = flow;
    }

    /** How many are named. */
    int size() {
        return size;
    }

    /** The flow in a place; no order. */
    int at(int place) {
        return flows[place];
    }

    /** The one in a place has ended; another one takes the place. */
    void remove(int place) {
        flows[place] = flows[--size];
    }
}
