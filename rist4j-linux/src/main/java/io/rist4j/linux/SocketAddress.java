package io.rist4j.linux;

import io.rist4j.core.address.Endpoint;
import io.rist4j.net.EndpointCache;

import java.nio.ByteBuffer;

/**
 * Endpoints as the kernel's {@code sockaddr_in} and {@code sockaddr_in6}, in place in buffers of
 * native order, which is little-endian here; address and port are in network order.
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
    static int write(ByteBuffer to, int at, Endpoint endpoint, int socketFamily) {
        if (socketFamily == Libc.AF_INET) {
            if (!endpoint.isIpv4()) {
                return 0;
            }
            to.putShort(at, (short) Libc.AF_INET);
            to.putShort(at + 2, Short.reverseBytes((short) endpoint.port()));
            to.putInt(at + 4, Integer.reverseBytes((int) endpoint.low()));
            to.putLong(at + 8, 0);
            return BYTES_IPV4;
        }
        to.putShort(at, (short) Libc.AF_INET6);
        to.putShort(at + 2, Short.reverseBytes((short) endpoint.port()));
        to.putInt(at + 4, 0);
        to.putLong(at + 8, Long.reverseBytes(endpoint.high()));
        to.putLong(at + 16, Long.reverseBytes(endpoint.low()));
        to.putInt(at + 24, endpoint.scope());
        return BYTES_IPV6;
    }

    static Endpoint read(ByteBuffer from, int at, EndpointCache cache) {
        int port = Short.reverseBytes(from.getShort(at + 2)) & 0xFFFF;
        if (from.getShort(at) == Libc.AF_INET) {
            long address = Integer.reverseBytes(from.getInt(at + 4)) & 0xFFFF_FFFFL;
            return cache.get(0, MAPPED | address, 0, port);
        }
        return cache.get(
                Long.reverseBytes(from.getLong(at + 8)),
                Long.reverseBytes(from.getLong(at + 16)),
                from.getInt(at + 24),
                port);
    }
}
