package io.rist4j.session;

import io.rist4j.core.address.Endpoint;

import java.util.List;

/** What a profile brings to a session: its sockets, its wires and how a peer's addresses relate. */
interface ProfileKit {
    /** How many sockets serve one path: media is the first, control the last. */
    int socketsPerPath();

    /** Appends the sockets of one configured path. */
    void addSockets(int path, PathConfig config, Role role, List<SocketSpec> sockets);

    /** A wire for one path. */
    PathWire newWire();

    /** Where a peer takes control when it takes media at {@code media}. */
    Endpoint controlOf(Endpoint media);

    /** Where a peer takes media when its control comes from {@code control}. */
    Endpoint mediaOf(Endpoint control);
}
