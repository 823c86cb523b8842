package io.rist4j.session;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.time.SessionTime;

import java.nio.ByteBuffer;

/**
 * Serves the guards' deadlines, those of strangers too, and reads on what they held until its key
 * came.
 */
final class GuardPart implements SessionPart {
    /** Reads a datagram that was held. */
    @FunctionalInterface
    interface Reader {
        /** As {@link Session#onDatagram}, of a path that is known. */
        void read(
                long nowNs,
                long arrivalNs,
                Path path,
                Endpoint from,
                ByteBuffer b,
                int at,
                int bytes);
    }

    private final PathDirectory directory;
    private final Reader reader;

    GuardPart(PathDirectory directory, Reader reader) {
        this.directory = directory;
        this.reader = reader;
    }

    @Override
    public void start(long nowNs) {
        for (int row = 0; row < directory.capacity(); row++) {
            Path path = directory.row(row);
            if (path != null) {
                path.guard.start(nowNs);
            }
        }
    }

    @Override
    public void onRedialled(long nowNs, Path path) {
        path.guard.start(nowNs);
    }

    @Override
    public long deadlineNs() {
        long deadlineNs = directory.newcomers().deadlineNs();
        for (int row = 0; row < directory.capacity(); row++) {
            Path path = directory.row(row);
            if (path != null) {
                deadlineNs = Math.min(deadlineNs, path.guard.deadlineNs());
            }
        }
        return deadlineNs;
    }

    @Override
    public long slackNs() {
        return 5 * SessionTime.MILLISECOND;
    }

    @Override
    public void onDeadline(long nowNs) {
        for (int row = 0; row < directory.capacity(); row++) {
            Path path = directory.row(row);
            if (path != null && path.guard.deadlineNs() <= nowNs) {
                serve(nowNs, path, path.peer());
            }
        }
        Newcomers newcomers = directory.newcomers();
        for (int place = 0; place < newcomers.capacity(); place++) {
            Path path = newcomers.at(place);
            if (path != null && path.guard.deadlineNs() <= nowNs) {
                serve(nowNs, path, newcomers.source(place));
            }
        }
        newcomers.expire(nowNs);
    }

    private void serve(long nowNs, Path path, Endpoint from) {
        path.guard.onDeadline(
                nowNs,
                (arrivalNs, b, at, bytes) ->
                        reader.read(nowNs, arrivalNs, path, from, b, at, bytes));
    }
}
