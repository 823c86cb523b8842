package io.rist4j.net;

import io.rist4j.core.time.Wake;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicBoolean;

/** A task's place in a pump: what it last said of its deadlines. Of the pump's thread. */
final class Seat {
    final PumpTask task;

    /** What the task said when it was asked last. */
    final Wake wake = new Wake();

    /** Its index in each {@link SeatOrder}, by the order's number. */
    final int[] index = {SeatOrder.ABSENT, SeatOrder.ABSENT};

    /** Whether something has happened to the task since it was asked. */
    boolean touched;

    /** The task was removed. */
    boolean isLeft;

    /** Whether another thread told of work for it; from any thread. */
    final AtomicBoolean signalled = new AtomicBoolean();

    /** The one that was signalled before it; of whoever has put it there. */
    @Nullable Seat before;

    Seat(PumpTask task) {
        this.task = task;
    }
}
