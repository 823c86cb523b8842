package io.rist4j.testkit.simulation;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/**
 * Plays many drawn scenarios, one after the other on every core, and collects what went wrong and
 * what occurred. The outcome does not depend on the number of cores.
 */
public final class Campaign {
    private final LongFunction<Scenario> draw;
    private final AtomicLong nextSeed;
    private final long lastSeed;
    private final SortedMap<Long, String> failures = new TreeMap<>();
    private final EnumMap<Dimension, Integer> occurrences = new EnumMap<>(Dimension.class);
    private long packets;
    private long delivered;
    private long recovered;
    private long lost;
    private long promised;

    private Campaign(LongFunction<Scenario> draw, long firstSeed, int seeds) {
        this.draw = draw;
        nextSeed = new AtomicLong(firstSeed);
        lastSeed = firstSeed + seeds - 1;
        for (Dimension dimension : Dimension.values()) {
            occurrences.put(dimension, 0);
        }
    }

    /**
     * What came of a campaign.
     *
     * @param seeds how many scenarios were played
     * @param failures by seed, what went wrong: broken promises, or what was thrown
     * @param occurrences in how many scenarios each dimension really occurred
     * @param packets packets of all inputs
     * @param delivered packets that came out
     * @param recovered of those: came as retransmissions
     * @param lost packets that did not come out though the receiver knew of them
     * @param promised packets whose recovery the fourth invariant promised
     */
    public record Result(
            int seeds,
            SortedMap<Long, String> failures,
            Map<Dimension, Integer> occurrences,
            long packets,
            long delivered,
            long recovered,
            long lost,
            long promised) {
        /** Counts, one dimension by line. */
        @Override
        public String toString() {
            var text = new StringBuilder();
            text.append(seeds).append(" seeds, ").append(failures.size()).append(" failed: ");
            text.append(packets).append(" packets, ").append(delivered).append(" delivered, ");
            text.append(recovered).append(" recovered, ").append(lost).append(" lost, ");
            text.append(promised).append(" promised");
            occurrences.forEach((dimension, count) ->
                    text.append("\n  ").append(dimension).append(": ").append(count));
            return text.toString();
        }
    }

    /**
     * Plays the scenarios that {@link Scenario#draw} makes of consecutive seeds.
     *
     * @param firstSeed the first one
     * @param seeds how many, at least 1
     * @param threads how many to play at a time, at least 1
     * @return what came of them
     * @throws InterruptedException when the calling thread was interrupted meanwhile
     */
    public static Result run(long firstSeed, int seeds, int threads) throws InterruptedException {
        return run(Scenario::draw, firstSeed, seeds, threads);
    }

    /**
     * Plays the scenarios of consecutive seeds.
     *
     * @param draw makes a scenario of a seed; called on several threads
     * @param firstSeed the first one
     * @param seeds how many, at least 1
     * @param threads how many to play at a time, at least 1
     * @return what came of them
     * @throws InterruptedException when the calling thread was interrupted meanwhile
     */
    public static Result run(LongFunction<Scenario> draw, long firstSeed, int seeds, int threads)
            throws InterruptedException {
        var campaign = new Campaign(draw, firstSeed, seeds);
        List<Thread> players = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread player = new Thread(campaign::play, "campaign-" + i);
            player.setDaemon(true);
            player.start();
            players.add(player);
        }
        for (Thread player : players) {
            player.join();
        }
        return campaign.result(seeds);
    }

    private void play() {
        for (long seed = nextSeed.getAndIncrement();
                seed <= lastSeed;
                seed = nextSeed.getAndIncrement()) {
            play(seed);
        }
    }

    // A seed that throws is one more failure; the others are still played.
    private void play(long seed) {
        try {
            var simulation = new Simulation(draw.apply(seed));
            SimulationResult result = simulation.run();
            add(seed, result, simulation);
        } catch (RuntimeException | Error e) {
            var text = new StringWriter();
            e.printStackTrace(new PrintWriter(text));
            fail(seed, "seed " + seed + ": " + text);
        }
    }

    private synchronized void fail(long seed, String text) {
        failures.put(seed, text);
    }

    private synchronized void add(long seed, SimulationResult result, Simulation simulation) {
        if (!result.isClean()) {
            failures.put(seed, result.toString());
        }
        for (Dimension dimension : simulation.happened(result)) {
            occurrences.merge(dimension, 1, Integer::sum);
        }
        packets += result.sent();
        delivered += result.delivered();
        recovered += result.recovered();
        lost += result.lost();
        promised += result.promised();
    }

    private synchronized Result result(int seeds) {
        return new Result(
                seeds,
                Collections.unmodifiableSortedMap(failures),
                Collections.unmodifiableMap(occurrences),
                packets,
                delivered,
                recovered,
                lost,
                promised);
    }
}
