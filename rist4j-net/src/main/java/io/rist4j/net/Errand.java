package io.rist4j.net;

/**
 * A command that concerns one task alone.
 *
 * @param task whose deadlines it may change
 * @param command what to run
 */
record Errand(PumpTask task, Runnable command) implements Runnable {
    @Override
    public void run() {
        command.run();
    }
}
