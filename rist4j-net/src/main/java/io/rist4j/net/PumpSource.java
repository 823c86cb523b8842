package io.rist4j.net;

import org.jspecify.annotations.Nullable;

/**
 * What a pump reads in its rounds: a socket or a network device. Counts arrivals, keeps a throwing
 * handler from harming others, and puts off a close that the handler asks for until the batch is
 * done.
 */
abstract class PumpSource {
    private final PumpLoop loop;
    private final Object handler;
    private final @Nullable PumpTask task;
    private boolean readable;
    private boolean receiving;
    private boolean written;
    private boolean talker;
    private boolean closed;

    /**
     * @param handler named when it throws
     * @param task whose traffic it carries, null when it is nobody's
     */
    PumpSource(PumpLoop loop, Object handler, @Nullable PumpTask task) {
        this.loop = loop;
        this.handler = handler;
        this.task = task;
    }

    /** Reads about so much and hands it over; returns how much. */
    abstract int read(int max);

    /** Sends what was written. */
    abstract void send();

    /** Gives the system's part back. */
    abstract void release();

    abstract ArrivalMeter meter();

    /** How long arrivals may lie unread, whatever the tasks say, in ns. */
    abstract long mostUnreadNs();

    /** Reads what has arrived. */
    public final int receive(int max) {
        if (closed) {
            return 0;
        }
        receiving = true;
        try {
            return read(max);
        } catch (Throwable cause) {
            fail(cause);
            return 0;
        } finally {
            receiving = false;
            if (closed) {
                release();
            }
        }
    }

    /** There may be something to read: it is read in the next round. */
    final void onReadable() {
        if (!readable) {
            readable = true;
            loop.onReadable(this);
        }
    }

    /** Its turn to be read has come. */
    final void takeTurn() {
        readable = false;
    }

    /** Something was written: it is sent at the end of the round. */
    final void onWritten() {
        if (!written) {
            written = true;
            loop.onWritten(this);
        }
    }

    /** Sends what was written, and survives what the system makes of it. */
    public final void flush() {
        written = false;
        if (!closed) {
            try {
                send();
            } catch (Throwable cause) {
                fail(cause);
            }
        }
    }

    /** Ends it, once. */
    public final void close() {
        if (closed) {
            return;
        }
        closed = true;
        loop.forget(this);
        if (!receiving) {
            release();
        }
    }

    final void fail(Throwable cause) {
        loop.fail(this, cause);
    }

    final boolean isClosed() {
        return closed;
    }

    /** Whether it has traffic, see {@link Traffic}. */
    final boolean isTalker() {
        return talker;
    }

    final void setTalker(boolean is) {
        talker = is;
    }

    final Object handler() {
        return handler;
    }

    final @Nullable PumpTask task() {
        return task;
    }
}
