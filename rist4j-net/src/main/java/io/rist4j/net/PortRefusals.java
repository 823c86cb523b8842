package io.rist4j.net;

import io.rist4j.core.address.Endpoint;

import java.util.Arrays;

/**
 * What the system refused to send or could not hand over at one port, by reason. Counts only grow.
 * Of the port's thread. Allocation-free.
 */
public final class PortRefusals {
    /** Why a datagram did not leave. */
    public enum Kind {
        /** Longer than the network takes, and not to be fragmented (EMSGSIZE). */
        TOO_LARGE,
        /** No route, or the network is down (ENETUNREACH, EHOSTUNREACH, ENETDOWN, EHOSTDOWN). */
        UNREACHABLE,
        /** The peer's host answered that nobody is there (ECONNREFUSED). */
        CONNECTION_REFUSED,
        /** The socket's or the system's memory was full (EAGAIN, ENOBUFS). */
        NO_ROOM,
        /** A filter, or a missing privilege (EPERM, EACCES). */
        NOT_PERMITTED,
        /** Anything else. */
        OTHER
    }

    private static final int KINDS = Kind.values().length;

    private final long[] datagrams = new long[KINDS];
    private final int[] bytes = new int[KINDS];
    private final Endpoint[] destinations = new Endpoint[KINDS];
    private long oversizedReceived;

    /** Nothing was refused yet. */
    public PortRefusals() {
        Arrays.fill(destinations, Endpoint.ipv4(0, 0));
    }

    /**
     * Counts.
     *
     * @param kind why
     * @param refused how many datagrams
     * @param bytesOfEach their length
     * @param to their destination
     */
    public void count(Kind kind, int refused, int bytesOfEach, Endpoint to) {
        int at = place(kind);
        datagrams[at] += refused;
        bytes[at] = bytesOfEach;
        destinations[at] = to;
    }

    @SuppressWarnings("EnumOrdinal") // an index that never leaves this object
    private static int place(Kind kind) {
        return kind.ordinal();
    }

    /** Counts a datagram that came and was longer than {@link DatagramPort#MAX_DATAGRAM_BYTES}. */
    public void countOversized() {
        oversizedReceived++;
    }

    /**
     * Datagrams refused for a reason.
     *
     * @param kind the reason
     */
    public long datagrams(Kind kind) {
        return datagrams[place(kind)];
    }

    /**
     * Length of the last datagram refused for a reason; 0 when there was none.
     *
     * @param kind the reason
     */
    public int lastBytes(Kind kind) {
        return bytes[place(kind)];
    }

    /**
     * Where the last datagram refused for a reason was to go.
     *
     * @param kind the reason
     */
    public Endpoint lastDestination(Kind kind) {
        return destinations[place(kind)];
    }

    /** Datagrams that came and were too long to be handed over. */
    public long oversizedReceived() {
        return oversizedReceived;
    }
}
