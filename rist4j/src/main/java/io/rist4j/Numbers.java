package io.rist4j;

import org.jspecify.annotations.Nullable;

/**
 * Numbers as URLs have them: ASCII digits, a sign, at most one point; nothing else.
 *
 * <p>Without {@link java.math.BigDecimal}, which takes 30 ms of a command's start to be ready.
 */
final class Numbers {
    /** Longer than any number that a setting takes, and short enough to be cheap. */
    private static final int MOST_CHARACTERS = 24;

    private static final int TEN = 10;

    private Numbers() {}

    /** The whole number, or null when the text is none that fits. */
    static @Nullable Long whole(String text) {
        return text.indexOf('.') >= 0 ? null : scaled(text, 0);
    }

    /**
     * The number times a power of ten, or null when the text is none, or the product is not whole
     * or does not fit.
     *
     * @param digits the power
     */
    static @Nullable Long scaled(String text, int digits) {
        if (text.length() > MOST_CHARACTERS) {
            return null;
        }
        boolean isNegative = text.startsWith("-");
        int begin = isNegative || text.startsWith("+") ? 1 : 0;
        int point = text.indexOf('.');
        int wholeEnd = point < 0 ? text.length() : point;
        int fractionBegin = Math.min(wholeEnd + 1, text.length());
        if (wholeEnd - begin + text.length() - fractionBegin == 0) {
            return null;
        }
        try {
            // downwards, so that the least of all fits
            long value = append(0, text, begin, wholeEnd);
            int fractionEnd = Math.min(text.length(), fractionBegin + digits);
            value = append(value, text, fractionBegin, fractionEnd);
            for (int i = fractionEnd - fractionBegin; i < digits; i++) {
                value = Math.multiplyExact(value, TEN);
            }
            boolean isExact = append(0, text, fractionEnd, text.length()) == 0;
            return isExact ? (Long) (isNegative ? value : Math.negateExact(value)) : null;
        } catch (NumberFormatException | ArithmeticException e) {
            return null;
        }
    }

    private static long append(long negative, String text, int begin, int end) {
        long value = negative;
        for (int i = begin; i < end; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                throw new NumberFormatException(text);
            }
            value = Math.subtractExact(Math.multiplyExact(value, TEN), c - '0');
        }
        return value;
    }

    /**
     * A number divided by a power of ten, as short as it can be.
     *
     * @param digits the power
     */
    static String text(long value, int digits) {
        String plain = Long.toString(value);
        String sign = plain.startsWith("-") ? "-" : "";
        String figures = plain.substring(sign.length());
        String padded = "0".repeat(Math.max(0, digits + 1 - figures.length())) + figures;
        int point = padded.length() - digits;
        int end = padded.length();
        while (end > point && padded.charAt(end - 1) == '0') {
            end--;
        }
        String whole = sign + padded.substring(0, point);
        return end == point ? whole : whole + "." + padded.substring(point, end);
    }
}
