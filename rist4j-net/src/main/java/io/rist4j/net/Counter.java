package io.rist4j.net;

import java.util.concurrent.atomic.AtomicLong;

/** A number that one thread adds to and any thread reads. */
final class Counter {
    private final AtomicLong value = new AtomicLong();

    void add(long amount) {
        value.lazySet(value.getPlain() + amount);
    }

    void increment() {
        add(1);
    }

    long get() {
        return value.get();
    }
}
