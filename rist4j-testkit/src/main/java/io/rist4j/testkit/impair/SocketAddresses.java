package io.rist4j.testkit.impair;

import io.rist4j.core.address.Endpoint;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Java's socket addresses and our endpoints, both ways. */
final class SocketAddresses {
    private static final byte[] IPV4_LOOPBACK = {127, 0, 0, 1};
    private static final byte[] IPV6_LOOPBACK = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    static Endpoint of(InetSocketAddress address) {
        InetAddress ip = address.getAddress();
        int scope = ip instanceof Inet6Address six ? six.getScopeId() : 0;
        return Endpoint.ofBytes(ip.getAddress(), scope, address.getPort());
    }

    static InetSocketAddress of(Endpoint endpoint) throws IOException {
        return new InetSocketAddress(
                InetAddress.getByAddress(endpoint.addressBytes()), endpoint.port());
    }

    /** The loopback address of a target's family, port 0. */
    static InetSocketAddress anyLoopbackPort(InetSocketAddress target) throws IOException {
        boolean six = target.getAddress() instanceof Inet6Address;
        return new InetSocketAddress(
                InetAddress.getByAddress(six ? IPV6_LOOPBACK : IPV4_LOOPBACK), 0);
    }

    /** From where a target is reached: the loopback address from itself, any other from any. */
    static Endpoint anyPortTowards(InetSocketAddress target) {
        byte[] address = target.getAddress().getAddress();
        return Endpoint.ofBytes(
                target.getAddress().isLoopbackAddress() ? address : new byte[address.length], 0, 0);
    }

    private SocketAddresses() {}
}
