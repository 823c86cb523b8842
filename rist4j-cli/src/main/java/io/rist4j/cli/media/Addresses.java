package io.rist4j.cli.media;

import io.rist4j.core.address.Endpoint;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** From host names to addresses. */
final class Addresses {
    static Endpoint resolve(String host, int port) throws IOException {
        try {
            InetAddress address = InetAddress.getByName(host);
            int scope = address instanceof Inet6Address six ? six.getScopeId() : 0;
            return Endpoint.ofBytes(address.getAddress(), scope, port);
        } catch (UnknownHostException e) {
            throw new IOException("unknown host " + host, e);
        }
    }

    /** Every local address of the family of {@code peer}, any port. */
    static Endpoint wildcardFor(Endpoint peer) {
        return peer.isIpv4() ? Endpoint.ipv4(0, 0) : Endpoint.of(0, 0, 0, 0);
    }

    private Addresses() {}
}
