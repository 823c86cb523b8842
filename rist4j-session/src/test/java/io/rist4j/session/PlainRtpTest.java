package io.rist4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.Wake;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;

/** Senders of plain RTP on the Simple profile: nothing but media, no report, no answer. */
class PlainRtpTest {
    private static final long MS = 1_000_000;
    private static final Endpoint ENCODER = Endpoint.ipv4(0x0A000009, 7_000);
    private static final Endpoint OTHER = Endpoint.ipv4(0x0A00000A, 7_000);

    private final RecordingSink sink = new RecordingSink();
    private final Session receiver =
            Session.assemble(
                    TwoEnds.config(Role.RECEIVER, "bob", PathConfig.listen(TwoEnds.LISTENER)),
                    new SessionIdentity(0x4000, 65_500, 0x5551),
                    TwoEnds.services(1),
                    sink);
    private long nowNs;

    @BeforeEach
    void start() {
        receiver.start(nowNs, MainNet.WALL_NS);
    }

    private Verdict media(Endpoint from, int ssrc, int number, int bytes) {
        ByteBuffer b = ByteBuffer.allocate(12 + bytes);
        b.putShort((short) 0x8021).putShort((short) number).putInt(number * 450).putInt(ssrc);
        b.putInt(number);
        return receiver.onDatagram(nowNs, nowNs, 0, from, b, 0, b.capacity());
    }

    private void run(long milliseconds) {
        long untilNs = nowNs + milliseconds * MS;
        while (nowNs < untilNs) {
            nowNs = Math.min(untilNs, Math.max(nowNs, Wake.of(receiver::wakes).deadlineNs()));
            receiver.onDeadline(nowNs);
        }
    }

    private void stream(int ssrc, int first, int count, int bytes) {
        for (int number = first; number < first + count; number++) {
            media(ENCODER, ssrc, number, bytes);
            run(5);
        }
    }

    @Test
    void theFirstPacketIsDeliveredToo() {
        stream(0x1000, 100, 20, 1_316);
        run(1_500);

        assertThat(sink.numbersByFlow.get(0x1000)).hasSize(20).startsWith(100, 101).endsWith(119);
        assertThat(receiver.receiving().only().counters().lost).isZero();
    }

    @Test
    void onePacketIsNoStream() {
        assertThat(media(ENCODER, 0x1000, 7, 188)).isEqualTo(Verdict.STRANGER);
        run(1_500);

        assertThat(sink.delivered).isEmpty();
    }

    /** Whoever sends it again, and however often. */
    @Test
    void copiesOfOnePacketAreNoStream() {
        for (int copy = 0; copy < 5; copy++) {
            assertThat(media(ENCODER, 0x1000, 7, 188)).isEqualTo(Verdict.STRANGER);
            run(300);
        }
        assertThat(sink.delivered).isEmpty();

        assertThat(media(ENCODER, 0x1000, 8, 188)).isEqualTo(Verdict.OK);
    }

    @Test
    void aCopyOfTheFirstPacketDoesNotTakeItsPlace() {
        media(ENCODER, 0x1000, 100, 1_316);
        stream(0x1000, 100, 20, 1_316);
        run(1_500);

        assertThat(sink.numbersByFlow.get(0x1000)).hasSize(20).startsWith(100, 101);
    }

    @Test
    void whatCameLongBeforeIsNoPartOfTheStream() {
        media(ENCODER, 0x1000, 99, 188);
        run(1_100);
        stream(0x1000, 200, 20, 188);
        run(1_500);

        assertThat(sink.numbersByFlow.get(0x1000)).startsWith(200);
    }

    @Test
    void nothingLongerThanADatagramOfTransportPacketsIsKept() {
        stream(0x1000, 100, 20, MediaCandidates.KEPT_BYTES);
        run(1_500);

        assertThat(sink.numbersByFlow.get(0x1000)).startsWith(101);
    }

    @Test
    void ofTwoSourcesOfOneFlowEachKeepsItsOwn() {
        media(OTHER, 0x1000, 50, 188);
        stream(0x1000, 100, 20, 188);
        run(1_500);

        assertThat(sink.numbersByFlow.get(0x1000)).startsWith(100);
    }
}
