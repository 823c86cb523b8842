package io.rist4j.net;

/**
 * Work with deadlines that a pump serves, for example a session. Called on the pump's thread only.
 *
 * <p>A deadline has a tolerance on both sides, {@link #earlyNs} and {@link #slackNs}: the pump
 * wakes up for it at {@code deadlineNs + slackNs} at the latest, and when it is awake for another
 * reason it serves the deadline from {@code deadlineNs - earlyNs} on. Datagrams that may lie unread
 * until then, see {@link #gatherNs}, are read by the same wake-up.
 */
public interface PumpTask {
    /**
     * When {@link #onDeadline} next has work, on the pump's clock in ns; {@code SessionTime.NEVER}
     * when it has none.
     */
    long deadlineNs();

    /**
     * Does what is due. The call may come early by any amount; a task does then only what is due
     * within its own tolerance.
     *
     * @param nowNs the present, on the pump's clock
     */
    void onDeadline(long nowNs);

    /**
     * How long after {@link #deadlineNs} the call may come without harm, in ns, so that deadlines
     * close together and arrivals share one wake-up.
     */
    default long slackNs() {
        return 0;
    }

    /**
     * How long before {@link #deadlineNs} a call already has work to do, in ns: the pump makes it
     * when it is awake anyway, and never wakes up for it.
     */
    default long earlyNs() {
        return 0;
    }

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
