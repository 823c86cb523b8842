package io.rist4j.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * The wish that a command ends: by SIGINT or SIGTERM, or by a test. Commands that run register what
 * makes them end. Safe for use by several threads.
 */
final class StopSignal {
    private final List<Runnable> actions = new ArrayList<>();
    private boolean raised;

    /** Runs {@code action} when the signal is raised; at once if it was already. */
    void onRaise(Runnable action) {
        synchronized (this) {
            if (!raised) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }

    /** Asks to end. Only the first call acts. */
    void raise() {
        List<Runnable> due;
        synchronized (this) {
            if (raised) {
                return;
            }
            raised = true;
            due = List.copyOf(actions);
        }
        due.forEach(Runnable::run);
    }

    synchronized boolean isRaised() {
        return raised;
    }
}
