package io.rist4j.session;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.path.PathTable;
import io.rist4j.session.link.LinkReader;
import io.rist4j.session.link.OpenDatagram;
import io.rist4j.session.transport.DatagramTransport;

import java.nio.ByteBuffer;

/**
 * A datagram's way in: whose it is, what its path's link and who reads it make of it, and what that
 * tells of the path. Counts each datagram's verdict.
 */
final class Reception {
    private final SessionCounters counters;
    private final PathTable table;
    private final PathDirectory directory;
    private final Introductions introductions;
    private final FlowEnd end;
    private final Presence presence;
    private final Inbound inbound;
    private SessionPart[] parts;

    /**
     * What has just come, and what a link kept until now: the latter may come in amidst the former.
     */
    private final Arrival arriving;

    private final Arrival kept;
    private final Transports transports;
    private final Carried carried = new Carried();

    Reception(SessionAssembly assembly, Presence presence, Inbound inbound, SessionPart[] parts) {
        counters = assembly.counters;
        table = assembly.table;
        directory = assembly.directory;
        introductions = assembly.introductions;
        transports = assembly.transports;
        end = assembly.end;
        this.presence = presence;
        this.inbound = inbound;
        this.parts = parts;
        arriving = new Arrival();
        kept = new Arrival();
    }

    /** As {@link Session#onDatagram}. */
    Verdict onDatagram(
            long nowNs,
            long arrivalNs,
            int socket,
            Endpoint from,
            ByteBuffer b,
            int at,
            int bytes) {
        DatagramTransport below = transports.of(socket);
        return below == null
                ? onPlain(nowNs, arrivalNs, socket, from, b, at, bytes)
                : carried.take(below, nowNs, arrivalNs, socket, from, b, at, bytes);
    }

    private Verdict onPlain(
            long nowNs,
            long arrivalNs,
            int socket,
            Endpoint from,
            ByteBuffer b,
            int at,
            int bytes) {
        Path path = directory.find(socket, from);
        if (path == null) {
            path = introductions.stranger(nowNs, socket, from, b, at, bytes);
            if (path == null) {
                counters.count(introductions.refusal());
                return introductions.refusal();
            }
        }
        path.onHeard(nowNs, bytes);
        return arriving.take(nowNs, arrivalNs, path, socket, from, b, at, bytes);
    }

    /** This end has left: its parts have no duties any more. */
    void close() {
        parts = new SessionPart[0];
    }

    /**
     * Does what one path's link has to do.
     *
     * @param from whom it is heard from
     */
    void serve(long nowNs, Path path, Endpoint from) {
        arriving.serve(nowNs, path, from);
    }

    /** One datagram of a socket with a transport, while that opens it. Reused. */
    private final class Carried implements DatagramTransport.Reader {
        private long nowNs;
        private long arrivalNs;
        private int socket;
        private Endpoint source = Endpoint.ipv4(0, 0);
        private Verdict read = Verdict.OK;

        Verdict take(
                DatagramTransport below,
                long now,
                long arrival,
                int onSocket,
                Endpoint from,
                ByteBuffer b,
                int at,
                int bytes) {
            nowNs = now;
            arrivalNs = arrival;
            socket = onSocket;
            source = from;
            Verdict opened = below.open(now, from, b, at, bytes, this);
            if (opened != Verdict.OK) {
                counters.count(opened);
                return opened;
            }
            return read;
        }

        @Override
        public void onPlain(ByteBuffer b, int at, int bytes) {
            read = Reception.this.onPlain(nowNs, arrivalNs, socket, source, b, at, bytes);
        }
    }

    /** One datagram, while its link takes it. Reused. */
    private final class Arrival implements LinkReader {
        private long nowNs;
        private long arrivalNs;
        private Path path = directory.anybody();
        private int socket;
        private Endpoint source = Endpoint.ipv4(0, 0);
        private ByteBuffer buffer = ByteBuffer.allocate(0);
        private int datagramAt;
        private int datagramBytes;
        private boolean isRead;

        Verdict take(
                long now,
                long arrival,
                Path of,
                int onSocket,
                Endpoint from,
                ByteBuffer b,
                int at,
                int bytes) {
            nowNs = now;
            arrivalNs = arrival;
            path = of;
            socket = onSocket;
            source = from;
            buffer = b;
            datagramAt = at;
            datagramBytes = bytes;
            isRead = false;
            path.onSpeaker(now, from);
            Verdict verdict = path.link.receive(now, arrival, b, at, bytes, this);
            counters.count(verdict);
            if (isRead) {
                note(verdict);
            } else if (!isPeer()) {
                directory.newcomers().onRefused(path, verdict);
            }
            return verdict;
        }

        void serve(long now, Path of, Endpoint from) {
            nowNs = now;
            path = of;
            source = from;
            of.link.onDeadline(now, this);
        }

        @Override
        public boolean isPeer() {
            return path.row != Path.NO_ROW;
        }

        @Override
        public Verdict look(OpenDatagram datagram, boolean isDoubtful) {
            if (isPeer()) {
                return introductions.recognize(end, path, datagram, source);
            }
            Path learned =
                    introductions.learn(
                            nowNs,
                            end,
                            path,
                            datagram,
                            isDoubtful,
                            socket,
                            source,
                            buffer,
                            datagramAt,
                            datagramBytes);
            if (learned == null) {
                return introductions.refusal();
            }
            learned.onSpeaker(nowNs, source);
            if (learned != path) {
                learned.onHeard(nowNs, datagramBytes);
                path = learned;
            }
            readFirst();
            return Verdict.OK;
        }

        /** The datagram that a new source of media sent before the one that confirmed it. */
        private void readFirst() {
            MediaCandidates candidates = introductions.candidates();
            ByteBuffer first = candidates.takeFirst();
            // beside a flow that runs it would come out after its turn: the other paths had it
            boolean begins = end.takesSeveralFlows() || !end.isBusy();
            if (first != null && begins) {
                kept.takeFirst(nowNs, path, candidates.firstNs(), first, candidates.firstBytes());
            }
        }

        private void takeFirst(long now, Path of, long cameNs, ByteBuffer first, int bytes) {
            nowNs = now;
            arrivalNs = cameNs;
            path = of;
            Verdict verdict = of.link.receive(now, cameNs, first, 0, bytes, this);
            counters.count(verdict);
            if (verdict == Verdict.OK) {
                table.counters(of.row).onReceived(now, bytes);
            }
        }

        @Override
        public Verdict read(OpenDatagram datagram) {
            isRead = true;
            return inbound.read(nowNs, arrivalNs, path, datagram);
        }

        @Override
        public void again(long arrival, ByteBuffer b, int at, int bytes) {
            kept.take(nowNs, arrival, path, path.mediaSocket, source, b, at, bytes);
        }

        /** What was read shows that the path's peer is there. */
        private void note(Verdict verdict) {
            if (inbound.isControl()) {
                counters.controlDatagramsReceived++;
                introductions.onControlHeard(nowNs, path);
                table.counters(path.row).onControlReceived(datagramBytes);
            } else if (verdict == Verdict.OK
                    || verdict == Verdict.DUPLICATE
                    || verdict == Verdict.LATE) {
                table.counters(path.row).onReceived(nowNs, datagramBytes);
            } else {
                return;
            }
            if (presence.onHeard(nowNs, path, inbound.isFarewell(), inbound.isAnswer())) {
                for (SessionPart part : parts) {
                    part.onPathUp(nowNs, path);
                }
            }
            presence.onPeer(nowNs, path, inbound.isControl(), inbound.isFarewell());
        }
    }
}
