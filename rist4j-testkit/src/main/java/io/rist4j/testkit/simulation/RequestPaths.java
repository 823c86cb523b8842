package io.rist4j.testkit.simulation;

import io.rist4j.codec.rtcp.RtcpReader;
import io.rist4j.core.message.ControlHandler;
import io.rist4j.core.time.SessionTime;
import io.rist4j.testkit.simulation.Scenario.PathScenario;
import io.rist4j.testkit.simulation.Violation.Kind;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * By which path the first request for each packet leaves: one of the highest priority among those
 * that bring media. Judges by the wire alone, and only where the wire leaves no doubt which paths
 * the receiver may use: a path counts from the first media after a report and the answer to an echo
 * on it, for an address that has not answered draws no more than it sent, and for as long as it is
 * not silent. Where strangers crowd the receiver's table it does not judge.
 */
final class RequestPaths implements ControlHandler {
    /** Well below the silence after which a receiver avoids a path. */
    private static final long FRESH_NS = 200 * SessionTime.MILLISECOND;

    private static final long NEVER_HEARD = -FRESH_NS;
    private static final int MOST_TOLD = 20;

    private final Scenario scenario;
    private final PacketLedger ledger;
    private final long[] heardNs;
    private final boolean[] reported;
    private final boolean[] proven;
    private final boolean[] brings;
    private final long[] roundTripNs;

    /** From when on the receiver knows for certain that a path brings media. */
    private final long[] takenNs;

    /** How long its first media may wait for a key. */
    private final long mostHeldNs;

    private final BitSet asked = new BitSet();
    private final List<Violation> wrong = new ArrayList<>();

    /** What was missed earlier may have been asked for in vain, for there was nobody to ask. */
    private int firstJudged = Integer.MAX_VALUE;

    private boolean flows;
    private boolean hearing;
    private boolean sawAnswer;
    private boolean acted;
    private long nowNs;
    private int link;

    RequestPaths(Scenario scenario, PacketLedger ledger) {
        this.scenario = scenario;
        this.ledger = ledger;
        int paths = scenario.paths().size();
        heardNs = new long[paths];
        Arrays.fill(heardNs, NEVER_HEARD);
        reported = new boolean[paths];
        proven = new boolean[paths];
        brings = new boolean[paths];
        roundTripNs = new long[paths];
        takenNs = new long[paths];
        long keyNs = scenario.tunnel().mostKeyNs();
        mostHeldNs = keyNs > 0 ? keyNs + scenario.wakeNs() : 0;
        for (int i = 0; i < paths; i++) {
            PathScenario path = scenario.paths().get(i);
            roundTripNs[i] = path.forward().delayNs() + path.backward().delayNs();
        }
    }

    /** The receiver has begun to take the flow's media. */
    void onFlowStarted() {
        flows = true;
    }

    /** A datagram of the sender reached the receiver. */
    void onHeard(long atNs, int path, boolean media) {
        if (flows) {
            reported[path] |= !media;
            heardNs[path] = atNs;
            if (media && reported[path] && proven[path]) {
                if (!brings[path]) {
                    takenNs[path] = atNs + mostHeldNs;
                }
                brings[path] = true;
                firstJudged = Math.min(firstJudged, ledger.sent);
            }
        }
    }

    /** RTCP of the sender reached the receiver: perhaps with the answer that proves the address. */
    void onControlHeard(int path, ByteBuffer buffer, int at, int bytes) {
        if (!proven[path]) {
            sawAnswer = false;
            hearing = true;
            RtcpReader.read(buffer, at, bytes, this);
            hearing = false;
            proven[path] = sawAnswer;
        }
    }

    /** The sender's address on a path has answered an echo. */
    void onProven(int path) {
        proven[path] = true;
    }

    /** RTCP left the receiver. */
    void onControlSent(long atNs, int path, ByteBuffer buffer, int at, int bytes) {
        if (scenario.strangersPerSecond() == 0) {
            nowNs = atNs;
            link = path;
            RtcpReader.read(buffer, at, bytes, this);
        }
    }

    @Override
    public void onEchoResponse(int ssrc, long timestamp, long delayMicroseconds) {
        sawAnswer = true;
    }

    @Override
    public void onMissing(int mediaSsrc, long first, int additional) {
        if (hearing) {
            return;
        }
        for (int i = 0; i <= additional && i < ledger.packets; i++) {
            int number = ledger.numberOf(first + i, ledger.sent - 1);
            if (number >= firstJudged && !asked.get(number)) {
                asked.set(number);
                judge(number);
            }
        }
    }

    private void judge(int number) {
        int priority = scenario.priorityOf(link);
        boolean passesOver = false;
        for (int other = 0; other < brings.length; other++) {
            boolean isTaken = brings[other] && nowNs >= takenNs[other];
            if (!isTaken || nowNs - heardNs[other] >= FRESH_NS) {
                continue;
            }
            int theirs = scenario.priorityOf(other);
            if (theirs > priority && wrong.size() < MOST_TOLD) {
                wrong.add(
                        new Violation(
                                Kind.PRIORITY,
                                number,
                                "first asked for on path %d of priority %d; path %d has %d"
                                        .formatted(link, priority, other, theirs)));
            }
            passesOver |= theirs < priority && roundTripNs[other] < roundTripNs[link];
        }
        acted |= passesOver;
    }

    /** Whether a request took a path that only its priority recommends. */
    boolean haveActed() {
        return acted;
    }

    /** Tells the requests that left by another path. */
    void tell(Invariants invariants) {
        wrong.forEach(w -> invariants.violate(w.kind(), w.packet(), w.text()));
    }
}
