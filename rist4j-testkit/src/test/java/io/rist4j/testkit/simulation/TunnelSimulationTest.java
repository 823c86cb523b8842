package io.rist4j.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.time.SessionTime;
import io.rist4j.testkit.link.LinkConfig;
import io.rist4j.testkit.simulation.Violation.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;

/** Simulations of the Main profile: what protects a stream costs it nothing. */
final class TunnelSimulationTest {
    private static final long MS = SessionTime.MILLISECOND;
    private static final LinkConfig LINK =
            LinkConfig.clean()
                    .loss(0.1)
                    .delay(Duration.ofMillis(25))
                    .jitter(Duration.ofMillis(5), true)
                    .duplication(0.05)
                    .reordering(0.05, Duration.ofMillis(10));

    private static TunnelScenario tunnel(Protection protection) {
        TunnelScenario tunnel = TunnelScenario.of(protection);
        return protection.isTunnel() ? tunnel.keysAfter(300_000, 5 * MS).rotating(150) : tunnel;
    }

    private static Scenario scenario(Scenario.Contact contact, TunnelScenario tunnel) {
        return Scenario.builder(21)
                .path(LINK, LINK)
                .path(LINK, LINK)
                .contact(contact)
                .packets(3_000)
                .tunnel(tunnel)
                .build();
    }

    private static SimulationResult play(Scenario.Contact contact, TunnelScenario tunnel) {
        SimulationResult result = Simulation.run(scenario(contact, tunnel));

        assertThat(result.violations()).as("%s", result).isEmpty();
        assertThat(result.lost()).as("%s", result).isZero();
        assertThat(result.delivered()).as("%s", result).isGreaterThan(2_800);
        return result;
    }

    @ParameterizedTest
    @EnumSource
    void bringsEveryPacketUnderEveryProtectionWhoeverDials(Protection protection) {
        for (Scenario.Contact contact : Scenario.Contact.values()) {
            play(contact, tunnel(protection));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Protection.class,
            names = {"PSK_128", "PSK_256", "PSK_AND_SRP"})
    void aChangeOfTheSecretCostsNoPacket(Protection protection) {
        for (Scenario.Contact contact : Scenario.Contact.values()) {
            play(
                    contact,
                    tunnel(protection).changingSecret(0).changingSecret(700).changingSecret(2_000));
        }
    }

    @ParameterizedTest
    @EnumSource(value = Protection.class, mode = EnumSource.Mode.EXCLUDE, names = "SIMPLE")
    void whoeverForgesReplaysAndReflectsCostsNoPacket(Protection protection) {
        for (Scenario.Contact contact : Scenario.Contact.values()) {
            play(contact, tunnel(protection).forging(1_000));
        }
    }

    @ParameterizedTest
    @EnumSource
    void playsTheSameWayEveryTimeUnderEveryProtection(Protection protection) {
        for (long seed = 1; seed <= 3; seed++) {
            Scenario scenario = Scenario.draw(seed, protection);

            assertThat(Simulation.run(scenario).digest())
                    .isEqualTo(Simulation.run(scenario).digest());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "9, PSK_128",
        "34, PSK_128",
        "110942, PSK_AND_SRP",
        "110599, SRP",
        "4553, PSK_128",
        "1321, SRP",
        "1297, SRP",
        "3024, SRP",
        "4137, SIMPLE",
        "101981, SIMPLE",
        "1423, SRP",
        "2696, SRP",
        "2950, PSK_AND_SRP",
        "4440, PSK_AND_SRP",
        "2000, SRP",
        "2090, SRP",
        "4120, SRP"
    })
    void seedsThatFoundDefectsFindNoMore(long seed, Protection protection) {
        SimulationResult result = Simulation.run(Scenario.draw(seed, protection));

        assertThat(result.violations()).as("%s", result).isEmpty();
    }

    @Test
    void drawsTheSameNetworkUnderEveryProtection() {
        Scenario simple = Scenario.draw(7, Protection.SIMPLE);
        Scenario proved = Scenario.draw(7, Protection.PSK_AND_SRP);

        assertThat(proved.paths()).hasToString(simple.paths().toString());
        assertThat(proved.tunnel().protection()).isEqualTo(Protection.PSK_AND_SRP);
    }

    @Test
    void noticesAReceiverThatTurnsToAWrongSecret() {
        Scenario scenario =
                scenario(
                        Scenario.Contact.SENDER_DIALS,
                        tunnel(Protection.PSK_256).changingSecret(1_000));

        SimulationResult result =
                new Simulation(scenario)
                        .confusing(Secrets::secret, number -> Secrets.secret(number + 100))
                        .run();

        assertThat(result.delivered()).isLessThan(1_300);
        assertThat(result.violations())
                .extracting(Violation::kind)
                .contains(Kind.SECRECY, Kind.INCOMPLETE);
    }

    @Test
    void noticesASenderThatTurnsToAWrongSecret() {
        Scenario scenario =
                scenario(
                        Scenario.Contact.SENDER_DIALS,
                        tunnel(Protection.PSK_128).changingSecret(1_000));

        SimulationResult result =
                new Simulation(scenario)
                        .confusing(number -> Secrets.secret(number + 100), Secrets::secret)
                        .run();

        assertThat(result.violations()).extracting(Violation::kind).contains(Kind.SECRECY);
    }
}
