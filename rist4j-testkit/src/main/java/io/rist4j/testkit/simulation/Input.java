package io.rist4j.testkit.simulation;

import io.rist4j.core.time.SessionTime;
import io.rist4j.testkit.simulation.Scenario.Pause;

/**
 * When the packets of the input come to the sender. Where the ends authenticate each other first,
 * the input waits for that, though not forever.
 */
final class Input {
    private static final long PATIENCE_NS = 20 * SessionTime.SECOND;

    private final Scenario scenario;
    private long nextNs;
    private int number;

    Input(Scenario scenario) {
        this.scenario = scenario;
        nextNs = scenario.inputAfterNs();
        if (scenario.tunnel().protection().hasProof()) {
            nextNs += PATIENCE_NS;
        }
    }

    /** Both ends are open. */
    void open(long nowNs) {
        if (number == 0) {
            nextNs = Math.min(nextNs, Math.max(nowNs, scenario.inputAfterNs()));
        }
    }

    /** When the next packet comes, on the network's clock; {@code SessionTime.NEVER} at the end. */
    long nextNs() {
        return nextNs;
    }

    /** Number of the next packet. */
    int number() {
        return number;
    }

    /** Whether every packet came. */
    boolean isOver() {
        return number == scenario.packets();
    }

    /** Takes the next packet away. */
    void advance() {
        number++;
        if (isOver()) {
            nextNs = SessionTime.NEVER;
            return;
        }
        if (number % scenario.burstPackets() == 0) {
            nextNs += scenario.intervalNs() * scenario.burstPackets();
        }
        for (Pause pause : scenario.pauses()) {
            if (pause.afterPacket() == number - 1) {
                nextNs += pause.durationNs();
            }
        }
    }
}
