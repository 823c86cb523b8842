package io.rist4j.host;

import io.rist4j.net.DatagramPort;
import io.rist4j.net.PortRefusals;
import io.rist4j.net.PortStats;

import java.util.EnumMap;
import java.util.Map;

/**
 * What the sockets of a session did, those that were replaced included, so that no number goes
 * back. Of the network thread.
 */
public final class SocketTotals {
    private final Map<PortRefusals.Kind, Long> refused = new EnumMap<>(PortRefusals.Kind.class);
    private long sent;
    private long sentBytes;
    private long sendCalls;
    private long received;
    private long receivedBytes;
    private long receiveCalls;
    private long receiveOverflows;
    private long offloadRefusals;
    private long oversizedArrivals;

    SocketTotals() {}

    /** The same numbers, to add to. */
    SocketTotals copy() {
        var copy = new SocketTotals();
        copy.refused.putAll(refused);
        copy.sent = sent;
        copy.sentBytes = sentBytes;
        copy.sendCalls = sendCalls;
        copy.received = received;
        copy.receivedBytes = receivedBytes;
        copy.receiveCalls = receiveCalls;
        copy.receiveOverflows = receiveOverflows;
        copy.offloadRefusals = offloadRefusals;
        copy.oversizedArrivals = oversizedArrivals;
        return copy;
    }

    void add(DatagramPort port) {
        PortStats stats = port.stats();
        sent += stats.datagramsSent();
        sentBytes += stats.bytesSent();
        sendCalls += stats.sendCalls();
        received += stats.datagramsReceived();
        receivedBytes += stats.bytesReceived();
        receiveCalls += stats.receiveCalls();
        for (PortRefusals.Kind kind : PortRefusals.Kind.values()) {
            long unused = refused.merge(kind, port.refusals().datagrams(kind), Long::sum);
        }
        receiveOverflows += stats.receiveOverflows();
        offloadRefusals += stats.offloadRefusals();
        oversizedArrivals += port.refusals().oversizedReceived();
    }

    /** Datagrams that the system accepted. */
    public long sent() {
        return sent;
    }

    /** Their payload bytes. */
    public long sentBytes() {
        return sentBytes;
    }

    /** System calls made for them. */
    public long sendCalls() {
        return sendCalls;
    }

    /** Payload bytes of the datagrams read. */
    public long receivedBytes() {
        return receivedBytes;
    }

    /** System calls made for them. */
    public long receiveCalls() {
        return receiveCalls;
    }

    /**
     * Datagrams that the system refused to send for a reason.
     *
     * @param kind the reason
     */
    public long refused(PortRefusals.Kind kind) {
        return refused.getOrDefault(kind, 0L);
    }

    /** Datagrams read. */
    public long received() {
        return received;
    }

    /** Datagrams that the system dropped because a socket's buffer was full, where it tells. */
    public long receiveOverflows() {
        return receiveOverflows;
    }

    /** Runs of datagrams that the system took one by one only. */
    public long offloadRefusals() {
        return offloadRefusals;
    }

    /** Datagrams that came and were too long to be handed over. */
    public long oversizedArrivals() {
        return oversizedArrivals;
    }
}
