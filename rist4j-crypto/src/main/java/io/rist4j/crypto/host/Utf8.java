package io.rist4j.crypto.host;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Text to octets without a {@link String} in between, which nobody could overwrite. */
public final class Utf8 {
    private static final int MAX_BYTES_PER_CHAR = 3;

    private Utf8() {}

    /**
     * The text as UTF-8.
     *
     * @param text stays the caller's
     * @return a new array, for the caller to overwrite
     * @throws IllegalArgumentException for half of a surrogate pair
     */
    public static byte[] encode(char[] text) {
        byte[] room = new byte[MAX_BYTES_PER_CHAR * text.length];
        ByteBuffer into = ByteBuffer.wrap(room);
        var result = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text), into, true);
        byte[] octets = Arrays.copyOf(room, into.position());
        Arrays.fill(room, (byte) 0);
        if (result.isError()) {
            Arrays.fill(octets, (byte) 0);
            throw new IllegalArgumentException("secret is not valid Unicode text");
        }
        return octets;
    }
}
