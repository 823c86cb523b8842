package io.rist4j.codec.eap;

import io.rist4j.core.message.Verdict;

import java.nio.ByteBuffer;

/**
 * The body of a challenge: name, salt, generator, each behind its length, and the modulus
 * (TR-06-2:2022 §D.3.4.3).
 *
 * <p>Spec: lengths of one octet (Figure 26). libRIST and everybody else: two octets, and 0.2.20
 * leaves eight zero octets behind a challenge in the default group. Ours: writes two, reads two,
 * and one where two do not come out even; where neither does, zero octets behind the default group
 * are nothing.
 */
public final class Challenge {
    /** Longest salt. */
    public static final int MAX_SALT_BYTES = 64;

    private int saltAt;
    private int saltBytes;
    private boolean hasGroup;

    /** Holds nothing. */
    public Challenge() {}

    /** Reads a body. */
    public Verdict read(ByteBuffer b, int at, int bytes) {
        boolean isRead =
                readWith(b, at, bytes, 2, false)
                        || readWith(b, at, bytes, 1, false)
                        || readWith(b, at, bytes, 2, true);
        return isRead ? Verdict.OK : Verdict.BAD_LENGTH;
    }

    private boolean readWith(
            ByteBuffer b, int at, int bytes, int lengthBytes, boolean mayBePadded) {
        int end = at + bytes;
        int next = skip(b, at, end, lengthBytes); // name
        int salt = next < 0 ? -1 : next + lengthBytes;
        next = next < 0 ? -1 : skip(b, next, end, lengthBytes);
        if (next < 0) {
            return false;
        }
        int saltEnd = next;
        next = skip(b, next, end, lengthBytes); // generator
        boolean isDefault = next == saltEnd + lengthBytes;
        boolean isEnd = next == end || (mayBePadded && isZero(b, next, end));
        if (next < 0 || isDefault != isEnd) {
            return false;
        }
        saltAt = salt;
        saltBytes = saltEnd - salt;
        hasGroup = !isDefault;
        return saltBytes >= 1 && saltBytes <= MAX_SALT_BYTES;
    }

    private static boolean isZero(ByteBuffer b, int from, int end) {
        for (int i = from; i >= 0 && i < end; i++) {
            if (b.get(i) != 0) {
                return false;
            }
        }
        return true;
    }

    /** The end of a field that begins with its length, or -1. */
    private static int skip(ByteBuffer b, int at, int end, int lengthBytes) {
        if (at + lengthBytes > end) {
            return -1;
        }
        int length = lengthBytes == 2 ? b.getShort(at) & 0xFFFF : b.get(at) & 0xFF;
        int next = at + lengthBytes + length;
        return next > end ? -1 : next;
    }

    /** A copy of the salt. */
    public byte[] salt(ByteBuffer b) {
        byte[] salt = new byte[saltBytes];
        b.get(saltAt, salt);
        return salt;
    }

    /** Whether it names a group of its own, which no two peers treat alike. */
    public boolean hasGroup() {
        return hasGroup;
    }
}
