package io.rist4j.session;

import io.rist4j.codec.control.ControlMessage;
import io.rist4j.codec.control.KeepAlive;
import io.rist4j.codec.gre.Capability;
import io.rist4j.codec.gre.KeepAliveMemory;
import io.rist4j.core.time.SessionTime;
import io.rist4j.core.time.Wake;
import io.rist4j.session.link.Edition;

import org.jspecify.annotations.Nullable;

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
    private final KeepAlive alive;
    private final KeepAlive leaving;
    private final KeepAlive reconnecting;
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
        int flags = Capability.flags(CAPABILITIES);
        alive = new KeepAlive(macAddress, flags, KeepAlive.NO_EXTENSION, config.json());
        leaving = new KeepAlive(macAddress, flags | KeepAlive.DISCONNECT);
        reconnecting = new KeepAlive(macAddress, flags | KeepAlive.RECONNECT);
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
            outbox.say(nowNs, contact.path, alive, Edition.NEWEST);
        }
        for (int i = 0; i < BURST; i++) {
            outbox.say(nowNs, contact.path, alive);
        }
        contact.dueNs = nowNs + intervalNs;
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
        for (int row = 0; row < directory.end(); row++) {
            Contact contact = contact(row);
            if (contact != null && contact.dueNs <= nowNs) {
                serve(nowNs, contact);
            }
        }
    }

    private void serve(long nowNs, Contact contact) {
        Path path = contact.path;
        boolean hasShownNewest = path.link.hasShownNewest(nowNs);
        if (contact.sent++ < TRIES && !hasShownNewest) {
            outbox.say(nowNs, path, alive, Edition.NEWEST);
        }
        outbox.say(nowNs, path, alive);
        ControlMessage announcement = path.link.announcement(nowNs);
        if (announcement != null) {
            outbox.say(nowNs, path, announcement);
        }
        contact.farewells = 0;
        contact.dueNs = nowNs + intervalNs;
    }

    @Override
    public void onControl(long nowNs, Path path, ControlMessage message) {
        Contact contact = contact(path.row);
        if (contact != null && message instanceof KeepAlive heard) {
            onKeepAlive(nowNs, contact, heard);
        }
    }

    private void onKeepAlive(long nowNs, Contact contact, KeepAlive heard) {
        Path path = contact.path;
        if (heard.has(KeepAlive.DISCONNECT) && contact.farewells++ < FAREWELLS) {
            outbox.say(nowNs, path, leaving);
        }
        if (heard.has(KeepAlive.RECONNECT) && nowNs - contact.reconnectedNs >= RECONNECT_EVERY_NS) {
            contact.reconnectedNs = nowNs; // no addresses are negotiated: nothing to begin again
            outbox.say(nowNs, path, reconnecting);
        }
        boolean mayTell = nowNs - contact.toldNs >= NEWS_EVERY_NS;
        if (mayTell && contact.memory.onKeepAlive(heard)) {
            contact.toldNs = nowNs;
            sink.event(
                    new SessionEvent.PeerCapable(
                            path.row, Objects.requireNonNull(contact.memory.latest())));
        }
    }

    @Override
    public void farewell(long nowNs, Path path) {
        Contact contact = contact(path.row);
        if (contact != null) {
            outbox.say(nowNs, path, leaving);
            contact.dueNs = SessionTime.NEVER;
        }
    }
}
