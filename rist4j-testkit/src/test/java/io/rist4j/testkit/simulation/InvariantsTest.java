package io.rist4j.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.flow.MediaBlock;
import io.rist4j.core.time.SessionTime;
import io.rist4j.testkit.link.LinkConfig;
import io.rist4j.testkit.simulation.SimulatedHost.Output;
import io.rist4j.testkit.simulation.Violation.Kind;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Breaks each promise on purpose and sees that the simulator notices, and that and nothing else.
 */
final class InvariantsTest {
    private static final LinkConfig LINK =
            LinkConfig.clean().loss(0.05).delay(Duration.ofMillis(10));
    private static final Scenario SCENARIO = Scenario.builder(1).path(LINK, LINK).build();
    private static final int VICTIM = 500;

    @Test
    void findsNothingWhenNothingIsBroken() {
        assertThat(kindsOf(output -> output)).isEmpty();
    }

    @Test
    void noticesADeliveryThatComesTwice() {
        assertThat(
                        kindsOf(checks ->
                                spoil(
                                        checks,
                                        (nowNs, block) -> {
                                            checks.delivered(nowNs, block);
                                            checks.delivered(nowNs, block);
                                        })))
                .containsExactly(Kind.DUPLICATE);
    }

    @Test
    void noticesTwoDeliveriesThatChangePlaces() {
        var held = new MediaBlock[1];
        Set<Kind> kinds =
                kindsOf(checks ->
                        (nowNs, block) -> {
                            if (number(block) == VICTIM) {
                                held[0] = copy(block);
                                return;
                            }
                            checks.delivered(nowNs, block);
                            if (number(block) == VICTIM + 1) {
                                checks.delivered(nowNs, held[0]);
                            }
                        });

        assertThat(kinds).contains(Kind.ORDER).isSubsetOf(Kind.ORDER, Kind.CONTENT);
    }

    @Test
    void noticesADeliveryAfterItsDeadline() {
        long lateNs = SessionTime.MILLISECOND;

        assertThat(
                        kindsOf(checks ->
                                spoil(
                                        checks,
                                        (nowNs, block) -> checks.delivered(nowNs + lateNs, block))))
                .containsExactly(Kind.DEADLINE);
    }

    @Test
    void noticesADeliveryThatHidesItsDeadline() {
        long lateNs = SessionTime.SECOND;

        assertThat(
                        kindsOf(checks ->
                                spoil(
                                        checks,
                                        (nowNs, block) -> {
                                            block.dueNs += lateNs;
                                            checks.delivered(nowNs + lateNs, block);
                                        })))
                .containsExactly(Kind.DEADLINE);
    }

    @Test
    void noticesADeliveryLongBeforeItsTime() {
        long earlyNs = 5 * SessionTime.MILLISECOND;

        assertThat(
                        kindsOf(checks ->
                                spoil(
                                        checks,
                                        (nowNs, block) ->
                                                checks.delivered(nowNs - earlyNs, block))))
                .containsExactly(Kind.DEADLINE);
    }

    @Test
    void noticesThatAPacketIsMissing() {
        assertThat(kindsOf(checks -> spoil(checks, (nowNs, block) -> {})))
                .contains(Kind.INCOMPLETE)
                .isSubsetOf(Kind.INCOMPLETE, Kind.CONTENT);
    }

    @Test
    void noticesThatTheLastPacketIsMissing() {
        assertThat(
                        kindsOf(checks ->
                                (nowNs, block) -> {
                                    if (number(block) != SCENARIO.packets() - 1) {
                                        checks.delivered(nowNs, block);
                                    }
                                }))
                .containsExactly(Kind.INCOMPLETE);
    }

    @Test
    void noticesOneWrongByte() {
        assertThat(
                        kindsOf(checks ->
                                spoil(
                                        checks,
                                        (nowNs, block) -> {
                                            MediaBlock changed = copy(block);
                                            int at = block.payloadBytes - 1;
                                            changed.buffer.put(
                                                    at, (byte) (changed.buffer.get(at) ^ 1));
                                            checks.delivered(nowNs, changed);
                                        })))
                .containsExactly(Kind.CONTENT);
    }

    @Test
    void noticesAHoleThatIsNotTold() {
        assertThat(
                        kindsOf(checks ->
                                spoil(
                                        checks,
                                        (nowNs, block) -> {
                                            block.lostBefore = 3;
                                            checks.delivered(nowNs, block);
                                        })))
                .containsExactly(Kind.CONTENT);
    }

    @Test
    void noticesAWrongSourceTime() {
        assertThat(
                        kindsOf(checks ->
                                spoil(
                                        checks,
                                        (nowNs, block) -> {
                                            block.sourceNs += 50_000;
                                            checks.delivered(nowNs, block);
                                        })))
                .containsExactly(Kind.CONTENT);
    }

    @Test
    void noticesAPacketThatWasNeverSent() {
        assertThat(
                        kindsOf(checks ->
                                spoil(
                                        checks,
                                        (nowNs, block) -> {
                                            MediaBlock stranger = copy(block);
                                            stranger.sequence += 20_000;
                                            checks.delivered(nowNs, stranger);
                                            checks.delivered(nowNs, block);
                                        })))
                .containsExactly(Kind.ORDER);
    }

    /**
     * Nobody asks for the packets before a listener that starts too late to have a buffer's time.
     */
    @Test
    void noticesAReceiverThatDoesNotAsk() {
        Scenario scenario = Scenario.builder(1).path(LINK, LINK).build();
        var ledger = new PacketLedger(scenario, new io.rist4j.core.address.Endpoint[0], () -> 0);
        var payloads = new NumberedPayloads(scenario.seed(), 1_316, 1_316);
        var invariants = new Invariants(scenario, ledger, payloads, receiverNs -> receiverNs);
        long bufferNs = scenario.receiver().bufferMaxNs();
        for (int i = 0; i < 3; i++) {
            ledger.onInput(i);
        }
        ledger.firstArrived = 0;
        ledger.lastArrived = 2;
        ledger.firstArrivalNs[0] = 0;
        ledger.firstArrivalNs[2] = 2;
        for (int i = 0; i < 3; i += 2) {
            ledger.delivered[i] = true;
            ledger.dueNs[i] = i + bufferNs;
        }

        invariants.finish();

        assertThat(invariants.violations())
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.kind()).isEqualTo(Kind.INCOMPLETE);
                    assertThat(violation.packet()).isEqualTo(1);
                    assertThat(violation.text()).contains("asked for 0 times");
                });
    }

    @Test
    void printsTheSeedAndTheScenarioOfAFailure() {
        SimulationResult result =
                new Simulation(SCENARIO)
                        .between(checks -> spoil(checks, (nowNs, block) -> {}))
                        .run();

        assertThat(result.toString())
                .contains("seed 1:", "! INCOMPLETE at packet 500", "loss=0.05 delay=10ms");
    }

    private static Set<Kind> kindsOf(UnaryOperator<Output> between) {
        return new Simulation(SCENARIO)
                .between(between).run().violations().stream()
                        .map(Violation::kind)
                        .collect(Collectors.toSet());
    }

    /** Lets every delivery pass but one. */
    private static Output spoil(Output checks, Output instead) {
        return (nowNs, block) ->
                (number(block) == VICTIM ? instead : checks).delivered(nowNs, block);
    }

    private static int number(MediaBlock block) {
        return (int) (block.sequence & 0xFFFF) - SCENARIO.firstSequence();
    }

    private static MediaBlock copy(MediaBlock block) {
        var copy = new MediaBlock();
        copy.sequence = block.sequence;
        copy.flowId = block.flowId;
        copy.sourceNs = block.sourceNs;
        copy.arrivalNs = block.arrivalNs;
        copy.dueNs = block.dueNs;
        copy.lostBefore = block.lostBefore;
        copy.flowStart = block.flowStart;
        copy.buffer = ByteBuffer.allocate(block.payloadBytes);
        copy.buffer.put(0, block.buffer, block.payloadAt, block.payloadBytes);
        copy.payloadBytes = block.payloadBytes;
        return copy;
    }
}
