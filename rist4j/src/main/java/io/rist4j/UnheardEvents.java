package io.rist4j;

import io.rist4j.core.message.PrintableText;
import io.rist4j.core.time.SessionTime;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Logs the events of a handle that nobody listens to, under {@value #LOGGER}. Strangers can cause
 * most of them: each kind is logged at most once in five seconds, with the number left out.
 *
 * <p>Belongs to the network thread.
 */
final class UnheardEvents {
    /** The name of the logger, which is documented in {@link RistHandle}. */
    static final String LOGGER = "io.rist4j.events";

    private static final long EVERY_NS = 5 * SessionTime.SECOND;
    private static final Logger LOG = System.getLogger(LOGGER);

    private static final class Kind {
        private long loggedNs;
        private long leftOut;
    }

    private final Supplier<String> handle;
    private final LongSupplier nowNs;
    private final Map<Class<?>, Kind> kinds = new HashMap<>();

    /**
     * @param handle whose they are
     * @param nowNs the network thread's clock
     */
    UnheardEvents(Supplier<String> handle, LongSupplier nowNs) {
        this.handle = handle;
        this.nowNs = nowNs;
    }

    void log(RistEvent event) {
        Level level = level(event);
        if (!LOG.isLoggable(level)) {
            return;
        }
        long atNs = nowNs.getAsLong();
        Kind kind = kinds.get(event.getClass());
        if (kind == null) {
            kind = new Kind();
            kinds.put(event.getClass(), kind);
        } else if (atNs - kind.loggedNs < EVERY_NS && !(event instanceof RistEvent.Closed)) {
            kind.leftOut++;
            return;
        }
        String more = kind.leftOut == 0 ? "" : " (" + kind.leftOut + " more since the last)";
        kind.loggedNs = atNs;
        kind.leftOut = 0;
        LOG.log(level, PrintableText.of(handle.get() + ": " + text(event) + more));
    }

    private static Level level(RistEvent event) {
        return switch (event) {
            case RistEvent.AuthenticationFailed e -> Level.WARNING;
            case RistEvent.SecretMismatch e -> Level.WARNING;
            case RistEvent.InClear e -> Level.WARNING;
            case RistEvent.NotAdmitted e -> Level.WARNING;
            case RistEvent.FlowRefused e -> Level.WARNING;
            case RistEvent.LimitReached e -> Level.WARNING;
            case RistEvent.SendRefused e -> Level.WARNING;
            case RistEvent.Closed e -> e.cause() == null ? Level.DEBUG : Level.ERROR;
            case RistEvent.Connected e -> Level.INFO;
            case RistEvent.TimedOut e -> Level.INFO;
            case RistEvent.PeerLeft e -> Level.INFO;
            case RistEvent.Authenticated e -> Level.INFO;
            default -> Level.DEBUG;
        };
    }

    private static String text(RistEvent event) {
        if (event instanceof RistEvent.InClear e) {
            String way = e.isOurs() ? "what goes to " : "what comes from ";
            return way + e.peer() + " is in clear, for it does not know better";
        }
        NewcomerRefusal refusal = NewcomerRefusal.of(event);
        return refusal == null ? event.toString() : refusal.text();
    }
}
