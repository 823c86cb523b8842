package io.rist4j.testkit.simulation;

import io.rist4j.core.address.Endpoint;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.crypto.srp.Srp;
import io.rist4j.session.Role;
import io.rist4j.session.SessionServices;
import io.rist4j.session.SessionServices.Admission;
import io.rist4j.testkit.link.SeededRandom;
import io.rist4j.testkit.network.NetworkTap;
import io.rist4j.testkit.network.Route;
import io.rist4j.testkit.network.SimulatedNetwork;
import io.rist4j.testkit.network.VirtualClock;

import java.nio.ByteBuffer;
import java.util.function.IntFunction;

/**
 * What a simulation has around its tunnels: workers that bring keys, somebody who forges, somebody
 * who looks in, and changes of the secret.
 */
final class TunnelStage {
    private static final int NO_LINK = -1;

    private final Scenario scenario;
    private final TunnelKeys keys;
    private final Peephole peephole;
    private final Forgers forgers;
    private final SimulatedWorker senderWorker;
    private final SimulatedWorker receiverWorker;
    private IntFunction<Passphrase> sendersSecrets = Secrets::secret;
    private IntFunction<Passphrase> receiversSecrets = Secrets::secret;
    private int arrivingLink = NO_LINK;
    private int secrets;
    private boolean isForging;

    TunnelStage(
            Scenario scenario,
            VirtualClock clock,
            SimulatedNetwork network,
            PacketLedger ledger,
            Invariants invariants,
            Endpoint stranger) {
        this.scenario = scenario;
        keys = new TunnelKeys(scenario);
        peephole = new Peephole(scenario, ledger, invariants, keys);
        forgers = new Forgers(scenario, network, stranger);
        senderWorker = new SimulatedWorker(clock, scenario.tunnel(), scenario.seed() ^ 0x7478L);
        receiverWorker = new SimulatedWorker(clock, scenario.tunnel(), scenario.seed() ^ 0x7278L);
    }

    /** The ends turn to other secrets than the scenario's, by number. */
    void confuse(IntFunction<Passphrase> ofSender, IntFunction<Passphrase> ofReceiver) {
        sendersSecrets = ofSender;
        receiversSecrets = ofReceiver;
    }

    /** What the caller draws in answer to a frame is noted, to work out its session key. */
    SessionServices services(Role role) {
        boolean sends = role == Role.SENDER;
        long seed = scenario.seed() * 31 + (sends ? 0 : 1);
        Secrets.Octets drawn = Secrets.octets(new SeededRandom(seed));
        boolean calls = EndConfig.dials(scenario, role);
        return new SessionServices(
                sends ? senderWorker : receiverWorker,
                octets -> {
                    drawn.fill(octets);
                    if (calls && octets.length == Srp.EXPONENT_BYTES && arrivingLink != NO_LINK) {
                        keys.onExponent(arrivingLink, octets);
                    }
                },
                Admission.everybody());
    }

    /** Lets watchers see RTP and RTCP, whatever the profile. */
    NetworkTap tap(NetworkTap watchers) {
        if (!scenario.tunnel().protection().isTunnel()) {
            return watchers;
        }
        peephole.showTo(watchers);
        return new NetworkTap() {
            @Override
            public void onSent(
                    long nowNs, Route route, ByteBuffer b, int at, int bytes, int copies) {
                forgers.onSent(nowNs, route, b, at, bytes, copies);
                peephole.onSent(nowNs, route, b, at, bytes, copies);
            }

            @Override
            public void onArrived(long nowNs, Route route, ByteBuffer b, int at, int bytes) {
                arrivingLink = route.link() < scenario.paths().size() ? route.link() : NO_LINK;
                forgers.onArrived(nowNs, route, b, at, bytes);
                peephole.onArrived(nowNs, route, b, at, bytes);
            }
        };
    }

    /** The receiver has begun. */
    void begin(long nowNs) {
        forgers.begin(nowNs);
    }

    long nextNs() {
        long keyNs = Math.min(senderWorker.nextNs(), receiverWorker.nextNs());
        return Math.min(keyNs, forgers.nextNs());
    }

    /** Before datagrams are delivered. */
    void serve(long nowNs, SimulatedHost sender, SimulatedHost receiver) {
        while (forgers.nextNs() <= nowNs) {
            setForging(true);
            forgers.send(nowNs);
            setForging(false);
        }
        senderWorker.serve(sender.nowNs());
        receiverWorker.serve(receiver.nowNs());
    }

    private void setForging(boolean forging) {
        isForging = forging;
        peephole.setForging(forging);
    }

    /** After datagrams were delivered. */
    void arrivalsEnd() {
        arrivingLink = NO_LINK;
    }

    /** How long a datagram waits for its key at most. */
    long mostHeldNs() {
        return scenario.tunnel().mostKeyNs() + scenario.wakeNs();
    }

    /** Both ends turn to the next secret where the scenario says so. */
    void changeSecrets(int afterPacket, SimulatedHost sender, SimulatedHost receiver) {
        for (int change : scenario.tunnel().secretChanges()) {
            if (change == afterPacket) {
                secrets++;
                keys.add(Secrets.secret(secrets));
                receiver.session().changeSecret(receiver.nowNs(), receiversSecrets.apply(secrets));
                sender.session().changeSecret(sender.nowNs(), sendersSecrets.apply(secrets));
            }
        }
    }

    /** Whether what is sent just now is in the ends' names only. */
    boolean isForging() {
        return isForging;
    }

    TunnelKeys keys() {
        return keys;
    }

    /** Frames of an authentication that the links lost. */
    long framesLost() {
        return peephole.framesLost();
    }

    /** Datagrams that somebody sent in the ends' names. */
    long forgeries() {
        return forgers.sent();
    }
}
