package io.rist4j.net.nio;

import io.rist4j.core.address.Endpoint;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Endpoints as the JDK's socket addresses, and back. */
final class SocketAddresses {
    private SocketAddresses() {}

    static InetSocketAddress of(Endpoint endpoint) {
        try {
            byte[] bytes = endpoint.addressBytes();
            InetAddress address =
                    bytes.length == 16 && endpoint.scope() != 0
                            ? Inet6Address.getByAddress(null, bytes, endpoint.scope())
                            : InetAddress.getByAddress(bytes);
            return new InetSocketAddress(address, endpoint.port());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address has 4 or 16 bytes", impossible);
        }
    }

    static Endpoint of(InetSocketAddress address) {
        InetAddress ip = address.getAddress();
        int scope = ip instanceof Inet6Address ip6 ? ip6.getScopeId() : 0;
        return Endpoint.ofBytes(ip.getAddress(), scope, address.getPort());
    }
}
