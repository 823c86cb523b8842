package io.rist4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.Wake;
import io.rist4j.session.link.LinkReader;
import io.rist4j.session.link.PathLink;
import io.rist4j.session.link.Report;
import io.rist4j.session.link.RequestBatch;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A path's link gives way to another while media flow: first where it is read, then at the other
 * end.
 */
class RelinkTest {
    private static final long MS = 1_000_000;
    private static final Endpoint RECEIVER = Endpoint.ipv4(0x0A000001, 5_000);
    private static final Endpoint SENDER = Endpoint.ipv4(0x0A000002, 40_000);
    private static final byte MARK = 0x55;

    /** A session with its paths in reach. */
    private static final class End {
        private final RecordingSink sink = new RecordingSink();
        private final SessionAssembly assembly;
        private final Session session;

        End(Role role, PathConfig path) {
            int ssrc = role == Role.SENDER ? 0x1000 : 0x4000;
            assembly =
                    new SessionAssembly(
                            TwoEnds.config(role, "name", path),
                            new SessionIdentity(ssrc, 65_530, ssrc | 1),
                            TwoEnds.services(ssrc),
                            sink);
            session = new Session(assembly);
            session.start(0, 0);
        }

        Path path() {
            return Objects.requireNonNull(assembly.directory.row(0));
        }
    }

    /**
     * Another framing: an octet, then whatever the link inside writes. Reads either, and writes it
     * once the peer has.
     */
    private static final class MarkedLink implements PathLink {
        private final PathLink inside;
        private final boolean begins;
        private int marked;
        private int bare;
        private boolean isClosed;

        MarkedLink(PathLink inside, boolean begins) {
            this.inside = inside;
            this.begins = begins;
        }

        private int head(ByteBuffer b, int at) {
            if (!begins && marked == 0) {
                return 0;
            }
            b.put(at, MARK);
            return 1;
        }

        @Override
        public Verdict receive(
                long nowNs, long arrivalNs, ByteBuffer b, int at, int bytes, LinkReader reader) {
            int head = b.get(at) == MARK ? 1 : 0;
            marked += head;
            bare += 1 - head;
            return inside.receive(nowNs, arrivalNs, b, at + head, bytes - head, reader);
        }

        @Override
        public void close() {
            isClosed = true;
        }

        @Override
        public int maxMediaBytes(int payloadBytes) {
            return 1 + inside.maxMediaBytes(payloadBytes);
        }

        @Override
        public int writeMedia(long nowNs, ByteBuffer b, int at, MediaPacket packet) {
            int head = head(b, at);
            return head + inside.writeMedia(nowNs, b, at + head, packet);
        }

        @Override
        public int writeReport(long nowNs, ByteBuffer b, int at, Report report) {
            int head = head(b, at);
            return head + inside.writeReport(nowNs, b, at + head, report);
        }

        @Override
        public int writeEchoResponse(
                long nowNs,
                ByteBuffer b,
                int at,
                int ownSsrc,
                int ssrc,
                long timestamp,
                long delayMicroseconds,
                int paddingBytes) {
            int head = head(b, at);
            return head
                    + inside.writeEchoResponse(
                            nowNs,
                            b,
                            at + head,
                            ownSsrc,
                            ssrc,
                            timestamp,
                            delayMicroseconds,
                            paddingBytes);
        }

        @Override
        public int writeRequests(
                long nowNs, ByteBuffer b, int at, int ownSsrc, RequestBatch batch) {
            int head = head(b, at);
            return head + inside.writeRequests(nowNs, b, at + head, ownSsrc, batch);
        }
    }

    private final End receiver = new End(Role.RECEIVER, PathConfig.listen(RECEIVER));
    private final End sender = new End(Role.SENDER, PathConfig.dial(RECEIVER));
    private long nowNs;
    private int sent;
    private int carried;

    /** One packet every 2 ms; of what the sender says, one datagram in ten is lost. */
    private void stream(int packets, int lossEvery) {
        for (int i = 0; i < packets; i++) {
            var payload = ByteBuffer.allocate(188).putInt(0, sent++);
            sender.session.send(nowNs, nowNs, payload, 0, payload.limit());
            for (int round = 0; round < 2; round++) {
                carry(sender, receiver, SENDER, lossEvery);
                carry(receiver, sender, RECEIVER, 0);
                serve(sender);
                serve(receiver);
            }
            nowNs += 2 * MS;
        }
    }

    private void serve(End end) {
        if (Wake.of(end.session::wakes).deadlineNs() <= nowNs) {
            end.session.onDeadline(nowNs);
        }
    }

    private void carry(End from, End to, Endpoint source, int lossEvery) {
        for (RecordingSink.Datagram datagram : from.sink.take()) {
            int socket = datagram.socket();
            if (lossEvery == 0 || ++carried % lossEvery != 0) {
                to.session.onDatagram(
                        nowNs,
                        nowNs,
                        socket,
                        source.withPort(source.port() + socket),
                        datagram.bytes(),
                        0,
                        datagram.length());
            }
        }
    }

    @Test
    void nothingIsLostOrRepeatedWhileALinkGivesWayToAnother() {
        stream(200, 10);
        var reading = new MarkedLink(receiver.path().link, false);
        receiver.path().relink(reading);
        stream(200, 10);
        var writing = new MarkedLink(sender.path().link, true);
        sender.path().relink(writing);
        stream(200, 10);
        stream(1_000, 0);

        assertThat(reading.bare).isPositive();
        assertThat(reading.marked).isPositive();
        assertThat(writing.marked).isPositive();
        List<Integer> delivered = Objects.requireNonNull(receiver.sink.numbersByFlow.get(0x1000));
        assertThat(delivered).hasSizeBetween(1_000, sent);
        assertThat(delivered).isEqualTo(IntStream.range(0, delivered.size()).boxed().toList());
    }

    @Test
    void theFormerLinkIsClosedAndTheNextIsNot() {
        var former = new MarkedLink(sender.path().link, true);
        var next = new MarkedLink(sender.path().link, true);
        sender.path().relink(former);
        sender.path().relink(next);

        assertThat(former.isClosed).isTrue();
        assertThat(next.isClosed).isFalse();
        assertThat(sender.path().link).isSameAs(next);
    }
}
