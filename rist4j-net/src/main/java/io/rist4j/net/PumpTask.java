package io.rist4j.net;

/**
 * Work with deadlines that a pump serves, for example a session. Called on the pump's thread only.
 */
public interface PumpTask {
    /**
     * When {@link #onDeadline} next has work, on the pump's clock in ns; {@code SessionTime.NEVER}
     * when it has none.
     */
    long deadlineNs();

    /**
     * Does what is due.
     *
     * @param nowNs the present, on the pump's clock
     */
    void onDeadline(long nowNs);

    /**
     * How long after {@link #deadlineNs} the call may come without harm, in ns, so that deadlines
     * close together and arrivals share one wake-up. The call may come early by any amount when the
     * pump is awake anyway; a task does then only what is due within its own tolerance.
     */
    default long slackNs() {
        return 0;
    }
}
