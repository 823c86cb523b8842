package io.rist4j.testkit.simulation;

import io.rist4j.testkit.link.SeededRandom;

import java.nio.ByteBuffer;

/**
 * Payloads whose size and content follow from their number, so that any of them can be written, and
 * recognised, at any time without keeping them.
 */
final class NumberedPayloads {
    private static final int STAMP_BYTES = 8;
    private static final int SHIFTS = 4_096;
    private static final ByteBuffer NOISE = noise();

    private final long seed;
    private final int leastBytes;
    private final int mostBytes;

    NumberedPayloads(long seed, int leastBytes, int mostBytes) {
        this.seed = seed;
        this.leastBytes = leastBytes;
        this.mostBytes = mostBytes;
    }

    private static ByteBuffer noise() {
        var noise = ByteBuffer.allocate(SHIFTS + 16_384);
        var random = new SeededRandom(0x6E6F697365L);
        while (noise.remaining() >= 8) {
            noise.putLong(random.nextLong());
        }
        return noise.clear();
    }

    /** Eight bytes that stand for a number: SplitMix64's mixing of it. */
    private long stamp(long number) {
        long z = seed ^ (number * 0x9E37_79B9_7F4A_7C15L);
        z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return z ^ (z >>> 31);
    }

    /** Length of a payload. */
    int bytes(long number) {
        return leastBytes + (int) ((stamp(number) >>> 33) % (mostBytes - leastBytes + 1));
    }

    /** Writes a payload and returns its length. */
    int write(long number, ByteBuffer into, int at) {
        int bytes = bytes(number);
        long stamp = stamp(number);
        int stamped = Math.min(STAMP_BYTES, bytes);
        for (int i = 0; i < stamped; i++) {
            into.put(at + i, (byte) (stamp >>> (8 * i)));
        }
        into.put(at + stamped, NOISE, noiseAt(stamp), bytes - stamped);
        return bytes;
    }

    private static int noiseAt(long stamp) {
        return (int) (stamp & (SHIFTS - 1));
    }

    /** Whether these bytes are the payload of a number. */
    boolean matches(long number, ByteBuffer buffer, int at, int length) {
        if (length != bytes(number)) {
            return false;
        }
        long stamp = stamp(number);
        int stamped = Math.min(STAMP_BYTES, length);
        for (int i = 0; i < stamped; i++) {
            if (buffer.get(at + i) != (byte) (stamp >>> (8 * i))) {
                return false;
            }
        }
        int noiseAt = noiseAt(stamp) - stamped;
        int i = stamped;
        for (; i + 8 <= length; i += 8) {
            if (buffer.getLong(at + i) != NOISE.getLong(noiseAt + i)) {
                return false;
            }
        }
        for (; i < length; i++) {
            if (buffer.get(at + i) != NOISE.get(noiseAt + i)) {
                return false;
            }
        }
        return true;
    }
}
