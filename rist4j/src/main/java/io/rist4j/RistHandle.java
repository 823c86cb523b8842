package io.rist4j;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What senders and receivers have in common: a session that is open, knows whether a peer is there,
 * and is closed. Safe for use by several threads.
 *
 * <p>A session outlives silence: when its peer goes it waits for it to come back, and says so by
 * {@link RistEvent}s.
 *
 * <p>Handlers, listeners and decisions of the program are called on the network thread, which
 * serves other sessions too. What they throw is logged under {@code io.rist4j.handlers} and the
 * session goes on; one that throws a hundred times in a row is not called any more, which ends the
 * receiver whose packets it took. A call that takes 50 ms or more is logged there too. Defects of
 * this library that a datagram brings out are logged under {@code io.rist4j.faults}.
 *
 * <p>Events of a handle without a listener are logged under {@code io.rist4j.events}: what keeps
 * peers or packets away as warnings, peers that come and go as information, the rest for debugging;
 * each kind at most once in five seconds, with the number left out.
 */
public abstract sealed class RistHandle implements AutoCloseable
        permits RistSender, RistReceiver, RistMultiReceiver {
    /** The EtherType of IP packets, whatever their version. */
    public static final int IP = 0x0800;

    /** No out-of-band datagram is longer, in bytes: it fits one packet of a common network. */
    public static final int MAX_OUT_OF_BAND_BYTES = 1_460;

    private final HandleCore core;

    RistHandle(HandleCore core) {
        this.core = core;
    }

    final HandleCore core() {
        return core;
    }

    /** The settings of the session, with the secret that it was last changed to. */
    public final RistConfig config() {
        return core.settings().present();
    }

    /** The paths, as they were given. */
    public final List<RistUri> paths() {
        return core.plan().uris();
    }

    /**
     * The local address of the first path's media: where a listener is to be dialled, with the port
     * that the system chose for port 0. The wildcard address where it listens on every address.
     */
    public final InetSocketAddress localAddress() {
        return core.localAddresses().get(0);
    }

    /**
     * The local address of each socket, path after path; on the Simple profile two for each, media
     * and RTCP.
     */
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
     * @throws RistAuthenticationException instead, when one was there meanwhile, or up to ten
     *     seconds before, that could not be let in: {@link RistAuthenticationException#reason} of
     *     the last one
     * @throws RistNetworkThreadException on a network thread, unless a peer is there
     * @throws RistClosedException when the handle is closed
     * @throws java.io.InterruptedIOException when the thread is interrupted
     */
    public final void awaitConnected(Duration timeout) throws IOException {
        core.awaitConnected(timeout);
    }

    /**
     * Sends an out-of-band datagram to the peers of every path: not ordered, not repeated, and
     * encrypted where media is (TR-06-2:2022 §5.3.1). Only the Main profile has such a channel.
     *
     * @param etherType what it is: {@link #IP} for whole IP packets, which is also how libRIST
     *     carries its own data; not 0x88B5, 0x88B6, 0x888E or 0xCCE0, which are the tunnel's
     * @param datagram its remaining bytes, up to {@link #MAX_OUT_OF_BAND_BYTES}; its position moves
     *     behind them
     * @return to how many peers it left: none while nobody is there
     * @throws IllegalArgumentException when type or length cannot be
     * @throws RistClosedException when the handle is closed
     */
    public final int sendOutOfBand(int etherType, ByteBuffer datagram) throws IOException {
        int sent = OutOfBand.send(core, OutOfBand.EVERY_PATH, etherType, datagram);
        datagram.position(datagram.limit());
        return sent;
    }

    /**
     * The same on one path.
     *
     * @param path its number in the statistics
     * @param etherType as above
     * @param datagram as above
     * @return whether it left
     * @throws IOException as above
     */
    public final boolean sendOutOfBand(int path, int etherType, ByteBuffer datagram)
            throws IOException {
        boolean sent = OutOfBand.send(core, path, etherType, datagram) > 0;
        datagram.position(datagram.limit());
        return sent;
    }

    /**
     * Changes the pre-shared secret of a session that has one (TR-06-2:2022 §7.4). This end seals
     * under it from now on, and {@link #config()} has it. For ten seconds more it opens what comes
     * under the secret before as well, whoever sends it; after that nothing but what comes under
     * the new one, from peers that are there and from those to come. Of several changes within ten
     * seconds the last two secrets count.
     *
     * <p>Peers that are authenticated by EAP-SRP at this end are told the new one. Others, those
     * that were away meanwhile too, must be given it by hand within the ten seconds, or are cut;
     * libRIST's tools cannot change theirs.
     *
     * <p>Without a secret there is none to change, behind users alone either: there the keys of
     * each session come of its proof, and a caller that has none of its own uses its listener's,
     * which is changed there.
     *
     * @param secret 1..127 bytes in UTF-8, copied
     * @throws RistConfigException when it is out of range, or the session was opened without one
     * @throws RistClosedException when the handle is closed
     */
    public final void changeSecret(char[] secret) throws IOException {
        TunnelParameters.SECRET.kind().check("secret", RistSecret.of(secret));
        core.settings().requireSecret();
        core.end().checkOpen();
        core.settings().changeSecret(secret);
    }

    /**
     * The same without waiting, for handlers and listeners.
     *
     * @param secret as there, copied before this returns
     * @return completes on the network thread once this end seals under the new secret; with a
     *     {@link RistClosedException} when the handle is closed
     * @throws RistConfigException as there
     */
    public final CompletableFuture<@Nullable Void> changeSecretAsync(char[] secret) {
        TunnelParameters.SECRET.kind().check("secret", RistSecret.of(secret));
        core.settings().requireSecret();
        return core.settings().changeSecretLater(secret);
    }

    /**
     * Closes after an orderly end. A sender sends what is queued and goes on answering requests
     * until no peer can still ask for anything ({@link RistSender#close()} says when that is); a
     * receiver plays out what has arrived, which takes a recovery buffer at most. What a receiver
     * has put out by then can still be read. Waits for that, unless it is called on a network
     * thread; an interrupt ends the wait and closes at once.
     *
     * @param timeout how long at most; zero closes at once
     */
    public final void close(Duration timeout) {
        core.close(timeout);
    }

    /**
     * The same without waiting.
     *
     * @param timeout how long the end may take
     * @return completes on the network thread, with the end
     */
    public final CompletableFuture<@Nullable Void> closeAsync(Duration timeout) {
        return core.closeLater(timeout).copy();
    }

    /**
     * Now, on the clock of its network thread, that media times are told on: in ns since that
     * thread started. {@link RistPump#nowNs} is the same where the handle was given a pump.
     */
    public final long nowNs() {
        return core.pump().clock().nowNs();
    }

    /** What sends and receives its datagrams, and why that. */
    public final RistPortImplementation portImplementation() {
        return RistPump.implementation(core.pump());
    }

    /** What it is and how it stands, without secrets; for people, and open to change. */
    @Override
    public final String toString() {
        return getClass().getSimpleName() + "[" + core.describe() + "]";
    }

    /** Closes, as the subclass says. May be called again. */
    @Override
    public abstract void close();

    /** Closes at once and without waiting. */
    final void abort() {
        core.abort();
    }
}
