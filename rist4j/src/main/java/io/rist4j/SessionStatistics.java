package io.rist4j;

import io.rist4j.RistStatistic.Unit;
import io.rist4j.core.message.Verdict;
import io.rist4j.host.SessionHost;
import io.rist4j.host.SocketTotals;
import io.rist4j.net.PortRefusals;
import io.rist4j.session.SessionCounters;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The numbers of a whole session and its sockets, which senders and receivers have alike. */
final class SessionStatistics {
    /** What was not refused, or was refused as a packet of media, whose counts tell more. */
    private static final Set<Verdict> ELSEWHERE =
            EnumSet.of(
                    Verdict.OK,
                    Verdict.HANDSHAKE,
                    Verdict.HELD,
                    Verdict.FOREIGN_FLOW,
                    Verdict.DUPLICATE,
                    Verdict.LATE);

    /** Datagrams that make no sense on this profile, whoever sent them. */
    private static final Set<Verdict> UNREADABLE =
            EnumSet.of(Verdict.TRUNCATED, Verdict.BAD_LENGTH, Verdict.BAD_VERSION, Verdict.UNKNOWN);

    /** Datagrams that were of no use and of no flow besides. */
    private static final Set<Verdict> OF_NO_USE = EnumSet.of(Verdict.MISPLACED, Verdict.STRANGER);

    /**
     * What the numbers of a session are read from.
     *
     * @param session what it counts
     * @param sockets what its sockets count
     * @param faults datagrams that threw
     */
    record Source(SessionCounters session, SocketTotals sockets, long faults) {
        /** As they are now. On the network thread, or when the session has ended. */
        static Source of(HandleCore core) {
            SessionHost host = core.host();
            return new Source(
                    host.session().counters(), host.socketTotals(), host.faults().faults());
        }
    }

    final RistStatistic controlSentPackets;
    final RistStatistic controlReceivedPackets;
    private final List<RistStatistic> unreadable = new ArrayList<>();
    private final List<RistStatistic> ofNoUse = new ArrayList<>();

    /** Adds them to a table. */
    <S> SessionStatistics(StatisticTable<S> table, Function<S, Source> session) {
        controlSentPackets =
                table.ofSession(
                        "control_sent_packets",
                        Map.of(),
                        Unit.DATAGRAMS,
                        "Control datagrams sent, requests included",
                        s -> session.apply(s).session().controlDatagramsSent);
        table.ofSession(
                "control_sent_bytes",
                Map.of(),
                Unit.BYTES,
                "Bytes of the control datagrams sent",
                s -> session.apply(s).session().controlBytesSent);
        controlReceivedPackets =
                table.ofSession(
                        "control_received_packets",
                        Map.of(),
                        Unit.DATAGRAMS,
                        "Control datagrams accepted",
                        s -> session.apply(s).session().controlDatagramsReceived);
        table.ofSession(
                "out_of_band_sent",
                Map.of(),
                Unit.DATAGRAMS,
                "Out-of-band datagrams sent",
                s -> session.apply(s).session().outOfBandSent);
        table.ofSession(
                "out_of_band_received",
                Map.of(),
                Unit.DATAGRAMS,
                "Out-of-band datagrams accepted",
                s -> session.apply(s).session().outOfBandReceived);
        table.ofSession(
                "unsayable_messages",
                Map.of(),
                Unit.NONE,
                "Control messages that a path's link has no words for",
                s -> session.apply(s).session().unsayable);
        for (Verdict verdict : EnumSet.complementOf(EnumSet.copyOf(ELSEWHERE))) {
            RistStatistic row =
                    table.ofSession(
                            "refused_datagrams",
                            Map.of("reason", verdict.name().toLowerCase(Locale.ROOT)),
                            Unit.DATAGRAMS,
                            "Datagrams that were refused, by reason",
                            s -> session.apply(s).session().datagrams(verdict));
            if (UNREADABLE.contains(verdict)) {
                unreadable.add(row);
            } else if (OF_NO_USE.contains(verdict)) {
                ofNoUse.add(row);
            }
        }
        socket(
                table,
                session,
                "socket_sent_datagrams",
                Unit.DATAGRAMS,
                "Datagrams that the system accepted",
                SocketTotals::sent);
        socket(
                table,
                session,
                "socket_sent_bytes",
                Unit.BYTES,
                "Bytes of the datagrams that the system accepted",
                SocketTotals::sentBytes);
        socket(
                table,
                session,
                "socket_send_calls",
                Unit.NONE,
                "System calls made to send",
                SocketTotals::sendCalls);
        socket(
                table,
                session,
                "socket_received_datagrams",
                Unit.DATAGRAMS,
                "Datagrams read from the sockets",
                SocketTotals::received);
        socket(
                table,
                session,
                "socket_received_bytes",
                Unit.BYTES,
                "Bytes of the datagrams read from the sockets",
                SocketTotals::receivedBytes);
        socket(
                table,
                session,
                "socket_receive_calls",
                Unit.NONE,
                "System calls made to receive",
                SocketTotals::receiveCalls);
        for (PortRefusals.Kind kind : PortRefusals.Kind.values()) {
            table.ofSession(
                    "socket_refused_datagrams",
                    Map.of("reason", kind.name().toLowerCase(Locale.ROOT)),
                    Unit.DATAGRAMS,
                    "Datagrams that the system refused to send, by reason",
                    s -> session.apply(s).sockets().refused(kind));
        }
        socket(
                table,
                session,
                "socket_receive_overflows",
                Unit.DATAGRAMS,
                "Datagrams that the system dropped because a socket's buffer was full, where it"
                        + " tells",
                SocketTotals::receiveOverflows);
        socket(
                table,
                session,
                "socket_offload_refusals",
                Unit.NONE,
                "Runs of datagrams that the system took one by one only",
                SocketTotals::offloadRefusals);
        socket(
                table,
                session,
                "socket_oversized_arrivals",
                Unit.DATAGRAMS,
                "Datagrams that came and were too long to be handed over",
                SocketTotals::oversizedArrivals);
        table.ofSession(
                "session_faults",
                Map.of(),
                Unit.DATAGRAMS,
                "Datagrams that this library has a defect with; the log tells",
                s -> session.apply(s).faults());
    }

    private static <S> void socket(
            StatisticTable<S> table,
            Function<S, Source> session,
            String name,
            Unit unit,
            String help,
            ToLongFunction<SocketTotals> number) {
        RistStatistic unused =
                table.ofSession(
                        name,
                        Map.of(),
                        unit,
                        help,
                        s -> number.applyAsLong(session.apply(s).sockets()));
    }

    /** Datagrams that make no sense on this profile, so far. */
    static long unreadableDatagrams(SessionCounters counters) {
        return UNREADABLE.stream().mapToLong(counters::datagrams).sum();
    }

    /** The same of a snapshot. */
    long unreadableDatagrams(Readings readings) {
        return unreadable.stream().mapToLong(readings::get).sum();
    }

    /** Datagrams from strangers, malformed or out of place, of a snapshot. */
    long refusedDatagrams(Readings readings) {
        return unreadableDatagrams(readings) + ofNoUse.stream().mapToLong(readings::get).sum();
    }
}
