package io.rist4j.session;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.Verdict;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.session.link.PathLink;

import java.nio.ByteBuffer;
import java.util.List;

/** What a profile brings to a session: its sockets, its links and how a peer's addresses relate. */
interface ProfileKit {
    /**
     * A configured path comes: at the beginning, or while the session runs.
     *
     * @throws IllegalArgumentException when the profile cannot do what it asks; the message names
     *     field, value and range
     */
    void addPath(int path, PathConfig config);

    /** It goes: its secrets are overwritten. */
    default void removePath(int path) {}

    /** Appends the sockets of one configured path, as if they were the only ones. */
    void addSockets(int path, PathConfig config, Role role, List<SocketSpec> sockets);

    /** The link of a path to a configured peer. */
    PathLink dialled(int configured, PathVoice voice);

    /** The link of a path to a peer that came by itself to a configured one. */
    PathLink learned(int configured, Endpoint from, PathVoice voice);

    /**
     * Whether what a stranger's first datagrams leave behind (keys, an authentication under way)
     * goes over to its path: then it has a link of its own from the first one on, otherwise all
     * strangers share one.
     */
    boolean remembersNewcomers();

    /**
     * Whether a stranger's datagram is worth a place at the door: {@link Verdict#OK}, or why not.
     */
    default Verdict looksAt(int configured, ByteBuffer b, int at, int bytes) {
        return Verdict.OK;
    }

    /** A stranger's datagram came. Returns whether his network was heard before. */
    default boolean onStranger(long nowNs, int configured, Endpoint from) {
        return false;
    }

    /** Where a peer takes control when it takes media at {@code media}. */
    Endpoint controlOf(Endpoint media);

    /** Where a peer takes media when its control comes from {@code control}. */
    Endpoint mediaOf(Endpoint control);

    /** Whether datagrams of other protocols have a place beside the media. */
    boolean carriesOutOfBand();

    /** Duties that only this profile has, in the order in which they are served. */
    List<SessionPart> parts(PathDirectory directory, FlowEnd end, Outbox outbox, SessionSink sink);

    /** Peers that come from now on have another secret, where they have the session's. */
    default void changeSecret(long nowNs, Passphrase secret) {}

    /** The session ends: secrets are overwritten. */
    void close();
}
