package io.rist4j;

import io.rist4j.core.address.Endpoint;
import io.rist4j.host.SocketOptions;
import io.rist4j.session.PathConfig;
import io.rist4j.session.PathConfig.Contact;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;

/** One path's configuration, as its settings make it one by one. */
final class PathDraft {
    private static final int SYSTEM_TTL = -1;

    int weight;
    int priority;
    int localPort;
    int multicastTtl = SYSTEM_TTL;
    boolean multicastLoopback;
    boolean fragments;
    @Nullable String networkInterface;
    @Nullable String multicastSource;

    /** With every setting of a path at its value or its default. */
    static PathDraft of(RistConfig config) {
        var draft = new PathDraft();
        Parameters.settings().forEach(parameter -> parameter.act(config.settings(), draft));
        return draft;
    }

    /**
     * The path as a session has it.
     *
     * @param endpoint of the peer, or the local one where it listens
     */
    PathConfig config(boolean listening, Endpoint endpoint) {
        return new PathConfig(
                listening ? Contact.LISTEN : Contact.DIAL,
                endpoint,
                listening ? endpoint : PathConfig.wildcardFor(endpoint).withPort(localPort),
                weight,
                priority);
    }

    /**
     * Its sockets.
     *
     * @param host as the URL has it
     * @param endpoint what that was found to be
     */
    SocketOptions sockets(String host, Endpoint endpoint) {
        return new SocketOptions(
                networkInterface,
                multicastSource == null ? null : source(multicastSource, host, endpoint),
                multicastTtl,
                multicastLoopback,
                fragments);
    }

    private static Endpoint source(String literal, String host, Endpoint endpoint) {
        InetAddress address = Hosts.address(literal);
        Endpoint source = Addresses.endpoint(address, 0);
        if (!endpoint.isMulticast() || source.isIpv4() != endpoint.isIpv4()) {
            throw new RistConfigException(
                    "source",
                    "source "
                            + address.getHostAddress()
                            + " needs a multicast group of its family; "
                            + host
                            + " is none");
        }
        return source;
    }
}
