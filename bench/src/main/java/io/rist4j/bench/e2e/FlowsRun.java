package io.rist4j.bench.e2e;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Many flows of ours: all senders in one process, all receivers in another. Measures sessions that
 * wait for a peer, those that have one and no media, those that send, and what it means to the
 * others when some die and come back.
 */
final class FlowsRun {
    /** So many die, of a hundred or more. */
    private static final int DYING = 10;

    private static final int LEAST_FLOWS_OF_DEATHS = 100;
    private static final int CONNECT_SECONDS = 60;
    private static final int LEAST_SETTLE_SECONDS = 4;
    private static final int DEAD_SECONDS = 3;

    /** Longer than the recovery buffer. */
    private static final int DRAIN_MS = 2_500;

    private static final int MOST_DRAINS = 6;

    /** Ends publish their numbers once a second. */
    private static final int PUBLISHED_MS = 1_500;

    /** Reasons to wake up that are rarer than so many a second are left out. */
    private static final double LEAST_WAKE_UPS = 1;

    private static final List<String> RECEIVING =
            List.of(
                    "lost_packets",
                    "missing_packets",
                    "recovered_packets",
                    "late_packets",
                    "overfull_packets",
                    "dropped_packets",
                    "discontinuities");

    private static final List<String> SENDING =
            List.of("retransmitted_packets", "dropped_packets", "evicted_packets");

    private static final String ADDRESS = "127.0.0.1";

    private final Options options;
    private final FlowsAsked asked;
    private final int flows;
    private final int dying;
    private final int settleSeconds;
    private final StringBuilder table = new StringBuilder();
    private double microsPerPacket;

    FlowsRun(Options options, int flows) {
        this.options = options;
        this.asked = options.flows();
        this.flows = flows;
        dying = flows < LEAST_FLOWS_OF_DEATHS ? 0 : DYING;
        settleSeconds = Math.max(LEAST_SETTLE_SECONDS, options.warmupSeconds());
    }

    /** CPU of both ends by packet, after {@link #measure}. */
    double microsPerPacket() {
        return microsPerPacket;
    }

    /** A block of lines. */
    String measure() throws IOException, InterruptedException {
        table.append(
                String.format(
                        Locale.ROOT,
                        "%,d flows of %,.0f packets/s, %s, rist4j (%d pump%s a process)%n",
                        flows,
                        asked.perSecond(flows),
                        asked.perPort() == 0
                                ? "a port and a session each"
                                : asked.perPort() + " a port and receiver",
                        asked.pumps(),
                        asked.pumps() == 1 ? "" : "s"));
        try (FlowsProcess receivers = process("receivers", "receiver");
                FlowsProcess senders = process("senders", "sender");
                FlowsProcess mortals = process("mortals", "sender")) {
            measure(receivers, senders, mortals);
        }
        return table.toString();
    }

    private FlowsProcess process(String name, String role)
            throws IOException, InterruptedException {
        return FlowsProcess.start(options, name, role, ADDRESS, options.basePort());
    }

    private void measure(FlowsProcess receivers, FlowsProcess senders, FlowsProcess mortals)
            throws IOException, InterruptedException {
        int immortal = flows - dying;
        waiting("receivers without a peer", receivers, flows);
        progress("closing them");
        receivers.ask("close");
        waiting("senders without a peer", senders, immortal);

        progress("connecting");
        mortals.ask("open " + immortal + " " + dying);
        receivers.ask("open 0 " + flows);
        int connected =
                number(senders.ask("connected " + CONNECT_SECONDS), "connected")
                        + number(mortals.ask("connected " + CONNECT_SECONDS), "connected");
        row("connected", String.format(Locale.ROOT, "%d of %d", connected, flows));
        rest("settling", settleSeconds);
        List<Child> both = List.of(receivers.child(), senders.child(), mortals.child());
        silent("connected, receiving end", receivers, flows);
        silent("connected, sending end", senders, immortal);

        double rate = asked.perSecond(flows);
        senders.ask("media " + rate);
        mortals.ask("media " + rate);
        rest("media, warming up", options.warmupSeconds());
        FlowsCpu before = FlowsCpu.of(options, both);
        rest("media", options.seconds());
        FlowsCpu after = FlowsCpu.of(options, both);
        double packets = after.secondsSince(before) * rate * flows;
        microsPerPacket = 1000 * after.msSince(before) / packets;
        row(
                "media",
                String.format(
                        Locale.ROOT,
                        "%.1f us of CPU a packet, both ends (%.0f %% compiling)",
                        microsPerPacket,
                        after.compilersPercentSince(before)));
        if (dying > 0) {
            die(receivers, mortals, rate);
        }
        compare(receivers, senders, immortal);
        // a collection stops a process for as long as a session may be silent: not while media flow
        memory("receiving", receivers, flows);
        memory("sending", senders, immortal);
    }

    /** Sessions that nobody answers. */
    private void waiting(String what, FlowsProcess process, int count)
            throws IOException, InterruptedException {
        progress(what);
        String empty = process.ask("memory");
        process.ask("open 0 " + count);
        rest(what + ", settling", settleSeconds);
        silent(what, process, count);
        String full = process.ask("memory");
        row(
                "",
                String.format(
                        Locale.ROOT,
                        "%.1f KiB direct, %.1f KiB heap each",
                        perEnd(empty, full, "direct", count),
                        perEnd(empty, full, "heap", count)));
    }

    private static double perEnd(String empty, String full, String what, int count) {
        return (Json.number(full, what) - Json.number(empty, what)) / 1024 / count;
    }

    private void silent(String what, FlowsProcess process, int count)
            throws IOException, InterruptedException {
        List<Child> of = List.of(process.child());
        Map<String, Long> wokenBefore = process.numbers("wakeups");
        FlowsCpu before = FlowsCpu.of(options, of);
        rest(what, options.seconds());
        FlowsCpu after = FlowsCpu.of(options, of);
        Map<String, Long> woken = process.numbers("wakeups");
        row(
                what,
                String.format(
                        Locale.ROOT,
                        "%.4f ms of CPU a second each (%.0f %% compiling)",
                        after.msSince(before) / after.secondsSince(before) / count,
                        after.compilersPercentSince(before)));
        row("", wakeUps(wokenBefore, woken, after.secondsSince(before)));
    }

    /** How often the process woke up, and why, the most frequent reasons first. */
    private static String wakeUps(
            Map<String, Long> before, Map<String, Long> after, double seconds) {
        var since = new TreeMap<String, Double>();
        after.forEach(
                (why, times) -> since.put(why, (times - before.getOrDefault(why, 0L)) / seconds));
        double all = since.values().stream().mapToDouble(perSecond -> perSecond).sum();
        String most =
                since.entrySet().stream()
                        .filter(why -> why.getValue() >= LEAST_WAKE_UPS)
                        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                        .map(why ->
                                String.format(Locale.ROOT, "%s %.0f", why.getKey(), why.getValue()))
                        .collect(Collectors.joining(", "));
        return String.format(Locale.ROOT, "woke up %.0f times a second: %s", all, most);
    }

    private void memory(String what, FlowsProcess process, int count)
            throws IOException, InterruptedException {
        String full = process.ask("memory");
        row(
                "media, memory " + what,
                String.format(
                        Locale.ROOT,
                        "%.1f KiB direct, %.1f KiB heap each",
                        Json.number(full, "direct") / 1024 / count,
                        Json.number(full, "heap") / 1024 / count));
    }

    /** As a crash: without a goodbye. */
    private void die(FlowsProcess receivers, FlowsProcess mortals, double rate)
            throws IOException, InterruptedException {
        mortals.child().kill();
        rest(dying + " have died", DEAD_SECONDS);
        long[] before = receivers.packets("packets");
        try (FlowsProcess reborn = process("reborn", "sender")) {
            reborn.ask("open " + (flows - dying) + " " + dying);
            reborn.ask("connected " + CONNECT_SECONDS);
            reborn.ask("media " + rate);
            rest(dying + " have come back", options.seconds());
            reborn.ask("stop");
        }
        long[] after = receivers.packets("packets");
        int back = 0;
        for (int flow = flows - dying; flow < flows; flow++) {
            back += after[flow] > before[flow] ? 1 : 0;
        }
        row("died and came back", String.format(Locale.ROOT, "%d of %d", back, dying));
    }

    /** What was sent of the others, and what came. */
    private void compare(FlowsProcess receivers, FlowsProcess senders, int immortal)
            throws IOException, InterruptedException {
        long[] sent = senders.packets("stop");
        long[] received = drained(receivers);
        long all = 0;
        long lost = 0;
        int harmed = 0;
        for (int flow = 0; flow < immortal; flow++) {
            all += sent[flow];
            lost += Math.max(0, sent[flow] - received[flow]);
            harmed += received[flow] < sent[flow] ? 1 : 0;
        }
        row(
                "lost",
                String.format(Locale.ROOT, "%,d of %,d packets, of %d flows", lost, all, harmed));
        row("counted, receiving", counters(receivers, RECEIVING));
        row("counted, sending", counters(senders, SENDING));
    }

    /** What the ends themselves tell of packets that did not come through at once. */
    private static String counters(FlowsProcess process, List<String> names)
            throws IOException, InterruptedException {
        TimeUnit.MILLISECONDS.sleep(PUBLISHED_MS);
        Map<String, Long> counters = process.numbers("counters");
        String counted =
                names.stream()
                        .map(name -> name.replace('_', ' ') + " " + counters.getOrDefault(name, 0L))
                        .collect(Collectors.joining(", "));
        return counted + "; dropped at full sockets " + ProcFs.socketDrops(process.child().pid());
    }

    /** What came, when nothing comes any more. */
    private long[] drained(FlowsProcess receivers) throws IOException, InterruptedException {
        progress("draining");
        long[] before = {};
        long[] now = receivers.packets("packets");
        for (int i = 0; i < MOST_DRAINS && !Arrays.equals(before, now); i++) {
            Thread.sleep(DRAIN_MS);
            before = now;
            now = receivers.packets("packets");
        }
        return now;
    }

    private static int number(String answer, String name) {
        return (int) Json.integer(answer, name);
    }

    private void row(String what, String text) {
        table.append(String.format(Locale.ROOT, "  %-26s ", what))
                .append(text)
                .append(System.lineSeparator());
    }

    private void rest(String what, int seconds) throws InterruptedException {
        progress(what + ": " + seconds + " s");
        TimeUnit.SECONDS.sleep(seconds);
    }

    private void progress(String what) {
        System.err.printf(Locale.ROOT, "%,d flows: %s%n", flows, what);
    }
}
