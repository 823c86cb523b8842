package io.rist4j.testkit.simulation;

import io.rist4j.core.time.SessionTime;

import java.util.ArrayList;
import java.util.List;

/**
 * The profile of a simulation's sessions, and what happens to their security.
 *
 * @param protection profile and kind of security
 * @param rotationPackets packets after which each end changes its keys, 0 for never
 * @param leastKeyNs how long a worker takes at least to bring a key, 0..50 ms
 * @param mostKeyNs how long it takes at most, {@code leastKeyNs}..50 ms
 * @param secretChanges after which packets of the input both ends turn to another secret, ascending
 * @param forgeriesPerSecond datagrams per second in each direction that somebody on the way sends
 *     in the name of the ends: under wrong keys, garbled, replayed and reflected ones, and frames
 *     that would end or restart an authentication
 */
public record TunnelScenario(
        Protection protection,
        int rotationPackets,
        long leastKeyNs,
        long mostKeyNs,
        List<Integer> secretChanges,
        int forgeriesPerSecond) {
    /** The Simple profile. */
    public static final TunnelScenario SIMPLE = of(Protection.SIMPLE);

    private static final long MOST_KEY_NS = 50 * SessionTime.MILLISECOND;

    /** Checks ranges and copies. */
    public TunnelScenario {
        secretChanges = List.copyOf(secretChanges);
        Scenario.check("rotation", rotationPackets, 0, 10_000_000, "packets");
        Scenario.check("least key time", leastKeyNs, 0, MOST_KEY_NS, "ns");
        Scenario.check("most key time", mostKeyNs, leastKeyNs, MOST_KEY_NS, "ns");
        Scenario.check("forgeries", forgeriesPerSecond, 0, 1_000_000, "datagrams per second");
        if (!secretChanges.isEmpty() && !protection.hasSecret()) {
            throw new IllegalArgumentException(protection + " has no secret to change");
        }
        if (forgeriesPerSecond > 0 && !protection.isTunnel()) {
            throw new IllegalArgumentException(protection + " has no tunnel to forge datagrams of");
        }
    }

    /**
     * This protection, with keys that are there at once and never change, and nobody on the way.
     *
     * @param protection profile and kind of security
     */
    public static TunnelScenario of(Protection protection) {
        return new TunnelScenario(protection, 0, 0, 0, List.of(), 0);
    }

    /**
     * The same with keys that change.
     *
     * @param packets after so many
     */
    public TunnelScenario rotating(int packets) {
        return new TunnelScenario(
                protection, packets, leastKeyNs, mostKeyNs, secretChanges, forgeriesPerSecond);
    }

    /**
     * The same with a worker that takes its time.
     *
     * @param leastNs how long at least
     * @param mostNs how long at most
     */
    public TunnelScenario keysAfter(long leastNs, long mostNs) {
        return new TunnelScenario(
                protection, rotationPackets, leastNs, mostNs, secretChanges, forgeriesPerSecond);
    }

    /**
     * The same with one more change of the secret.
     *
     * @param afterPacket number of the last packet of the input before it, counted from 0
     */
    public TunnelScenario changingSecret(int afterPacket) {
        var changes = new ArrayList<>(secretChanges);
        changes.add(afterPacket);
        changes.sort(null);
        return new TunnelScenario(
                protection, rotationPackets, leastKeyNs, mostKeyNs, changes, forgeriesPerSecond);
    }

    /**
     * The same with somebody on the way.
     *
     * @param perSecond datagrams that he sends in each direction
     */
    public TunnelScenario forging(int perSecond) {
        return new TunnelScenario(
                protection, rotationPackets, leastKeyNs, mostKeyNs, secretChanges, perSecond);
    }

    @Override
    public String toString() {
        var text = new StringBuilder(protection.toString());
        if (rotationPackets > 0) {
            text.append(", keys change every ").append(rotationPackets).append(" packets");
        }
        if (mostKeyNs > 0) {
            text.append(", take ").append(leastKeyNs / 1e6);
            text.append("..").append(mostKeyNs / 1e6).append(" ms");
        }
        if (!secretChanges.isEmpty()) {
            text.append(", secret changes after packets ").append(secretChanges);
        }
        if (forgeriesPerSecond > 0) {
            text.append(", ").append(forgeriesPerSecond).append(" forgeries per second");
        }
        return text.toString();
    }
}
