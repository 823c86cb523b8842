package io.rist4j.net;

import io.rist4j.core.address.Endpoint;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.channels.DatagramChannel;
import java.util.List;

/** Finds network interfaces for multicast. */
public final class NetworkInterfaces {
    private static final int MOST_NAMED = 12;

    private NetworkInterfaces() {}

    /**
     * The interface that a user means.
     *
     * @param nameOrAddress its name, or one of its addresses as a literal
     * @throws IOException when there is none
     */
    public static NetworkInterface find(String nameOrAddress) throws IOException {
        NetworkInterface named = NetworkInterface.getByName(nameOrAddress);
        if (named == null && isAddressLiteral(nameOrAddress)) {
            named = NetworkInterface.getByInetAddress(InetAddress.getByName(nameOrAddress));
        }
        if (named == null) {
            throw new SocketException(
                    "miface "
                            + nameOrAddress
                            + " is no network interface of this host ("
                            + known()
                            + "), nor an address of one");
        }
        return named;
    }

    /** Some of those that there are: a host of containers may have hundreds. */
    private static String known() throws SocketException {
        List<String> names =
                NetworkInterface.networkInterfaces().map(NetworkInterface::getName).toList();
        return names.size() <= MOST_NAMED
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, MOST_NAMED)) + " and others";
    }

    /** So that a mistyped name is not looked up in the DNS. */
    private static boolean isAddressLiteral(String text) {
        return text.indexOf(':') >= 0 || text.matches("[0-9]+(\\.[0-9]+){3}");
    }

    /**
     * An IPv6 group of interface or link scope with the interface that it belongs to; any other
     * endpoint unchanged.
     *
     * @param endpoint with or without a scope
     * @param interfaceIndex the interface, 0 when none was chosen
     */
    public static Endpoint scoped(Endpoint endpoint, int interfaceIndex) {
        boolean needsScope =
                !endpoint.isIpv4() && endpoint.isMulticast() && (endpoint.high() >>> 48 & 0xF) <= 2;
        return needsScope && endpoint.scope() == 0
                ? Endpoint.of(endpoint.high(), endpoint.low(), interfaceIndex, endpoint.port())
                : endpoint;
    }

    /**
     * The interface that the system's routes choose for a destination. Sends nothing.
     *
     * @param destination a unicast or multicast address
     * @throws IOException when there is no route
     */
    public static NetworkInterface towards(InetSocketAddress destination) throws IOException {
        try (var channel = DatagramChannel.open()) {
            channel.connect(destination);
            NetworkInterface found =
                    channel.getLocalAddress() instanceof InetSocketAddress local
                            ? NetworkInterface.getByInetAddress(local.getAddress())
                            : null;
            if (found == null) {
                throw new SocketException("no route to " + destination);
            }
            return found;
        }
    }
}
