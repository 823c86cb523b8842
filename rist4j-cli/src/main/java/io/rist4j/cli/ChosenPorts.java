package io.rist4j.cli;

import io.rist4j.RistHandle;
import io.rist4j.RistUri;
import io.rist4j.cli.media.NetworkInput;
import io.rist4j.cli.view.LogLevel;
import io.rist4j.cli.view.Screen;

import java.net.InetSocketAddress;
import java.util.List;

/** Says which ports the system chose, where a URL or an option has port 0. */
final class ChosenPorts {
    private ChosenPorts() {}

    /** Says it of every path that listens on port 0, one after the other. */
    static void tell(Screen screen, RistHandle handle) {
        List<RistUri> paths = handle.paths();
        List<InetSocketAddress> locals = handle.localAddresses();
        int socketsOfPath = locals.size() / paths.size();
        for (int path = 0; path < paths.size(); path++) {
            RistUri uri = paths.get(path);
            if (uri.port() == 0) {
                String address = uri.toString().split("\\?", 2)[0];
                tell(screen, address, HostPort.text(locals.get(path * socketsOfPath)));
            }
        }
    }

    /** Says it of an input from the network. */
    static void tell(Screen screen, NetworkInput input) {
        if (input.url().port() == 0) {
            tell(screen, input.url().toString(), input.localEndpoint().toString());
        }
    }

    /**
     * Says it of one socket.
     *
     * @param given the address with port 0
     * @param local the one that it became
     */
    static void tell(Screen screen, String given, String local) {
        screen.log(LogLevel.INFO, given + " listens on " + local);
    }
}
