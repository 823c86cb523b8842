package io.rist4j.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * Thousands of drawn scenarios; every promise must hold in all of them. {@code -Drist4j.seed=N}
 * plays one of them again and writes down all that happens in it; {@code -Drist4j.seeds=N} plays
 * another number of them, {@code -Drist4j.first-seed=N} others, {@code -Drist4j.protection=NAME}
 * all of them under one {@link Protection}.
 */
final class CampaignTest {
    private static final String REPLAY =
            "./mvnw -pl rist4j-testkit -am test -Dtest=CampaignTest -Drist4j.seed=";

    private static final int SEEDS = Integer.getInteger("rist4j.seeds", 5_000);
    private static final long FIRST_SEED = Long.getLong("rist4j.first-seed", 1);
    private static final long NO_SEED = Long.MIN_VALUE;
    private static final long SEED = Long.getLong("rist4j.seed", NO_SEED);
    private static final String PROTECTION = System.getProperty("rist4j.protection", "");
    private static final int FAILURES_SHOWN = 5;

    /** Everything occurs in one scenario out of so many at least. */
    private static final int RARELY = 100;

    private static Scenario draw(long seed) {
        return PROTECTION.isEmpty()
                ? Scenario.draw(seed)
                : Scenario.draw(seed, Protection.valueOf(PROTECTION));
    }

    private static String replay(long seed) {
        return REPLAY + seed + (PROTECTION.isEmpty() ? "" : " -Drist4j.protection=" + PROTECTION);
    }

    @Test
    void keepsEveryPromiseInThousandsOfScenarios() throws InterruptedException {
        assumeTrue(SEED == NO_SEED, "a single seed is played");
        int threads = Runtime.getRuntime().availableProcessors();

        Campaign.Result result = Campaign.run(CampaignTest::draw, FIRST_SEED, SEEDS, threads);

        System.out.println("campaign from seed " + FIRST_SEED + ": " + result);
        SortedMap<Long, String> failures = result.failures();
        assertThat(failures)
                .as(
                        "%d of %d seeds failed: %s%n%s",
                        failures.size(),
                        SEEDS,
                        failures.keySet(),
                        failures.entrySet().stream()
                                .limit(FAILURES_SHOWN)
                                .map(entry ->
                                        "replay: "
                                                + replay(entry.getKey())
                                                + "\n"
                                                + entry.getValue())
                                .collect(Collectors.joining("\n\n")))
                .isEmpty();
        if (SEEDS >= 2_000 && PROTECTION.isEmpty()) {
            assertThat(result.occurrences())
                    .allSatisfy((dimension, count) ->
                            assertThat(count)
                                    .as("scenarios with %s", dimension)
                                    .isGreaterThan(SEEDS / RARELY));
            assertThat(result.packets()).isGreaterThanOrEqualTo(2_000L * SEEDS);
        }
    }

    @Test
    void playsOneSeedAgainAndWritesDownWhatHappens() throws IOException {
        long seed = SEED == NO_SEED ? 2 : SEED;
        Path file = Path.of("target", "seed-" + seed + ".txt");
        SimulationResult result;
        try (var lines = new PrintWriter(Files.newBufferedWriter(file))) {
            var simulation = new Simulation(draw(seed)).trace(lines::println);
            result = simulation.run();
            lines.println(result);
            lines.println(simulation.happened(result));
        }
        System.out.println(result + "\nwritten down in " + file.toAbsolutePath());

        assertThat(file).isNotEmptyFile();
        assertThat(result.digest()).isEqualTo(Simulation.run(draw(seed)).digest());
        assertThat(result.violations()).as("%s", result).isEmpty();
    }

    @Test
    void comesToTheSameResultOnAnyNumberOfThreads() throws InterruptedException {
        assertThat(Campaign.run(FIRST_SEED, 40, 3)).isEqualTo(Campaign.run(FIRST_SEED, 40, 1));
    }
}
