package io.rist4j.testkit.simulation;

import io.rist4j.codec.rtcp.RtcpReader;
import io.rist4j.codec.rtp.RtpHeader;
import io.rist4j.core.flow.MediaBlock;
import io.rist4j.core.flow.ReceiverCounters;
import io.rist4j.core.flow.SenderCounters;
import io.rist4j.core.message.ControlHandler;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.SessionTime;
import io.rist4j.session.RequestFormat;
import io.rist4j.session.Session;
import io.rist4j.session.SessionEvent;
import io.rist4j.testkit.link.LinkConfig;
import io.rist4j.testkit.link.LinkCounters;
import io.rist4j.testkit.network.NetworkTap;
import io.rist4j.testkit.network.Route;
import io.rist4j.testkit.network.SimulatedNetwork;
import io.rist4j.testkit.simulation.Scenario.PathScenario;

import java.nio.ByteBuffer;
import java.util.EnumSet;

/** Finds out which {@link Dimension}s a simulation really showed. */
final class Happenings implements NetworkTap {
    private static final long LONG_DELAY_NS = 20 * SessionTime.MILLISECOND;
    private static final int CLOCK_HZ = 90_000;

    private final Scenario scenario;
    private final PacketLedger ledger;
    private final RequestPaths requestPaths;
    private final EnumSet<Dimension> seen = EnumSet.noneOf(Dimension.class);
    private final RequestFinder requests = new RequestFinder();
    private long requestLinks;
    private long weightedLinks;
    private long deliveredPaths;

    /** Tells what it sees to the others, too. */
    Happenings(Scenario scenario, PacketLedger ledger, RequestPaths requestPaths) {
        this.scenario = scenario;
        this.ledger = ledger;
        this.requestPaths = requestPaths;
    }

    @Override
    public void onSent(long nowNs, Route route, ByteBuffer buffer, int at, int bytes, int copies) {
        ledger.onSent(nowNs, route, buffer, at, bytes, copies);
        if (isFromReceiver(route) && RtpHeader.isRtcp(buffer, at, bytes)) {
            requestPaths.onControlSent(nowNs, route.link(), buffer, at, bytes);
            requests.found = false;
            RtcpReader.read(buffer, at, bytes, requests);
            requestLinks |= requests.found ? 1L << route.link() : 0;
        } else if (isFromSender(route) && isOriginal(buffer, at, bytes)) {
            weightedLinks |=
                    scenario.paths().get(route.link()).weight() > 0 ? 1L << route.link() : 0;
        }
    }

    private boolean isFromReceiver(Route route) {
        return route.link() < scenario.paths().size() && !route.forward();
    }

    private boolean isFromSender(Route route) {
        return route.link() < scenario.paths().size() && route.forward();
    }

    private static boolean isOriginal(ByteBuffer buffer, int at, int bytes) {
        return bytes >= RtpHeader.FIXED_BYTES
                && !RtpHeader.isRtcp(buffer, at, bytes)
                && (RtpHeader.ssrc(buffer, at) & 1) == 0;
    }

    @Override
    public void onArrived(long nowNs, Route route, ByteBuffer buffer, int at, int bytes) {
        ledger.onArrived(nowNs, route, buffer, at, bytes);
        if (isFromSender(route) && bytes > 0 && ledger.isProved(route.from())) {
            boolean media = !RtpHeader.isRtcp(buffer, at, bytes);
            if (!media) {
                requestPaths.onControlHeard(route.link(), buffer, at, bytes);
            }
            requestPaths.onHeard(nowNs, route.link(), media);
        }
    }

    void onDelivered(MediaBlock block) {
        deliveredPaths |= 1L << block.path;
    }

    void onEvent(SessionEvent event) {
        if (event instanceof SessionEvent.PathDown) {
            seen.add(Dimension.PATH_DOWN);
        } else if (event instanceof SessionEvent.PathUp && seen.contains(Dimension.PATH_DOWN)) {
            seen.add(Dimension.PATH_BACK);
        }
    }

    /** What happened; asked once, at the end. */
    EnumSet<Dimension> finish(
            SimulatedNetwork network, Session sender, Session receiver, SimulationResult result) {
        for (int i = 0; i < scenario.paths().size(); i++) {
            judgeLinks(
                    scenario.paths().get(i),
                    network.model(i, true).counters(),
                    network.model(i, false).counters());
        }
        judgePaths(receiver.receiving().only().counters());
        judgeClocks();
        judgeHosts(receiver);
        judgeRecovery(
                receiver.receiving().only().counters(),
                sender.sending().flow(0).counters(),
                result);
        return seen;
    }

    private void note(boolean happened, Dimension dimension) {
        if (happened) {
            seen.add(dimension);
        }
    }

    private void judgeLinks(PathScenario path, LinkCounters there, LinkCounters back) {
        LinkConfig forward = path.forward();
        boolean bursts = forward.burstPackets() > 1;
        note(there.lost() > 0 && !bursts, Dimension.LOSS);
        note(there.lost() > 0 && bursts, Dimension.BURST_LOSS);
        note(back.lost() > 0, Dimension.RETURN_LOSS);
        note(there.left() > 0 && forward.delayNs() >= LONG_DELAY_NS, Dimension.DELAY);
        note(there.left() > 0 && forward.jitterNs() > 0, Dimension.JITTER);
        note(there.duplicated() > 0, Dimension.DUPLICATION);
        note(there.overflowed() > 0, Dimension.RATE_LIMIT);
        note(there.lostInOutage() > 0, Dimension.OUTAGE);
    }

    private void judgePaths(ReceiverCounters counters) {
        int paths = scenario.paths().size();
        seen.add(
                switch (paths) {
                    case 1 -> Dimension.ONE_PATH;
                    case 2 -> Dimension.TWO_PATHS;
                    case 3 -> Dimension.THREE_PATHS;
                    default -> Dimension.FOUR_PATHS;
                });
        long weighted = scenario.paths().stream().filter(path -> path.weight() > 0).count();
        note(paths - weighted > 1 && counters.duplicates > 0, Dimension.COPIES);
        note(Long.bitCount(weightedLinks) > 1, Dimension.WEIGHTS);
        note(weighted > 0 && weighted < paths, Dimension.MIXED_WEIGHTS);
        note(Long.bitCount(deliveredPaths) > 1, Dimension.MERGE);
        note(Long.bitCount(requestLinks) > 1, Dimension.REQUESTS_ON_SEVERAL_PATHS);
        note(requestPaths.haveActed(), Dimension.PRIORITIES);
        seen.add(
                switch (scenario.contact()) {
                    case SENDER_DIALS -> Dimension.SENDER_DIALS;
                    case SENDER_DIALS_ONE_PORT -> Dimension.SENDER_DIALS_ONE_PORT;
                    case RECEIVER_DIALS -> Dimension.RECEIVER_DIALS;
                });
    }

    /** What happened to the tunnel. */
    void onTunnel(Session sender, Session receiver, TunnelStage tunnel) {
        boolean flows = ledger.lastArrived >= 0;
        Protection protection = scenario.tunnel().protection();
        note(
                flows,
                switch (protection) {
                    case SIMPLE -> Dimension.SIMPLE_PROFILE;
                    case CLEAR -> Dimension.CLEAR_TUNNEL;
                    case PSK_128 -> Dimension.PSK_128;
                    case PSK_256 -> Dimension.PSK_256;
                    case SRP -> Dimension.SRP;
                    case PSK_AND_SRP -> Dimension.PSK_AND_SRP;
                });
        note(flows && protection.hasProof() && tunnel.framesLost() > 0, Dimension.FRAMES_LOST);
        note(tunnel.keys().mostOfOneDirection() > 2, Dimension.KEY_ROTATION);
        note(tunnel.keys().newestSecret() > 0, Dimension.SECRET_CHANGE);
        note(
                sender.counters().datagrams(Verdict.HELD)
                                + receiver.counters().datagrams(Verdict.HELD)
                        > 0,
                Dimension.HELD);
        note(tunnel.forgeries() > 0, Dimension.FORGERIES);
    }

    /** What arrived of attacks. */
    void onAttacks(Attackers attackers) {
        for (Attack attack : attackers.arrived()) {
            seen.add(attack.dimension());
        }
    }

    private void judgeClocks() {
        note(scenario.firstSequence() + ledger.sent > 65_536, Dimension.SEQUENCE_WRAP);
        long first = period(ledger.sourceNs[0]);
        note(first != period(ledger.sourceNs[ledger.sent - 1]), Dimension.TIMESTAMP_WRAP);
        note(
                scenario.senderClock().partsPerMillion()
                        != scenario.receiverClock().partsPerMillion(),
                Dimension.CLOCK_SKEW);
        seen.add(
                switch (scenario.receiver().timing()) {
                    case SOURCE -> Dimension.SOURCE_TIMING;
                    case ARRIVAL -> Dimension.ARRIVAL_TIMING;
                    case RTC -> Dimension.RTC_TIMING;
                });
    }

    /** How often the timestamp has wrapped. */
    private long period(long sourceNs) {
        long ns = sourceNs + scenario.sender().timestampBaseNs();
        long seconds = ns / SessionTime.SECOND;
        long ticks =
                (seconds * CLOCK_HZ)
                        + ((ns - (seconds * SessionTime.SECOND)) * CLOCK_HZ / SessionTime.SECOND);
        return ticks >> 32;
    }

    private void judgeHosts(Session receiver) {
        note(scenario.burstPackets() > 1, Dimension.BURSTY_INPUT);
        note(
                scenario.pauses().stream().anyMatch(p -> p.afterPacket() < ledger.sent - 1),
                Dimension.PAUSE);
        note(receiver.receiving().only().counters().flowResets > 0, Dimension.ANEW);
        note(scenario.receiverAfterNs() > scenario.inputAfterNs(), Dimension.LATE_RECEIVER);
        note(scenario.wakeNs() > 0, Dimension.SELDOM_AWAKE);
        note(
                scenario.strangersPerSecond() > 0
                        && receiver.counters().datagrams(Verdict.STRANGER) > 0,
                Dimension.STRANGERS);
        note(
                scenario.receiver().bufferMinNs() < scenario.receiver().bufferMaxNs(),
                Dimension.ADAPTIVE_BUFFER);
    }

    private void judgeRecovery(
            ReceiverCounters received, SenderCounters sent, SimulationResult result) {
        boolean ranges = scenario.requestFormat() == RequestFormat.RANGE;
        note(
                result.requestDatagrams() > 0,
                ranges ? Dimension.RANGE_REQUESTS : Dimension.BITMASK_REQUESTS);
        note(received.reordered > 0, Dimension.REORDERING);
        note(result.recovered() > 0, Dimension.RECOVERY);
        note(received.recovered > received.recoveredOneRound, Dimension.SEVERAL_ROUNDS);
        note(received.requestsRepeated > 0, Dimension.REQUEST_REDUNDANCY);
        note(received.startRepaired > 0, Dimension.START_REPAIR);
        note(sent.tailRepairs() > 0, Dimension.TAIL_REPAIR);
        note(sent.bandwidthSkipped() > 0, Dimension.CEILING);
        note(result.promised() > 0, Dimension.PROMISE);
        note(received.droppedLate > 0, Dimension.TOO_LATE);
        note(result.lost() > 0, Dimension.LOST);
    }

    private static final class RequestFinder implements ControlHandler {
        boolean found;

        @Override
        public void onMissing(int mediaSsrc, long first, int additional) {
            found = true;
        }
    }
}
