package io.rist4j.bench.e2e;

import java.io.IOException;

/**
 * The UDP ports of one run: generator to sender, sender to network, network to receiver, receiver
 * to sink. The middle two are pairs.
 */
record Ports(int in, int network, int receiver, int out) {

    private static final int APART = 20;
    private static final int TRIES = 100;

    /** The first ports from {@code base} on that nobody listens on. */
    static Ports from(int base) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            int at = base + i * APART;
            var ports = new Ports(at, at + 2, at + 6, at + 10);
            if (ports.areFree()) {
                return ports;
            }
        }
        throw new IllegalStateException("no free UDP ports from " + base + " on");
    }

    private boolean areFree() throws IOException {
        for (int port : new int[] {in, network, network + 1, receiver, receiver + 1, out}) {
            if (ProcFs.isUdpPortBound(port)) {
                return false;
            }
        }
        return true;
    }
}
