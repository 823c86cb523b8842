package io.rist4j.cli;

import io.rist4j.cli.media.Redaction;

import java.util.ArrayList;
import java.util.List;

/**
 * The URLs of an option that may be given more than once, each time with one or several of them.
 *
 * <p>libRIST: its tools keep the last. Ours: all of them, as {@code rist relay} always did.
 */
final class UrlList {
    private final List<String> given = new ArrayList<>();

    void add(String list) {
        given.add(list);
    }

    boolean isEmpty() {
        return given.isEmpty();
    }

    /** All of them, with commas between. */
    String text() {
        return String.join(",", given);
    }

    /** The same for people, without secrets. */
    String shown() {
        return Redaction.of(text());
    }
}
