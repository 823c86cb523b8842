package io.rist4j;

import java.nio.charset.StandardCharsets;

/**
 * Short text, taken as it is: rist URLs have no escapes, so it cannot hold the characters that end
 * a value in a URL or in a list of URLs.
 *
 * @param mostBytes in UTF-8
 */
record TextKind(int mostBytes) implements ValueKind<String> {
    @Override
    public String parse(String name, String text) {
        return text;
    }

    @Override
    public void check(String name, String value) {
        int bytes = value.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < 1 || bytes > mostBytes) {
            throw new RistConfigException(
                    name, name + " of " + bytes + " bytes is outside " + range());
        }
        value.codePoints()
                .filter(c -> c == '&' || c == ',' || Character.isISOControl(c))
                .findFirst()
                .ifPresent(c -> {
                    throw new RistConfigException(
                            name,
                            name
                                    + " holds "
                                    + (Character.isISOControl(c)
                                            ? "a control character"
                                            : "'" + Character.toString(c) + "'")
                                    + ", which a rist URL has no way to write");
                });
    }

    @Override
    public String write(String value) {
        return value;
    }

    @Override
    public String show(String value) {
        return value;
    }

    @Override
    public String unit() {
        return "";
    }

    @Override
    public String range() {
        return "1.." + mostBytes + " bytes of text";
    }
}
