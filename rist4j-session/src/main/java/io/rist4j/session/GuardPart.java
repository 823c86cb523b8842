package io.rist4j.session;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.time.SessionTime;
import io.rist4j.core.time.Wake;
import io.rist4j.crypto.psk.HeldDatagrams;

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

    private static final long SLACK_NS = 5 * SessionTime.MILLISECOND;

    private final PathDirectory directory;
    private final Reader reader;
    private final HeldDatagrams.Taker taker = this::take;
    private long servedNs;
    private Path served;
    private Endpoint source = Endpoint.ipv4(0, 0);

    GuardPart(PathDirectory directory, Reader reader) {
        this.directory = directory;
        this.reader = reader;
        served = directory.anybody();
    }

    @Override
    public void start(long nowNs) {
        for (int row = 0; row < directory.end(); row++) {
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
    public void wakes(Wake wake) {
        wake.at(directory.newcomers().deadlineNs(), SLACK_NS, "stranger");
        for (int row = 0; row < directory.end(); row++) {
            Path path = directory.row(row);
            if (path != null) {
                wake.at(path.guard.deadlineNs(), SLACK_NS, "handshake");
            }
        }
    }

    @Override
    public void onDeadline(long nowNs) {
        for (int row = 0; row < directory.end(); row++) {
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

    /**
     * Does what one path's guard has to do.
     *
     * @param from whom it is heard from
     */
    void serve(long nowNs, Path path, Endpoint from) {
        servedNs = nowNs;
        served = path;
        source = from;
        path.guard.onDeadline(nowNs, taker);
    }

    private void take(long arrivalNs, ByteBuffer b, int at, int bytes) {
        reader.read(servedNs, arrivalNs, served, source, b, at, bytes);
    }
}
