package io.rist4j.cli.view;

import java.util.List;
import java.util.Locale;

/** Numbers as people read them. */
public final class Text {
    /**
     * A bitrate.
     *
     * @param bitsPerSecond 0 or more
     * @return for example {@code 8.02 Mb/s}
     */
    public static String bitrate(double bitsPerSecond) {
        if (bitsPerSecond >= 999_500) {
            return fixed(bitsPerSecond / 1e6, bitsPerSecond >= 99.5e6 ? 1 : 2) + " Mb/s";
        }
        return fixed(bitsPerSecond / 1e3, 0) + " kb/s";
    }

    /**
     * A share.
     *
     * @param share 0..1
     * @return for example {@code 9.8 %}, with more digits when it is small
     */
    public static String percent(double share) {
        double percent = share * 100;
        int digits = percent == 0 || percent >= 10 ? 1 : percent >= 0.1 ? 2 : 4;
        return fixed(percent, digits) + " %";
    }

    /**
     * A count with its thousands apart, for people only: lines that scripts may read have none.
     *
     * @param number any
     * @return for example {@code 12 345}
     */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', ' ');
    }

    /**
     * Puts facts side by side, the most important one first, as many as fit: a number that is cut
     * off would be another number.
     *
     * @param columns width of the terminal
     * @param facts the first is there in any case
     */
    public static String fit(int columns, List<String> facts) {
        var line = new StringBuilder();
        for (String fact : facts) {
            if (fact.isEmpty()) {
                continue;
            }
            if (!line.isEmpty() && line.length() + 2 + fact.length() >= columns) {
                break;
            }
            line.append(line.isEmpty() ? "" : "  ").append(fact);
        }
        return line.toString();
    }

    /**
     * A number with a fixed count of decimals.
     *
     * @param number any
     * @param decimals 0 or more
     */
    public static String fixed(double number, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", number);
    }

    private Text() {}
}
