package io.rist4j.net;

/**
 * A kind of datagram port, found by {@link java.util.ServiceLoader}. The portable one is always
 * there.
 *
 * <p>Implementations live in their own modules and must load on systems that they cannot serve;
 * {@link #isUsable} probes and never throws.
 */
public interface PortProvider {
    /** Short name for statistics and the command line, for example {@code linux}. */
    String name();

    /** Whether it works on this system, in this process. */
    boolean isUsable();

    /** Why {@link #isUsable} says no, for a message; empty when it says yes or does not know. */
    default String obstacle() {
        return "";
    }

    /** The provider of highest preference that is usable serves; the portable one has 0. */
    int preference();

    /** A poller for one pump. Its ports are opened through it. */
    PortPoller newPoller();
}
