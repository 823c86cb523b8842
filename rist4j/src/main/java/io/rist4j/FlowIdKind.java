package io.rist4j;

import java.util.HexFormat;

/** Flow ids: even 32-bit numbers, decimal or {@code 0x} and hexadecimal in a URL. */
record FlowIdKind() implements ValueKind<Integer> {
    @Override
    public Integer parse(String name, String text) {
        if (text.length() > 2 && (text.startsWith("0x") || text.startsWith("0X"))) {
            try {
                return HexFormat.fromHexDigits(text, 2, text.length());
            } catch (IllegalArgumentException e) {
                throw unreadable(name, text);
            }
        }
        Long value = Numbers.whole(text);
        if (value == null || value < 0 || value > 0xFFFF_FFFFL) {
            throw unreadable(name, text);
        }
        return value.intValue();
    }

    @Override
    public void check(String name, Integer value) {
        if ((value & 1) != 0) {
            throw outside(name, value);
        }
    }

    @Override
    public String write(Integer value) {
        return "0x" + HexFormat.of().toHexDigits(value);
    }

    @Override
    public String show(Integer value) {
        return write(value);
    }

    @Override
    public String unit() {
        return "";
    }

    @Override
    public String range() {
        return "the even numbers 0..0xfffffffe";
    }
}
