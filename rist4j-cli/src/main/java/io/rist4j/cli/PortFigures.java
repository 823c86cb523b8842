package io.rist4j.cli;

import io.rist4j.RistFlow;
import io.rist4j.RistMultiReceiver;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What a receiver of many flows says about each. */
final class PortFigures implements Figures {
    private final RistMultiReceiver receiver;
    private final Map<RistFlow, ReceiverFigures> known = new HashMap<>();

    PortFigures(RistMultiReceiver receiver) {
        this.receiver = receiver;
    }

    @Override
    public List<String> json() {
        return ofEach(flow -> flow.json());
    }

    @Override
    public String text() {
        List<String> lines = ofEach(flow -> List.of(flow.text()));
        return lines.isEmpty() ? "no sender" : String.join("; ", lines);
    }

    @Override
    public String summary() {
        List<String> lines = ofEach(flow -> List.of(flow.summary()));
        return lines.isEmpty() ? "no sender" : String.join("; ", lines);
    }

    @Override
    public List<String> view(int columns) {
        List<String> lines = ofEach(flow -> flow.view(columns));
        return lines.isEmpty() ? List.of("no sender") : lines;
    }

    private List<String> ofEach(Function<ReceiverFigures, List<String>> figures) {
        List<RistFlow> present = receiver.flows();
        known.keySet().retainAll(present);
        var lines = new ArrayList<String>();
        for (RistFlow flow : present) {
            lines.addAll(
                    figures.apply(known.computeIfAbsent(flow, f -> new ReceiverFigures(f::stats))));
        }
        return lines;
    }
}
