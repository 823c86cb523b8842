package io.rist4j.session;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.time.Wake;
import io.rist4j.crypto.host.Worker;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Random;

/**
 * A dialling and a listening session on a wire with a fixed delay, in virtual time. Ports: the
 * listener's are the configured ones, the dialler's {@code FIRST_PORT} and following, one for each
 * socket.
 */
final class TwoEnds {
    static final long MS = 1_000_000;
    static final int FIRST_PORT = 40_000;
    static final Endpoint LISTENER = Endpoint.ipv4(0x7F000001, 5_000);
    static final Endpoint DIALLER = Endpoint.ipv4(0x7F000001, FIRST_PORT);

    /** Says whether a datagram is lost on its way. */
    interface Loss {
        boolean drops(boolean fromDialler, RecordingSink.Datagram datagram);
    }

    private record InFlight(long dueNs, boolean fromDialler, RecordingSink.Datagram datagram) {}

    final RecordingSink diallerSink = new RecordingSink();
    final RecordingSink listenerSink = new RecordingSink();
    final Session dialler;
    final Session listener;
    Loss loss = (fromDialler, datagram) -> false;
    long delayNs = 25 * MS;
    long nowNs;
    private final ArrayDeque<InFlight> wire = new ArrayDeque<>();

    TwoEnds(Role diallerRole) {
        this(diallerRole, SessionConfig.DEFAULT_REPORT_INTERVAL_NS);
    }

    TwoEnds(Role diallerRole, long reportIntervalNs) {
        Role listenerRole = MainNet.other(diallerRole);
        dialler =
                Session.assemble(
                        config(diallerRole, "alice", PathConfig.dial(LISTENER)),
                        new SessionIdentity(0x1000, 65_500, 0x2221),
                        diallerSink);
        listener =
                Session.assemble(
                        config(listenerRole, "bob", PathConfig.listen(LISTENER)),
                        new SessionIdentity(0x4000, 65_500, 0x5551),
                        listenerSink);
    }

    /**
     * Two ends as configured; the listener's services are seeded apart from the dialler's.
     *
     * @param dialling what the dialler is
     * @param listening what the listener is
     */
    TwoEnds(SessionConfig dialling, SessionConfig listening) {
        this(dialling, listening, 65_500);
    }

    /** The same with another first sequence number of the dialler. */
    TwoEnds(SessionConfig dialling, SessionConfig listening, long firstSequence) {
        dialler =
                Session.assemble(
                        dialling,
                        new SessionIdentity(0x1000, firstSequence, 0x2221),
                        services(1),
                        diallerSink);
        listener =
                Session.assemble(
                        listening,
                        new SessionIdentity(0x4000, 65_500, 0x5551),
                        services(2),
                        listenerSink);
    }

    static SessionServices services(int seed) {
        return new SessionServices(
                Worker.inline(),
                new Random(seed)::nextBytes,
                SessionServices.Admission.everybody());
    }

    static SessionConfig config(Role role, String name, PathConfig path) {
        return SessionConfig.of(Profile.SIMPLE, role, name, List.of(path));
    }

    void start() {
        dialler.start(nowNs, 1_700_000_000_000_000_000L);
        listener.start(nowNs, 1_700_000_000_000_000_000L);
        collect();
    }

    Session sender() {
        return dialler.config().role() == Role.SENDER ? dialler : listener;
    }

    Session receiver() {
        return dialler.config().role() == Role.SENDER ? listener : dialler;
    }

    RecordingSink receiverSink() {
        return dialler.config().role() == Role.SENDER ? listenerSink : diallerSink;
    }

    void send(ByteBuffer payload) {
        sender().send(nowNs, nowNs, payload, 0, payload.limit());
        collect();
    }

    /** Lets time pass, serving deadlines and arrivals in order. */
    void runUntil(long untilNs) {
        while (true) {
            long nextNs =
                    Math.min(
                            Wake.of(dialler::wakes).deadlineNs(),
                            Wake.of(listener::wakes).deadlineNs());
            InFlight first = wire.peek();
            if (first != null) {
                nextNs = Math.min(nextNs, first.dueNs());
            }
            if (nextNs > untilNs) {
                nowNs = untilNs;
                return;
            }
            nowNs = Math.max(nowNs, nextNs);
            while (wire.peek() != null && wire.element().dueNs() <= nowNs) {
                arrive(wire.remove());
            }
            serve(dialler);
            serve(listener);
            collect();
        }
    }

    private void serve(Session session) {
        if (Wake.of(session::wakes).deadlineNs() <= nowNs) {
            session.onDeadline(nowNs);
        }
    }

    private void arrive(InFlight flight) {
        RecordingSink.Datagram datagram = flight.datagram();
        Session target = flight.fromDialler() ? listener : dialler;
        int socket =
                flight.fromDialler()
                        ? datagram.to().port() - LISTENER.port()
                        : datagram.to().port() - FIRST_PORT;
        if (socket < 0 || socket >= target.sockets().size()) {
            return; // to somebody that this wire does not reach
        }
        Endpoint from =
                flight.fromDialler()
                        ? DIALLER.withPort(FIRST_PORT + datagram.socket())
                        : LISTENER.withPort(LISTENER.port() + datagram.socket());
        target.onDatagram(nowNs, nowNs, socket, from, datagram.bytes(), 0, datagram.length());
        collect();
    }

    /** Puts what a session was made to send onto the wire. */
    void flush() {
        collect();
    }

    private void collect() {
        collect(diallerSink, true);
        collect(listenerSink, false);
    }

    private void collect(RecordingSink sink, boolean fromDialler) {
        for (RecordingSink.Datagram datagram : sink.take()) {
            seen.add(new Seen(nowNs, fromDialler, datagram));
            if (!loss.drops(fromDialler, datagram)) {
                wire.add(new InFlight(nowNs + delayNs, fromDialler, datagram));
            }
        }
    }

    record Seen(long atNs, boolean fromDialler, RecordingSink.Datagram datagram) {}

    final java.util.ArrayList<Seen> seen = new java.util.ArrayList<>();
}
