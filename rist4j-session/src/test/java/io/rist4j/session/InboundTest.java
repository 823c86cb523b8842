package io.rist4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.control.ControlMessage;
import io.rist4j.codec.control.KeepAlive;
import io.rist4j.core.address.Endpoint;
import io.rist4j.core.flow.ReceiverFlowConfig;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.NtpTime;
import io.rist4j.session.link.InboundHandler;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What becomes of each word of a datagram that was read. */
class InboundTest {
    private static final long MS = MainNet.MS;
    private static final Endpoint HERE = Endpoint.ipv4(0x0A000001, 5_000);
    private static final Endpoint PEER = Endpoint.ipv4(0x0A000002, 40_000);
    private static final int SSRC = 0x1000;

    /** Remembers what it is told. */
    private static final class Part implements SessionPart {
        private final List<String> told = new ArrayList<>();

        @Override
        public void onPathProven(long nowNs, Path path) {
            told.add("proven at " + nowNs / MS);
        }

        @Override
        public void onControl(long nowNs, Path path, ControlMessage message) {
            told.add("control at " + nowNs / MS);
        }
    }

    private final RecordingSink sink = new RecordingSink();
    private final Part part = new Part();
    private final SessionAssembly assembly;
    private final Path path;
    private final Inbound inbound;

    InboundTest() {
        assembly =
                new SessionAssembly(
                        SessionConfig.of(
                                Profile.SIMPLE,
                                Role.SENDER,
                                "bob",
                                List.of(PathConfig.listen(HERE))),
                        new SessionIdentity(0x4000, 100, 0x4001),
                        SessionServices.NONE,
                        sink);
        path = assembly.directory.learned(0, PEER);
        path.media = PEER;
        path.control = PEER;
        assembly.directory.enter(path);
        path.onSpeaker(0, PEER);
        inbound = new Inbound(assembly, new SessionPart[] {part}, path);
    }

    private Verdict read(long nowNs, long arrivalNs, Consumer<InboundHandler> words) {
        return inbound.read(
                nowNs,
                arrivalNs,
                path,
                (carrier, handler) -> {
                    words.accept(handler);
                    return Verdict.OK;
                });
    }

    @Test
    void whatTheReaderSaysOfItIsHandedOn() {
        assertThat(read(0, 0, handler -> {})).isEqualTo(Verdict.OK);
        assertThat(inbound.read(0, 0, path, (carrier, handler) -> Verdict.TRUNCATED))
                .isEqualTo(Verdict.TRUNCATED);
    }

    @Test
    void eachDatagramMayNameSoManyPackets() {
        path.onProven();
        assembly.sending.send(0, 0, 0, ByteBuffer.allocate(188), 0, 188);
        for (int datagram = 0; datagram < 3; datagram++) {
            read(0, 0, handler -> handler.onMissing(0x4000, 100, 4_095));
        }
        assertThat(assembly.sending.flow(0).counters().excessSkipped()).isZero();
        read(0, 0, handler -> handler.onMissing(0x4000, 100, 4_096));
        assertThat(assembly.sending.flow(0).counters().excessSkipped()).isEqualTo(1);
        assertThat(assembly.sending.flow(0).counters().requests()).isEqualTo(4);
    }

    @Test
    void whoIsProvenGetsWhatWasFedSinceHeIsKnown() {
        assembly.sending.send(MS, 0, MS, ByteBuffer.allocate(188), 0, 188);
        sink.take();
        long asked = path.clock.echoTimestamp(2 * MS);
        path.clock.onEchoSent(asked);
        read(9 * MS, 8 * MS, handler -> handler.onEchoResponse(SSRC, asked, 0));
        assertThat(sink.take()).hasSize(1).allMatch(d -> d.length() == 12 + 188);
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void name(InboundHandler handler, int ssrc, String name) {
        handler.onCanonicalName(ssrc, text("--" + name), 2, name.length());
    }

    @Test
    void whateverIsSaidIsControl() {
        List<Consumer<InboundHandler>> words =
                List.of(
                        handler -> handler.onSenderReport(SSRC, 1, 2, 0, 0),
                        handler -> handler.onEmptyReceiverReport(SSRC),
                        handler -> handler.onReportBlock(SSRC, 0x4000, 0, 0, 0, 0, 0, 0),
                        handler -> name(handler, SSRC, "alice"),
                        handler -> handler.onEchoRequest(SSRC, 7, 0),
                        handler -> handler.onEchoResponse(SSRC, 7, 0),
                        handler -> handler.onMissing(0x4000, 1, 0),
                        handler -> handler.onSequenceExtension(0x4000, 1),
                        handler -> handler.onBye(SSRC),
                        handler -> handler.onControl(new KeepAlive(1, 0)));
        for (Consumer<InboundHandler> word : words) {
            read(0, 0, handler -> {});
            assertThat(inbound.isControl()).isFalse();
            read(0, 0, word);
            assertThat(inbound.isControl()).isTrue();
        }
        read(
                0,
                0,
                handler ->
                        assertThat(handler.onMedia(new MediaPacket()))
                                .isEqualTo(Verdict.MISPLACED));
        assertThat(inbound.isControl()).isFalse();
    }

    @Test
    void anEchoIsAnsweredWithHowLongItLayHere() {
        path.onProven();
        read(10 * MS, 7 * MS, handler -> handler.onEchoRequest(SSRC, 0x7777, 0));
        assertThat(path.askedSsrc).isEqualTo(SSRC);
        assertThat(path.askedTimestamp).isEqualTo(0x7777);
        assertThat(path.askedNs).isEqualTo(7 * MS);
        read(11 * MS, 12 * MS, handler -> handler.onEchoRequest(SSRC, 0x7778, 0));
        assertThat(path.askedNs).as("not after the present").isEqualTo(11 * MS);

        List<RecordingSink.Datagram> answers = sink.take();
        assertThat(answers).hasSize(2);
        ByteBuffer first = answers.get(0).bytes();
        int at = first.capacity() - 24;
        assertThat(first.getInt(at + 4)).isEqualTo(SSRC);
        assertThat(first.getLong(at + 12)).isEqualTo(0x7777);
        assertThat(first.getInt(at + 20)).isEqualTo(3_000);
        assertThat(answers.get(1).bytes().getInt(at + 20)).isZero();
    }

    private static void askThrice(InboundHandler handler) {
        for (int i = 1; i <= 3; i++) {
            handler.onEchoRequest(SSRC, i, 0);
        }
    }

    @Test
    void twoEchoesOfEachDatagramAreAnswered() {
        path.onProven();
        read(0, 0, InboundTest::askThrice);
        assertThat(sink.take()).hasSize(2);
        read(0, 0, InboundTest::askThrice);
        assertThat(sink.take()).hasSize(2);
        inbound.stopAnswering();
        read(0, 0, InboundTest::askThrice);
        assertThat(sink.take()).isEmpty();
    }

    @Test
    void aSenderReportNamesItsFlowAndIsKeptForIt() {
        read(0, 0, handler -> handler.onSenderReport(SSRC | 1, 5, 6, 0, 0));
        assertThat(path.peerSsrc).isEqualTo(SSRC | 1);
        assertThat(path.namesFlow(SSRC)).isTrue();
        assertThat(path.namesFlow(SSRC | 1)).isFalse();
    }

    @Test
    void aSendersClockIsNoneOfASenders() {
        read(5 * MS, 5 * MS, handler -> handler.onSenderReport(SSRC, 5L << 32, 6, 0, 0));
        assertThat(path.clock.lastSr()).isZero();
    }

    private void named(Consumer<InboundHandler> report, int ssrc, String name) {
        read(
                0,
                0,
                handler -> {
                    report.accept(handler);
                    name(handler, ssrc, name);
                });
    }

    @Test
    void theFirstNameIsTakenAndLaterOnesOfWhoeverReports() {
        named(handler -> handler.onEmptyReceiverReport(1), SSRC, "alice");
        assertThat(path.peerName).isEqualTo("alice");
        assertThat(path.named).isTrue();
        assertThat(path.peerSsrc).isEqualTo(SSRC);

        named(handler -> handler.onEmptyReceiverReport(3), SSRC, "mallory");
        assertThat(path.peerName).isEqualTo("alice");
        named(handler -> handler.onEmptyReceiverReport(3), 3, "bob");
        assertThat(path.peerName).isEqualTo("bob");
        assertThat(path.peerSsrc).as("of the first name").isEqualTo(SSRC);
        named(handler -> handler.onSenderReport(5, 1, 1, 0, 0), 5, "carol");
        assertThat(path.peerName).isEqualTo("carol");
        named(handler -> handler.onReportBlock(7, 0, 0, 0, 0, 0, 0, 0), 7, "dave");
        assertThat(path.peerName).isEqualTo("dave");
        byte[] known = path.nameBytes;
        named(handler -> handler.onEmptyReceiverReport(7), 7, "dave");
        assertThat(path.nameBytes).as("nothing is made anew").isSameAs(known);
        named(handler -> handler.onEmptyReceiverReport(7), 7, "date");
        assertThat(path.peerName).isEqualTo("date");
        named(handler -> handler.onEmptyReceiverReport(7), 7, "dat");
        assertThat(path.peerName).isEqualTo("dat");
    }

    private static long ntp(long unixNs) {
        return NtpTime.ofUnixNs(unixNs);
    }

    /** When a packet of the flow 0x1000 is due by its sender's clock, if that was told before. */
    private static long dueNs(int reportedSsrc) {
        var sink = new RecordingSink();
        SessionConfig config =
                SessionConfig.of(
                                Profile.SIMPLE,
                                Role.RECEIVER,
                                "bob",
                                List.of(PathConfig.listen(HERE)))
                        .withReceiver(
                                ReceiverFlowConfig.builder()
                                        .timing(ReceiverFlowConfig.Timing.RTC)
                                        .build());
        var assembly =
                new SessionAssembly(
                        config,
                        new SessionIdentity(0x4000, 100, 0x4001),
                        SessionServices.NONE,
                        sink);
        assembly.wallClock.setOffsetNs(MainNet.WALL_NS);
        Path path = assembly.directory.learned(0, PEER);
        path.media = PEER;
        path.control = PEER;
        assembly.directory.enter(path);
        var inbound = new Inbound(assembly, new SessionPart[0], path);
        inbound.read(
                0,
                0,
                path,
                (carrier, handler) -> {
                    handler.onSenderReport(reportedSsrc, ntp(MainNet.WALL_NS + 50 * MS), 0, 0, 0);
                    return Verdict.OK;
                });
        assertThat(path.clock.lastSr()).as("of a flow that is not there yet").isZero();
        inbound.read(
                0,
                0,
                path,
                (carrier, handler) -> {
                    carrier.flowId = SSRC;
                    carrier.clockHz = 90_000;
                    carrier.buffer = ByteBuffer.allocate(188);
                    carrier.payloadBytes = 188;
                    return handler.onMedia(carrier);
                });
        for (long nowNs = 0; sink.dueNs.isEmpty(); nowNs += MS) {
            assembly.end.onDeadline(nowNs);
        }
        inbound.read(
                0,
                0,
                path,
                (carrier, handler) -> {
                    handler.onSenderReport(SSRC, ntp(MainNet.WALL_NS + 50 * MS), 0, 0, 0);
                    return Verdict.OK;
                });
        assertThat(path.clock.lastSr()).as("of the flow that it brings").isNotZero();
        return sink.dueNs.get(0);
    }

    @Test
    void aReportThatComesBeforeItsFlowTimesItsFirstPacket() {
        assertThat(dueNs(SSRC)).isNotEqualTo(dueNs(0x6600));
        assertThat(dueNs(SSRC | 1)).isEqualTo(dueNs(SSRC));
    }

    @Test
    void onlyThePeersGoodbyeIsOne() {
        path.peerSsrc = SSRC;
        read(0, 0, handler -> handler.onBye(SSRC + 2));
        assertThat(inbound.isFarewell()).isFalse();
        read(0, 0, handler -> handler.onBye(SSRC));
        assertThat(inbound.isFarewell()).isTrue();
        read(0, 0, handler -> handler.onEmptyReceiverReport(SSRC));
        assertThat(inbound.isFarewell()).isFalse();
    }

    @Test
    void aKeepAliveMayBeAGoodbyeAndNoneTakesOneBack() {
        read(0, 0, handler -> handler.onControl(new KeepAlive(1, KeepAlive.DISCONNECT)));
        assertThat(inbound.isFarewell()).isTrue();
        path.peerSsrc = SSRC;
        read(
                0,
                0,
                handler -> {
                    handler.onBye(SSRC);
                    handler.onControl(new KeepAlive(1, 0));
                });
        assertThat(inbound.isFarewell()).isTrue();
    }

    @Test
    void everyPartHearsWhatIsSaidRarely() {
        read(3 * MS, 0, handler -> handler.onControl(new KeepAlive(1, 0)));
        assertThat(part.told).containsExactly("control at 3");
        assertThat(inbound.isFarewell()).isFalse();
    }

    @Test
    void anAnswerToWhatWasAskedProvesTheAddressOnceAndMeasuresTheRoundTrip() {
        long asked = path.clock.echoTimestamp(2 * MS);
        path.clock.onEchoSent(asked);
        read(9 * MS, 8 * MS, handler -> handler.onEchoResponse(SSRC, asked + 1, 0));
        assertThat(inbound.isAnswer()).isFalse();
        assertThat(path.isProven()).isFalse();
        assertThat(assembly.table.rtt(path.row).isKnown()).isFalse();

        read(9 * MS, 8 * MS, handler -> handler.onEchoResponse(SSRC, asked, 1_000));
        assertThat(inbound.isAnswer()).isTrue();
        assertThat(path.isProven()).isTrue();
        assertThat(part.told).containsExactly("proven at 9");
        assertThat(assembly.table.rtt(path.row).smoothedNs()).isEqualTo(5 * MS);

        read(9 * MS, 8 * MS, handler -> handler.onEchoResponse(SSRC, asked, 1_000));
        assertThat(inbound.isAnswer()).as("heard it, if not for the first time").isTrue();
        long again = path.clock.echoTimestamp(3 * MS);
        path.clock.onEchoSent(again);
        read(9 * MS, 9 * MS, handler -> handler.onEchoResponse(SSRC, again, 0));
        assertThat(part.told).hasSize(1);
        read(9 * MS, 9 * MS, handler -> {});
        assertThat(inbound.isAnswer()).isFalse();
    }

    @Test
    void aBlockOfOurFlowMeasuresTheRoundTripOfAProvenPeer() {
        long ntp = NtpTime.ofUnixNs(MainNet.WALL_NS);
        int lastSr = (int) (ntp >>> 16);
        path.clock.onReportSent(2 * MS, ntp);
        Consumer<InboundHandler> block =
                handler ->
                        handler.onReportBlock(SSRC, 0x4000, 0, 0, 0, 0, lastSr & 0xFFFF_FFFFL, 0);
        read(9 * MS, 8 * MS, block);
        assertThat(assembly.table.rtt(path.row).isKnown()).isFalse();
        path.onProven();
        read(9 * MS, 8 * MS, block);
        assertThat(assembly.table.rtt(path.row).smoothedNs()).isEqualTo(6 * MS);
    }

    private Verdict outOfBand() {
        var verdicts = new ArrayList<Verdict>();
        read(0, 0, handler -> verdicts.add(handler.onOutOfBand(0x0800, text("--word"), 2, 4)));
        return verdicts.get(0);
    }

    @Test
    void otherDatagramsAreTakenOfAProvenAddressOrUser() {
        assertThat(outOfBand()).isEqualTo(Verdict.UNPROVEN);
        assertThat(inbound.isControl()).isFalse();
        path.user = "alice";
        assertThat(outOfBand()).isEqualTo(Verdict.OK);
        assertThat(inbound.isControl()).isTrue();
        path.user = "";
        path.onProven();
        assertThat(outOfBand()).isEqualTo(Verdict.OK);
        assertThat(sink.outOfBand).containsExactly("0800 word", "0800 word");
        assertThat(assembly.counters.outOfBandReceived).isEqualTo(2);
    }
}
