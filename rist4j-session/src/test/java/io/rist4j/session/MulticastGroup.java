package io.rist4j.session;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.time.Wake;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * A sender that dials a group and the receivers that listen to it, in virtual time: what goes to
 * the group reaches every receiver, each after its own delay; everything else reaches whom it
 * names.
 */
final class MulticastGroup {
    static final Endpoint GROUP = Endpoint.ipv4(0xEF010101, 5_000);
    private static final int SENDER_ADDRESS = 0x0A000001;
    private static final int SENDER_PORT = 40_000;
    private static final long WALL_OFFSET_NS = 1_700_000_000_000_000_000L;

    /** Says whether a datagram is lost on its way to or from a receiver. */
    interface Loss {
        boolean drops(int receiver, boolean fromSender, RecordingSink.Datagram datagram);
    }

    /** What left an end; -1 is the sender. */
    record Seen(int end, RecordingSink.Datagram datagram) {}

    private record InFlight(
            long dueNs, int end, int socket, Endpoint from, RecordingSink.Datagram datagram) {}

    final RecordingSink senderSink = new RecordingSink();
    final Session sender =
            Session.assemble(
                    TwoEnds.config(Role.SENDER, "alice", PathConfig.dial(GROUP)),
                    new SessionIdentity(0x1000, 65_500, 0x2221),
                    senderSink);
    final List<RecordingSink> receiverSinks = new ArrayList<>();
    final List<Session> receivers = new ArrayList<>();
    final List<Seen> seen = new ArrayList<>();
    Loss loss = (receiver, fromSender, datagram) -> false;
    long nowNs;
    private final long[] delaysNs;
    private final PriorityQueue<InFlight> wire =
            new PriorityQueue<>(Comparator.comparingLong(InFlight::dueNs));

    /** One receiver for each delay. */
    MulticastGroup(long... delaysNs) {
        this.delaysNs = delaysNs.clone();
        for (int i = 0; i < delaysNs.length; i++) {
            var sink = new RecordingSink();
            receiverSinks.add(sink);
            receivers.add(
                    Session.assemble(
                            TwoEnds.config(Role.RECEIVER, "bob" + i, PathConfig.listen(GROUP)),
                            new SessionIdentity(0x4000, 65_500, 0x5551 + 2 * i),
                            sink));
        }
        sender.start(nowNs, WALL_OFFSET_NS);
        receivers.forEach(receiver -> receiver.start(nowNs, WALL_OFFSET_NS));
        collect();
    }

    /** Where a receiver sends from, and hears what is said to it alone. */
    static Endpoint addressOf(int receiver) {
        return Endpoint.ipv4(SENDER_ADDRESS + 1 + receiver, GROUP.port());
    }

    static Endpoint addressOfSender() {
        return Endpoint.ipv4(SENDER_ADDRESS, SENDER_PORT);
    }

    void send(int number) {
        ByteBuffer payload = ByteBuffer.allocate(188).putInt(0, number);
        sender.send(nowNs, nowNs, payload, 0, payload.limit());
        collect();
    }

    void runUntil(long untilNs) {
        while (true) {
            long nextNs = Wake.of(sender::wakes).deadlineNs();
            for (Session receiver : receivers) {
                nextNs = Math.min(nextNs, Wake.of(receiver::wakes).deadlineNs());
            }
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
            serve(sender);
            receivers.forEach(this::serve);
            collect();
        }
    }

    private void serve(Session session) {
        if (Wake.of(session::wakes).deadlineNs() <= nowNs) {
            session.onDeadline(nowNs);
        }
    }

    private void arrive(InFlight flight) {
        Session target = flight.end() < 0 ? sender : receivers.get(flight.end());
        target.onDatagram(
                nowNs,
                nowNs,
                flight.socket(),
                flight.from(),
                flight.datagram().bytes(),
                0,
                flight.datagram().length());
        collect();
    }

    private void collect() {
        for (RecordingSink.Datagram datagram : senderSink.take()) {
            seen.add(new Seen(-1, datagram));
            Endpoint from = addressOfSender().withPort(SENDER_PORT + datagram.socket());
            for (int i = 0; i < receivers.size(); i++) {
                boolean reaches =
                        datagram.to().hasAddressOf(GROUP)
                                || datagram.to().hasAddressOf(addressOf(i));
                if (reaches && !loss.drops(i, true, datagram)) {
                    int socket = datagram.to().port() - GROUP.port();
                    wire.add(new InFlight(nowNs + delaysNs[i], i, socket, from, datagram));
                }
            }
        }
        for (int i = 0; i < receivers.size(); i++) {
            for (RecordingSink.Datagram datagram : receiverSinks.get(i).take()) {
                seen.add(new Seen(i, datagram));
                boolean reaches = datagram.to().hasAddressOf(addressOfSender());
                if (reaches && !loss.drops(i, false, datagram)) {
                    int socket = datagram.to().port() - SENDER_PORT;
                    Endpoint from = addressOf(i).withPort(GROUP.port() + datagram.socket());
                    wire.add(new InFlight(nowNs + delaysNs[i], -1, socket, from, datagram));
                }
            }
        }
    }
}
