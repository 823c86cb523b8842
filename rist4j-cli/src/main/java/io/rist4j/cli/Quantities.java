package io.rist4j.cli;

import java.util.Locale;

/** Numbers with units on the command line. */
final class Quantities {
    /** {@code 8M}, {@code 8Mb/s}, {@code 800k}, {@code 8000000}: bits per second. */
    static long bitsPerSecond(String option, String text, long min, long max) {
        String number = text.toLowerCase(Locale.ROOT);
        for (String suffix : new String[] {"b/s", "bps", "bit/s"}) {
            if (number.endsWith(suffix)) {
                number = number.substring(0, number.length() - suffix.length()).strip();
                break;
            }
        }
        double unit = 1;
        if (!number.isEmpty()) {
            unit =
                    switch (number.charAt(number.length() - 1)) {
                        case 'k' -> 1e3;
                        case 'm' -> 1e6;
                        case 'g' -> 1e9;
                        default -> 1;
                    };
        }
        if (unit > 1) {
            number = number.substring(0, number.length() - 1).strip();
        }
        double value = decimal(option, text, number) * unit;
        if (!(value >= min && value <= max)) {
            throw new UsageException(
                    option
                            + " "
                            + text
                            + " is outside "
                            + shortBitrate(min)
                            + ".."
                            + shortBitrate(max)
                            + "; write for example 8M for 8 Mb/s");
        }
        return Math.round(value);
    }

    /** {@code 10}, {@code 10%}, {@code 0.5 %}: a share in percent, as 0..1. */
    static double share(String option, String text) {
        String number = text.endsWith("%") ? text.substring(0, text.length() - 1).strip() : text;
        double percent = decimal(option, text, number);
        if (!(percent >= 0 && percent <= 100)) {
            throw new UsageException(option + " " + text + " is outside 0..100 %");
        }
        return percent / 100;
    }

    /** Milliseconds with decimals, as ns. */
    static long milliseconds(String option, String text, long maxMs) {
        String number = text.endsWith("ms") ? text.substring(0, text.length() - 2).strip() : text;
        double ms = decimal(option, text, number);
        if (!(ms >= 0 && ms <= maxMs)) {
            throw new UsageException(option + " " + text + " is outside 0.." + maxMs + " ms");
        }
        return Math.round(ms * 1e6);
    }

    /** Seconds with decimals, as ns. */
    static long seconds(String option, double seconds, double min, double max) {
        if (!(seconds >= min && seconds <= max)) {
            throw new UsageException(
                    option
                            + " "
                            + plain(seconds)
                            + " is outside "
                            + plain(min)
                            + ".."
                            + plain(max)
                            + " s");
        }
        return Math.round(seconds * 1e9);
    }

    private static double decimal(String option, String text, String number) {
        try {
            return Double.parseDouble(number);
        } catch (NumberFormatException e) {
            throw new UsageException(option + " " + text + " is not a number");
        }
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    private static String shortBitrate(long bitsPerSecond) {
        return bitsPerSecond % 1_000_000 == 0
                ? bitsPerSecond / 1_000_000 + "M"
                : bitsPerSecond / 1000 + "k";
    }

    private Quantities() {}
}
