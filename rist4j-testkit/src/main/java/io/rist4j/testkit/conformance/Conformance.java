package io.rist4j.testkit.conformance;

import io.rist4j.codec.rtcp.RtcpReader;
import io.rist4j.codec.rtp.RtpHeader;
import io.rist4j.core.flow.MediaBlock;
import io.rist4j.core.flow.ReceiverCounters;
import io.rist4j.core.flow.ReceiverFlowConfig;
import io.rist4j.core.message.ControlHandler;
import io.rist4j.testkit.conformance.Transmission.Kind;
import io.rist4j.testkit.link.LinkConfig;
import io.rist4j.testkit.network.DatagramFilter;
import io.rist4j.testkit.network.Route;
import io.rist4j.testkit.simulation.Scenario;
import io.rist4j.testkit.simulation.SimulatedHost;
import io.rist4j.testkit.simulation.Simulation;
import io.rist4j.testkit.simulation.SimulationResult;
import io.rist4j.testkit.simulation.Violation;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;

/** Runs two sessions of the Simple profile through a schedule of losses. */
public final class Conformance {
    private static final long SEED = 1;

    private Conformance() {}

    /**
     * Plays a schedule of losses.
     *
     * @param options what is sent, over what
     * @param schedule what is lost
     * @return what came out: the same for the same arguments, on every machine
     */
    public static ConformanceResult run(ConformanceOptions options, DropSchedule schedule) {
        var forward = LinkConfig.clean().delay(options.forwardDelay());
        var backward = LinkConfig.clean().delay(options.backwardDelay());
        var builder =
                Scenario.builder(SEED)
                        .packets(options.packets())
                        .interval(options.interval())
                        .firstSequence(options.firstSequence())
                        .requestFormat(options.requestFormat())
                        .receiver(
                                ReceiverFlowConfig.builder()
                                        .bufferNs(options.buffer().toNanos())
                                        .build());
        for (int path = 0; path < options.paths(); path++) {
            builder.path(forward, backward);
        }
        Scenario scenario = builder.build();
        var dropper = new Dropper(scenario, schedule);
        var delivered = new ArrayList<Integer>();
        var simulation =
                new Simulation(scenario)
                        .losing(dropper)
                        .between(checks -> noting(delivered, checks))
                        .mostSteps(options.mostSteps());
        SimulationResult result = simulation.run();
        ReceiverCounters counters = simulation.receiver().receiving().only().counters();
        var violations = new ArrayList<>(result.violations());
        boolean completed = result.sent() == options.packets() && !isGivenUp(result);
        int lost = result.sent() - result.delivered();
        if (options.requireContiguous() && lost > 0) {
            violations.add(
                    new Violation(Violation.Kind.INCOMPLETE, -1, lost + " packets are missing"));
        }
        return new ConformanceResult(
                options,
                result.sent(),
                delivered,
                dropper.forwardDropped,
                dropper.backwardDropped,
                result.recovered(),
                (int) counters.recoveredOneRound,
                lost,
                (int) counters.discontinuities,
                violations,
                completed);
    }

    private static boolean isGivenUp(SimulationResult result) {
        return result.violations().stream()
                .anyMatch(violation -> violation.kind() == Violation.Kind.PROGRESS);
    }

    private static SimulatedHost.Output noting(
            List<Integer> delivered, SimulatedHost.Output checks) {
        return (long nowNs, MediaBlock block) -> {
            delivered.add((int) (block.sequence & 0xFFFF));
            checks.delivered(nowNs, block);
        };
    }

    /** Numbers the transmissions and asks the schedule. */
    private static final class Dropper implements DatagramFilter, ControlHandler {
        private final DropSchedule schedule;
        private final int firstSequence;
        private final int packets;
        private final int[] attempts;
        private final EnumMap<Kind, Integer> controls = new EnumMap<>(Kind.class);
        private boolean requests;
        int forwardDropped;
        int backwardDropped;

        Dropper(Scenario scenario, DropSchedule schedule) {
            this.schedule = schedule;
            firstSequence = scenario.firstSequence();
            packets = scenario.packets();
            attempts = new int[packets];
        }

        @Override
        public boolean loses(long nowNs, Route route, ByteBuffer buffer, int at, int bytes) {
            boolean control = RtpHeader.isRtcp(buffer, at, bytes);
            boolean lost =
                    schedule.drops(
                            control ? control(route, buffer, at, bytes) : media(route, buffer, at));
            if (route.forward()) {
                forwardDropped += lost ? 1 : 0;
            } else {
                backwardDropped += lost ? 1 : 0;
            }
            return lost;
        }

        private Transmission media(Route route, ByteBuffer buffer, int at) {
            int packet = (RtpHeader.sequence(buffer, at) - firstSequence) & 0xFFFF;
            if (packet >= packets) {
                throw new IllegalStateException("media of packet " + packet + " of " + packets);
            }
            return new Transmission(Kind.MEDIA, packet, ++attempts[packet], route.link());
        }

        private Transmission control(Route route, ByteBuffer buffer, int at, int bytes) {
            requests = false;
            RtcpReader.read(buffer, at, bytes, this);
            Kind kind =
                    route.forward()
                            ? Kind.SENDER_CONTROL
                            : requests ? Kind.REQUEST : Kind.RECEIVER_CONTROL;
            return new Transmission(kind, -1, controls.merge(kind, 1, Integer::sum), route.link());
        }

        @Override
        public void onMissing(int mediaSsrc, long first, int additional) {
            requests = true;
        }
    }
}
