package io.rist4j.cli.view;

import java.util.Arrays;

/** The latest values of something as a row of bars, the newest at the right. */
public final class Sparkline {
    private static final String BARS = "▁▂▃▄▅▆▇█";
    private static final char NOTHING = ' ';
    private static final char ZERO = '·';

    private final double[] values;
    private int count;

    /**
     * An empty row.
     *
     * @param columns how many values it shows
     */
    public Sparkline(int columns) {
        values = new double[columns];
    }

    /**
     * Adds the newest value; the oldest leaves.
     *
     * @param value 0 or more
     */
    public void add(double value) {
        System.arraycopy(values, 1, values, 0, values.length - 1);
        values[values.length - 1] = value;
        count = Math.min(count + 1, values.length);
    }

    /** The row, as high as its highest value. */
    public String draw() {
        return draw(Arrays.stream(values).max().orElse(0));
    }

    /**
     * The row.
     *
     * @param top the value of a full bar, so that several rows can share a scale
     */
    public String draw(double top) {
        var text = new StringBuilder(values.length);
        for (int i = 0; i < values.length; i++) {
            if (i < values.length - count) {
                text.append(NOTHING);
            } else if (values[i] <= 0) {
                text.append(ZERO);
            } else {
                int bar = (int) Math.ceil(values[i] / top * BARS.length()) - 1;
                text.append(BARS.charAt(Math.clamp(bar, 0, BARS.length() - 1)));
            }
        }
        return text.toString();
    }

    /** The highest value shown. */
    public double highest() {
        return Arrays.stream(values).max().orElse(0);
    }
}
