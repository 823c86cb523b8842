package io.rist4j.bench.e2e;

/**
 * The UDP ports of one run: generator to sender, sender to network, network to receiver, receiver
 * to sink.
 */
record Ports(int in, int network, int receiver, int out) {

    static Ports from(int base) {
        return new Ports(base, base + 2, base + 6, base + 10);
    }
}
