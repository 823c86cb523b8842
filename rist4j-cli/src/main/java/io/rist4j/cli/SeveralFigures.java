package io.rist4j.cli;

import io.rist4j.cli.metrics.SessionMetrics;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What several sessions say about themselves, one after the other.
 *
 * @param each of them
 */
record SeveralFigures(List<? extends Figures> each) implements Figures {
    @Override
    public List<String> json() {
        return each.stream().flatMap(figures -> figures.json().stream()).toList();
    }

    @Override
    public String text() {
        return each.stream().map(Figures::text).collect(Collectors.joining("; "));
    }

    @Override
    public String summary() {
        return each.stream().map(Figures::summary).collect(Collectors.joining("; "));
    }

    @Override
    public void measure(String number, SessionMetrics to) {
        for (int i = 0; i < each.size(); i++) {
            each.get(i).measure(each.size() == 1 ? number : Integer.toString(i + 1), to);
        }
    }

    @Override
    public List<String> view(int columns) {
        return each.stream().flatMap(figures -> figures.view(columns).stream()).toList();
    }
}
