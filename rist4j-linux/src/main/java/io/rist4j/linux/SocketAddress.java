package io.rist4j.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import io.rist4j.core.address.Endpoint;
import io.rist4j.net.EndpointCache;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Endpoints as the kernel's {@code sockaddr_in} and {@code sockaddr_in6}, in place.
 *
 * <pre>
 * sockaddr_in    family:2 port:2 address:4 zero:8
 * sockaddr_in6   family:2 port:2 flow:4 address:16 scope:4
 * </pre>
 */
final class SocketAddress {
    /** Room for either. */
    static final int BYTES = 28;

    static final int BYTES_IPV4 = 16;
    static final int BYTES_IPV6 = 28;

    private static final ValueLayout.OfShort PORT =
            JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt NET_INT =
            JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong NET_LONG =
            JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final long MAPPED = 0x0000_FFFF_0000_0000L;

    private SocketAddress() {}

    static int family(Endpoint endpoint) {
        return endpoint.isIpv4() ? Libc.AF_INET : Libc.AF_INET6;
    }

    /**
     * Writes an endpoint for a socket of that family; an IPv4 endpoint goes to an IPv6 socket in
     * its mapped form.
     *
     * @return the length; 0 when the socket cannot serve that endpoint
     */
    static int write(MemorySegment to, long at, Endpoint endpoint, int socketFamily) {
        if (socketFamily == Libc.AF_INET) {
            if (!endpoint.isIpv4()) {
                return 0;
            }
            to.set(JAVA_SHORT_UNALIGNED, at, (short) Libc.AF_INET);
            to.set(PORT, at + 2, (short) endpoint.port());
            to.set(NET_INT, at + 4, (int) endpoint.low());
            to.set(NET_LONG, at + 8, 0);
            return BYTES_IPV4;
        }
        to.set(JAVA_SHORT_UNALIGNED, at, (short) Libc.AF_INET6);
        to.set(PORT, at + 2, (short) endpoint.port());
        to.set(NET_INT, at + 4, 0);
        to.set(NET_LONG, at + 8, endpoint.high());
        to.set(NET_LONG, at + 16, endpoint.low());
        to.set(JAVA_INT_UNALIGNED, at + 24, endpoint.scope());
        return BYTES_IPV6;
    }

    static Endpoint read(MemorySegment from, long at, EndpointCache cache) {
        int port = from.get(PORT, at + 2) & 0xFFFF;
        if (from.get(JAVA_SHORT_UNALIGNED, at) == Libc.AF_INET) {
            return cache.get(0, MAPPED | (from.get(NET_INT, at + 4) & 0xFFFF_FFFFL), 0, port);
        }
        return cache.get(
                from.get(NET_LONG, at + 8),
                from.get(NET_LONG, at + 16),
                from.get(JAVA_INT_UNALIGNED, at + 24),
                port);
    }
}
