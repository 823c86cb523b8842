package io.rist4j;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * What senders and receivers have in common: a session that is open, knows whether a peer is there,
 * and is closed. Safe for use by several threads.
 *
 * <p>A session outlives silence: when its peer goes it waits for it to come back, and says so by
 * {@link RistEvent}s.
 */
public abstract sealed class RistHandle implements AutoCloseable permits RistSender, RistReceiver {
    private final HandleCore core;

    RistHandle(HandleCore core) {
        this.core = core;
    }

    final HandleCore core() {
        return core;
    }

    /** The settings of the session. */
    public final RistConfig config() {
        return core.plan().settings();
    }

    /** The paths, as they were given. */
    public final List<RistUri> paths() {
        return core.plan().uris();
    }

    /** The local address of each socket; on the Simple profile two for each path. */
    public final List<InetSocketAddress> localAddresses() {
        return core.localAddresses();
    }

    /** Whether a peer is there: heard, and not silent since for longer than the session timeout. */
    public final boolean isConnected() {
        return core.isConnected();
    }

    /** Whether it is not closed yet. */
    public final boolean isOpen() {
        return core.isOpen();
    }

    /**
     * Waits for a peer.
     *
     * @param timeout how long at most
     * @throws RistTimeoutException when none was heard in that time; the handle stays open
     * @throws RistClosedException when the handle is closed
     * @throws java.io.InterruptedIOException when the thread is interrupted
     */
    public final void awaitConnected(Duration timeout) throws IOException {
        core.awaitConnected(timeout);
    }

    /**
     * Closes after an orderly end. A sender sends what is queued and goes on answering requests
     * until no peer can still ask for anything, a receiver plays out what has arrived. What a
     * receiver has put out by then can still be read. Waits for that, unless it is called on the
     * network thread; an interrupt ends the wait and closes at once.
     *
     * @param timeout how long at most; zero closes at once
     */
    public final void close(Duration timeout) {
        core.close(timeout);
    }

    /** Closes, as the subclass says. May be called again. */
    @Override
    public abstract void close();

    /** Closes at once and without waiting. */
    final void abort() {
        core.abort();
    }
}
