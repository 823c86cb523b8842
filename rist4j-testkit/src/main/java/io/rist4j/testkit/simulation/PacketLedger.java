package io.rist4j.testkit.simulation;

import io.rist4j.codec.rtcp.RtcpReader;
import io.rist4j.codec.rtp.RtpHeader;
import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.ControlHandler;
import io.rist4j.core.time.SessionTime;
import io.rist4j.testkit.network.NetworkTap;
import io.rist4j.testkit.network.Route;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * What became of every packet, by its number in the input: taken from the input and the wire, not
 * from what the sessions say of themselves. Times are the receiver's but for the source times,
 * which are the sender's.
 */
final class PacketLedger implements NetworkTap {
    /** In {@link #firstArrivalNs}: no copy arrived. */
    static final long NEVER = SessionTime.NEVER;

    private static final int SEQUENCES = 65_536;

    final int packets;
    private final int firstSequence;
    private final int flowId;
    private final int paths;
    private final Endpoint[] senderAddresses;
    private final LongSupplier receiverNow;
    private final RequestCounter requestCounter = new RequestCounter();

    final long[] sourceNs;
    final long[] firstArrivalNs;

    /** As {@link #firstArrivalNs}, with copies that the receiver need not take. */
    final long[] cameNs;

    /** When the latest copy arrived, 0 when none did. */
    final long[] latestCopyNs;

    /** The highest number that had come when a packet came first. */
    final int[] newestBefore;

    /** The packet that came last, or -1. */
    int latest = -1;

    private int newest = -1;
    private boolean introduced;

    /** The packet of which the last datagram was the first copy that counts, or -1. */
    private int counted = -1;

    final short[] requests;
    final boolean[] delivered;
    final long[] dueNs;

    /** Packets taken from the input so far. */
    int sent;

    /**
     * The original that the receiver may have begun with, or -1: the first one that reached it, or
     * the highest one of those that reached it before it had to take any.
     */
    int firstArrived = -1;

    /** The highest number of which a copy reached the receiver, or -1. */
    int lastArrived = -1;

    long originalsOnWire;
    long retransmissionsOnWire;
    long mediaBytesOnWire;

    /** Payload bytes of the input. */
    long inputBytes;

    /** Payload bytes that were sent again on each path. */
    final long[] repeatedBytes;

    long requestDatagrams;
    long requestedPackets;

    /** A running digest of everything that was seen, in order. */
    long digest;

    private boolean receiverListens;

    /** The address that the last datagram made known, or -1. */
    private int introducing = -1;

    /** The packet that the last datagram was a copy of, or -1. */
    private int copied = -1;

    /** Whether it is the newest of all. */
    private boolean raised;

    /** The newest of those that the receiver kept until it had their key, and when it had it. */
    private int heldNewest = -1;

    /** The oldest of those that were kept lately, and until when they were. */
    private int heldOldest = -1;

    private long oldestUntilNs = NEVER;

    private long heldUntilNs = NEVER;

    /** Whether the sender has proved itself to the receiver from an address, where it has to. */
    private final boolean[] proved;

    /**
     * When the receiver knew an address of the sender: from its configuration, or because a report
     * came from there. Media from an unknown address may be a stranger's; it need not be taken.
     */
    private final long[] knownFromNs;

    PacketLedger(Scenario scenario, Endpoint[] senderAddresses, LongSupplier receiverNow) {
        packets = scenario.packets();
        firstSequence = scenario.firstSequence();
        flowId = scenario.flowId();
        paths = scenario.paths().size();
        repeatedBytes = new long[paths];
        this.senderAddresses = senderAddresses;
        this.receiverNow = receiverNow;
        knownFromNs = new long[senderAddresses.length];
        boolean isConfigured = scenario.contact() == Scenario.Contact.RECEIVER_DIALS;
        Arrays.fill(knownFromNs, isConfigured ? Long.MIN_VALUE : NEVER);
        proved = new boolean[senderAddresses.length];
        Arrays.fill(proved, !scenario.tunnel().protection().hasProof());
        sourceNs = new long[packets];
        firstArrivalNs = new long[packets];
        cameNs = new long[packets];
        newestBefore = new int[packets];
        latestCopyNs = new long[packets];
        requests = new short[packets];
        delivered = new boolean[packets];
        dueNs = new long[packets];
        Arrays.fill(firstArrivalNs, NEVER);
        Arrays.fill(cameNs, NEVER);
    }

    /** From now on the receiver hears what arrives. */
    void receiverStarted() {
        receiverListens = true;
    }

    void onInput(long sourceNs) {
        this.sourceNs[sent++] = sourceNs;
    }

    /**
     * The number of the packet with a sequence number, the one nearest to what the input has
     * reached, or -1.
     */
    int numberOf(long sequence, int near) {
        int distance = (short) (sequence - firstSequence - near);
        int number = near + distance;
        return number >= 0 && number < sent ? number : -1;
    }

    @Override
    public void onSent(long nowNs, Route route, ByteBuffer buffer, int at, int bytes, int copies) {
        digest = (digest * 31 + nowNs) * 31 + bytes;
        if (route.link() >= paths) {
            return; // a stranger's
        }
        if (indexOf(route.from()) >= 0) {
            if (isMedia(buffer, at, bytes)) {
                mediaBytesOnWire += bytes;
                if ((RtpHeader.ssrc(buffer, at) & 1) == 0) {
                    originalsOnWire++;
                } else {
                    retransmissionsOnWire++;
                    repeatedBytes[route.link()] += bytes - RtpHeader.FIXED_BYTES;
                }
            }
        } else if (indexOf(route.to()) >= 0 && RtpHeader.isRtcp(buffer, at, bytes)) {
            requestCounter.found = false;
            RtcpReader.read(buffer, at, bytes, requestCounter);
            requestDatagrams += requestCounter.found ? 1 : 0;
        }
    }

    @Override
    public void onArrived(long nowNs, Route route, ByteBuffer buffer, int at, int bytes) {
        digest = (digest * 31 + nowNs) * 31 + bytes;
        counted = -1;
        int address = receiverListens && route.link() < paths ? indexOf(route.from()) : -1;
        copied = -1;
        introducing = -1;
        raised = false;
        if (receiverNow.getAsLong() >= heldUntilNs) {
            newest = Math.max(newest, heldNewest);
            heldUntilNs = NEVER;
        }
        if (receiverNow.getAsLong() >= oldestUntilNs) {
            heldOldest = -1;
            oldestUntilNs = NEVER;
        }
        if (address < 0 || !proved[address]) {
            return;
        }
        if (RtpHeader.isRtcp(buffer, at, bytes) && knownFromNs[address] == NEVER) {
            knownFromNs[address] = receiverNow.getAsLong();
            introducing = address;
        }
        if (!isMedia(buffer, at, bytes)) {
            return;
        }
        int number = numberOf(RtpHeader.sequence(buffer, at), sent - 1);
        if (number < 0) {
            return;
        }
        latest = number;
        copied = number;
        latestCopyNs[number] = receiverNow.getAsLong();
        if (cameNs[number] == NEVER) {
            cameNs[number] = receiverNow.getAsLong();
            newestBefore[number] = newest;
            raised = number > newest;
            newest = Math.max(newest, number);
        }
        boolean original = (RtpHeader.ssrc(buffer, at) & 1) == 0;
        if (!introduced && original) {
            firstArrived = Math.max(firstArrived, number);
        }
        if (receiverNow.getAsLong() < knownFromNs[address]) {
            return;
        }
        introduced |= original;
        lastArrived = Math.max(lastArrived, number);
        if (firstArrivalNs[number] == NEVER) {
            firstArrivalNs[number] = receiverNow.getAsLong();
            counted = number;
        }
    }

    /** Which of the sender's addresses this is, or -1. */
    private int indexOf(Endpoint endpoint) {
        for (int i = 0; i < senderAddresses.length; i++) {
            if (senderAddresses[i].hasAddressOf(endpoint)) {
                return i;
            }
        }
        return -1;
    }

    private boolean isMedia(ByteBuffer buffer, int at, int bytes) {
        return bytes >= RtpHeader.FIXED_BYTES
                && !RtpHeader.isRtcp(buffer, at, bytes)
                && (RtpHeader.ssrc(buffer, at) & ~1) == flowId;
    }

    /**
     * The receiver took what came last for a stranger's: where many introduce themselves, it cannot
     * remember them all until they bring media.
     */
    void onForgotten() {
        if (counted >= 0) {
            firstArrivalNs[counted] = NEVER;
        }
    }

    /** The sender proved itself to the receiver from there. */
    void onProved(Endpoint from) {
        int address = indexOf(from);
        if (address >= 0) {
            proved[address] = true;
        }
    }

    /** Whether it has, or need not. */
    boolean isProved(Endpoint from) {
        int address = indexOf(from);
        return address >= 0 && proved[address];
    }

    /**
     * The receiver keeps what came last until it has its key.
     *
     * @param untilNs when it has it at the latest
     */
    void onHeld(long untilNs) {
        if (introducing >= 0) {
            knownFromNs[introducing] = untilNs;
        }
        if (copied >= 0) {
            latestCopyNs[copied] = untilNs;
        }
        if (copied >= 0) {
            heldOldest = heldOldest < 0 ? copied : Math.min(heldOldest, copied);
            oldestUntilNs = untilNs;
        }
        if (raised) {
            newest = newestBefore[copied];
            heldNewest = Math.max(heldNewest, copied);
            heldUntilNs = untilNs;
        }
        if (counted >= 0) {
            firstArrivalNs[counted] = untilNs;
        }
    }

    /**
     * The packet that a flow begins with which the receiver starts just now: the latest, or the
     * oldest of those that waited for their key; -1 when there is none.
     */
    int beginning() {
        return heldOldest < 0 ? latest : Math.min(latest, heldOldest);
    }

    /**
     * From when on the receiver could know that a packet had been sent before another one, for each
     * number: the first arrival of any later packet.
     */
    long[] knownNs() {
        long[] known = new long[packets];
        long earliest = NEVER;
        for (int i = sent - 1; i >= 0; i--) {
            known[i] = earliest;
            earliest = Math.min(earliest, firstArrivalNs[i]);
        }
        return known;
    }

    /** Counts what the receiver asks for. */
    private final class RequestCounter implements ControlHandler {
        boolean found;

        @Override
        public void onMissing(int mediaSsrc, long first, int additional) {
            found = true;
            for (int i = 0; i <= Math.min(additional, SEQUENCES / 2); i++) {
                int number = numberOf(first + i, sent - 1);
                if (number >= 0 && requests[number] < Short.MAX_VALUE) {
                    requests[number]++;
                }
                requestedPackets++;
            }
        }
    }
}
