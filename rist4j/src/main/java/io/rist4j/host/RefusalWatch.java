package io.rist4j.host;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.time.SessionTime;
import io.rist4j.net.DatagramPort;
import io.rist4j.net.PortRefusals;

import java.util.Arrays;

/**
 * What the system refused to send at one socket: tells of it, and keeps back what cannot leave. A
 * datagram that was longer than the network takes stays too long, so its repetitions are not
 * offered again; once a second one is, for a path may change.
 *
 * <p>On the pump's thread. The way of a packet allocates nothing.
 */
final class RefusalWatch {
    /** What goes on is told so often. */
    static final long TELL_EVERY_NS = 10 * SessionTime.SECOND;

    /** How often a datagram that is too long is tried all the same. */
    static final long PROBE_EVERY_NS = SessionTime.SECOND;

    /** What was offered has been sent by then, or was refused. */
    private static final long SETTLED_NS = 20 * SessionTime.MILLISECOND;

    private static final PortRefusals.Kind[] KINDS = PortRefusals.Kind.values();

    /** Takes what is to be told. */
    interface Listener {
        void onSendRefused(Endpoint to, PortRefusals.Kind kind, int bytes, long datagrams);
    }

    private final Listener listener;
    private PortRefusals seen = new PortRefusals();
    private final long[] told = new long[KINDS.length];
    private final long[] toldNs = new long[KINDS.length];
    private long tooLarge;
    private int tooLargeBytes = Integer.MAX_VALUE;
    private Endpoint tooLargeTo = Endpoint.ipv4(0, 0);
    private long probeNs;
    private boolean probing;
    private long probedNs;
    private long withheld;

    RefusalWatch(Listener listener) {
        this.listener = listener;
        Arrays.fill(toldNs, -TELL_EVERY_NS);
    }

    /** Looks what was refused since the last time. */
    void look(long nowNs, DatagramPort port) {
        PortRefusals refusals = port.refusals();
        if (!refusals.equals(seen)) { // another port: the path was dialled again
            seen = refusals;
            Arrays.fill(told, 0);
            tooLarge = 0;
            tooLargeBytes = Integer.MAX_VALUE;
        }
        lookAtLengths(nowNs, refusals);
        for (int at = 0; at < KINDS.length; at++) {
            PortRefusals.Kind kind = KINDS[at];
            long all = refusals.datagrams(kind);
            if (all != told[at] && nowNs - toldNs[at] >= TELL_EVERY_NS) {
                long untold = all - told[at];
                told[at] = all;
                toldNs[at] = nowNs;
                if (kind == PortRefusals.Kind.TOO_LARGE) {
                    untold += withheld;
                    withheld = 0;
                }
                listener.onSendRefused(
                        refusals.lastDestination(kind), kind, refusals.lastBytes(kind), untold);
            }
        }
    }

    private void lookAtLengths(long nowNs, PortRefusals refusals) {
        long all = refusals.datagrams(PortRefusals.Kind.TOO_LARGE);
        if (all != tooLarge) {
            int bytes = refusals.lastBytes(PortRefusals.Kind.TOO_LARGE);
            Endpoint to = refusals.lastDestination(PortRefusals.Kind.TOO_LARGE);
            boolean sameDestination = to.equals(tooLargeTo);
            tooLargeBytes = sameDestination ? Math.min(tooLargeBytes, bytes) : bytes;
            tooLargeTo = to;
            tooLarge = all;
            probeNs = nowNs + PROBE_EVERY_NS;
            probing = false;
        } else if (probing && nowNs - probedNs >= SETTLED_NS) {
            tooLargeBytes = Integer.MAX_VALUE; // it left: the path takes more now
            probing = false;
        }
    }

    /** Whether a datagram can leave, as far as is known. */
    boolean mayLeave(Endpoint to, int bytes) {
        return bytes < tooLargeBytes || probing || !to.equals(tooLargeTo);
    }

    /** Whether one that cannot is tried all the same; counted when it is not. */
    boolean probes(long nowNs) {
        if (nowNs >= probeNs) {
            probing = true;
            probedNs = nowNs;
            return true;
        }
        withheld++;
        return false;
    }
}
