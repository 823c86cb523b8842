package io.rist4j.core.message;

import java.nio.charset.StandardCharsets;

/**
 * Text that somebody else wrote, made fit for terminals, logs and reports. Whatever a name holds,
 * no character of it moves a cursor, ends a line, turns the direction of what follows, hides, or
 * cannot be encoded: control characters (C0, C1), format characters (bidirectional overrides and
 * isolates, zero-width ones, byte order marks, tags), line and paragraph separators, unpaired
 * surrogates, private and unassigned code points become {@code ?}.
 *
 * <p>Stateless.
 */
public final class PrintableText {
    private static final char REPLACEMENT = '?';

    private PrintableText() {}

    /**
     * Whether a code point shows as itself and nothing else.
     *
     * @param codePoint any number
     */
    public static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED ->
                    false;
            default -> true;
        };
    }

    /**
     * The text with what is not printable replaced. Allocates only where something is.
     *
     * @param text of anybody
     */
    public static String of(String text) {
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            if (!isPrintable(codePoint)) {
                return replaced(text, i);
            }
            i += Character.charCount(codePoint);
        }
        return text;
    }

    private static String replaced(String text, int from) {
        var printable = new StringBuilder(text.length()).append(text, 0, from);
        text.substring(from)
                .codePoints()
                .map(c -> isPrintable(c) ? c : REPLACEMENT)
                .forEach(printable::appendCodePoint);
        return printable.toString();
    }

    /**
     * A name or other text as peers send it.
     *
     * @param utf8 its octets; what is not UTF-8 becomes U+FFFD
     */
    public static String of(byte[] utf8) {
        return of(new String(utf8, StandardCharsets.UTF_8));
    }
}
