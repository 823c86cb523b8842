package io.rist4j.testkit.link;

/**
 * A small generator of pseudo-random numbers (SplitMix64): one 64-bit state, a fixed step and a
 * mixing function. The same seed gives the same numbers on every machine and with every version of
 * the JDK. Not for secrets.
 */
public final class SeededRandom {
    /** 2^64 divided by the golden ratio, made odd. */
    private static final long STEP = 0x9E37_79B9_7F4A_7C15L;

    private static final double UNIT = 0x1.0p-53;

    private long state;

    /**
     * A generator.
     *
     * @param seed any number; every seed is as good as another
     */
    public SeededRandom(long seed) {
        state = seed;
    }

    /**
     * Begins again with another seed.
     *
     * @param seed any number
     */
    public void reseed(long seed) {
        state = seed;
    }

    /** The next 64 bits. */
    public long nextLong() {
        state += STEP;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return z ^ (z >>> 31);
    }

    /** The next number in 0 (inclusive) to 1 (exclusive). */
    public double nextUnit() {
        return (nextLong() >>> 11) * UNIT;
    }

    /**
     * True with the given probability. Always takes one number, so that what follows does not
     * depend on the probability.
     *
     * @param probability 0..1
     */
    public boolean chance(double probability) {
        return nextUnit() < probability;
    }

    /**
     * A number of a range, each about equally likely.
     *
     * @param least the smallest possible
     * @param most the largest possible, at least {@code least}
     */
    public long between(long least, long most) {
        if (most < least) {
            throw new IllegalArgumentException(least + ".." + most + " is empty");
        }
        long span = most - least + 1;
        if (span <= 0) { // more than 2^63 - 1 numbers: any bits will do, unless they fall outside
            long drawn = nextLong();
            while (drawn < least || drawn > most) {
                drawn = nextLong();
            }
            return drawn;
        }
        return least + (long) (nextUnit() * span);
    }

    /** A generator whose numbers have nothing to do with those that follow here. */
    public SeededRandom split() {
        return new SeededRandom(nextLong());
    }
}
