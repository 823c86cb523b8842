package io.rist4j;

import io.rist4j.net.DatagramPort;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Where a handle's paths are, as messages show them. Any thread may ask. */
final class HandlePlaces {
    private final List<RistUri> uris;
    private volatile List<InetSocketAddress> localAddresses = List.of();

    HandlePlaces(List<RistUri> uris) {
        this.uris = uris;
    }

    /** Notes which ports the system chose. */
    void note(Iterable<DatagramPort> ports) {
        var locals = new ArrayList<InetSocketAddress>();
        for (DatagramPort port : ports) {
            locals.add(Addresses.socketAddress(port.localEndpoint()));
        }
        localAddresses = List.copyOf(locals);
    }

    /** Of each socket, path after path; none before they are open. */
    List<InetSocketAddress> localAddresses() {
        return localAddresses;
    }

    /** {@code on HOST:PORT} or {@code to HOST:PORT} of each path, with a space before each. */
    String all() {
        var text = new StringBuilder();
        for (int path = 0; path < uris.size(); path++) {
            text.append(uris.get(path).isListening() ? " on " : " to ").append(hostAndPort(path));
        }
        return text.toString();
    }

    /** The same of the first path. */
    String first() {
        return (uris.get(0).isListening() ? " on " : " to ") + hostAndPort(0);
    }

    /** {@code on HOST:PORT} or {@code at HOST:PORT}: where a peer was to come. */
    String ofPeer() {
        return (uris.get(0).isListening() ? " on " : " at ") + hostAndPort(0);
    }

    private String hostAndPort(int path) {
        RistUri uri = uris.get(path);
        List<InetSocketAddress> locals = localAddresses;
        if (uri.port() != 0 || locals.isEmpty()) {
            return uri.hostAndPort();
        }
        int socketsOfPath = locals.size() / uris.size();
        return uri.hostAndPort(locals.get(path * socketsOfPath).getPort());
    }
}
