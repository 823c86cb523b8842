package io.rist4j;

import io.rist4j.core.time.SessionTime;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * One handler of the program, as the network thread calls it: what it throws stays with it and is
 * counted, and a call that holds the network thread up is reported. Both are logged under {@value
 * #LOGGER}, at most every ten seconds each. A handler that throws again and again is retired.
 *
 * <p>Belongs to the network thread; the counters may be read from any.
 */
final class UserCode {
    /** The name of the logger, which is documented in {@link RistHandle}. */
    static final String LOGGER = "io.rist4j.handlers";

    /** A call that takes longer keeps packets of this and other sessions waiting noticeably. */
    static final long SLOW_NS = 50 * SessionTime.MILLISECOND;

    /** So many calls in a row that throw retire the handler. */
    static final int MOST_THROWS = 100;

    private static final long LOG_EVERY_NS = 10 * SessionTime.SECOND;
    private static final Logger LOG = System.getLogger(LOGGER);

    private final Supplier<String> name;
    private final LongSupplier nowNs;
    private long throwsLoggedNs = -LOG_EVERY_NS;
    private long slowLoggedNs = -LOG_EVERY_NS;
    private int throwsInRow;
    private volatile long throwsCount;
    private volatile long slowCount;

    /**
     * @param name what it is, for the log: "the event listener of ..."
     * @param nowNs the network thread's clock
     */
    UserCode(Supplier<String> name, LongSupplier nowNs) {
        this.name = name;
        this.nowNs = nowNs;
    }

    /** Whether it threw so often in a row that it is not called any more. */
    boolean isRetired() {
        return throwsInRow >= MOST_THROWS;
    }

    /** How often it threw. */
    long throwsCount() {
        return throwsCount;
    }

    /** How many of its calls took longer than {@link #SLOW_NS}. */
    long slowCount() {
        return slowCount;
    }

    /** A call begins. Returns what {@link #end} wants. */
    long begin() {
        return nowNs.getAsLong();
    }

    /** The call has returned. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    void end(long beganNs) {
        throwsInRow = 0;
        long endedNs = nowNs.getAsLong();
        if (endedNs - beganNs < SLOW_NS) {
            return;
        }
        slowCount++;
        if (endedNs - slowLoggedNs >= LOG_EVERY_NS) {
            slowLoggedNs = endedNs;
            LOG.log(
                    Level.WARNING,
                    String.format(
                            Locale.ROOT,
                            "%s held the network thread %s up for %d ms (%d such calls so far):"
                                    + " packets of every session on it waited; hand long work to"
                                    + " another thread",
                            name.get(),
                            Thread.currentThread().getName(),
                            (endedNs - beganNs) / SessionTime.MILLISECOND,
                            slowCount));
        }
    }

    /**
     * The call threw. Only what the virtual machine itself cannot go on with is thrown on.
     *
     * @param during what it was called for
     */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    void threw(String during, Throwable thrown) {
        if (thrown instanceof VirtualMachineError fatal
                && !(thrown instanceof StackOverflowError)) {
            throw fatal;
        }
        throwsCount++;
        throwsInRow++;
        long atNs = nowNs.getAsLong();
        if (isRetired()) {
            LOG.log(
                    Level.ERROR,
                    name.get()
                            + " threw "
                            + MOST_THROWS
                            + " times in a row and is not called any more",
                    thrown);
        } else if (atNs - throwsLoggedNs >= LOG_EVERY_NS) {
            throwsLoggedNs = atNs;
            LOG.log(
                    Level.ERROR,
                    name.get() + " threw " + during + " (" + throwsCount + " times so far)",
                    thrown);
        }
    }

    /**
     * Calls it, unless it is retired. For what is rare: callers on a packet's way begin and end.
     */
    void run(String during, Runnable call) {
        if (isRetired()) {
            return;
        }
        long beganNs = begin();
        try {
            call.run();
            end(beganNs);
        } catch (Throwable thrown) {
            threw(during, thrown);
        }
    }

    /** Asks it, unless it is retired; no answer is no. */
    boolean ask(String during, BooleanSupplier question) {
        boolean[] answer = {false};
        run(during, () -> answer[0] = question.getAsBoolean());
        return answer[0];
    }
}
