package io.rist4j;

/**
 * A secret: taken as it is, and never shown or written.
 *
 * @param mostBytes in UTF-8
 */
record SecretKind(int mostBytes) implements ValueKind<RistSecret> {
    private static final String HIDDEN = "***";

    @Override
    public RistSecret parse(String name, String text) {
        if (text.equals(HIDDEN)) {
            throw new RistConfigException(
                    name,
                    name
                            + " is "
                            + HIDDEN
                            + ", which stands for one that is not shown; give the "
                            + name
                            + " itself");
        }
        return RistSecret.of(text);
    }

    @Override
    public void check(String name, RistSecret value) {
        int bytes = value.bytes();
        if (bytes < 1 || bytes > mostBytes) {
            throw new RistConfigException(
                    name, name + " of " + bytes + " bytes is outside " + range());
        }
        if (value.holds('\0')) {
            throw new RistConfigException(
                    name, name + " holds a NUL character, where peers would cut it");
        }
    }

    @Override
    public String write(RistSecret value) {
        return HIDDEN;
    }

    @Override
    public String show(RistSecret value) {
        return HIDDEN;
    }

    @Override
    public String unit() {
        return "";
    }

    @Override
    public String range() {
        return "1.." + mostBytes + " bytes of text";
    }

    /** The refusal holds no part of a secret. */
    @Override
    public RistConfigException unreadable(String name, String text) {
        return new RistConfigException(name, name + " cannot be read; it takes " + range());
    }
}
