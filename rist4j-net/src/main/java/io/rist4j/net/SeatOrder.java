package io.rist4j.net;

import io.rist4j.core.time.SessionTime;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/** Seats by a time of each, the first on top: a binary heap that knows where each seat is. */
final class SeatOrder {
    /** In place of an index: not in this order. */
    static final int ABSENT = -1;

    private final int number;
    private Seat[] seats = {};
    private long[] times = {};
    private int size;

    /**
     * An empty order.
     *
     * @param number which of the indexes of {@link Seat#index} is its own
     */
    SeatOrder(int number) {
        this.number = number;
    }

    /** Puts a seat where its time belongs; {@link SessionTime#NEVER} takes it out. */
    void put(Seat seat, long atNs) {
        int at = seat.index[number];
        if (atNs == SessionTime.NEVER) {
            remove(seat);
        } else if (at == ABSENT) {
            if (size == seats.length) {
                seats = Arrays.copyOf(seats, Math.max(4, 2 * size));
                times = Arrays.copyOf(times, seats.length);
            }
            rise(size++, seat, atNs);
        } else if (atNs < times[at]) {
            rise(at, seat, atNs);
        } else if (atNs > times[at]) {
            sink(at, seat, atNs);
        }
    }

    /** Takes a seat out. */
    void remove(Seat seat) {
        int at = seat.index[number];
        if (at == ABSENT) {
            return;
        }
        seat.index[number] = ABSENT;
        Seat last = seats[--size];
        long lastNs = times[size];
        seats[size] = seat; // kept, so that no place is ever without one
        if (at == size) {
            return;
        }
        if (at > 0 && lastNs < times[(at - 1) / 2]) {
            rise(at, last, lastNs);
        } else {
            sink(at, last, lastNs);
        }
    }

    /** The first, or null. */
    @Nullable Seat first() {
        return size == 0 ? null : seats[0];
    }

    /** The time of the first, or {@link SessionTime#NEVER}. */
    long firstNs() {
        return size == 0 ? SessionTime.NEVER : times[0];
    }

    private void rise(int from, Seat seat, long atNs) {
        int at = from;
        while (at > 0 && atNs < times[(at - 1) / 2]) {
            move((at - 1) / 2, at);
            at = (at - 1) / 2;
        }
        set(at, seat, atNs);
    }

    private void sink(int from, Seat seat, long atNs) {
        int at = from;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && times[child + 1] < times[child]) {
                child++;
            }
            if (atNs <= times[child]) {
                break;
            }
            move(child, at);
            at = child;
        }
        set(at, seat, atNs);
    }

    private void move(int from, int to) {
        set(to, seats[from], times[from]);
    }

    private void set(int at, Seat seat, long atNs) {
        seats[at] = seat;
        times[at] = atNs;
        seat.index[number] = at;
    }
}
