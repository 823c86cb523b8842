package io.rist4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.control.KeepAlive;
import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.path.PathTable;
import io.rist4j.core.time.SessionTime;
import io.rist4j.session.link.Report;
import io.rist4j.session.link.RequestBatch;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;

/** What leaves, and what is held back from whom. */
class OutboxTest {
    private static final Endpoint PEER = Endpoint.ipv4(0x0A000001, 5_000);

    private final RecordingSink sink = new RecordingSink();
    private final SessionCounters counters = new SessionCounters();
    private final PathTable table =
            new PathTable(4, SessionTime.SECOND, SessionTime.SECOND, SessionTime.MILLISECOND);
    private final Outbox outbox =
            new Outbox(sink, new Transports(new Sockets(), sink), table, counters);
    private final FixedLink link = new FixedLink();
    private final Path path = path();

    private Path path() {
        var made = new Path(table.add(1, 0), 0, link, 0, 0, 0, false);
        made.media = PEER;
        made.control = PEER;
        return made;
    }

    private RequestBatch requests() {
        var batch = new RequestBatch();
        batch.add(7);
        batch.add(9);
        outbox.requests(0, path, 1, batch);
        return batch;
    }

    private boolean echo() {
        return outbox.echoResponse(0, path, 1, 2, 3, 4, 0);
    }

    private boolean outOfBand() {
        return outbox.outOfBand(0, path, 0x0800, ByteBuffer.allocate(20), 0, 20);
    }

    private void handshake() {
        if (outbox.claimHandshake(path, 20) != Outbox.NOWHERE) {
            outbox.commitHandshake(path, 20);
        }
    }

    @Test
    void aProvenPeerGetsEverything() {
        path.onProven();

        assertThat(outbox.media(0, path, new MediaPacket())).isTrue();
        assertThat(outbox.report(0, path, new Report())).isTrue();
        assertThat(echo()).isTrue();
        assertThat(outOfBand()).isTrue();
        assertThat(outbox.claimControl(path)).isNotNegative();
        assertThat(requests().size()).isZero();
        assertThat(counters.requestDatagramsSent).isEqualTo(2);
        assertThat(counters.outOfBandSent).isEqualTo(1);
        assertThat(counters.controlDatagramsSent).isEqualTo(4);
        assertThat(counters.controlBytesSent).isEqualTo(4 * FixedLink.BYTES);
        assertThat(sink.take()).hasSize(6);
    }

    @Test
    void nothingIsAskedForWhileTheLinkIsShut() {
        path.onProven();
        link.isOpen = false;

        assertThat(requests().size()).isZero();
        assertThat(counters.requestDatagramsSent).isZero();
        assertThat(sink.take()).isEmpty();
    }

    @Test
    void neitherMediaNorEchoesNorOtherDatagramsLeaveWhileTheLinkIsShut() {
        path.onProven();
        link.isOpen = false;

        assertThat(outbox.media(0, path, new MediaPacket())).isFalse();
        assertThat(echo()).isFalse();
        assertThat(outOfBand()).isFalse();
        assertThat(outbox.report(0, path, new Report())).isTrue();
        assertThat(outbox.claimControl(path)).isNotNegative();
        assertThat(sink.take()).hasSize(1);
    }

    @Test
    void noReportLeavesWhereThisEndMayNotGreet() {
        path.onProven();
        link.mayGreet = false;

        assertThat(outbox.report(0, path, new Report())).isFalse();
        assertThat(outbox.claimControl(path)).isEqualTo(Outbox.NOWHERE);
        assertThat(sink.take()).isEmpty();
    }

    @Test
    void anUnknownPeerGetsNothing() {
        path.onProven();
        path.media = null;
        path.control = null;

        assertThat(outbox.media(0, path, new MediaPacket())).isFalse();
        assertThat(outbox.report(0, path, new Report())).isFalse();
        assertThat(echo()).isFalse();
        assertThat(outOfBand()).isFalse();
        assertThat(outbox.claimControl(path)).isEqualTo(Outbox.NOWHERE);
        handshake();
        assertThat(requests().size()).isZero();
        assertThat(sink.take()).isEmpty();
    }

    @Test
    void anUnprovenPeerGetsNoMedia() {
        path.onHeard(0, 10_000);

        assertThat(outbox.media(0, path, new MediaPacket())).isFalse();
        assertThat(sink.take()).isEmpty();
    }

    @Test
    void anUnprovenPeerDrawsNoMoreOctetsThanItSent() {
        for (int i = 0; i < 10; i++) {
            path.onHeard(0, 4);
        }

        assertThat(outbox.report(0, path, new Report())).isTrue();
        assertThat(outbox.report(0, path, new Report())).isTrue();
        assertThat(outbox.report(0, path, new Report())).isFalse();
        assertThat(outOfBand()).isFalse();
        assertThat(counters.controlBytesSent).isEqualTo(40);
    }

    /** A Start of 12 octets is answered by a request of 17. */
    @Test
    void aFrameOfAnAuthenticationMayBeThreeTimesAsLongAsWhatItAnswers() {
        path.onHeard(0, 6);
        handshake();
        assertThat(sink.take()).isEmpty();
        path.onHeard(0, 1);
        handshake();
        assertThat(sink.take()).hasSize(1);
        path.onHeard(0, 10_000);
        path.onHeard(0, 10_000);
        assertThat(outbox.report(0, path, new Report())).isTrue();

        assertThat(counters.controlDatagramsSent).isEqualTo(2);
    }

    @Test
    void anUnprovenPeerDrawsNoMoreDatagramsThanItSent() {
        path.onHeard(0, 10_000);
        path.onHeard(0, 10_000);

        assertThat(outbox.report(0, path, new Report())).isTrue();
        handshake();
        assertThat(counters.controlDatagramsSent).isEqualTo(2);
        assertThat(outbox.report(0, path, new Report())).isFalse();
        assertThat(outOfBand()).isFalse();
        assertThat(requests().size()).isZero();
        assertThat(counters.requestDatagramsSent).isZero();
        assertThat(sink.take()).hasSize(2);
    }

    @Test
    void theLastDatagramThatAnUnprovenPeerMayDrawIsKeptForTheReportThatProvesIt() {
        path.onHeard(0, 5_000);
        assertThat(echo()).isFalse();
        assertThat(outbox.claimControl(path)).isEqualTo(Outbox.NOWHERE);
        path.onHeard(0, 5_000);
        assertThat(outbox.claimControl(path)).isNotNegative();
        assertThat(echo()).isTrue();
        assertThat(echo()).isFalse();
        assertThat(outbox.claimControl(path)).isEqualTo(Outbox.NOWHERE);
        assertThat(outbox.report(0, path, new Report())).isTrue();
    }

    @Test
    void soAreAsManyOctetsAsAReportTakes() {
        for (int i = 0; i < 8; i++) {
            path.onHeard(0, 32);
        }
        assertThat(echo()).isFalse();
        assertThat(outbox.claimControl(path)).isEqualTo(Outbox.NOWHERE);
        path.onHeard(0, 1);
        assertThat(echo()).isTrue();
        path.onHeard(0, 19);
        assertThat(outbox.claimControl(path)).isEqualTo(Outbox.NOWHERE);
        path.onHeard(0, 1);
        assertThat(outbox.claimControl(path)).isNotNegative();
    }

    @Test
    void whatLeavesIsCountedOnItsPath() {
        path.onProven();
        outbox.media(0, path, new MediaPacket());
        outbox.media(0, path, new MediaPacket());
        var again = new MediaPacket();
        again.retransmission = true;
        outbox.media(0, path, again);
        outbox.report(0, path, new Report());

        assertThat(table.counters(path.row).sentPackets()).isEqualTo(2);
        assertThat(table.counters(path.row).sentBytes()).isEqualTo(2 * FixedLink.BYTES);
        assertThat(table.counters(path.row).retransmittedPackets()).isEqualTo(1);
        assertThat(table.counters(path.row).retransmittedBytes()).isEqualTo(FixedLink.BYTES);
        assertThat(table.counters(path.row).sentControlBytes()).isEqualTo(FixedLink.BYTES);
    }

    @Test
    void whatIsSaidRarelyLeavesWhereTheLinkHasAFormForIt() {
        path.onProven();

        assertThat(outbox.say(0, path, new KeepAlive(1, 0))).isTrue();
        assertThat(counters.unsayable).isZero();
        assertThat(sink.take()).hasSize(1);
    }

    @Test
    void whatTheLinkHasNoFormForIsCountedAndNothingLeaves() {
        path.onProven();
        link.saysNothingElse = true;

        assertThat(outbox.say(0, path, new KeepAlive(1, 0))).isFalse();
        assertThat(counters.unsayable).isEqualTo(1);
        assertThat(counters.controlDatagramsSent).isZero();
        assertThat(sink.take()).isEmpty();
    }

    @Test
    void whatMayNotGoThereIsNotCountedAsUnsayable() {
        path.onProven();
        link.saysNothingElse = true;
        link.mayGreet = false;

        assertThat(outbox.say(0, path, new KeepAlive(1, 0))).isFalse();
        assertThat(counters.unsayable).isZero();
    }
}
