package io.rist4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One of a few: written by name, or by number where libRIST numbers them.
 *
 * @param values in the order of their numbers
 * @param numbered whether a number is taken too
 */
record ChoiceKind<E extends Enum<E>>(List<E> values, boolean numbered) implements ValueKind<E> {
    static <E extends Enum<E>> ChoiceKind<E> named(E[] values) {
        return new ChoiceKind<>(Arrays.asList(values), false);
    }

    static <E extends Enum<E>> ChoiceKind<E> numbered(E[] values) {
        return new ChoiceKind<>(Arrays.asList(values), true);
    }

    @Override
    public E parse(String name, String text) {
        for (int i = 0; i < values.size(); i++) {
            E value = values.get(i);
            boolean byNumber = numbered && text.equals(Integer.toString(i));
            if (byNumber || text.equalsIgnoreCase(value.toString())) {
                return value;
            }
        }
        throw unreadable(name, text);
    }

    @Override
    public void check(String name, E value) {
        if (!values.contains(value)) {
            throw outside(name, value);
        }
    }

    @Override
    public String write(E value) {
        return value.toString();
    }

    @Override
    public String show(E value) {
        return value.toString();
    }

    @Override
    public String unit() {
        return "";
    }

    @Override
    public String range() {
        var names = new ArrayList<String>();
        for (int i = 0; i < values.size(); i++) {
            names.add((numbered ? i + " or " : "") + values.get(i));
        }
        return String.join(" | ", names);
    }
}
