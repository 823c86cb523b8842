package io.rist4j;

import java.math.BigDecimal;

/** Bitrates: kb/s in a URL, with decimals where they are finer. */
record BitrateKind(Bitrate least, Bitrate most) implements ValueKind<Bitrate> {
    @Override
    public Bitrate parse(String name, String text) {
        BigDecimal kilobits = Numbers.decimal(text);
        if (kilobits == null) {
            throw unreadable(name, text);
        }
        long bits;
        try {
            bits = kilobits.movePointRight(3).longValueExact();
        } catch (ArithmeticException e) {
            throw unreadable(name, text);
        }
        if (bits < 0) {
            throw new RistConfigException(name, name + " " + text + " kb/s is outside " + range());
        }
        return new Bitrate(bits);
    }

    @Override
    public void check(String name, Bitrate value) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw outside(name, value);
        }
    }

    @Override
    public String write(Bitrate value) {
        BigDecimal kilobits = BigDecimal.valueOf(value.bitsPerSecond(), 3).stripTrailingZeros();
        return kilobits.signum() == 0 ? "0" : kilobits.toPlainString();
    }

    @Override
    public String show(Bitrate value) {
        return value.toString();
    }

    @Override
    public String unit() {
        return "kb/s";
    }

    @Override
    public String range() {
        return least + ".." + most;
    }
}
