package io.rist4j.testkit.simulation;

import io.rist4j.codec.gre.GreHeader;
import io.rist4j.codec.gre.GrePacket;
import io.rist4j.codec.gre.TunnelHandler;
import io.rist4j.codec.gre.TunnelReader;
import io.rist4j.core.address.Endpoint;
import io.rist4j.core.flow.SenderFlowConfig;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.SessionTime;
import io.rist4j.session.SessionEvent;
import io.rist4j.testkit.link.LinkConfig;
import io.rist4j.testkit.network.Route;
import io.rist4j.testkit.simulation.Violation.Kind;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What must hold whatever attackers do, beside what must hold anyway.
 *
 * <p>While a peer is heard, no path of it goes down, and no other flow starts; under a protection
 * without authentication that is promised for what is said from other addresses and for goodbyes in
 * its name. Nobody draws more than he sent before he has answered an echo request; where frames of
 * an authentication are answered, three times as much. Requests in anybody's name draw no more than
 * the share of retransmissions. An edition that nobody but an attacker spoke is given up, and a
 * caller whose links let its frames through proves itself, over good ones within five seconds.
 */
final class AttackWatch {
    /** Goodbyes are believed after 250 ms of silence; some of it is spent waiting and waking. */
    private static final long HEARD_NS = 150 * SessionTime.MILLISECOND;

    private static final long GIVEN_UP_NS = 1_500 * SessionTime.MILLISECOND;
    private static final int NEWER = 2;
    private static final int HANDSHAKE_FACTOR = 3;

    /** Of the shortest streams a burst of so much is repeated all the same. */
    private static final long LEAST_BURST_BYTES = 64 << 10;

    /** Twice the media, and one buffer of it as a burst, which is no more than all of it. */
    private static final int REPEATED_TIMES = 3;

    private static final double PASSABLE_LOSS = 0.2;

    private static final double GOOD_LOSS = 0.01;
    private static final long PROVED_WITHIN_NS = 5 * SessionTime.SECOND;
    private static final int EXCHANGE_ROUND_TRIPS = 5;

    /** What somebody sent to the ends, and got from them. */
    private static final class Account {
        private long sent;
        private long drawn;
    }

    private final Scenario scenario;
    private final Invariants invariants;
    private final PacketLedger ledger;
    private final Map<Endpoint, Account> accounts = new HashMap<>();
    private final Set<Endpoint> proven = new HashSet<>();
    private final Map<Endpoint, Long> heardNs = new HashMap<>();
    private final GrePacket packet = new GrePacket();
    private final StreamFinder stream = new StreamFinder();
    private long bumpedNs;
    private long senderProvedNs = SessionTime.NEVER;
    private long receiverProvedNs = SessionTime.NEVER;
    private boolean isTold;

    AttackWatch(Scenario scenario, Invariants invariants, PacketLedger ledger) {
        this.scenario = scenario;
        this.invariants = invariants;
        this.ledger = ledger;
    }

    private boolean isAttackers(Endpoint endpoint) {
        for (int i = 0; i < Attackers.ADDRESSES; i++) {
            if (endpoint.hasAddressOf(Attackers.address(i))) {
                return true;
            }
        }
        return false;
    }

    /** An end sent a datagram, or somebody else who is no attacker. */
    void onSent(long nowNs, Route route, ByteBuffer b, int at, int bytes) {
        if (isAttackers(route.to())) {
            Account account = account(route.to());
            account.drawn += bytes;
            int factor = scenario.tunnel().protection().hasProof() ? HANDSHAKE_FACTOR : 1;
            if (account.drawn > factor * account.sent && !isProven(route.to())) {
                tell(
                        Kind.AMPLIFICATION,
                        account.drawn
                                + " bytes went to "
                                + route.to()
                                + ", who sent "
                                + account.sent);
            }
        } else if (route.link() < scenario.paths().size()
                && isStale(nowNs)
                && isUnreadable(b, at, bytes)
                && carriesStream()) {
            tell(Kind.TAKEOVER, "the newer edition is spoken still on " + route);
        }
    }

    /** By address: a peer of the Simple profile has several ports. */
    private Account account(Endpoint endpoint) {
        return accounts.computeIfAbsent(endpoint.withPort(0), of -> new Account());
    }

    private boolean isStale(long nowNs) {
        boolean isForged = scenario.tunnel().forgeriesPerSecond() > 0; // they speak both
        return !isForged && nowNs - bumpedNs > GIVEN_UP_NS + scenario.longestRoundTripNs();
    }

    /**
     * Whether a datagram gets lost because its receiver does not read the newer edition: where that
     * is tried, the ends are as older peers.
     */
    boolean isUnreadable(ByteBuffer b, int at, int bytes) {
        return scenario.attacks().contains(Attack.VERSION_BUMPS)
                && GreHeader.read(b, at, bytes, packet) == Verdict.OK
                && packet.version == NEWER;
    }

    /** Whether that datagram is more than a keep-alive, by which ends tell what they can read. */
    private boolean carriesStream() {
        stream.isFound = false;
        TunnelReader.read(packet, stream);
        return stream.isFound;
    }

    private static final class StreamFinder implements TunnelHandler {
        private boolean isFound;

        @Override
        public Verdict onReduced(
                int sourcePort, int destinationPort, ByteBuffer b, int at, int bytes) {
            isFound = true;
            return Verdict.OK;
        }
    }

    private boolean isProven(Endpoint endpoint) {
        return proven.stream().anyMatch(endpoint::hasAddressOf);
    }

    /** An attacker answers an echo request from there. */
    void onProof(Endpoint address) {
        proven.add(address);
    }

    /** An attacker's datagram arrived. */
    void onAttack(long nowNs, Attack attack, Route route, int bytes) {
        if (isAttackers(route.from())) {
            account(route.from()).sent += bytes;
        }
        if (attack == Attack.VERSION_BUMPS) {
            bumpedNs = nowNs;
        }
    }

    /** A datagram of the ends arrived. */
    void onHeard(long nowNs, Route route) {
        heardNs.put(route.from(), nowNs);
    }

    /** Something rare happened at an end, by the network's clock. */
    void onEvent(long nowNs, boolean atSender, SessionEvent event) {
        if (scenario.attacks().isEmpty()) {
            return;
        }
        switch (event) {
            case SessionEvent.PathDown(int path, Endpoint peer) -> {
                Long heard = heardNs.get(peer);
                if (heard != null && nowNs - heard < HEARD_NS && isOnePathsOwn(atSender)) {
                    tell(
                            Kind.TAKEOVER,
                            "path " + path + " to " + peer + " went down while it was heard");
                }
            }
            case SessionEvent.FlowStarted started -> {
                if (started.flowId() != scenario.flowId()) {
                    tell(
                            Kind.TAKEOVER,
                            "flow " + Integer.toHexString(started.flowId()) + " took over");
                }
            }
            case SessionEvent.Authenticated authenticated -> {
                if (atSender) {
                    senderProvedNs = Math.min(senderProvedNs, nowNs);
                } else {
                    receiverProvedNs = Math.min(receiverProvedNs, nowNs);
                }
            }
            default -> {}
        }
    }

    /** Whether only one path is heard from its peer's address, and nobody else in its name. */
    private boolean isOnePathsOwn(boolean atSender) {
        boolean isShared =
                atSender
                        && scenario.contact() == Scenario.Contact.SENDER_DIALS_ONE_PORT
                        && scenario.paths().size() > 1;
        return !isShared && scenario.tunnel().forgeriesPerSecond() == 0;
    }

    /** The first one tells enough. */
    private void tell(Kind kind, String text) {
        if (!isTold) {
            isTold = true;
            invariants.violate(kind, -1, text);
        }
    }

    /** Checks what can be said at the end only. */
    void finish() {
        if (scenario.attacks().contains(Attack.REQUEST_FLOOD)
                && scenario.sender().maxBitrate() == SenderFlowConfig.BY_THE_MEDIA) {
            long most = REPEATED_TIMES * ledger.inputBytes + LEAST_BURST_BYTES;
            for (int link = 0; link < scenario.paths().size(); link++) {
                if (ledger.repeatedBytes[link] > most) {
                    tell(
                            Kind.AMPLIFICATION,
                            ledger.repeatedBytes[link]
                                    + " bytes were sent again on path "
                                    + link
                                    + ", of "
                                    + ledger.inputBytes);
                }
            }
        }
        if (scenario.attacks().contains(Attack.BLIND_FRAMES)) {
            checkProof();
        }
    }

    private void checkProof() {
        long provedNs = Math.max(senderProvedNs, receiverProvedNs);
        if (provedNs == SessionTime.NEVER && isEach(PASSABLE_LOSS)) {
            tell(Kind.TAKEOVER, "the caller was kept from proving itself");
        }
        boolean isAlone = scenario.tunnel().forgeriesPerSecond() == 0;
        long withinNs =
                PROVED_WITHIN_NS
                        + EXCHANGE_ROUND_TRIPS * scenario.longestRoundTripNs()
                        + scenario.receiverAfterNs();
        if (provedNs > withinNs && isAlone && isEach(GOOD_LOSS)) {
            tell(Kind.TAKEOVER, "the caller proved itself at " + provedNs + " ns only");
        }
    }

    private boolean isEach(double mostLoss) {
        return scenario.paths().stream()
                .allMatch(path ->
                        isPassable(path.forward(), mostLoss)
                                && isPassable(path.backward(), mostLoss));
    }

    private static boolean isPassable(LinkConfig link, double mostLoss) {
        return link.loss() <= mostLoss
                && link.outages().isEmpty()
                && link.bitsPerSecond() == 0
                && link.burstPackets() <= 1;
    }
}
