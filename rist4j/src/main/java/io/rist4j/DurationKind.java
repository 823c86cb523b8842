package io.rist4j;

import java.time.Duration;

/** Durations: milliseconds in a URL, with decimals where they are finer. */
record DurationKind(Duration least, Duration most) implements ValueKind<Duration> {
    private static final int NS_DIGITS_PER_MS = 6;

    /** Beyond this, exactness is of no use to a reader. */
    private static final Duration LONG = Duration.ofDays(36_500);

    static DurationKind ofMillis(long least, long most) {
        return new DurationKind(Duration.ofMillis(least), Duration.ofMillis(most));
    }

    @Override
    public Duration parse(String name, String text) {
        Long ns = Numbers.scaled(text, NS_DIGITS_PER_MS);
        if (ns == null) {
            throw unreadable(name, text);
        }
        return Duration.ofNanos(ns);
    }

    @Override
    public void check(String name, Duration value) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw outside(name, value);
        }
    }

    @Override
    public String write(Duration value) {
        return milliseconds(value);
    }

    @Override
    public String show(Duration value) {
        return text(value);
    }

    @Override
    public String unit() {
        return "ms";
    }

    @Override
    public String range() {
        return text(least) + ".." + text(most);
    }

    /** A duration in the unit that a reader expects: {@code 0.5 ms}, {@code 30 s}, {@code 7 d}. */
    static String text(Duration value) {
        if (value.abs().compareTo(LONG) > 0 || (!value.isZero() && isWholeDays(value))) {
            return value.toDays() + " d";
        }
        boolean wholeSeconds = value.equals(Duration.ofSeconds(value.toSeconds()));
        return wholeSeconds && !value.isZero()
                ? value.toSeconds() + " s"
                : milliseconds(value) + " ms";
    }

    private static boolean isWholeDays(Duration value) {
        return value.equals(Duration.ofDays(value.toDays()));
    }

    /** At most {@link #LONG}, so that it fits in nanoseconds. */
    private static String milliseconds(Duration value) {
        return Numbers.text(value.toNanos(), NS_DIGITS_PER_MS);
    }
}
