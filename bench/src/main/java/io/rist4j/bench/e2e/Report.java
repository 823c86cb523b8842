package io.rist4j.bench.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The results as a table and as JSON. */
final class Report {

    private static final List<String> HEAD =
            List.of(
                    "contender",
                    "tx us",
                    "rx us",
                    "both us",
                    "x relay",
                    "lost",
                    "first..last",
                    "p50",
                    "p90",
                    "p99",
                    "p99.9",
                    "max",
                    "traffic",
                    "MB tx/rx",
                    "sleeps/s tx/rx",
                    "own drops",
                    "others %");

    private Report() {}

    /** One cell's table. Latencies are ms over the buffer. */
    static String table(Cell cell, List<Summary> rows) {
        double relayNs = relayNs(cell, rows);
        var lines = new ArrayList<List<String>>();
        lines.add(HEAD);
        var notes = new StringBuilder();
        for (Summary s : rows) {
            double bothNs = s.median(Sample::bothNs);
            lines.add(
                    List.of(
                            s.contender().name(),
                            fixed(1, s.median(Sample::senderNs) / 1000),
                            fixed(1, s.median(Sample::receiverNs) / 1000),
                            fixed(1, bothNs / 1000),
                            fixed(2, bothNs / relayNs),
                            s.each(Sample::lost),
                            s.each(Sample::lostWithin),
                            fixed(2, s.latencyMs("p50")),
                            fixed(2, s.latencyMs("p90")),
                            fixed(2, s.latencyMs("p99")),
                            fixed(2, s.latencyMs("p99_9")),
                            fixed(2, s.latencyMs("max")),
                            fixed(3, s.median(Sample::traffic)),
                            fixed(0, s.median(Sample::senderKb) / 1024)
                                    + "/"
                                    + fixed(0, s.median(Sample::receiverKb) / 1024),
                            fixed(0, s.median(Sample::senderSleepsPerSecond))
                                    + "/"
                                    + fixed(0, s.median(Sample::receiverSleepsPerSecond)),
                            s.each(Sample::contenderDrops),
                            fixed(0, s.median(Sample::foreignCpuPercent))));
            for (String ended : s.ended()) {
                notes.append("  ")
                        .append(s.contender().name())
                        .append(": ")
                        .append(ended)
                        .append('\n');
            }
            for (String fault : s.faults()) {
                notes.append("  !! ")
                        .append(s.contender().name())
                        .append(": ")
                        .append(fault)
                        .append('\n');
            }
        }
        long offered =
                rows.isEmpty() || rows.getFirst().samples().isEmpty()
                        ? 0
                        : rows.getFirst().samples().getFirst().offered();
        return String.format(Locale.ROOT, "%n%s (%,d packets a run)%n", cell.title(), offered)
                + aligned(lines)
                + notes;
    }

    static String legend(Options options) {
        return """

        us: user and system time of all threads per packet offered, median of %d; lost: to the last packet sent, run by run;
        p50..max: ms over the buffer; traffic: media datagrams sent by offered/(1-loss); own drops: full sockets of the
        contender; others: what other processes used of one core
        JSON: %s
        """
                .formatted(options.repetitions(), options.json());
    }

    private static double relayNs(Cell cell, List<Summary> rows) {
        return rows.stream()
                .filter(s -> s.cell().equals(cell) && s.contender().name().equals(Contender.RELAY))
                .mapToDouble(s -> s.median(Sample::bothNs))
                .findFirst()
                .orElse(Double.NaN);
    }

    private static String aligned(List<List<String>> lines) {
        int[] widths = new int[HEAD.size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        var text = new StringBuilder();
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                String word = line.get(i);
                String space = " ".repeat(widths[i] - word.length());
                text.append("  ").append(i == 0 ? word + space : space + word);
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static String fixed(int digits, double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    static String json(Options options, List<Summary> summaries) {
        return summaries.stream()
                .map(s -> json(s, relayNs(s.cell(), summaries)))
                .collect(
                        Collectors.joining(
                                ",\n",
                                "{\"warmupSeconds\":%d,\"seconds\":%d,\"repetitions\":%d,\"seed\":%d,\"results\":[\n"
                                        .formatted(
                                                options.warmupSeconds(),
                                                options.seconds(),
                                                options.repetitions(),
                                                options.seed()),
                                "\n]}\n"));
    }

    private static String json(Summary s, double relayNs) {
        Cell cell = s.cell();
        return "{\"contender\":"
                + Json.quote(s.contender().name())
                + ",\"packetsPerSecond\":"
                + cell.packetsPerSecond()
                + ",\"lossPercent\":"
                + Json.of(cell.lossPercent())
                + ",\"delayMs\":"
                + (cell.impaired() ? cell.delayMs() : 0)
                + ",\"bufferMs\":"
                + s.contender().bufferMs()
                + ",\"senderUs\":"
                + Json.of(s.median(Sample::senderNs) / 1000)
                + ",\"receiverUs\":"
                + Json.of(s.median(Sample::receiverNs) / 1000)
                + ",\"bothUs\":"
                + Json.of(s.median(Sample::bothNs) / 1000)
                + ",\"byRelay\":"
                + Json.of(s.median(Sample::bothNs) / relayNs)
                + ",\"runs\":"
                + s.samples().stream()
                        .map(Report::json)
                        .collect(Collectors.joining(",\n  ", "[\n  ", "]}"));
    }

    private static String json(Sample s) {
        return "{\"senderUs\":"
                + Json.of(s.senderNs() / 1000)
                + ",\"receiverUs\":"
                + Json.of(s.receiverNs() / 1000)
                + ",\"offered\":"
                + s.offered()
                + ",\"lost\":"
                + s.lost()
                + ",\"lostBeforeFirst\":"
                + s.lostBeforeFirst()
                + ",\"lostWithin\":"
                + s.lostWithin()
                + ",\"lostAfterLast\":"
                + s.lostAfterLast()
                + ",\"repeated\":"
                + s.repeated()
                + ",\"backwards\":"
                + s.backwards()
                + ",\"traffic\":"
                + Json.of(s.traffic())
                + ",\"latencyOverBufferMs\":"
                + Json.of(s.latencyMs())
                + ",\"senderKb\":"
                + s.senderKb()
                + ",\"receiverKb\":"
                + s.receiverKb()
                + ",\"senderSleepsPerSecond\":"
                + Json.of(s.senderSleepsPerSecond())
                + ",\"receiverSleepsPerSecond\":"
                + Json.of(s.receiverSleepsPerSecond())
                + ",\"contenderDrops\":"
                + s.contenderDrops()
                + ",\"foreignCpuPercent\":"
                + Json.of(s.foreignCpuPercent())
                + ",\"senderThreadsUs\":"
                + Json.of(s.senderThreadsUs())
                + ",\"receiverThreadsUs\":"
                + Json.of(s.receiverThreadsUs())
                + ",\"ended\":"
                + s.ended().stream().map(Json::quote).collect(Collectors.joining(",", "[", "]"))
                + ",\"faults\":"
                + s.faults().stream().map(Json::quote).collect(Collectors.joining(",", "[", "]"))
                + ",\"generator\":"
                + s.generatorJson()
                + ",\"sink\":"
                + s.sinkJson()
                + ",\"network\":"
                + s.networkJson()
                + "}";
    }
}
