package io.rist4j.session;

import io.rist4j.codec.gre.Capability;
import io.rist4j.codec.gre.KeepAlive;
import io.rist4j.codec.gre.KeepAliveMemory;
import io.rist4j.core.time.SessionTime;
import io.rist4j.core.time.Wake;
import io.rist4j.session.guard.GreGuard;
import io.rist4j.session.link.GreLink;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * Keep-alive messages of every path: a burst at the start, one a second from then on, and the
 * disconnect and reconnect messages (TR-06-2:2022 §5.6).
 *
 * <p>Spec: a client begins with 3 to 10, then one in 1 to 10 s; the legacy framing until the peer
 * shows that it knows the new one, which is tried for a while (§10). libRIST 0.2.12: three of each
 * framing, then one a second; 0.2.7: none at all. Ours: as 0.2.12, and both framings for the first
 * ten seconds.
 */
final class KeepAlivePart implements SessionPart {
    private static final int BURST = 3;

    /** Keep-alives in both framings, while the peer has not shown the newest. */
    private static final int TRIES = 10;

    private static final int NEWEST = 2;

    /** Disconnect messages that answer one (§5.6.5). */
    private static final int FAREWELLS = 3;

    /**
     * A reconnect message is answered at most this often: answers look like requests, and two ends
     * must not go on answering each other.
     */
    private static final long RECONNECT_EVERY_NS = 10 * SessionTime.SECOND;

    /** A peer's news are told at most this often: JSON may come in several messages. */
    private static final long NEWS_EVERY_NS = 100 * SessionTime.MILLISECOND;

    private static final Set<Capability> CAPABILITIES =
            EnumSet.of(
                    Capability.BONDING,
                    Capability.SEAMLESS_SWITCHING,
                    Capability.NULL_PACKET_DELETION,
                    Capability.REDUCED_OVERHEAD,
                    Capability.JSON,
                    Capability.PASSPHRASE_CHANGE);

    private static final byte[] NO_JSON = {};

    /** What this part knows of one path. */
    private static final class Contact {
        final Path path;
        final KeepAliveMemory memory = new KeepAliveMemory();
        long dueNs;
        long toldNs = -NEWS_EVERY_NS;
        long reconnectedNs = -RECONNECT_EVERY_NS;
        int sent;
        int farewells;

        Contact(Path path) {
            this.path = path;
        }
    }

    private final PathDirectory directory;
    private final Outbox outbox;
    private final SessionSink sink;
    private final long macAddress;
    private final int flags;
    private final byte[] json;
    private final long intervalNs;
    private final @Nullable Contact[] contacts;

    KeepAlivePart(
            PathDirectory directory,
            Outbox outbox,
            SessionSink sink,
            TunnelConfig config,
            long macAddress) {
        this.directory = directory;
        this.outbox = outbox;
        this.sink = sink;
        this.macAddress = macAddress;
        flags = Capability.flags(CAPABILITIES);
        json = config.json().getBytes(StandardCharsets.UTF_8);
        intervalNs = config.keepAliveIntervalNs();
        contacts = new Contact[directory.capacity()];
    }

    /** What is known of the path in a row; rows change hands. */
    private @Nullable Contact contact(int row) {
        Path path = directory.row(row);
        if (path == null) {
            contacts[row] = null;
            return null;
        }
        Contact known = contacts[row];
        if (known == null || known.path != path) {
            known = new Contact(path);
            known.dueNs = SessionTime.NEVER;
            contacts[row] = known;
        }
        return known;
    }

    @Override
    public void start(long nowNs) {
        for (int row = 0; row < contacts.length; row++) {
            Contact contact = contact(row);
            if (contact != null) {
                greet(nowNs, contact, true);
            }
        }
    }

    @Override
    public void onRedialled(long nowNs, Path path) {
        Contact contact = contact(path.row);
        if (contact != null) {
            contact.sent = 0;
            greet(nowNs, contact, true);
        }
    }

    /** A peer whose address is not proven is greeted once it is: see {@link Path#mayDraw}. */
    @Override
    public void onPathUp(long nowNs, Path path) {
        Contact contact = contact(path.row);
        if (contact != null) {
            contact.dueNs = nowNs + intervalNs;
            if (path.isProven()) {
                greet(nowNs, contact, false);
            }
        }
    }

    @Override
    public void onPathProven(long nowNs, Path path) {
        Contact contact = contact(path.row);
        if (contact != null) {
            greet(nowNs, contact, false);
        }
    }

    private void greet(long nowNs, Contact contact, boolean asCaller) {
        for (int i = 0; i < BURST && asCaller; i++) {
            write(nowNs, contact.path, NEWEST, flags, json);
        }
        for (int i = 0; i < BURST; i++) {
            write(nowNs, contact.path, wire(contact.path).version(nowNs), flags, json);
        }
        contact.dueNs = nowNs + intervalNs;
    }

    private static GreLink wire(Path path) {
        return (GreLink) path.link;
    }

    private void write(long nowNs, Path path, int version, int withFlags, byte[] text) {
        int at = outbox.claimControl(path);
        if (at >= 0) {
            int bytes =
                    wire(path)
                            .writeKeepAlive(
                                    nowNs,
                                    outbox.buffer(path),
                                    at,
                                    version,
                                    macAddress,
                                    withFlags,
                                    text);
            outbox.commitControl(path, bytes);
        }
    }

    @Override
    public void wakes(Wake wake) {
        for (int row = 0; row < directory.end(); row++) {
            Contact contact = contacts[row];
            if (contact != null) {
                wake.at(contact.dueNs, intervalNs / 10, "keep-alive");
            }
        }
    }

    @Override
    public void onDeadline(long nowNs) {
        for (int row = 0; row < contacts.length; row++) {
            Contact contact = contact(row);
            if (contact != null && contact.dueNs <= nowNs) {
                serve(nowNs, contact);
            }
        }
    }

    private void serve(long nowNs, Contact contact) {
        int version = wire(contact.path).version(nowNs);
        if (contact.sent++ < TRIES && version < NEWEST) {
            write(nowNs, contact.path, NEWEST, flags, json);
        }
        write(nowNs, contact.path, version, flags, json);
        announceNonce(nowNs, contact.path);
        contact.farewells = 0;
        contact.dueNs = nowNs + intervalNs;
    }

    /** So that the peer has the key of the next rotation before the first packet under it. */
    private void announceNonce(long nowNs, Path path) {
        int nonce = wire(path).nextNonce(nowNs);
        int at = nonce == GreGuard.NO_NONCE ? -1 : outbox.claimControl(path);
        if (at >= 0) {
            outbox.commitControl(
                    path, wire(path).writeFutureNonce(nowNs, outbox.buffer(path), at, nonce));
        }
    }

    @Override
    public void onKeepAlive(
            long nowNs,
            Path path,
            long peerMacAddress,
            int peerFlags,
            int extension,
            ByteBuffer b,
            int jsonAt,
            int jsonBytes) {
        Contact contact = contact(path.row);
        if (contact == null) {
            return;
        }
        if ((peerFlags & KeepAlive.DISCONNECT) != 0 && contact.farewells++ < FAREWELLS) {
            write(nowNs, path, wire(path).version(nowNs), flags | KeepAlive.DISCONNECT, NO_JSON);
        }
        if ((peerFlags & KeepAlive.RECONNECT) != 0
                && nowNs - contact.reconnectedNs >= RECONNECT_EVERY_NS) {
            contact.reconnectedNs = nowNs; // no addresses are negotiated: nothing to begin again
            write(nowNs, path, wire(path).version(nowNs), flags | KeepAlive.RECONNECT, NO_JSON);
        }
        boolean mayTell = nowNs - contact.toldNs >= NEWS_EVERY_NS;
        if (mayTell
                && contact.memory.onKeepAlive(
                        peerMacAddress, peerFlags, extension, b, jsonAt, jsonBytes)) {
            contact.toldNs = nowNs;
            sink.event(
                    new SessionEvent.PeerCapable(
                            path.row, Objects.requireNonNull(contact.memory.latest())));
        }
    }

    @Override
    public void farewell(long nowNs) {
        for (int row = 0; row < contacts.length; row++) {
            Contact contact = contact(row);
            if (contact != null) {
                Path path = contact.path;
                write(
                        nowNs,
                        path,
                        wire(path).version(nowNs),
                        flags | KeepAlive.DISCONNECT,
                        NO_JSON);
                contact.dueNs = SessionTime.NEVER;
            }
        }
    }
}
