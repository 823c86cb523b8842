package io.rist4j.net;

import io.rist4j.core.address.Endpoint;

import org.jspecify.annotations.Nullable;

/**
 * What socket to open.
 *
 * @param local the address and port to bind; port 0 lets the system choose
 * @param group the multicast group to join, or null; its port is of no account. Where {@code local}
 *     is the group, the socket hears nothing else
 * @param networkInterface name or local address of the interface for multicast, joined and sent;
 *     null lets the system choose
 * @param multicastSource for a source-specific join, the only source to take; null takes any
 * @param multicastTtl time to live of outgoing multicast, 0..255; -1 leaves the system's default of
 *     1
 * @param multicastLoopback whether this host receives its own multicast
 * @param reuseAddress whether several sockets may bind the same group and port
 * @param receiveBufferBytes socket receive buffer to ask for
 * @param sendBufferBytes socket send buffer to ask for
 * @param dontFragment whether outgoing datagrams must not be fragmented
 */
public record PortSpec(
        Endpoint local,
        @Nullable Endpoint group,
        @Nullable String networkInterface,
        @Nullable Endpoint multicastSource,
        int multicastTtl,
        boolean multicastLoopback,
        boolean reuseAddress,
        int receiveBufferBytes,
        int sendBufferBytes,
        boolean dontFragment) {
    /**
     * Sixteen MiB. At 60 000 packets a second code that has just started falls 120 ms behind where
     * others want the same cores, which eight MiB hold only just; sixteen hold 240 ms. Memory is
     * used while something waits there. Systems grant less to whoever lacks the privilege: see
     * {@code net.core.rmem_max}.
     */
    public static final int DEFAULT_RECEIVE_BUFFER_BYTES = 16 << 20;

    /** Two MiB: a burst of 1500 datagrams. */
    public static final int DEFAULT_SEND_BUFFER_BYTES = 2 << 20;

    /**
     * A socket that joins a group when it is bound to one.
     *
     * @param local the address and port to bind; a multicast group here is joined
     * @param networkInterface name or local address of the interface for multicast; null lets the
     *     system choose
     * @param multicastSource the only source to take from the group; null takes any
     * @param multicastTtl time to live of outgoing multicast, 0..255; -1 leaves the system's
     *     default
     * @param multicastLoopback whether this host receives its own multicast
     * @param reuseAddress whether several sockets may bind the same group and port
     * @param receiveBufferBytes socket receive buffer to ask for
     * @param sendBufferBytes socket send buffer to ask for
     * @param dontFragment whether outgoing datagrams must not be fragmented
     */
    public PortSpec(
            Endpoint local,
            @Nullable String networkInterface,
            @Nullable Endpoint multicastSource,
            int multicastTtl,
            boolean multicastLoopback,
            boolean reuseAddress,
            int receiveBufferBytes,
            int sendBufferBytes,
            boolean dontFragment) {
        this(
                local,
                local.isMulticast() ? local : null,
                networkInterface,
                multicastSource,
                multicastTtl,
                multicastLoopback,
                reuseAddress,
                receiveBufferBytes,
                sendBufferBytes,
                dontFragment);
    }

    /**
     * A plain unicast socket with our defaults: don't-fragment, socket buffers of {@link
     * #DEFAULT_RECEIVE_BUFFER_BYTES} and {@link #DEFAULT_SEND_BUFFER_BYTES}.
     *
     * @param local the address and port to bind
     */
    public static PortSpec bind(Endpoint local) {
        return new PortSpec(
                local,
                null,
                null,
                -1,
                false,
                false,
                DEFAULT_RECEIVE_BUFFER_BYTES,
                DEFAULT_SEND_BUFFER_BYTES,
                true);
    }
}
