package io.rist4j.testkit.network;

import io.rist4j.core.time.SessionTime;

/**
 * How one host's clock relates to the network's: where it stood when the network began, and how
 * much faster it runs. Exact and the same on every machine.
 *
 * @param startNs what it showed when the network's clock showed 0, in ns, at least 0
 * @param partsPerMillion how much faster it runs, -1000..1000
 */
public record ClockSkew(long startNs, int partsPerMillion) {
    private static final long MILLION = 1_000_000;

    /** A clock that is the network's. */
    public static final ClockSkew NONE = new ClockSkew(0, 0);

    /** Checks ranges. */
    public ClockSkew {
        if (startNs < 0) {
            throw new IllegalArgumentException("clock start " + startNs + " ns is below 0 ns");
        }
        if (Math.abs(partsPerMillion) > 1_000) {
            throw new IllegalArgumentException(
                    "clock skew " + partsPerMillion + " ppm is outside -1000..1000 ppm");
        }
    }

    /**
     * What the host's clock shows.
     *
     * @param networkNs the network's time, at least 0
     */
    public long toHost(long networkNs) {
        return startNs + networkNs + gained(networkNs);
    }

    private long gained(long networkNs) {
        // split, so that a long run does not overflow
        return networkNs / MILLION * partsPerMillion
                + Math.floorDiv(networkNs % MILLION * partsPerMillion, MILLION);
    }

    /**
     * The first instant of the network at which the host's clock shows at least this.
     *
     * @param hostNs the host's time; {@link SessionTime#NEVER} stays what it is
     */
    public long toNetwork(long hostNs) {
        if (hostNs == SessionTime.NEVER || partsPerMillion == 0) {
            return hostNs == SessionTime.NEVER ? hostNs : Math.max(0, hostNs - startNs);
        }
        long elapsedNs = hostNs - startNs;
        if (elapsedNs <= 0) {
            return 0;
        }
        long guessNs = elapsedNs - elapsedNs / (MILLION + partsPerMillion) * partsPerMillion;
        guessNs -= elapsedNs % (MILLION + partsPerMillion) * partsPerMillion / MILLION;
        while (toHost(guessNs) < hostNs) {
            guessNs++;
        }
        while (guessNs > 0 && toHost(guessNs - 1) >= hostNs) {
            guessNs--;
        }
        return guessNs;
    }
}
