package io.rist4j.testkit.simulation;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.flow.MediaBlock;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.session.Role;
import io.rist4j.session.Session;
import io.rist4j.session.SessionEvent;
import io.rist4j.session.SessionIdentity;
import io.rist4j.testkit.link.LinkConfig;
import io.rist4j.testkit.link.SeededRandom;
import io.rist4j.testkit.network.DatagramFilter;
import io.rist4j.testkit.network.SimulatedNetwork;
import io.rist4j.testkit.network.VirtualClock;
import io.rist4j.testkit.simulation.Scenario.Contact;
import io.rist4j.testkit.simulation.Scenario.PathScenario;
import io.rist4j.testkit.simulation.Violation.Kind;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/**
 * Plays a {@link Scenario}: two real sessions, a simulated network, virtual time. Use once.
 *
 * <p>Time jumps from event to event. At one instant, datagrams arrive first, then the input comes,
 * then the sender's and the receiver's deadlines are served.
 */
public final class Simulation {
    private static final int MEDIA_PORT = 5_000;
    private static final long SETTLE_NS = 3 * SessionTime.SECOND;
    private static final int MOST_ROUNDS_AT_ONE_INSTANT = 10_000;

    private final Scenario scenario;
    private final VirtualClock clock = new VirtualClock(0);
    private final SimulatedNetwork network;
    private final PacketLedger ledger;
    private final Happenings happenings;
    private final RequestPaths requestPaths;
    private final Invariants invariants;
    private final NumberedPayloads payloads;
    private final SimulatedHost sender;
    private final SimulatedHost receiver;
    private final Input input;
    private final Strangers strangers;
    private final TunnelStage tunnel;
    private final AttackWatch attackWatch;
    private final Attackers attackers;
    private final List<Endpoint> strangersTargets = new ArrayList<>();
    private final ByteBuffer payload = ByteBuffer.allocate(16_384);
    private @Nullable Trace trace;
    private SimulatedHost.Output output = new Checks();
    private long mostSteps = Long.MAX_VALUE;
    private boolean played;
    private int recovered;
    private boolean senderProved;
    private boolean receiverProved;

    /**
     * A simulation that has not been played yet.
     *
     * @param scenario what happens
     */
    public Simulation(Scenario scenario) {
        this.scenario = scenario;
        network = new SimulatedNetwork(clock, scenario.seed());
        int paths = scenario.paths().size();
        var senderAddresses = new ArrayList<Endpoint>();
        var receiverAddresses = new ArrayList<Endpoint>();
        Endpoint stranger = Endpoint.ipv4(0x0A09_0001, 0);
        for (int i = 0; i < paths; i++) {
            boolean shared = scenario.contact() == Contact.SENDER_DIALS_ONE_PORT;
            Endpoint from = Endpoint.ipv4(0x0A01_0001 + 256 * i, MEDIA_PORT);
            Endpoint to = Endpoint.ipv4(0x0A02_0001 + (shared ? 0 : 256 * i), MEDIA_PORT);
            PathScenario path = scenario.paths().get(i);
            network.connect(from, to, path.forward(), path.backward());
            senderAddresses.add(from);
            receiverAddresses.add(to);
        }
        for (int i = 0; i < paths; i++) {
            network.connect(
                    stranger, senderAddresses.get(i), LinkConfig.clean(), LinkConfig.clean());
            if (i == 0 || scenario.contact() != Contact.SENDER_DIALS_ONE_PORT) {
                network.connect(
                        stranger, receiverAddresses.get(i), LinkConfig.clean(), LinkConfig.clean());
            }
        }
        if (!scenario.attacks().isEmpty()) {
            connectAttackers(senderAddresses, receiverAddresses);
        }
        payloads =
                new NumberedPayloads(
                        scenario.seed(), scenario.leastPayloadBytes(), scenario.mostPayloadBytes());
        ledger =
                new PacketLedger(
                        scenario,
                        senderAddresses.toArray(new Endpoint[0]),
                        () -> scenario.receiverClock().toHost(clock.nowNs()));
        requestPaths = new RequestPaths(scenario, ledger);
        happenings = new Happenings(scenario, ledger, requestPaths);
        invariants =
                new Invariants(
                        scenario,
                        ledger,
                        payloads,
                        receiverNs ->
                                scenario.senderClock()
                                        .toHost(scenario.receiverClock().toNetwork(receiverNs)));
        tunnel = new TunnelStage(scenario, clock, network, ledger, invariants, stranger);
        attackWatch = new AttackWatch(scenario, invariants, ledger);
        attackers = new Attackers(scenario, network, attackWatch, clock.wallOffsetNs());
        if (scenario.attacks().contains(Attack.VERSION_BUMPS)) {
            invariants.onSpoiltSequence();
            network.setFilter((nowNs, route, b, at, bytes) ->
                    !attackers.isSending()
                            && !tunnel.isForging()
                            && attackWatch.isUnreadable(b, at, bytes));
        }
        if (scenario.attacks().contains(Attack.REQUEST_FLOOD)) {
            invariants.onSpoiltSequence(); // packets come again for which nobody had asked
        }
        var random = new SeededRandom(~scenario.seed());
        sender =
                SimulatedHost.open(
                        clock,
                        scenario.senderClock(),
                        network,
                        senderAddresses,
                        EndConfig.of(scenario, Role.SENDER, senderAddresses, receiverAddresses),
                        identity(random),
                        tunnel.services(Role.SENDER),
                        new SenderOutput());
        receiver =
                SimulatedHost.open(
                        clock,
                        scenario.receiverClock(),
                        network,
                        receiverAddresses,
                        EndConfig.of(scenario, Role.RECEIVER, senderAddresses, receiverAddresses),
                        identity(random),
                        tunnel.services(Role.RECEIVER),
                        new ReceiverOutput());
        input = new Input(scenario);
        strangers = new Strangers(scenario, network, stranger);
        strangersTargets.addAll(sender.sockets());
        strangersTargets.addAll(receiver.sockets());
        attackers.aimAt(sender.sockets(), receiver.sockets());
    }

    private void connectAttackers(List<Endpoint> senders, List<Endpoint> receivers) {
        for (int i = 0; i < Attackers.ADDRESSES; i++) {
            for (int path = 0; path < senders.size(); path++) {
                Endpoint from = Attackers.address(i);
                network.connect(from, senders.get(path), LinkConfig.clean(), LinkConfig.clean());
                if (path == 0 || scenario.contact() != Contact.SENDER_DIALS_ONE_PORT) {
                    network.connect(
                            from, receivers.get(path), LinkConfig.clean(), LinkConfig.clean());
                }
            }
        }
    }

    private SessionIdentity identity(SeededRandom random) {
        return new SessionIdentity(
                scenario.flowId(), scenario.firstSequence(), (int) random.nextLong());
    }

    /**
     * Plays a scenario from its beginning to its end.
     *
     * @param scenario what happens
     * @return what came of it
     */
    public static SimulationResult run(Scenario scenario) {
        return new Simulation(scenario).run();
    }

    /**
     * Puts something between the receiver and the checks: to watch what is delivered, or to spoil
     * it and see that the checks notice.
     *
     * @param wrap given the checks, returns what stands before them
     */
    public Simulation between(UnaryOperator<SimulatedHost.Output> wrap) {
        output = wrap.apply(output);
        return this;
    }

    /**
     * Loses datagrams of one's own choice, before the links lose theirs. Losses by choice may hit
     * every retransmission of a packet; so no packet is promised to be recovered then.
     *
     * @param loses asked for every datagram
     */
    public Simulation losing(DatagramFilter loses) {
        network.setFilter(loses);
        invariants.onChosenLosses();
        return this;
    }

    /**
     * Loses datagrams behind the backs of the checks: as if one of the ends had never sent them, so
     * that every promise stands. To break the sessions and see that the checks notice.
     *
     * @param loses asked for every datagram
     */
    Simulation sabotaging(DatagramFilter loses) {
        network.setFilter(loses);
        return this;
    }

    /**
     * Lets the ends turn to other secrets than the scenario's. To break the protection and see that
     * the checks notice.
     *
     * @param ofSender the sender's, by number
     * @param ofReceiver the receiver's, by number
     */
    Simulation confusing(IntFunction<Passphrase> ofSender, IntFunction<Passphrase> ofReceiver) {
        tunnel.confuse(ofSender, ofReceiver);
        return this;
    }

    /**
     * Writes down every datagram, delivery and event, one in a line. The same scenario writes the
     * same lines on every machine.
     *
     * @param lines takes them
     */
    public Simulation trace(Consumer<String> lines) {
        trace = new Trace(scenario, lines);
        return this;
    }

    /**
     * Ends the simulation, as a broken promise of progress, when it has taken too many steps.
     *
     * @param steps instants at which something happened; by default unbounded
     */
    public Simulation mostSteps(long steps) {
        mostSteps = steps;
        return this;
    }

    /** The receiving session: for its counters. */
    public Session receiver() {
        return receiver.session();
    }

    /** The sending session: for its counters. */
    public Session sender() {
        return sender.session();
    }

    /** A sender delivers nothing, but has events. */
    private final class SenderOutput implements SimulatedHost.Output {
        @Override
        public void delivered(long nowNs, MediaBlock block) {
            throw new IllegalStateException("a sender delivered a packet");
        }

        @Override
        public void event(long nowNs, SessionEvent event) {
            if (trace != null) {
                trace.event(clock.nowNs(), "sender", event);
            }
            happenings.onEvent(event);
            attackWatch.onEvent(clock.nowNs(), true, event);
            if (event instanceof SessionEvent.Authenticated) {
                senderProved = true;
                openInput();
            }
        }
    }

    private void openInput() {
        if (senderProved && receiverProved) {
            input.open(clock.nowNs());
        }
    }

    private final class ReceiverOutput implements SimulatedHost.Output {
        @Override
        public void delivered(long nowNs, MediaBlock block) {
            if (trace != null) {
                trace.delivered(clock.nowNs(), nowNs, block);
            }
            output.delivered(nowNs, block);
        }

        @Override
        public void event(long nowNs, SessionEvent event) {
            if (trace != null) {
                trace.event(clock.nowNs(), "receiver", event);
            }
            happenings.onEvent(event);
            attackWatch.onEvent(clock.nowNs(), false, event);
            if (event instanceof SessionEvent.FlowStarted) {
                invariants.onFlowStarted(nowNs);
                requestPaths.onFlowStarted();
                strangers.begin(clock.nowNs());
                tunnel.begin(clock.nowNs());
                attackers.begin(clock.nowNs());
            } else if (event instanceof SessionEvent.Authenticated authenticated) {
                ledger.onProved(authenticated.peer());
                receiverProved = true;
                openInput();
            }
            output.event(nowNs, event);
        }
    }

    /** What watches the deliveries. */
    private final class Checks implements SimulatedHost.Output {
        @Override
        public void delivered(long nowNs, MediaBlock block) {
            recovered += block.recovered ? 1 : 0;
            happenings.onDelivered(block);
            invariants.onDelivered(nowNs, block);
        }
    }

    /** Plays it from its beginning to its end. Once. */
    public SimulationResult run() {
        if (played) {
            throw new IllegalStateException("a simulation is played once");
        }
        played = true;
        network.setTap(
                attackers.before(
                        tunnel.tap(trace == null ? happenings : trace.before(happenings)),
                        tunnel::isForging));
        sender.start();
        long endNs = SessionTime.NEVER;
        long stepsLeft = mostSteps;
        int roundsAtThisInstant = 0;
        while (true) {
            long nextNs = Math.min(nextEventNs(), endNs);
            if (nextNs >= endNs) {
                break;
            }
            if (nextNs > clock.nowNs()) {
                clock.advanceTo(nextNs);
                roundsAtThisInstant = 0;
            } else if (++roundsAtThisInstant > MOST_ROUNDS_AT_ONE_INSTANT) {
                invariants.violate(
                        Kind.PROGRESS,
                        -1,
                        "time stands still at "
                                + nextNs
                                + " ns: deadlines are "
                                + sender.deadlineNs()
                                + " ns and "
                                + receiver.deadlineNs()
                                + " ns");
                break;
            }
            if (--stepsLeft < 0) {
                invariants.violate(Kind.PROGRESS, -1, "no end after " + mostSteps + " steps");
                break;
            }
            serve();
            if (endNs == SessionTime.NEVER && input.isOver()) {
                endNs =
                        clock.nowNs()
                                + scenario.receiver().bufferMaxNs()
                                + 2 * scenario.longestRoundTripNs()
                                + SETTLE_NS;
            }
        }
        invariants.finish();
        attackWatch.finish();
        requestPaths.tell(invariants);
        return result();
    }

    private long nextEventNs() {
        long nextNs = Math.min(network.nextArrivalNs(), input.nextNs());
        nextNs = Math.min(nextNs, Math.min(sender.deadlineNs(), receiver.deadlineNs()));
        nextNs = Math.min(nextNs, Math.min(strangers.nextNs(), tunnel.nextNs()));
        nextNs = Math.min(nextNs, attackers.nextNs());
        if (!receiver.isStarted()) {
            nextNs = Math.min(nextNs, scenario.receiverAfterNs());
        }
        return wakeAt(nextNs);
    }

    /** Hosts that wake up now and then only find everything since the last time. */
    private long wakeAt(long ns) {
        long wakeNs = scenario.wakeNs();
        if (wakeNs == 0 || ns == SessionTime.NEVER) {
            return Math.max(ns, clock.nowNs());
        }
        return Math.max((ns + wakeNs - 1) / wakeNs * wakeNs, clock.nowNs());
    }

    private void serve() {
        long nowNs = clock.nowNs();
        if (!receiver.isStarted() && nowNs >= scenario.receiverAfterNs()) {
            receiver.start();
            ledger.receiverStarted();
        }
        while (strangers.nextNs() <= nowNs) {
            strangers.send(strangersTargets);
        }
        while (attackers.nextNs() <= nowNs) {
            attackers.send(nowNs);
        }
        tunnel.serve(nowNs, sender, receiver);
        network.deliverDue((arrivalNs, from, to, buffer, at, bytes) -> {
            Verdict verdict = receiver.onDatagram(arrivalNs, from, to, buffer, at, bytes);
            if (verdict == null) {
                sender.onDatagram(arrivalNs, from, to, buffer, at, bytes);
            } else if (verdict == Verdict.STRANGER && scenario.strangersPerSecond() > 0) {
                ledger.onForgotten();
            } else if (verdict == Verdict.HELD) {
                ledger.onHeld(receiver.nowNs() + tunnel.mostHeldNs());
            }
        });
        tunnel.arrivalsEnd();
        while (input.nextNs() <= nowNs) {
            int bytes = payloads.write(input.number(), payload, 0);
            ledger.onInput(scenario.senderClock().toHost(input.nextNs()));
            ledger.inputBytes += bytes;
            sender.send(input.nextNs(), payload, 0, bytes);
            tunnel.changeSecrets(input.number(), sender, receiver);
            input.advance();
        }
        if (sender.deadlineNs() <= nowNs) {
            sender.onDeadline();
        }
        if (receiver.deadlineNs() <= nowNs) {
            receiver.onDeadline();
        }
    }

    /**
     * What this simulation has shown; after it was played.
     *
     * @param result what {@link #run()} returned
     */
    EnumSet<Dimension> happened(SimulationResult result) {
        happenings.onTunnel(sender.session(), receiver.session(), tunnel);
        happenings.onAttacks(attackers);
        return happenings.finish(network, sender.session(), receiver.session(), result);
    }

    private SimulationResult result() {
        int delivered = 0;
        int lost = 0;
        for (int number = 0; number < ledger.sent; number++) {
            boolean came = ledger.delivered[number];
            delivered += came ? 1 : 0;
            boolean expected = number >= ledger.firstArrived && number <= ledger.lastArrived;
            lost += !came && expected && ledger.firstArrived >= 0 ? 1 : 0;
        }
        return new SimulationResult(
                scenario,
                invariants.violations(),
                ledger.sent,
                delivered,
                lost,
                recovered,
                ledger.retransmissionsOnWire,
                ledger.mediaBytesOnWire,
                ledger.requestDatagrams,
                ledger.requestedPackets,
                invariants.promised(),
                clock.nowNs(),
                ledger.digest);
    }
}
