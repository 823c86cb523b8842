package io.rist4j.bench.flows;

import io.rist4j.RistNumbers;
import io.rist4j.RistStatistic;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A process with many senders or many receivers. Does what it is told on its standard input, line
 * by line, and answers each with a line of JSON.
 *
 * <pre>
 * open FIRST COUNT        opens the ends of these flows
 * connected SECONDS       waits until all that are open have a peer: {"connected":n}
 * media PER_SECOND        senders: so many packets a second of each flow, from now on
 * stop                    senders: no more; {"packets":[sent of flow 0, of flow 1, ...]}
 * packets                 {"packets":[...]}: of senders sent, of receivers received
 * memory                  {"heap":bytes,"direct":bytes}, after a collection
 * wakeups                 {"reason":n, ...}: how often the network threads woke up so far, and why
 * counters                {"name":n, ...}: every counter, the sum of all ends
 * close                   closes all ends
 * </pre>
 *
 * <p>Its threads whose names begin with {@code bench-} are the measurement's own.
 */
public final class FlowsEnd {
    private FlowsEnd() {}

    /**
     * Serves until its input ends.
     *
     * @param args {@code sender} or {@code receiver}; pumps; address; query of the URLs; base port;
     *     0, or how many flows share a port and a receiver
     * @throws IOException when its input cannot be read, or a socket cannot be opened
     * @throws InterruptedException when it is told to stop
     */
    public static void main(String... args) throws IOException, InterruptedException {
        var plan =
                new FlowsPlan(
                        args[2],
                        args[3],
                        Integer.parseInt(args[4]),
                        Integer.parseInt(args[5]),
                        Integer.parseInt(args[1]));
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        try (Ends ends = args[0].equals("sender") ? new SenderEnds(plan) : new ReceiverEnds(plan)) {
            say("{\"ready\":true}");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                say(answer(ends, line.trim().split(" ", -1)));
            }
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private static String answer(Ends ends, String[] words)
            throws IOException, InterruptedException {
        return switch (words[0]) {
            case "open" -> {
                ends.open(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
                yield "{\"open\":" + ends.count() + "}";
            }
            case "connected" -> {
                int connected = ends.awaitConnected(Integer.parseInt(words[1]));
                yield "{\"connected\":" + connected + "}";
            }
            case "media" -> {
                ends.media(Double.parseDouble(words[1]));
                yield "{\"media\":true}";
            }
            case "stop" -> {
                ends.stop();
                yield packets(ends);
            }
            case "packets" -> packets(ends);
            case "memory" -> memory();
            case "wakeups" -> json(ends.pumps().wakeUps());
            case "counters" -> json(counters(ends));
            case "close" -> {
                ends.close();
                yield "{\"open\":0}";
            }
            default -> throw new IllegalArgumentException("no such command: " + words[0]);
        };
    }

    private static Map<String, Long> counters(Ends ends) {
        var sums = new TreeMap<String, Long>();
        for (RistNumbers end : ends.stats()) {
            for (RistStatistic statistic : end.statistics()) {
                if (statistic.isCounter() && statistic.labels().isEmpty()) {
                    sums.merge(statistic.name(), end.value(statistic), Long::sum);
                }
            }
        }
        return sums;
    }

    private static String json(Map<String, Long> numbers) {
        return numbers.entrySet().stream()
                .map(number -> "\"" + number.getKey() + "\":" + number.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String packets(Ends ends) {
        var text = new StringBuilder("{\"packets\":[");
        for (long packets : ends.packets()) {
            text.append(text.charAt(text.length() - 1) == '[' ? "" : ",").append(packets);
        }
        return text.append("]}").toString();
    }

    @SuppressWarnings("SystemGc") // what is garbage is nobody's memory
    private static String memory() {
        System.gc();
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        long direct =
                ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .filter(pool -> pool.getName().equals("direct"))
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum();
        return String.format(Locale.ROOT, "{\"heap\":%d,\"direct\":%d}", heap, direct);
    }
}
