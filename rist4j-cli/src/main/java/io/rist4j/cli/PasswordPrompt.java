package io.rist4j.cli;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Asks a person for a password, without showing it. Passwords are arrays, to be overwritten. */
@FunctionalInterface
interface PasswordPrompt {
    /** Longer lines than this are no passwords. */
    int MAX_LINE_BYTES = 1024;

    /** UTF-8 of U+FEFF. */
    int MARK_BYTES = 3;

    /**
     * Asks.
     *
     * @throws IOException when nobody answers
     */
    char[] ask(String question) throws IOException;

    /** The terminal of this process, null when it has none. */
    @SuppressWarnings("SystemConsoleNull") // without a terminal it is null again from JDK 25 on
    static @Nullable PasswordPrompt ofProcess() {
        java.io.Console terminal = System.console();
        if (terminal == null || !terminal.isTerminal()) {
            return null;
        }
        return question -> {
            char[] answer = terminal.readPassword("%s", question);
            if (answer == null) {
                throw new IOException("no password was given");
            }
            return answer;
        };
    }

    private static boolean beginsWithMark(byte[] line, int bytes) {
        return bytes >= MARK_BYTES
                && line[0] == (byte) 0xEF
                && line[1] == (byte) 0xBB
                && line[2] == (byte) 0xBF;
    }

    /**
     * The first line, without its end and without the byte order mark that some editors put in
     * front of UTF-8. Reads no further.
     *
     * @param name of the source, for messages
     */
    static char[] firstLine(String name, InputStream in) throws IOException {
        byte[] line = new byte[MAX_LINE_BYTES];
        char[] room = new char[MAX_LINE_BYTES];
        try {
            int bytes = 0;
            for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
                if (bytes == line.length) {
                    throw new IOException(
                            name + ": the line is longer than " + MAX_LINE_BYTES + " octets");
                }
                line[bytes++] = (byte) octet;
            }
            if (bytes > 0 && line[bytes - 1] == '\r') {
                bytes--;
            }
            int begin = beginsWithMark(line, bytes) ? MARK_BYTES : 0;
            var chars = CharBuffer.wrap(room);
            var decoder = StandardCharsets.UTF_8.newDecoder();
            if (decoder.decode(ByteBuffer.wrap(line, begin, bytes - begin), chars, true)
                    .isError()) {
                throw new IOException(name + ": the line is not UTF-8");
            }
            return Arrays.copyOf(room, chars.position());
        } finally {
            Arrays.fill(line, (byte) 0);
            Arrays.fill(room, '\0');
        }
    }
}
