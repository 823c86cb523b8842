package io.rist4j.session;

import static io.rist4j.session.TwoEnds.MS;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.address.Endpoint;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.List;

/** A sender over two paths, to a receiver that prefers the first one for its requests. */
class RequestPathTest {
    private static final Endpoint FIRST = Endpoint.ipv4(0x0A000001, 5_000);
    private static final Endpoint SECOND = Endpoint.ipv4(0x0A000002, 5_000);
    private static final Endpoint SENDER = Endpoint.ipv4(0x0A000009, 40_000);
    private static final int FIRST_CONTROL = 1;
    private static final int SECOND_CONTROL = 3;
    private static final int NOBODY = -1;

    /** The reorder hold and a little; a second attempt would come a round trip later. */
    private static final long SOON_NS = 40 * MS;

    private final RecordingSink senderSink = new RecordingSink();
    private final RecordingSink receiverSink = new RecordingSink();
    private final Session sender =
            assemble(Role.SENDER, senderSink, PathConfig.dial(FIRST), PathConfig.dial(SECOND));
    private final Session receiver =
            assemble(
                    Role.RECEIVER,
                    receiverSink,
                    new PathConfig(PathConfig.Contact.LISTEN, FIRST, FIRST, 0, 1),
                    PathConfig.listen(SECOND));
    private long nowNs;

    private static Session assemble(Role role, RecordingSink sink, PathConfig... paths) {
        return Session.assemble(
                SessionConfig.of(Profile.SIMPLE, role, "name", List.of(paths)),
                new SessionIdentity(0x1000, 7, 0x2221),
                sink);
    }

    /** Sends a payload and takes everything the sender says to the receiver but for one socket. */
    private void send(int lostSocket, boolean losesMedia) {
        sender.send(nowNs, nowNs, ByteBuffer.allocate(188), 0, 188);
        sender.onDeadline(nowNs);
        for (RecordingSink.Datagram datagram : senderSink.take()) {
            int socket = datagram.socket();
            if (socket != lostSocket && (datagram.isRtcp() || !losesMedia)) {
                Endpoint from = SENDER.withPort(SENDER.port() + socket);
                receiver.onDatagram(
                        nowNs, nowNs, socket, from, datagram.bytes(), 0, datagram.length());
            }
        }
        receiver.onDeadline(nowNs);
        nowNs += 5 * MS;
    }

    private static boolean hasRequest(RecordingSink.Datagram datagram) {
        int at = 0;
        for (int type : datagram.rtcpTypes()) {
            if (type == 204 && (datagram.octet(at) & 31) == 0) {
                return true;
            }
            at += 4 * ((datagram.bytes().getShort(at + 2) & 0xFFFF) + 1);
        }
        return false;
    }

    /**
     * Loses a packet on both paths, and all that one socket says; tells which socket asks first.
     */
    private int firstToAsk(int lostSocket) {
        sender.start(nowNs, 0);
        receiver.start(nowNs, 0);
        for (int i = 0; i < 40; i++) {
            send(lostSocket, false);
        }
        send(lostSocket, true);
        receiverSink.take();
        long lostNs = nowNs;
        while (nowNs - lostNs < SOON_NS) {
            send(lostSocket, false);
            for (RecordingSink.Datagram datagram : receiverSink.take()) {
                if (hasRequest(datagram)) {
                    return datagram.socket();
                }
            }
        }
        return NOBODY;
    }

    @Test
    void asksOnThePathOfHighestPriority() {
        assertThat(firstToAsk(NOBODY)).isEqualTo(FIRST_CONTROL);
    }

    @Test
    void asksOnAnotherPathWhileNobodyKnowsWhereTheBestOneTakesRequests() {
        assertThat(firstToAsk(FIRST_CONTROL)).isEqualTo(SECOND_CONTROL);
    }
}
