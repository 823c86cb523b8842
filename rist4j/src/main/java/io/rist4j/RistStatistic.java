package io.rist4j;

import java.util.Locale;
import java.util.Map;

/**
 * What one number of a snapshot is: its name, unit and meaning, whether it counts, and what tells
 * it from its siblings. JSON, text views, Prometheus and Micrometer are loops over these, so that a
 * number that is new needs no change there. Immutable, and made by this library only; later
 * versions may tell more and have more.
 */
public final class RistStatistic {
    /** What a number is about. */
    public enum Subject {
        /** A sender's flow. */
        SENDER,
        /** A receiver's flow. */
        RECEIVER,
        /** A sender or receiver as a whole, whatever its flows: alike in the snapshots of all. */
        SESSION,
        /** A path of a sender or receiver. */
        PATH,
        /** A network thread. */
        PUMP;

        /** The word in names of metrics. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a number is in; later versions may have more. */
    public enum Unit {
        /** Packets of media. */
        PACKETS,
        /** Datagrams of any content. */
        DATAGRAMS,
        /** Octets. */
        BYTES,
        /** Bits per second. */
        BITS_PER_SECOND,
        /** Nanoseconds. */
        NANOSECONDS,
        /** 1 for yes, 0 for no. */
        YES_OR_NO,
        /** How often something happened, or a number without a unit. */
        NONE
    }

    /** Where a line that people read at a glance tells a number; later versions may have more. */
    public enum Glance {
        /** Nowhere. */
        NEVER,
        /** Behind the others, where there is room. */
        LATE,
        /** Among the first. */
        EARLY,
        /** Among the first once it is not zero, and nowhere before. */
        EARLY_WHEN_ANY
    }

    private final int index;
    private final Subject subject;
    private final String name;
    private final Map<String, String> labels;
    private final Unit unit;
    private final boolean counter;
    private final String help;
    private final Glance glance;
    private final String word;

    RistStatistic(
            int index,
            Subject subject,
            String name,
            Map<String, String> labels,
            Unit unit,
            boolean counter,
            String help,
            Glance glance,
            String word) {
        this.index = index;
        this.subject = subject;
        this.name = name;
        this.labels = labels;
        this.unit = unit;
        this.counter = counter;
        this.help = help;
        this.glance = glance;
        this.word = word;
    }

    /** The same number, told at a glance. */
    RistStatistic told(Glance where, String under) {
        return new RistStatistic(index, subject, name, labels, unit, counter, help, where, under);
    }

    /** Its place in the table that it is of. */
    int index() {
        return index;
    }

    /** What it is about. */
    public Subject subject() {
        return subject;
    }

    /** Its name within the subject, as {@code sent_packets}. */
    public String name() {
        return name;
    }

    /**
     * What tells it from others of its name, as {@code reason} and {@code replayed} of datagrams
     * that were refused; mostly nothing.
     */
    public Map<String, String> labels() {
        return labels;
    }

    /** What the number is in. */
    public Unit unit() {
        return unit;
    }

    /** Whether it counts from a beginning on; else it tells how things stand. */
    public boolean isCounter() {
        return counter;
    }

    /** What it means, a sentence's beginning. */
    public String help() {
        return help;
    }

    /** Where a line that people read at a glance tells it. */
    public Glance glance() {
        return glance;
    }

    /** The word that such a line tells it under, as {@code lost}; empty where none does. */
    public String word() {
        return word;
    }

    /** The method of the snapshot that tells it: {@code sentPackets} for {@code sent_packets}. */
    String accessor() {
        var method = new StringBuilder();
        for (String word : name.split("_", -1)) {
            method.append(
                    method.isEmpty()
                            ? word
                            : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return unit == Unit.NANOSECONDS ? method.append("Ns").toString() : method.toString();
    }

    /** Subject and name, for people, and open to change. */
    @Override
    public String toString() {
        return subject + " " + name + (labels.isEmpty() ? "" : labels);
    }
}
