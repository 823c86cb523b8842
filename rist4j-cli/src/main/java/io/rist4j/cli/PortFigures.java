package io.rist4j.cli;

import io.rist4j.RistFlow;
import io.rist4j.RistMultiReceiver;
import io.rist4j.cli.metrics.SessionMetrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * What a receiver of many flows says about each. People are shown those that put out the most, so
 * that whoever opens many flows neither floods the log nor hides the others; JSON has all.
 */
final class PortFigures implements Figures {
    /** More flows than these are only counted for people. */
    static final int MOST_SHOWN = 16;

    private final RistMultiReceiver receiver;
    private final Map<RistFlow, ReceiverFigures> known = new LinkedHashMap<>();

    PortFigures(RistMultiReceiver receiver) {
        this.receiver = receiver;
    }

    @Override
    public List<String> json() {
        return ofEach(present(), flow -> flow.json());
    }

    @Override
    public String text() {
        return String.join("; ", forPeople(flow -> List.of(flow.text())));
    }

    @Override
    public String summary() {
        return String.join("; ", forPeople(flow -> List.of(flow.summary())));
    }

    @Override
    public List<String> view(int columns) {
        return forPeople(flow -> flow.view(columns));
    }

    @Override
    public void measure(String number, SessionMetrics to) {
        receiver.flows().forEach(flow -> to.receiver("in" + number, flow.latestStats()));
    }

    private List<String> forPeople(Function<ReceiverFigures, List<String>> figures) {
        List<RistFlow> present = present();
        if (present.isEmpty()) {
            return List.of(receiver.isOpen() ? "no sender" : "no flow was left");
        }
        List<RistFlow> shown = shown(present, flow -> flow.stats().deliveredBytes());
        List<String> lines = ofEach(shown, figures);
        if (shown.size() < present.size()) {
            lines.add("and " + (present.size() - shown.size()) + " more flows");
        }
        return lines;
    }

    /**
     * Those of many flows that are shown: the largest, in the order in which all are.
     *
     * @param size how much a flow put out
     */
    static <T> List<T> shown(List<T> all, ToLongFunction<T> size) {
        if (all.size() <= MOST_SHOWN) {
            return all;
        }
        long[] sizes = all.stream().mapToLong(size).toArray();
        return IntStream.range(0, sizes.length)
                .boxed()
                .sorted(Comparator.comparingLong((Integer i) -> sizes[i]).reversed())
                .limit(MOST_SHOWN)
                .sorted()
                .map(all::get)
                .toList();
    }

    private List<RistFlow> present() {
        if (!receiver.isOpen()) {
            return List.copyOf(known.keySet()); // how those ended that were there
        }
        List<RistFlow> present = receiver.flows();
        known.keySet().retainAll(present);
        return present;
    }

    private List<String> ofEach(
            List<RistFlow> flows, Function<ReceiverFigures, List<String>> figures) {
        var lines = new ArrayList<String>();
        for (RistFlow flow : flows) {
            lines.addAll(
                    figures.apply(
                            known.computeIfAbsent(
                                    flow,
                                    f -> new ReceiverFigures(receiver, f::stats, f::latestStats))));
        }
        return lines;
    }
}
