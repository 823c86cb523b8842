package io.rist4j.session;

/** A cross-cutting duty of a session with deadlines of its own. */
interface SessionPart {
    long deadlineNs();

    /** How much later than its deadline the part may be served. */
    long slackNs();

    void onDeadline(long nowNs);
}
