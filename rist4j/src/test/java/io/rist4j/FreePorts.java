package io.rist4j;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;

/** Finds ports for tests: pairs of UDP ports that are free at the moment. */
final class FreePorts {
    private FreePorts() {}

    /** An even port of the loopback interface that is free, as is the one after it. */
    static int evenPort() throws IOException {
        for (int tries = 0; tries < 200; tries++) {
            try (var even = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
                int port = even.getLocalPort();
                if (port % 2 == 0 && isFree(port + 1)) {
                    return port;
                }
            }
        }
        throw new IOException("no free pair of ports");
    }

    private static boolean isFree(int port) {
        try (var socket = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (SocketException taken) {
            return false;
        }
    }
}
