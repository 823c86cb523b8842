package io.rist4j.net;

import io.rist4j.core.time.Wake;

/**
 * Work with deadlines that a pump serves, for example a session. Called on the pump's thread only.
 *
 * <p>Work has a tolerance on both sides, see {@link Wake}: the pump wakes up for it at its latest
 * time, and when it is awake for another reason it has it done from its earliest time on. Datagrams
 * that may lie unread until then, see {@link #gatherNs}, are read by the same wake-up.
 */
public interface PumpTask {
    /**
     * Adds when {@link #onDeadline} next has work, on the pump's clock.
     *
     * @param wake takes it
     */
    void wakes(Wake wake);

    /**
     * Does what is due. The call may come early by any amount; a task does then only what is due
     * within its own tolerance.
     *
     * @param nowNs the present, on the pump's clock
     */
    void onDeadline(long nowNs);

    /**
     * How long datagrams for this task may be left in the socket, in ns, so that many of them share
     * one wake-up, or that for a deadline; 0 forbids it. The pump makes use of it while there is
     * traffic, and of more than 2 ms only while few datagrams come. It counts for the ports that
     * were opened with this task; ports of no task, and {@link Pump#wakeSoon}, take the least of
     * all tasks that allow any.
     */
    default long gatherNs() {
        return 0;
    }

    /**
     * The task, or the handler of one of its ports, threw: the pump has removed the task and closed
     * its ports, and calls it no more.
     *
     * @param cause what was thrown
     */
    default void onFailure(Throwable cause) {}
}
