package io.rist4j.core.flow;

import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.time.MediaClock;
import io.rist4j.core.time.SequenceUnwrapper;
import io.rist4j.core.time.SessionTime;

import java.nio.ByteBuffer;

/**
 * Keeps a single packet that contradicts a live flow from resetting it. Knows the flow's packet
 * rate, by which it tells a gap from a jump, and holds one implausible packet back until a second
 * one bears it out: close to it in sequence, and as far from it in time as in arrival. Any progress
 * of the flow as it is speaks against the packet held.
 *
 * <p>libRIST and its siblings follow the first packet of a jump. Not thread-safe. Allocation-free
 * once a packet has been held.
 */
final class JumpGuard {
    /** Gaps up to this are plausible at any rate. */
    private static final long ALWAYS = 64;

    /** How much faster than its mean rate a flow may be for a while. */
    private static final long BURST = 4;

    /** As long as the rate is not known, it may be 200 000 packets a second. */
    private static final long LEAST_INTERVAL_NS = 5_000;

    /** A rate is known after so many packets, or after the usual period. */
    private static final long FIRST_PACKETS = 64;

    private static final long JITTER_NS = 50 * SessionTime.MILLISECOND;
    private static final long RATE_PERIOD_NS = 200 * SessionTime.MILLISECOND;

    /** How close in sequence two packets are that bear each other out. */
    private static final long NEAR = 64;

    private static final int SILENT_INTERVALS = 4;

    private final MediaPacket held = new MediaPacket();
    private boolean holding;
    private int heldPath;

    private long periodPosition;
    private long periodNs;
    private double intervalNs;

    /** The interval is the length of a silence; packets may show that it is none. */
    private boolean guessed;

    // ---- rate

    /** The flow begins, or begins again, at a position. */
    void restart(long position, long arrivalNs) {
        periodPosition = position;
        periodNs = arrivalNs;
        intervalNs = 0;
        guessed = false;
    }

    /**
     * The flow goes on at a position after a silence, at the rate it had. Where single packets come
     * between silences, the silences are taken for the rate.
     */
    void resume(long position, long arrivalNs, boolean afterSinglePacket) {
        if (afterSinglePacket) {
            intervalNs = Math.max(1, arrivalNs - periodNs);
            guessed = true;
        }
        periodPosition = position;
        periodNs = arrivalNs;
    }

    /** The flow moved on to a position. */
    void onAdvance(long position, long arrivalNs) {
        long elapsedNs = arrivalNs - periodNs;
        if (guessed) {
            guessed = false;
            if (elapsedNs < (intervalNs / BURST) * (position - periodPosition)) {
                // the stream had paused: its rate is to be learned anew
                intervalNs = 0;
            }
        }
        boolean first = intervalNs == 0 && position - periodPosition >= FIRST_PACKETS;
        if (elapsedNs >= RATE_PERIOD_NS || (first && elapsedNs > SessionTime.MILLISECOND)) {
            double interval = (double) elapsedNs / (position - periodPosition);
            // A silence taken for the rate is forgotten as soon as packets show the true one.
            boolean anew = intervalNs == 0 || interval < intervalNs / BURST;
            // A pause among the packets is no slower rate, or what is lost after it seems a jump.
            double likely = Math.min(interval, BURST * intervalNs);
            intervalNs = anew ? interval : (likely + intervalNs) / 2;
            periodPosition = position;
            periodNs = arrivalNs;
        }
    }

    /** Mean time between packets; 0 when it is not known yet. */
    long intervalNs() {
        return (long) intervalNs;
    }

    /** Time between packets that are missing before a silence's end; 0 when it is not known. */
    long stepNs() {
        return guessed ? 0 : (long) intervalNs;
    }

    /**
     * Whether so many packets may have been lost in a row.
     *
     * @param gap how many are missing
     * @param elapsedNs time since the last packet before them
     */
    boolean isPlausible(long gap, long elapsedNs) {
        boolean known = intervalNs > 0 && !(guessed && elapsedNs < intervalNs / BURST);
        long most = known ? BURST * expected(elapsedNs) : elapsedNs / LEAST_INTERVAL_NS;
        return gap <= ALWAYS + Math.max(0, most);
    }

    /**
     * The same for a packet that another one bears out: rates change, but numbers seldom jump by
     * little.
     */
    boolean isConceivable(long gap, long elapsedNs) {
        return gap <= (16 * ALWAYS) + (BURST * BURST * expected(elapsedNs));
    }

    private long expected(long elapsedNs) {
        return intervalNs == 0 ? 0 : (long) ((Math.max(0, elapsedNs) + JITTER_NS) / intervalNs);
    }

    /**
     * Silence after which a flow is dead: another may take its place, and it is anchored anew
     * itself.
     */
    long silenceNs(long bufferNs) {
        return Math.max(bufferNs, SILENT_INTERVALS * (long) intervalNs);
    }

    // ---- the packet held

    /** Whether a packet is held. */
    boolean isHolding() {
        return holding;
    }

    /** The packet held. */
    MediaPacket held() {
        return held;
    }

    /** The path that brought it. */
    int heldPath() {
        return heldPath;
    }

    /** Holds a copy of a packet in place of the one held. */
    void hold(MediaPacket packet, int path) {
        if (held.buffer.capacity() < packet.payloadBytes) {
            held.buffer = ByteBuffer.allocate(Math.max(2048, packet.payloadBytes));
        }
        held.buffer.put(0, packet.buffer, packet.payloadAt, packet.payloadBytes);
        held.payloadAt = 0;
        held.payloadBytes = packet.payloadBytes;
        held.setHeader(packet);
        heldPath = path;
        holding = true;
    }

    /** Forgets the packet held. Returns whether there was one. */
    boolean drop() {
        boolean was = holding;
        holding = false;
        return was;
    }

    /** Whether this is a copy of the packet held. */
    boolean isCopy(MediaPacket packet) {
        return holding
                && packet.flowId == held.flowId
                && sequenceDistance(packet) == 0
                && (packet.clockHz != held.clockHz || packet.sourceNs == held.sourceNs);
    }

    /**
     * Whether this packet bears out the one held.
     *
     * @param toleranceNs how far the times between their stamps and their arrivals may differ
     */
    boolean isConfirmedBy(MediaPacket packet, long toleranceNs) {
        long distance = sequenceDistance(packet);
        if (!holding
                || packet.flowId != held.flowId
                || distance == 0
                || Math.abs(distance) > NEAR
                || packet.clockHz != held.clockHz) {
            return false;
        }
        if (packet.clockHz <= 0) {
            return true;
        }
        long stampNs = MediaClock.apartNs(packet.sourceNs, held.sourceNs, packet.clockHz);
        return Math.abs(stampNs - (packet.arrivalNs - held.arrivalNs)) <= toleranceNs;
    }

    private long sequenceDistance(MediaPacket packet) {
        int bits = Math.min(packet.sequenceBits, held.sequenceBits);
        return SequenceUnwrapper.ofBits(bits).nearest(packet.sequence, held.sequence)
                - held.sequence;
    }
}
