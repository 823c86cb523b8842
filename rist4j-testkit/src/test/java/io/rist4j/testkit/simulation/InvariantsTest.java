package io.rist4j.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.rtcp.RtcpReader;
import io.rist4j.codec.rtp.RtpHeader;
import io.rist4j.core.flow.MediaBlock;
import io.rist4j.core.message.ControlHandler;
import io.rist4j.core.time.SessionTime;
import io.rist4j.testkit.link.LinkConfig;
import io.rist4j.testkit.network.DatagramFilter;
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
        long lateNs = 2 * SessionTime.MILLISECOND;

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

    @Test
    void noticesAReceiverThatDoesNotAsk() {
        assertThat(
                        kindsOf((nowNs, route, buffer, at, bytes) ->
                                RtpHeader.isRtcp(buffer, at, bytes)
                                        && asksForSomething(buffer, at, bytes)))
                .containsExactly(Kind.INCOMPLETE);
    }

    @Test
    void noticesASenderThatDoesNotRepeat() {
        assertThat(
                        kindsOf((nowNs, route, buffer, at, bytes) ->
                                isMedia(buffer, at, bytes)
                                        && (RtpHeader.ssrc(buffer, at) & 1) != 0))
                .containsExactly(Kind.INCOMPLETE);
    }

    @Test
    void noticesASenderThatForgetsOnePacket() {
        SimulationResult result =
                new Simulation(SCENARIO)
                        .sabotaging((nowNs, route, buffer, at, bytes) ->
                                isMedia(buffer, at, bytes)
                                        && RtpHeader.sequence(buffer, at) == sequence(VICTIM))
                        .run();

        assertThat(result.violations())
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.kind()).isEqualTo(Kind.INCOMPLETE);
                    assertThat(violation.packet()).isEqualTo(VICTIM);
                });
    }

    @Test
    void noticesASimulationThatDoesNotEnd() {
        assertThat(new Simulation(SCENARIO).mostSteps(1_000).run().violations())
                .anyMatch(violation -> violation.kind() == Kind.PROGRESS);
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
        return kinds(new Simulation(SCENARIO).between(between).run());
    }

    /** What a simulation shows in which an end fails to send some datagrams. */
    private static Set<Kind> kindsOf(DatagramFilter unsent) {
        return kinds(new Simulation(SCENARIO).sabotaging(unsent).run());
    }

    private static Set<Kind> kinds(SimulationResult result) {
        // of violations without end the last one only says how many more there are
        return result.violations().stream()
                .filter(violation -> !violation.text().startsWith("and "))
                .map(Violation::kind)
                .collect(Collectors.toSet());
    }

    private static boolean isMedia(ByteBuffer buffer, int at, int bytes) {
        return bytes >= RtpHeader.FIXED_BYTES && !RtpHeader.isRtcp(buffer, at, bytes);
    }

    private static boolean asksForSomething(ByteBuffer buffer, int at, int bytes) {
        var asks = new boolean[1];
        RtcpReader.read(
                buffer,
                at,
                bytes,
                new ControlHandler() {
                    @Override
                    public void onMissing(int mediaSsrc, long first, int additional) {
                        asks[0] = true;
                    }
                });
        return asks[0];
    }

    private static int sequence(int number) {
        return (SCENARIO.firstSequence() + number) & 0xFFFF;
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
