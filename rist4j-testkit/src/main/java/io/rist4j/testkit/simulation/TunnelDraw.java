package io.rist4j.testkit.simulation;

import io.rist4j.core.time.SessionTime;
import io.rist4j.testkit.link.SeededRandom;

/**
 * Draws the profile and the security of a scenario, from numbers of its own: whatever is drawn
 * here, the rest of a seed's scenario stays the same.
 */
final class TunnelDraw {
    private static final long SALT = 0x5475_6E6E_656CL;
    private static final int LEAST_KEY_NS = 300_000;
    private static final long MOST_KEY_NS = 5 * SessionTime.MILLISECOND;

    private static final long AIR_NS = 100 * SessionTime.MILLISECOND;

    private final SeededRandom random;

    TunnelDraw(long seed) {
        random = new SeededRandom(seed ^ SALT);
    }

    /** One in so many hundred of each; exponentiations take milliseconds. */
    Protection protection() {
        int percent = (int) random.between(0, 99);
        if (percent < 45) {
            return Protection.SIMPLE;
        }
        if (percent < 60) {
            return Protection.CLEAR;
        }
        if (percent < 73) {
            return Protection.PSK_128;
        }
        if (percent < 88) {
            return Protection.PSK_256;
        }
        return percent < 94 ? Protection.SRP : Protection.PSK_AND_SRP;
    }

    TunnelScenario draw(Protection protection, Scenario of) {
        random.nextLong(); // the protection's
        TunnelScenario tunnel = TunnelScenario.of(protection);
        long mostNs = random.between(LEAST_KEY_NS, MOST_KEY_NS);
        boolean rotates = random.chance(0.4);
        int rotation = (int) random.between(100, 1_000);
        boolean changes = random.chance(0.3);
        boolean forges = random.chance(0.2);
        int forgeries = (int) random.between(10, 300);
        if (!protection.isTunnel()) {
            return tunnel;
        }
        if (protection != Protection.CLEAR) {
            tunnel = tunnel.keysAfter(LEAST_KEY_NS, mostNs);
            tunnel = rotates ? tunnel.rotating(rotation) : tunnel;
        }
        if (changes && protection.hasSecret()) {
            tunnel = changing(tunnel, of);
        }
        return forges ? tunnel.forging(forgeries) : tunnel;
    }

    /** Ends know two secrets at a time: before the third, nothing of the first is on its way. */
    private TunnelScenario changing(TunnelScenario tunnel, Scenario of) {
        long apartNs = of.longestForwardNs() + AIR_NS;
        long apart = apartNs / of.intervalNs() + of.burstPackets();
        TunnelScenario changing = tunnel;
        long after = random.between(0, of.packets() - 1);
        for (long count = random.between(1, 3); count > 0 && after < of.packets(); count--) {
            changing = changing.changingSecret((int) after);
            after += apart + random.between(0, of.packets() / 2);
        }
        return changing;
    }
}
