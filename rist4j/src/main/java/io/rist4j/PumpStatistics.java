package io.rist4j;

import io.rist4j.RistStatistic.Subject;
import io.rist4j.RistStatistic.Unit;
import io.rist4j.net.PumpStats;

/** The numbers of a network thread. */
final class PumpStatistics {
    static final StatisticTable<PumpStats> TABLE = new StatisticTable<>(Subject.PUMP);

    static final RistStatistic ROUNDS =
            TABLE.counter("rounds", Unit.NONE, "Turns of its loop", PumpStats::rounds);
    static final RistStatistic AWAITS =
            TABLE.counter(
                    "awaits",
                    Unit.NONE,
                    "Waits that an arrival would have ended",
                    PumpStats::awaits);
    static final RistStatistic GATHERS =
            TABLE.counter(
                    "gathers", Unit.NONE, "Waits that let arrivals gather", PumpStats::gathers);
    static final RistStatistic GATHERING =
            TABLE.gauge(
                    "gathering",
                    Unit.YES_OR_NO,
                    "Whether arrivals gather at present",
                    s -> s.gathering() ? 1 : 0);
    static final RistStatistic RECEIVED_DATAGRAMS =
            TABLE.counter(
                    "received_datagrams",
                    Unit.DATAGRAMS,
                    "Datagrams handed over to sessions",
                    PumpStats::datagramsReceived);
    static final RistStatistic COMMANDS =
            TABLE.counter("commands", Unit.NONE, "Commands run", PumpStats::commands);
    static final RistStatistic DEADLINES =
            TABLE.counter("deadlines", Unit.NONE, "Deadlines served", PumpStats::deadlinesServed);
    static final RistStatistic FAILURES =
            TABLE.counter(
                    "failures",
                    Unit.NONE,
                    "Tasks, handlers and commands that threw",
                    PumpStats::failures);
    static final RistStatistic STALLS =
            TABLE.counter(
                    "stalls",
                    Unit.NONE,
                    "Times that a session kept a deadline in the past and was slowed down",
                    PumpStats::stalls);
    static final RistStatistic BUSY_NS =
            TABLE.counter("busy", Unit.NANOSECONDS, "Time outside waits", PumpStats::busyNs);
    static final RistStatistic WAIT_NS =
            TABLE.counter("wait", Unit.NANOSECONDS, "Time inside waits", PumpStats::waitNs);

    private PumpStatistics() {}
}
