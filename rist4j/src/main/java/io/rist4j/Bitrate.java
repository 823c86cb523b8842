package io.rist4j;

import java.util.Objects;

/**
 * A rate of data in bits per second; kilo and mega are powers of ten. Immutable.
 *
 * @param bitsPerSecond the rate, at least 0
 */
public record Bitrate(long bitsPerSecond) implements Comparable<Bitrate> {
    /** No bits at all; as a limit, where a setting says so: no limit. */
    public static final Bitrate ZERO = new Bitrate(0);

    /** Checks that the rate is not negative. */
    public Bitrate {
        if (bitsPerSecond < 0) {
            throw new IllegalArgumentException("bitrate " + bitsPerSecond + " b/s is below 0");
        }
    }

    /**
     * A rate in bits per second.
     *
     * @param bits at least 0
     */
    public static Bitrate ofBits(long bits) {
        return new Bitrate(bits);
    }

    /**
     * A rate in kb/s of 1000 bits, the unit of rist URLs.
     *
     * @param kilobits at least 0
     */
    public static Bitrate ofKilobits(long kilobits) {
        return new Bitrate(Math.multiplyExact(kilobits, 1_000L));
    }

    /**
     * A rate in Mb/s of 1,000,000 bits.
     *
     * @param megabits at least 0
     */
    public static Bitrate ofMegabits(long megabits) {
        return new Bitrate(Math.multiplyExact(megabits, 1_000_000L));
    }

    @Override
    public int compareTo(Bitrate other) {
        return Long.compare(bitsPerSecond, Objects.requireNonNull(other).bitsPerSecond);
    }

    /** In the largest unit that keeps it at or above 1: {@code 8.5 Mb/s}, {@code 900 kb/s}. */
    @Override
    public String toString() {
        if (bitsPerSecond < 1_000) {
            return bitsPerSecond + " b/s";
        }
        if (bitsPerSecond < 1_000_000) {
            return shifted(3) + " kb/s";
        }
        return bitsPerSecond < 1_000_000_000 ? shifted(6) + " Mb/s" : shifted(9) + " Gb/s";
    }

    private String shifted(int digits) {
        return Numbers.text(bitsPerSecond, digits);
    }
}
