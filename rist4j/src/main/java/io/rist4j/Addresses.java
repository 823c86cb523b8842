package io.rist4j;

import io.rist4j.core.address.Endpoint;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Addresses of the Java library as endpoints, and back. */
final class Addresses {
    private Addresses() {}

    static Endpoint endpoint(InetAddress address, int port) {
        int scope = address instanceof Inet6Address v6 ? v6.getScopeId() : 0;
        return Endpoint.ofBytes(address.getAddress(), scope, port);
    }

    static InetSocketAddress socketAddress(Endpoint endpoint) {
        try {
            byte[] bytes = endpoint.addressBytes();
            InetAddress address =
                    endpoint.scope() == 0
                            ? InetAddress.getByAddress(bytes)
                            : Inet6Address.getByAddress(null, bytes, endpoint.scope());
            return new InetSocketAddress(address, endpoint.port());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of 4 or 16 bytes was refused", e);
        }
    }
}
