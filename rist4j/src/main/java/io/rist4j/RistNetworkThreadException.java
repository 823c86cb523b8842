package io.rist4j;

/**
 * A call would have to wait, and was made on a network thread: in a handler, a listener or a
 * decision. There it would hold up every session that the thread serves, and two that wait for each
 * other would stop for good. Nothing happened; make the call on a thread of your own, or use its
 * variant that does not wait.
 */
public final class RistNetworkThreadException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /**
     * A call that was refused.
     *
     * @param call what would wait
     * @param instead what to do instead
     */
    RistNetworkThreadException(String call, String instead) {
        super(
                call
                        + " would wait, and "
                        + Thread.currentThread().getName()
                        + " is a network thread, which serves other sessions: "
                        + instead);
    }
}
