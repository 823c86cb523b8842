package io.rist4j.host;

import io.rist4j.core.address.Endpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;

/** How long packets towards a peer may be, as far as this host knows. Sends nothing. */
final class NetworkMtu {
    private NetworkMtu() {}

    /** MTU of the device that the route to a peer begins at, in bytes; 0 when it is not known. */
    static int towards(Endpoint peer) {
        try (var socket = new DatagramSocket()) {
            socket.connect(
                    new InetSocketAddress(
                            InetAddress.getByAddress(peer.addressBytes()), peer.port()));
            NetworkInterface device = NetworkInterface.getByInetAddress(socket.getLocalAddress());
            return device == null ? 0 : Math.max(0, device.getMTU());
        } catch (IOException | UncheckedIOException unknown) {
            return 0;
        }
    }
}
