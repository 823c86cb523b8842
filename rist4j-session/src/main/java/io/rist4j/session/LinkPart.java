package io.rist4j.session;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.time.SessionTime;
import io.rist4j.core.time.Wake;

/**
 * Begins with dialled peers, transport first; serves the links' handshakes and deadlines, those of
 * strangers too.
 */
final class LinkPart implements SessionPart {
    /** Has a link do what is due. */
    @FunctionalInterface
    interface Server {
        /**
         * As {@link Reception#serve}.
         *
         * @param from whom the path is heard from
         */
        void serve(long nowNs, Path path, Endpoint from);
    }

    private static final long SLACK_NS = 5 * SessionTime.MILLISECOND;

    private final PathDirectory directory;
    private final Transports transports;
    private final Server server;

    LinkPart(PathDirectory directory, Transports transports, Server server) {
        this.directory = directory;
        this.transports = transports;
        this.server = server;
    }

    @Override
    public void start(long nowNs) {
        for (int row = 0; row < directory.end(); row++) {
            Path path = directory.row(row);
            if (path != null) {
                begin(nowNs, path);
            }
        }
    }

    @Override
    public void onRedialled(long nowNs, Path path) {
        begin(nowNs, path);
    }

    private void begin(long nowNs, Path path) {
        transports.call(nowNs, path);
        path.link.start(nowNs);
    }

    @Override
    public void wakes(Wake wake) {
        wake.at(directory.newcomers().deadlineNs(), SLACK_NS, "stranger");
        for (int row = 0; row < directory.end(); row++) {
            Path path = directory.row(row);
            if (path != null) {
                wake.at(path.link.deadlineNs(), SLACK_NS, "handshake");
            }
        }
    }

    @Override
    public void onDeadline(long nowNs) {
        for (int row = 0; row < directory.end(); row++) {
            Path path = directory.row(row);
            if (path != null && path.link.deadlineNs() <= nowNs) {
                server.serve(nowNs, path, path.peer());
            }
        }
        Newcomers newcomers = directory.newcomers();
        for (int place = 0; place < newcomers.capacity(); place++) {
            Path path = newcomers.at(place);
            if (path != null && path.link.deadlineNs() <= nowNs) {
                server.serve(nowNs, path, newcomers.source(place));
            }
        }
        newcomers.expire(nowNs);
    }
}
