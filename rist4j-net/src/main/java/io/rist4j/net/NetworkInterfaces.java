package io.rist4j.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.channels.DatagramChannel;

/** Finds network interfaces for multicast. */
public final class NetworkInterfaces {
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
                    "no network interface has the name or address " + nameOrAddress);
        }
        return named;
    }

    /** So that a mistyped name is not looked up in the DNS. */
    private static boolean isAddressLiteral(String text) {
        return text.indexOf(':') >= 0 || text.matches("[0-9]+(\\.[0-9]+){3}");
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
