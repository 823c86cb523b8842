package io.rist4j.testkit.link;

import java.util.Arrays;

/**
 * One direction of a link: told of every datagram that enters, it decides which copies leave, and
 * when. Holds no datagram.
 *
 * <p>Loss, jitter, duplication and reordering draw from generators of their own, so that changing
 * one of them leaves the others' decisions as they were. Allocation-free after construction. Not
 * thread-safe.
 */
public final class LinkModel {
    private static final long NS_PER_SECOND = 1_000_000_000L;

    private final SeededRandom losses;
    private final SeededRandom jitters;
    private final SeededRandom duplications;
    private final SeededRandom reorders;
    private final long[] exits = new long[2];
    private long[] outageFromNs = {};
    private long[] outageUntilNs = {};
    private LinkConfig config;
    private double burstBegins;
    private double burstEnds;
    private boolean inBurst;
    private long rateFreeNs;
    private long lastExitNs;

    private long entered;
    private long enteredBytes;
    private long lost;
    private long lostInOutage;
    private long overflowed;
    private long duplicated;
    private long left;
    private long leftBytes;

    /**
     * A link that began at time 0 of its caller's clock.
     *
     * @param config what it does
     * @param seed of its decisions
     */
    public LinkModel(LinkConfig config, long seed) {
        var seeds = new SeededRandom(seed);
        losses = seeds.split();
        jitters = seeds.split();
        duplications = seeds.split();
        reorders = seeds.split();
        this.config = config;
        configure(config);
    }

    /**
     * Changes what the link does from the next datagram on. What is on its way arrives as decided.
     *
     * @param changed the new behaviour; its outages count from the link's beginning, not from now
     */
    public void configure(LinkConfig changed) {
        config = changed;
        var outages = changed.outages();
        outageFromNs = new long[outages.size()];
        outageUntilNs = new long[outages.size()];
        Arrays.setAll(outageFromNs, i -> outages.get(i).fromNs());
        Arrays.setAll(outageUntilNs, i -> outages.get(i).untilNs());
        // Gilbert's chain: a burst ends with 1 / length, and begins so often that the share of
        // time spent in bursts is the wanted loss.
        burstEnds = 1 / changed.burstPackets();
        burstBegins = changed.loss() >= 1 ? 1 : changed.loss() * burstEnds / (1 - changed.loss());
    }

    /** What the link does at present. */
    public LinkConfig config() {
        return config;
    }

    /**
     * Takes one datagram.
     *
     * @param nowNs the present, in ns since the link began; never less than in the call before
     * @param bytes its length
     * @return how many copies leave: 0, 1 or 2; their times are at {@link #exitNs}
     */
    public int offer(long nowNs, int bytes) {
        entered++;
        enteredBytes += bytes;
        // Each decision is drawn for every datagram, so that its sequence depends on the count of
        // datagrams alone.
        boolean loses = drawLoss();
        long firstJitterNs = drawJitterNs();
        boolean duplicates = duplications.chance(config.duplicates());
        boolean holds = reorders.chance(config.reorder());
        if (isOut(nowNs)) {
            lostInOutage++;
            return 0;
        }
        long readyNs = passRateLimit(nowNs, bytes);
        if (readyNs < 0) {
            overflowed++;
            return 0;
        }
        if (loses) {
            lost++;
            return 0;
        }
        exits[0] = exitOf(readyNs + firstJitterNs, holds);
        left++;
        leftBytes += bytes;
        if (!duplicates) {
            return 1;
        }
        exits[1] = exitOf(readyNs + drawJitterNs(), false);
        duplicated++;
        left++;
        leftBytes += bytes;
        return 2;
    }

    private boolean drawLoss() {
        if (config.burstPackets() <= 1) {
            return losses.chance(config.loss());
        }
        boolean flips = losses.chance(inBurst ? burstEnds : burstBegins);
        inBurst ^= flips;
        return inBurst;
    }

    private long drawJitterNs() {
        return (long) (jitters.nextUnit() * config.jitterNs());
    }

    private boolean isOut(long nowNs) {
        for (int i = 0; i < outageFromNs.length; i++) {
            if (nowNs >= outageFromNs[i] && nowNs < outageUntilNs[i]) {
                return true;
            }
        }
        return false;
    }

    /** When the last bit has passed the rate limit, or -1 when the queue is too long. */
    private long passRateLimit(long nowNs, int bytes) {
        if (config.bitsPerSecond() == 0) {
            return nowNs;
        }
        long beginsNs = Math.max(nowNs, rateFreeNs);
        if (beginsNs - nowNs > config.queueNs()) {
            return -1;
        }
        rateFreeNs = beginsNs + bytes * 8L * NS_PER_SECOND / config.bitsPerSecond();
        return rateFreeNs;
    }

    private long exitOf(long readyNs, boolean holds) {
        long exitNs = readyNs + config.delayNs();
        if (holds) {
            return exitNs + config.reorderNs();
        }
        if (!config.jitterReorders()) {
            exitNs = Math.max(exitNs, lastExitNs);
            lastExitNs = exitNs;
        }
        return exitNs;
    }

    /**
     * When a copy of the datagram offered last leaves the link, in ns since the link began.
     *
     * @param copy 0, or 1 for the second copy
     */
    public long exitNs(int copy) {
        return exits[copy];
    }

    /** What the link did so far. */
    public LinkCounters counters() {
        return new LinkCounters(
                entered, enteredBytes, lost, lostInOutage, overflowed, duplicated, left, leftBytes);
    }
}
