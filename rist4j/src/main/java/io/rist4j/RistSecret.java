package io.rist4j;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A secret or a password: characters that are never printed. Immutable until it is {@linkplain
 * #close overwritten}. Safe for use by several threads.
 *
 * <p>Where characters came from a {@link String}, such as a URL, that string stays in memory for as
 * long as the JVM likes; {@link #of(char[])} leaves no copy but this one.
 */
public final class RistSecret implements AutoCloseable {
    private final char[] chars;

    private RistSecret(char[] chars) {
        this.chars = chars;
    }

    /**
     * A secret of its own.
     *
     * @param chars copied; the caller may overwrite them at once
     */
    public static RistSecret of(char[] chars) {
        return new RistSecret(chars.clone());
    }

    /**
     * A secret from text that somebody else holds anyway.
     *
     * @param text its characters
     */
    public static RistSecret of(String text) {
        return new RistSecret(text.toCharArray());
    }

    /** A copy of the characters, for the caller to overwrite. */
    public char[] chars() {
        return chars.clone();
    }

    /** Octets in UTF-8. */
    int bytes() {
        return StandardCharsets.UTF_8.encode(CharBuffer.wrap(chars)).remaining();
    }

    /** Whether a character occurs that no peer could take. */
    boolean holds(char unwanted) {
        for (char c : chars) {
            if (c == unwanted) {
                return true;
            }
        }
        return false;
    }

    /** Overwrites the characters. Settings that hold this secret cannot be used any more. */
    @Override
    public void close() {
        Arrays.fill(chars, '\0');
    }

    /** Equal when the characters are; takes the same time wherever they differ. */
    @Override
    public boolean equals(Object object) {
        return object instanceof RistSecret other
                && MessageDigest.isEqual(octets(chars), octets(other.chars));
    }

    private static byte[] octets(char[] chars) {
        byte[] octets = new byte[2 * chars.length];
        for (int i = 0; i < chars.length; i++) {
            octets[2 * i] = (byte) (chars[i] >>> 8);
            octets[2 * i + 1] = (byte) chars[i];
        }
        return octets;
    }

    /** The same for all, so that it tells nothing. */
    @Override
    public int hashCode() {
        return RistSecret.class.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
