package io.rist4j.net;

import io.rist4j.core.time.SessionTime;
import io.rist4j.core.time.Wake;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

/**
 * The tasks of a pump, in the order of their deadlines. A task is asked for its deadlines again
 * only when something has happened to it, so tasks that wait cost nothing.
 *
 * <p>Of the pump's thread, but for {@link #signal}.
 */
final class Roster {
    /** How long the tasks' answers about gathering are taken for true. */
    private static final long ASK_AGAIN_NS = 20 * SessionTime.MILLISECOND;

    private final BiConsumer<PumpTask, Throwable> onThrown;
    private final Map<PumpTask, Seat> seats = new ConcurrentHashMap<>();
    private final SeatOrder byEarliest = new SeatOrder(0);
    private final SeatOrder byLatest = new SeatOrder(1);
    private final List<Seat> present = new ArrayList<>();
    private final List<Seat> touched = new ArrayList<>();
    private final List<Seat> due = new ArrayList<>();
    private final AtomicReference<@Nullable Seat> signalled = new AtomicReference<>();
    private long leastNs;
    private long leastUntilNs;

    /**
     * Nobody yet.
     *
     * @param onThrown told when a task throws
     */
    Roster(BiConsumer<PumpTask, Throwable> onThrown) {
        this.onThrown = onThrown;
    }

    /** Serves a task from now on; one that is served already stays. */
    void add(PumpTask task) {
        if (!seats.containsKey(task)) {
            var seat = new Seat(task);
            seats.put(task, seat);
            present.add(seat);
            leastUntilNs = 0;
            touch(seat);
        }
    }

    /** Serves a task no more. */
    void remove(PumpTask task) {
        Seat seat = seats.remove(task);
        if (seat != null) {
            seat.isLeft = true;
            present.remove(seat);
            leastUntilNs = 0;
            byEarliest.remove(seat);
            byLatest.remove(seat);
        }
    }

    boolean has(PumpTask task) {
        return seats.containsKey(task);
    }

    private void touch(Seat seat) {
        if (!seat.isLeft && !seat.touched) {
            seat.touched = true;
            touched.add(seat);
        }
    }

    /** Something has happened to a task, which may be none of these. */
    void touch(PumpTask task) {
        Seat seat = seats.get(task);
        if (seat != null) {
            touch(seat);
        }
    }

    /** Something has happened to nobody knows whom. */
    void touchAll() {
        for (int i = 0; i < present.size(); i++) {
            touch(present.get(i));
        }
    }

    /** Another thread has work for a task. From any thread. */
    void signal(PumpTask task) {
        Seat seat = seats.get(task);
        if (seat == null || seat.signalled.getAndSet(true)) {
            return;
        }
        Seat before;
        do {
            before = signalled.get();
            seat.before = before;
        } while (!signalled.compareAndSet(before, seat));
    }

    private void takeSignals() {
        Seat seat = signalled.get() == null ? null : signalled.getAndSet(null);
        while (seat != null) {
            Seat before = seat.before;
            seat.before = null;
            seat.signalled.set(false);
            VarHandle.fullFence(); // it is asked after that: what comes later tells again
            touch(seat);
            seat = before;
        }
    }

    /** Asks those to whom something has happened. */
    void refresh() {
        takeSignals();
        for (int i = 0; i < touched.size(); i++) {
            Seat seat = touched.get(i);
            seat.touched = false;
            if (seat.isLeft) {
                continue;
            }
            Wake wake = seat.wake;
            wake.clear();
            try {
                seat.task.wakes(wake);
            } catch (Throwable cause) {
                onThrown.accept(seat.task, cause);
                continue;
            }
            byEarliest.put(seat, wake.earliestNs());
            byLatest.put(seat, wake.latestNs());
        }
        touched.clear();
    }

    /** Until when all of them may wait. */
    long latestNs() {
        return byLatest.firstNs();
    }

    /** Why not longer, for a trace. */
    String reason() {
        Seat first = byLatest.first();
        return first == null ? Wake.NOTHING : first.wake.reason();
    }

    /**
     * Serves those who have work that can be done, each once.
     *
     * @return how many
     */
    int serve(long nowNs) {
        for (Seat seat = byEarliest.first();
                seat != null && byEarliest.firstNs() <= nowNs;
                seat = byEarliest.first()) {
            byEarliest.remove(seat);
            due.add(seat);
        }
        int served = due.size();
        for (int i = 0; i < served; i++) {
            Seat seat = due.get(i);
            if (seat.isLeft) {
                continue;
            }
            touch(seat);
            try {
                seat.task.onDeadline(nowNs);
            } catch (Throwable cause) {
                onThrown.accept(seat.task, cause);
            }
        }
        due.clear();
        return served;
    }

    /**
     * The least time, above 0, that a task lets arrivals gather; 0 when none does. Tasks are asked
     * now and then only, for it hardly ever changes.
     */
    long leastGatherNs(long nowNs) {
        if (nowNs >= leastUntilNs) {
            leastUntilNs = nowNs + ASK_AGAIN_NS;
            leastNs = 0;
            for (int i = 0; i < present.size(); i++) {
                long taskNs = present.get(i).task.gatherNs();
                leastNs = taskNs > 0 && (leastNs == 0 || taskNs < leastNs) ? taskNs : leastNs;
            }
        }
        return leastNs;
    }
}
