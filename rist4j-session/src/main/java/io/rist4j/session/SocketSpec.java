package io.rist4j.session;

import io.rist4j.core.address.Endpoint;

import org.jspecify.annotations.Nullable;

import java.util.Set;

/**
 * One socket that a session needs; its host opens them in order and passes the index with every
 * datagram.
 *
 * @param path index of the configured path it serves; {@link #NO_PATH} once that was removed: there
 *     is no such socket then
 * @param roles what the path uses it for, at least one; unmodifiable. A path has one socket for
 *     each role
 * @param local what to bind: a configured address and port, or the wildcard of the family with port
 *     0
 * @param follows index of the socket whose bound port this one's must follow directly, or -1. Where
 *     that socket's port is chosen by the system, the host looks for a free pair
 * @param destination where the path dials to, or {@code local} when it listens: tells the host
 *     whether multicast options apply
 * @param group the multicast group to join, or null. Where {@code local} is the wildcard, the
 *     socket hears beside the group what is said to this host alone
 */
public record SocketSpec(
        int path,
        Set<SocketRole> roles,
        Endpoint local,
        int follows,
        Endpoint destination,
        @Nullable Endpoint group) {
    /** In place of a path: the socket belongs to none any more. */
    public static final int NO_PATH = -1;

    /** Both on one socket. */
    static final Set<SocketRole> MEDIA_AND_CONTROL = Set.of(SocketRole.MEDIA, SocketRole.CONTROL);

    /** Copies the roles. */
    public SocketSpec {
        roles = Set.copyOf(roles);
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("a socket of path " + path + " has no role");
        }
    }

    /** The same, behind so many other sockets. */
    SocketSpec after(int sockets) {
        int shifted = follows < 0 ? follows : follows + sockets;
        return new SocketSpec(path, roles, local, shifted, destination, group);
    }

    /** The same, of a path that is gone. */
    SocketSpec left() {
        return new SocketSpec(NO_PATH, roles, local, -1, destination, group);
    }

    /**
     * A socket that joins a group when it is bound to one.
     *
     * @param path index of the configured path it serves
     * @param roles what the path uses it for
     * @param local what to bind
     * @param follows index of the socket whose bound port this one's must follow, or -1
     * @param destination where the path dials to, or {@code local} when it listens
     */
    public SocketSpec(
            int path, Set<SocketRole> roles, Endpoint local, int follows, Endpoint destination) {
        this(path, roles, local, follows, destination, local.isMulticast() ? local : null);
    }
}
