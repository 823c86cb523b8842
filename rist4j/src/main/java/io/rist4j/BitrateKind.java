package io.rist4j;

/** Bitrates: kb/s in a URL, with decimals where they are finer. */
record BitrateKind(Bitrate least, Bitrate most) implements ValueKind<Bitrate> {
    private static final int DIGITS_PER_KILOBIT = 3;

    @Override
    public Bitrate parse(String name, String text) {
        Long bits = Numbers.scaled(text, DIGITS_PER_KILOBIT);
        if (bits == null) {
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
        return Numbers.text(value.bitsPerSecond(), DIGITS_PER_KILOBIT);
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
