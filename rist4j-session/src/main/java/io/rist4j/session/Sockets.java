package io.rist4j.session;

import java.util.List;

/** The sockets of a session: which path each serves, and what for. */
final class Sockets {
    private final List<SocketSpec> specs;

    /**
     * Of a session.
     *
     * @param specs in the order in which the host opens them
     */
    Sockets(List<SocketSpec> specs) {
        this.specs = List.copyOf(specs);
    }

    List<SocketSpec> specs() {
        return specs;
    }

    /** Index of the configured path that a socket serves. */
    int pathOf(int socket) {
        return specs.get(socket).path();
    }

    /** Index of the socket that a configured path has for a role. */
    int of(int path, SocketRole role) {
        for (int socket = 0; socket < specs.size(); socket++) {
            SocketSpec spec = specs.get(socket);
            if (spec.path() == path && spec.roles().contains(role)) {
                return socket;
            }
        }
        throw new IllegalStateException("path " + path + " has no socket for " + role);
    }
}
