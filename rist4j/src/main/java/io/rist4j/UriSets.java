package io.rist4j;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Turns the arguments of {@code dial} and {@code listen} into paths. */
final class UriSets {
    private UriSets() {}

    static List<RistUri> parse(String... uris) {
        return Arrays.stream(uris).map(RistUri::parse).toList();
    }

    static List<RistUri> of(boolean listening, RistConfig config, InetSocketAddress... addresses) {
        var uris = new ArrayList<RistUri>();
        for (InetSocketAddress address : addresses) {
            String host =
                    address.getAddress() == null
                            ? address.getHostString()
                            : address.getAddress().getHostAddress();
            uris.add(RistUri.of(listening, host, address.getPort(), config));
        }
        return uris;
    }

    /** Refuses URLs that dial where they should listen, and the other way round. */
    static List<RistUri> require(boolean listening, List<RistUri> uris) {
        for (RistUri uri : uris) {
            if (uri.isListening() != listening) {
                throw new RistConfigException(
                        "host",
                        listening
                                ? uri.hostAndPort()
                                        + " is dialled; to listen write rist://@"
                                        + uri.hostAndPort()
                                : "rist://@"
                                        + uri.hostAndPort()
                                        + " listens; to dial leave the @ away");
            }
        }
        return uris;
    }
}
