package io.rist4j.session;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The sockets of a session: which path each serves, and what for. The index of one that is gone is
 * given out again.
 */
final class Sockets {
    private final List<SocketSpec> specs = new ArrayList<>();
    private final List<SocketSpec> view = Collections.unmodifiableList(specs);

    /**
     * Adds those of one path, next to each other.
     *
     * @param ofPath as if they were the only ones
     */
    void add(List<SocketSpec> ofPath) {
        int first = free(ofPath.size());
        for (int i = 0; i < ofPath.size(); i++) {
            SocketSpec spec = ofPath.get(i).after(first);
            if (first + i < specs.size()) {
                specs.set(first + i, spec);
            } else {
                specs.add(spec);
            }
        }
    }

    private int free(int count) {
        int run = 0;
        for (int socket = 0; socket < specs.size(); socket++) {
            run = pathOf(socket) == SocketSpec.NO_PATH ? run + 1 : 0;
            if (run == count) {
                return socket + 1 - count;
            }
        }
        return specs.size() - run;
    }

    /** A path is gone, and its sockets with it. */
    void remove(int path) {
        specs.replaceAll(spec -> spec.path() == path ? spec.left() : spec);
    }

    /** All of them, in order; changes with them. */
    List<SocketSpec> specs() {
        return view;
    }

    /** Index of the configured path that a socket serves, or {@link SocketSpec#NO_PATH}. */
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
