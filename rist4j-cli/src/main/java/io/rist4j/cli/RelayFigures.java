package io.rist4j.cli;

import io.rist4j.cli.metrics.SessionMetrics;

import java.util.ArrayList;
import java.util.List;

/**
 * What a relay says about itself: its input, and each output.
 *
 * @param input the one receiver
 * @param outputs the senders, in the order of the command line
 */
record RelayFigures(Figures input, List<? extends Figures> outputs) implements Figures {
    private static final int NAME_COLUMNS = 6;

    @Override
    public List<String> json() {
        var lines = new ArrayList<>(input.json());
        outputs.forEach(output -> lines.addAll(output.json()));
        return lines;
    }

    @Override
    public String text() {
        var line = new StringBuilder("in: ").append(input.text());
        for (int i = 0; i < outputs.size(); i++) {
            line.append(" | out ").append(i + 1).append(": ").append(outputs.get(i).text());
        }
        return line.toString();
    }

    @Override
    public String summary() {
        var line = new StringBuilder("in: ").append(input.summary());
        for (int i = 0; i < outputs.size(); i++) {
            line.append("; out ").append(i + 1).append(": ").append(outputs.get(i).summary());
        }
        return line.toString();
    }

    @Override
    public void measure(String number, SessionMetrics to) {
        input.measure("", to);
        for (int i = 0; i < outputs.size(); i++) {
            outputs.get(i).measure(Integer.toString(i + 1), to);
        }
    }

    @Override
    public List<String> view(int columns) {
        var lines = new ArrayList<String>();
        input.view(columns - NAME_COLUMNS).forEach(line -> lines.add("in    " + line));
        for (int i = 0; i < outputs.size(); i++) {
            String name = "out " + (i + 1);
            outputs.get(i)
                    .view(columns - NAME_COLUMNS)
                    .forEach(line -> lines.add(name + "      ".substring(name.length()) + line));
        }
        return lines;
    }
}
