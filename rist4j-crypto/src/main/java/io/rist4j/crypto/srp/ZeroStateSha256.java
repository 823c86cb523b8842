package io.rist4j.crypto.srp;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * The compression of SHA-256 (FIPS 180-4 §6.2.2) begun with eight zero words instead of the
 * standard's: what some peers compute where they hash in several steps. No security rests on it
 * that the exchange of these peers had; nothing new may use it.
 */
final class ZeroStateSha256 {
    private static final int BLOCK_BYTES = 64;
    private static final int LENGTH_BYTES = 8;
    private static final int ROUNDS = 64;

    /** The fractions of the cube roots of the first 64 primes. */
    private static final int[] K = constants();

    private final int[] state = new int[8];
    private final int[] schedule = new int[ROUNDS];

    private ZeroStateSha256() {}

    private static int[] constants() {
        int[] k = new int[ROUNDS];
        int prime = 2;
        for (int i = 0; i < ROUNDS; prime++) {
            boolean isPrime = true;
            for (int divisor = 2; divisor * divisor <= prime; divisor++) {
                isPrime &= prime % divisor != 0;
            }
            if (isPrime) {
                k[i++] = cubeRootFraction(prime);
            }
        }
        return k;
    }

    /** Floor of the cube root of n × 2^96, whose low 32 bits are the fraction. */
    private static int cubeRootFraction(int n) {
        var scaled = BigInteger.valueOf(n).shiftLeft(96);
        var root = BigInteger.ZERO;
        for (int bit = 36; bit >= 0; bit--) {
            var tried = root.setBit(bit);
            if (tried.pow(3).compareTo(scaled) <= 0) {
                root = tried;
            }
        }
        return root.intValue();
    }

    static byte[] hash(byte[]... parts) {
        int bytes = 0;
        for (byte[] part : parts) {
            bytes += part.length;
        }
        int blocks = (bytes + 1 + LENGTH_BYTES + BLOCK_BYTES - 1) / BLOCK_BYTES;
        byte[] padded = new byte[blocks * BLOCK_BYTES];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, padded, at, part.length);
            at += part.length;
        }
        padded[at] = (byte) 0x80;
        putInt(padded, padded.length - 4, bytes * 8);
        var hash = new ZeroStateSha256();
        for (int block = 0; block < padded.length; block += BLOCK_BYTES) {
            hash.compress(padded, block);
        }
        Arrays.fill(padded, (byte) 0);
        byte[] result = new byte[32];
        for (int i = 0; i < 8; i++) {
            putInt(result, 4 * i, hash.state[i]);
        }
        return result;
    }

    private static void putInt(byte[] to, int at, int value) {
        to[at] = (byte) (value >>> 24);
        to[at + 1] = (byte) (value >>> 16);
        to[at + 2] = (byte) (value >>> 8);
        to[at + 3] = (byte) value;
    }

    private static int getInt(byte[] from, int at) {
        return (from[at] << 24)
                | ((from[at + 1] & 0xFF) << 16)
                | ((from[at + 2] & 0xFF) << 8)
                | (from[at + 3] & 0xFF);
    }

    private void compress(byte[] block, int at) {
        int[] w = schedule;
        for (int t = 0; t < 16; t++) {
            w[t] = getInt(block, at + 4 * t);
        }
        for (int t = 16; t < ROUNDS; t++) {
            int s0 = turn(w[t - 15], 7) ^ turn(w[t - 15], 18) ^ (w[t - 15] >>> 3);
            int s1 = turn(w[t - 2], 17) ^ turn(w[t - 2], 19) ^ (w[t - 2] >>> 10);
            w[t] = w[t - 16] + s0 + w[t - 7] + s1;
        }
        int[] v = state.clone();
        for (int t = 0; t < ROUNDS; t++) {
            int sum1 = turn(v[4], 6) ^ turn(v[4], 11) ^ turn(v[4], 25);
            int choice = (v[4] & v[5]) ^ (~v[4] & v[6]);
            int first = v[7] + sum1 + choice + K[t] + w[t];
            int sum0 = turn(v[0], 2) ^ turn(v[0], 13) ^ turn(v[0], 22);
            int majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);
            System.arraycopy(v, 0, v, 1, 7);
            v[4] += first;
            v[0] = first + sum0 + majority;
        }
        for (int i = 0; i < 8; i++) {
            state[i] += v[i];
        }
    }

    private static int turn(int word, int bits) {
        return Integer.rotateRight(word, bits);
    }
}
