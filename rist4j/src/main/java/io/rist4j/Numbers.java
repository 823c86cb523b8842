package io.rist4j;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;

/** Numbers as URLs have them: ASCII digits, a sign, at most one point; nothing else. */
final class Numbers {
    /** Longer than any number that a setting takes, and short enough to be cheap. */
    private static final int MOST_CHARACTERS = 24;

    private Numbers() {}

    /** The number, or null when the text is none. */
    static @Nullable BigDecimal decimal(String text) {
        if (text.length() > MOST_CHARACTERS) {
            return null;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean sign = i == 0 && (c == '-' || c == '+');
            if ((c < '0' || c > '9') && c != '.' && !sign) {
                return null;
            }
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** The whole number, or null when the text is none that fits. */
    static @Nullable Long whole(String text) {
        BigDecimal value = text.indexOf('.') >= 0 ? null : decimal(text);
        if (value == null) {
            return null;
        }
        try {
            return value.longValueExact();
        } catch (ArithmeticException e) {
            return null;
        }
    }
}
