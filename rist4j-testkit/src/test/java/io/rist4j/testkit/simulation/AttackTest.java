package io.rist4j.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rist4j.codec.gre.GreHeader;
import io.rist4j.codec.rtp.RtpHeader;
import io.rist4j.core.address.Endpoint;
import io.rist4j.core.flow.ReceiverFlowConfig;
import io.rist4j.core.flow.ReceiverFlowConfig.Timing;
import io.rist4j.core.flow.ReceiverSink.StartReason;
import io.rist4j.session.SessionEvent;
import io.rist4j.testkit.link.LinkConfig;
import io.rist4j.testkit.network.Route;
import io.rist4j.testkit.simulation.Violation.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Each attack is drawn, arrives and comes to nothing; and what it could come to is noticed. */
final class AttackTest {
    private static final LinkConfig LINK = LinkConfig.clean().delay(Duration.ofMillis(15));
    private static final int USUAL_SEEDS = 5_000;
    private static final int BLIND_SEEDS = 4;

    private static Scenario scenario(Protection protection, Set<Attack> attacks) {
        return Scenario.builder(7)
                .path(LINK, LINK)
                .packets(2_000)
                .interval(Duration.ofMillis(3))
                .tunnel(TunnelScenario.of(protection))
                .attacks(attacks)
                .build();
    }

    @ParameterizedTest
    @EnumSource
    void comesToNothingUnderEveryProtection(Attack attack) {
        for (Protection protection : Protection.values()) {
            if (attack.suits(protection)) {
                var simulation = new Simulation(scenario(protection, Set.of(attack)));
                SimulationResult result = simulation.run();

                assertThat(result.violations()).as("%s", result).isEmpty();
                assertThat(simulation.happened(result)).contains(attack.dimension());
            }
        }
    }

    /** Whoever of the two dials, for as long as they speak. */
    @ParameterizedTest
    @EnumSource
    void whoSeesNothingOfAnAuthenticationKeepsNobodyApart(Scenario.Contact contact) {
        for (Protection protection : List.of(Protection.SRP, Protection.PSK_AND_SRP)) {
            for (long seed = 1; seed <= BLIND_SEEDS; seed++) {
                Scenario scenario =
                        Scenario.builder(seed)
                                .path(LINK, LINK)
                                .contact(contact)
                                .packets(1_000)
                                .interval(Duration.ofMillis(3))
                                .tunnel(TunnelScenario.of(protection).keysAfter(0, 20_000_000))
                                .attacks(Set.of(Attack.BLIND_FRAMES))
                                .build();
                SimulationResult result = Simulation.run(scenario);

                assertThat(result.violations()).as("%s", result).isEmpty();
                assertThat(result.delivered()).isEqualTo(1_000);
            }
        }
    }

    @Test
    void everyAttackIsDrawnOftenEnough() {
        Map<Attack, Integer> drawn = new EnumMap<>(Attack.class);
        for (long seed = 1; seed <= USUAL_SEEDS; seed++) {
            for (Attack attack : Scenario.draw(seed).attacks()) {
                drawn.merge(attack, 1, Integer::sum);
            }
        }

        assertThat(drawn).containsOnlyKeys(Attack.values());
        assertThat(drawn.values()).allMatch(count -> count > USUAL_SEEDS / 80);
    }

    @Test
    void anAttackThatFindsNothingIsRefused() {
        assertThatThrownBy(() -> scenario(Protection.SIMPLE, Set.of(Attack.KEY_FLOOD)))
                .hasMessage("KEY_FLOOD finds nothing to attack under SIMPLE");
    }

    /**
     * No report of the sender's tells the receiver for a while which time its media are of; those
     * of others do not either.
     */
    @ParameterizedTest
    @EnumSource(names = {"SIMPLE", "CLEAR"})
    void nobodyElsePlacesAStreamByTheWallClock(Protection protection) {
        var receiver = ReceiverFlowConfig.builder().timing(Timing.RTC).bufferNs(300_000_000);
        Scenario scenario =
                Scenario.builder(7)
                        .path(LINK, LINK)
                        .packets(2_000)
                        .interval(Duration.ofMillis(3))
                        .receiver(receiver.build())
                        .tunnel(TunnelScenario.of(protection))
                        .attacks(Set.of(Attack.FOREIGN_REPORTS))
                        .build();
        var simulation = new Simulation(scenario);
        simulation.sabotaging((nowNs, route, b, at, bytes) ->
                route.link() == 0
                        && route.forward()
                        && nowNs < 3_000_000_000L
                        && isReport(b, at, bytes, protection.isTunnel()));

        SimulationResult result = simulation.run();

        assertThat(result.violations()).as("%s", result).isEmpty();
        assertThat(simulation.happened(result))
                .contains(Dimension.FOREIGN_REPORTS, Dimension.RTC_TIMING);
    }

    private static boolean isReport(ByteBuffer b, int at, int bytes, boolean isTunnel) {
        int rtcpAt = isTunnel ? at + GreHeader.SEQUENCED_BYTES + Integer.BYTES : at;
        return rtcpAt < at + bytes && RtpHeader.isRtcp(b, rtcpAt, at + bytes - rtcpAt);
    }

    // ---- what the watch notices

    private final Scenario watched = scenario(Protection.CLEAR, Set.of(Attack.VERSION_BUMPS));
    private final PacketLedger ledger =
            new PacketLedger(watched, new Endpoint[] {Endpoint.ipv4(0x0A01_0001, 5_000)}, () -> 0);
    private final Invariants invariants =
            new Invariants(watched, ledger, new NumberedPayloads(1, 1, 1), ns -> ns);
    private final AttackWatch watch = new AttackWatch(watched, invariants, ledger);
    private final Endpoint peer = Endpoint.ipv4(0x0A02_0001, 5_000);
    private final Endpoint attacker = Attackers.address(2).withPort(31_001);

    private List<Kind> told() {
        return invariants.violations().stream().map(Violation::kind).toList();
    }

    @Test
    void noticesAPathThatGoesDownWhileItsPeerIsHeard() {
        watch.onHeard(900_000_000, new Route(0, true, peer, attacker));
        watch.onEvent(2_000_000_000, false, new SessionEvent.PathDown(0, peer));
        assertThat(told()).isEmpty();

        watch.onHeard(2_900_000_000L, new Route(0, true, peer, attacker));
        watch.onEvent(3_000_000_000L, false, new SessionEvent.PathDown(0, peer));
        assertThat(told()).containsExactly(Kind.TAKEOVER);
    }

    @Test
    void noticesAnotherFlow() {
        watch.onEvent(1, false, started(watched.flowId()));
        assertThat(told()).isEmpty();

        watch.onEvent(1, false, started(watched.flowId() + 2));
        assertThat(told()).containsExactly(Kind.TAKEOVER);
    }

    private static SessionEvent started(int flowId) {
        return new SessionEvent.FlowStarted(flowId, StartReason.NEW_SOURCE);
    }

    @Test
    void noticesThatSomebodyDrawsMoreThanHeSent() {
        var sent = ByteBuffer.allocate(100);
        watch.onAttack(0, Attack.KEEP_ALIVES, new Route(9, true, attacker, peer), 100);
        watch.onSent(0, new Route(9, false, peer, attacker), sent, 0, 100);
        assertThat(told()).isEmpty();

        watch.onSent(0, new Route(9, false, peer, attacker), sent, 0, 1);
        assertThat(told()).containsExactly(Kind.AMPLIFICATION);
    }

    @Test
    void whoAnswersEchoRequestsMayDrawMore() {
        watch.onProof(Attackers.address(2));
        watch.onSent(0, new Route(9, false, peer, attacker), ByteBuffer.allocate(100), 0, 100);

        assertThat(told()).isEmpty();
    }

    @Test
    void noticesThatMoreIsSentAgainThanTheMediaAllow() {
        Scenario flooded = scenario(Protection.SIMPLE, Set.of(Attack.REQUEST_FLOOD));
        ledger.inputBytes = 1_000_000;
        ledger.repeatedBytes[0] = 3_000_000;
        new AttackWatch(flooded, invariants, ledger).finish();
        assertThat(told()).isEmpty();

        ledger.repeatedBytes[0] = 3_100_000;
        new AttackWatch(flooded, invariants, ledger).finish();
        assertThat(told()).containsExactly(Kind.AMPLIFICATION);
    }

    @Test
    void noticesACallerWhoIsKeptOut() {
        Scenario blind = scenario(Protection.PSK_AND_SRP, Set.of(Attack.BLIND_FRAMES));
        new AttackWatch(blind, invariants, ledger).finish();

        assertThat(told()).containsExactly(Kind.TAKEOVER);
    }

    @Test
    void noticesACallerWhoIsKeptOutForFiveSeconds() {
        Scenario blind = scenario(Protection.PSK_AND_SRP, Set.of(Attack.BLIND_FRAMES));
        long withinNs = 5_000_000_000L + 5 * blind.longestRoundTripNs();
        for (long lateNs = 0; lateNs < 2; lateNs++) {
            var late = new AttackWatch(blind, invariants, ledger);
            late.onEvent(1_000_000_000L, true, new SessionEvent.Authenticated(peer, "rist"));
            late.onEvent(withinNs + lateNs, false, new SessionEvent.Authenticated(peer, "rist"));
            late.finish();
            assertThat(told()).hasSize((int) lateNs);
        }
    }
}
