package io.rist4j.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.testkit.link.LinkConfig;
import io.rist4j.testkit.network.ClockSkew;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;

final class SimulationTest {
    @Test
    void deliversEverythingOverACleanPath() {
        SimulationResult result = Simulation.run(Scenario.builder(1).build());

        assertThat(result.violations()).isEmpty();
        assertThat(result.delivered()).isEqualTo(2_000);
        assertThat(result.retransmissions()).isZero();
    }

    @Test
    void recoversEverythingThatHasTimeEnough() {
        var link = LinkConfig.clean().loss(0.1).delay(Duration.ofMillis(25));
        SimulationResult result =
                Simulation.run(Scenario.builder(2).path(link, link).packets(5_000).build());

        assertThat(result.violations()).isEmpty();
        assertThat(result.lost()).isZero();
        assertThat(result.promised()).isGreaterThan(300);
    }

    @Test
    void playsTheSameScenarioTheSameWayEveryTime() {
        for (long seed = 1; seed <= 20; seed++) {
            Scenario scenario = Scenario.draw(seed);

            assertThat(Scenario.draw(seed)).hasToString(scenario.toString());
            assertThat(Simulation.run(scenario).digest())
                    .as("seed %d", seed)
                    .isEqualTo(Simulation.run(scenario).digest());
        }
    }

    @Test
    void drawsScenariosThatDiffer() {
        assertThat(Scenario.draw(1).toString()).isNotEqualTo(Scenario.draw(2).toString());
    }

    @Test
    void writesDownWhatHappensWithoutChangingIt() {
        var link = LinkConfig.clean().loss(0.2).delay(Duration.ofMillis(5));
        Scenario scenario = Scenario.builder(3).path(link, link).packets(50).build();
        var lines = new ArrayList<String>();

        assertThat(new Simulation(scenario).trace(lines::add).run().digest())
                .isEqualTo(Simulation.run(scenario).digest());
        assertThat(lines)
                .anyMatch(line -> line.matches("\\d+ sent > path 0 media 7, 1328 bytes"))
                .anyMatch(line -> line.matches("\\d+ lost > path 0 media .*"))
                .anyMatch(line -> line.matches("\\d+ arrived < path 0 control missing .*"))
                .anyMatch(line -> line.matches("\\d+ delivered .*, recovered"))
                .anyMatch(line -> line.contains("receiver FlowStarted"));
    }

    @Test
    void keepsItsPromisesWithClocksThatDriftThroughAWrapOfEverything() {
        var link = LinkConfig.clean().loss(0.05).delay(Duration.ofMillis(10));
        SimulationResult result =
                Simulation.run(
                        Scenario.builder(4)
                                .path(link, link)
                                .packets(140_000)
                                .interval(Duration.ofNanos(500_000))
                                .payload(100, 200)
                                .firstSequence(65_000)
                                .clocks(new ClockSkew(5_000, 80), new ClockSkew(0, -70))
                                .build());

        assertThat(result.violations()).isEmpty();
        assertThat(result.lost()).isZero();
    }

    @Test
    void isNotDisturbedByStrangers() {
        var link = LinkConfig.clean().loss(0.05).delay(Duration.ofMillis(20));
        for (Scenario.Contact contact : Scenario.Contact.values()) {
            SimulationResult result =
                    Simulation.run(
                            Scenario.builder(5)
                                    .path(link, link)
                                    .path(link, link)
                                    .packets(4_000)
                                    .contact(contact)
                                    .strangers(2_000)
                                    .build());

            assertThat(result.violations()).as("%s", result).isEmpty();
            assertThat(result.lost()).as("%s", result).isZero();
        }
    }

    @Test
    void sendsNothingForAStrangersRequests() {
        SimulationResult result =
                Simulation.run(Scenario.builder(6).strangers(2_000).packets(4_000).build());

        assertThat(result.violations()).isEmpty();
        assertThat(result.retransmissions()).isZero();
    }
}
