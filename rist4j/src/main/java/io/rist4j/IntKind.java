package io.rist4j;

/**
 * Whole numbers.
 *
 * @param unit empty for plain counts
 * @param step 1, or 2 where only even numbers are allowed
 */
record IntKind(int least, int most, String unit, int step) implements ValueKind<Integer> {
    static IntKind count(int least, int most) {
        return new IntKind(least, most, "", 1);
    }

    @Override
    public Integer parse(String name, String text) {
        Long value = Numbers.whole(text);
        if (value == null) {
            throw unreadable(name, text);
        }
        if (value < least || value > most) {
            throw new RistConfigException(
                    name, name + " " + value + suffix() + " is outside " + range());
        }
        return value.intValue();
    }

    @Override
    public void check(String name, Integer value) {
        if (value < least || value > most || value % step != 0) {
            throw outside(name, value);
        }
    }

    @Override
    public String write(Integer value) {
        return Integer.toString(value);
    }

    @Override
    public String show(Integer value) {
        return value + suffix();
    }

    @Override
    public String range() {
        return (step == 2 ? "the even numbers " : "") + least + ".." + most;
    }

    private String suffix() {
        return unit.isEmpty() ? "" : " " + unit;
    }
}
