package io.rist4j.core.flow;

import static io.rist4j.core.time.SessionTime.MILLISECOND;
import static io.rist4j.core.time.SessionTime.NEVER;
import static io.rist4j.core.time.SessionTime.SECOND;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rist4j.core.AllocationMeter;
import io.rist4j.core.flow.RecordingSenderSink.Kind;
import io.rist4j.core.flow.RecordingSenderSink.Sent;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.Wake;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

class SenderFlowTest {
    private static final int FLOW_ID = 0xCAFE_BABE;
    private static final long RTT_NS = 50 * MILLISECOND;

    private final RecordingSenderSink sink = new RecordingSenderSink();
    private final ByteBuffer payload = ByteBuffer.allocateDirect(20_000);

    private SenderFlow flow(long firstSequence) {
        return flow(firstSequence, b -> b);
    }

    private SenderFlow flow(long firstSequence, UnaryOperator<SenderFlowConfig.Builder> change) {
        SenderFlowConfig config = change.apply(SenderFlowConfig.builder()).build();
        return new SenderFlow(config, FLOW_ID, firstSequence, sink);
    }

    private void send(SenderFlow flow, long nowNs, int count) {
        send(flow, nowNs, count, 100);
    }

    private void send(SenderFlow flow, long nowNs, int count, int bytes) {
        for (int i = 0; i < count; i++) {
            payload.putLong(0, flow.packetsSent());
            assertThat(flow.send(nowNs, nowNs, payload, 0, bytes)).isEqualTo(Verdict.OK);
        }
    }

    private void ask(SenderFlow flow, long nowNs, long first, int additional) {
        flow.onMissing(nowNs, 0, first, 16, additional, RTT_NS, 0);
    }

    @Test
    void numbersAndStampsOriginals() {
        SenderFlow flow = flow(65_535);
        assertThat(flow.lastSequence()).isEqualTo(65_534);
        send(flow, 0, 1);
        send(flow, MILLISECOND, 1);
        assertThat(sink.of(Kind.TRANSMIT).stream().map(Sent::sequence))
                .containsExactly(65_535L, 0L);
        assertThat(sink.of(Kind.TRANSMIT).stream().map(Sent::timestamp)).containsExactly(0L, 90L);
        assertThat(sink.all).allMatch(s -> s.flowId() == FLOW_ID && !s.retransmission());
        assertThat(flow.lastSequence()).isEqualTo(65_536);
        assertThat(flow.packetsSent()).isEqualTo(2);
        assertThat(flow.octetsSent()).isEqualTo(200);
        assertThat(flow.flowId()).isEqualTo(FLOW_ID);
    }

    @Test
    void stampsWithTheSourceTimeAndNotWithTheTimeOfSending() {
        SenderFlow flow = flow(0, b -> b.timestampBaseNs(SECOND));
        flow.send(5 * SECOND, 4 * SECOND, payload, 0, 10);
        assertThat(sink.all.getFirst().timestamp()).isEqualTo(5 * 90_000);
        assertThat(flow.mediaNs(4 * SECOND)).isEqualTo(5 * SECOND);
    }

    @Test
    void thirtyTwoBitNumbersWrapAtThirtyTwoBits() {
        sink.bits = 32;
        SenderFlow flow = flow(0xFFFF_FFFFL, b -> b.sequenceBits(32));
        send(flow, 0, 2);
        assertThat(sink.all.stream().map(Sent::sequence)).containsExactly(0xFFFF_FFFFL, 0L);
        sink.all.clear();
        ask(flow, RTT_NS, 0xFFFF_FFFFL, 1);
        assertThat(sink.takeRetransmitted()).containsExactly(0xFFFF_FFFFL, 0L);
    }

    @Test
    void repeatsExactlyTheOriginalMarked() {
        SenderFlow flow = flow(10);
        send(flow, 0, 3);
        Sent original = sink.all.get(1);
        sink.all.clear();
        flow.onMissing(RTT_NS, 3, 11, 16, 0, RTT_NS, 0);
        assertThat(sink.all)
                .containsExactly(
                        new Sent(
                                Kind.RETRANSMIT,
                                original.sequence(),
                                original.timestamp(),
                                FLOW_ID,
                                true,
                                3,
                                original.payload()));
    }

    @Test
    void keepsItsOwnCopyOfThePayload() {
        SenderFlow flow = flow(0);
        payload.putLong(8, 0x1122_3344_5566_7788L);
        flow.send(0, 0, payload, 8, 8);
        payload.putLong(8, 0);
        ask(flow, RTT_NS, 0, 0);
        assertThat(sink.all.get(1).payload()).isEqualTo(sink.all.get(0).payload());
        assertThat(payload.position()).isZero();
    }

    @Test
    void refusesAPayloadThatIsTooLarge() {
        SenderFlow flow = flow(0);
        assertThat(flow.send(0, 0, payload, 0, 9969)).isEqualTo(Verdict.OVER_LIMIT);
        assertThat(flow.send(0, 0, payload, 0, 9968)).isEqualTo(Verdict.OK);
        assertThat(flow.send(0, 0, payload, 0, 0)).isEqualTo(Verdict.OK);
        assertThat(flow.counters().oversized()).isEqualTo(1);
        assertThat(sink.all.stream().map(Sent::sequence)).containsExactly(0L, 1L);
        assertThat(sink.all.get(1).payload().capacity()).isZero();
    }

    @Test
    void refusesPlacesOutsideTheBuffer() {
        SenderFlow flow = flow(0);
        assertThatThrownBy(() -> flow.send(0, 0, payload, 19_999, 2))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(flow.packetsSent()).isZero();
        assertThat(flow.historyPackets()).isZero();
    }

    @Test
    void answersARangeInOrderAcrossTheWrap() {
        SenderFlow flow = flow(65_000);
        send(flow, 0, 1_000);
        sink.all.clear();
        ask(flow, RTT_NS, 65_534, 3);
        assertThat(sink.takeRetransmitted()).containsExactly(65_534L, 65_535L, 0L, 1L);
    }

    @Test
    void repeatsAPacketOncePerRoundTrip() {
        SenderFlow flow = flow(0);
        send(flow, 0, 1);
        sink.all.clear();
        ask(flow, RTT_NS, 0, 0);
        ask(flow, RTT_NS, 0, 0);
        ask(flow, RTT_NS + (RTT_NS / 2), 0, 0);
        ask(flow, (2 * RTT_NS) - 1, 0, 0);
        assertThat(sink.all).hasSize(1);
        assertThat(flow.counters().bloatSkipped()).isEqualTo(3);
        ask(flow, 2 * RTT_NS, 0, 0);
        assertThat(sink.all).hasSize(2);
    }

    @Test
    void repeatsAPacketNoMoreThanMaxRetriesTimes() {
        SenderFlow flow = flow(0, b -> b.maxRetries(3).rttMinNs(MILLISECOND));
        send(flow, 0, 2);
        sink.all.clear();
        for (int i = 1; i <= 10; i++) {
            flow.onMissing(i * 10L * MILLISECOND, 0, 0, 16, 0, MILLISECOND, 0);
        }
        assertThat(sink.all).hasSize(3);
        assertThat(flow.counters().exhaustedSkipped()).isEqualTo(7);
        assertThat(flow.counters().retransmitSkipped()).isEqualTo(7);
        flow.onMissing(SECOND, 0, 1, 16, 0, MILLISECOND, 0);
        assertThat(sink.all).hasSize(4);
    }

    @Test
    void hundredRetriesFitTheirCounter() {
        SenderFlow flow = flow(0, b -> b.maxRetries(100).congestionControl(CongestionControl.OFF));
        send(flow, 0, 1);
        sink.all.clear();
        for (int i = 0; i < 300; i++) {
            ask(flow, RTT_NS, 0, 0);
        }
        assertThat(sink.all).hasSize(100);
    }

    @Test
    void doesNotRepeatWhatIsTooOldToHelp() {
        SenderFlow flow = flow(0);
        send(flow, 0, 1);
        ask(flow, flow.historyNs(), 0, 0);
        assertThat(sink.takeRetransmitted()).containsExactly(0L);
        ask(flow, flow.historyNs() + 1, 0, 0);
        assertThat(sink.takeRetransmitted()).isEmpty();
        assertThat(flow.counters().expiredSkipped()).isEqualTo(1);
    }

    /** As GStreamer does at the end of a stream. */
    @Test
    void ignoresRequestsForWhatWasNeverSent() {
        SenderFlow flow = flow(100);
        ask(flow, 0, 100, 5);
        send(flow, 0, 10);
        sink.all.clear();
        ask(flow, RTT_NS, 110, 0);
        ask(flow, RTT_NS, 99, 0);
        ask(flow, RTT_NS, 40_000, 20_000);
        assertThat(sink.all).isEmpty();
        assertThat(flow.counters().unknownSkipped()).isEqualTo(6 + 1 + 20_001);
        ask(flow, RTT_NS, 95, 7);
        assertThat(sink.takeRetransmitted()).containsExactly(100L, 101L, 102L);
        ask(flow, RTT_NS, 107, 100);
        assertThat(sink.takeRetransmitted()).containsExactly(107L, 108L, 109L);
    }

    /** A receiver cannot know where a stream begins, and asks for what may have been before. */
    @Test
    void askingForWhatWasBeforeTheBeginningIsNoDamage() {
        SenderFlow flow = flow(100);
        send(flow, 0, 10);
        ask(flow, RTT_NS, 68, 31);
        ask(flow, 2 * RTT_NS, 68, 31);
        assertThat(flow.counters().beforeBeginning()).isEqualTo(64);
        assertThat(flow.counters().retransmitSkipped()).isZero();
        assertThat(flow.counters().quality()).isEqualTo(100);
        ask(flow, 3 * RTT_NS, 67, 0);
        assertThat(flow.counters().unknownSkipped()).isEqualTo(1);
    }

    @Test
    void trapT15ClampsARangeToTheHistory() {
        SenderFlow flow = flow(0);
        send(flow, 0, 50);
        sink.all.clear();
        ask(flow, RTT_NS, 1234, 65_535);
        assertThat(sink.takeRetransmitted()).hasSize(50).doesNotHaveDuplicates();
        assertThat(flow.counters().requested()).isEqualTo(65_536);
        assertThat(flow.counters().unknownSkipped()).isEqualTo(65_536 - 50 - 32);
        ask(flow, RTT_NS, 10, Integer.MIN_VALUE);
        ask(flow, RTT_NS, Long.MIN_VALUE, Integer.MAX_VALUE);
        ask(flow, RTT_NS, -1, 65_535);
        assertThat(sink.all).isEmpty();
    }

    @Test
    void floodOfFullRangesCostsBoundedWork() {
        SenderFlow flow =
                flow(
                        0,
                        b ->
                                b.congestionControl(CongestionControl.OFF)
                                        .maxRetries(2)
                                        .maxBitrate(1_000_000_000));
        send(flow, 0, 10_000, 20);
        sink.all.clear();
        for (int i = 0; i < 1_000; i++) {
            ask(flow, RTT_NS, i, 65_535);
        }
        SenderCounters counters = flow.counters();
        long looked = counters.retransmitted() + counters.exhaustedSkipped();
        assertThat(counters.retransmitted()).isEqualTo(20_000);
        assertThat(looked).isEqualTo(40_000);
        assertThat(counters.excessSkipped()).isEqualTo((1_000 * 10_000) - looked);
        ask(flow, RTT_NS + (5 * MILLISECOND), 0, 9);
        assertThat(flow.counters().exhaustedSkipped()).isEqualTo(20_010);
    }

    /** Whatever is asked for, in whatever way, every request is accounted for exactly once. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void everyRequestedPacketIsAccountedFor(long seed) {
        var random = new SplittableRandom(seed);
        int bits = random.nextBoolean() ? 16 : 32;
        CongestionControl mode = List.of(CongestionControl.values()).get(random.nextInt(3));
        SenderFlow flow =
                flow(
                        random.nextLong(),
                        b ->
                                b.sequenceBits(bits)
                                        .congestionControl(mode)
                                        .maxRetries(2 + random.nextInt(99))
                                        .maxBitrate(random.nextLong(1_000, 10_000_000)));
        long now = 0;
        for (int i = 0; i < 5_000; i++) {
            now += random.nextLong(3 * MILLISECOND);
            send(flow, now, 1, 1 + random.nextInt(200));
            if (random.nextInt(3) == 0) {
                long near = flow.lastSequence() - random.nextLong(3_000) + 10;
                long first = random.nextInt(4) == 0 ? random.nextLong() : near;
                int additional = random.nextInt(10) == 0 ? random.nextInt() : random.nextInt(30);
                long rtt = random.nextLong(-SECOND, SECOND);
                flow.onMissing(now, random.nextInt(64), first, bits, additional, rtt, rtt / 10);
            }
            sink.all.clear();
        }
        SenderCounters c = flow.counters();
        assertThat(c.requested())
                .as("seed %d", seed)
                .isEqualTo(
                        c.retransmitted()
                                + c.bloatSkipped()
                                + c.bandwidthSkipped()
                                + c.beforeBeginning()
                                + c.retransmitSkipped());
        assertThat(c.retransmitted()).as("seed %d", seed).isPositive();
        assertThat(c.unknownSkipped()).as("seed %d", seed).isPositive();
        assertThat(c.sent()).isEqualTo(5_000);
        assertThat(c.quality()).isBetween(0.0, 100.0);
    }

    @Test
    void qualityIsThatOfLibRist() {
        SenderFlow flow = flow(0);
        assertThat(flow.counters().quality()).isEqualTo(100);
        send(flow, 0, 6);
        assertThat(flow.counters().quality()).isEqualTo(100);
        ask(flow, RTT_NS, 0, 0);
        ask(flow, RTT_NS, 0, 0);
        assertThat(flow.counters().quality()).isEqualTo(75);
    }

    /** The host has no path at the moment; the receiver asks for the hole when it is back. */
    @Test
    void trapT45SkippedOriginalStaysAvailable() {
        SenderFlow flow =
                new SenderFlow(
                        SenderFlowConfig.builder().build(),
                        FLOW_ID,
                        0,
                        new SenderSink() {
                            @Override
                            public void transmit(MediaPacket packet) {
                                // dead paths: nothing leaves
                            }

                            @Override
                            public void retransmit(MediaPacket packet, int path) {
                                sink.retransmit(packet, path);
                            }

                            @Override
                            public void repeatLast(MediaPacket packet) {}
                        });
        send(flow, 0, 23);
        ask(flow, 240 * MILLISECOND, 0, 22);
        assertThat(sink.takeRetransmitted())
                .containsExactlyElementsOf(LongStream.range(0, 23).boxed().toList());
    }

    @ParameterizedTest
    @EnumSource(CongestionControl.class)
    void retransmissionsStayBelowTheCeiling(CongestionControl mode) {
        // 4 Mb/s of originals below a ceiling of 6 Mb/s, and somebody who asks for everything
        SenderFlow flow = flow(0, b -> b.maxBitrate(6_000_000).congestionControl(mode));
        long seconds = 40;
        for (long ms = 0; ms < seconds * 1_000; ms++) {
            long now = ms * MILLISECOND;
            send(flow, now, 1, 500);
            flow.onMissing(now, 0, flow.lastSequence() - 99, 16, 99, 5 * MILLISECOND, 0);
            sink.all.clear();
        }
        SenderCounters counters = flow.counters();
        assertThat(counters.bandwidthSkipped()).isPositive();
        double retryBitrate = counters.retransmittedBytes() * 8.0 / seconds;
        assertThat(retryBitrate).isBetween(1_200_000.0, 2_600_000.0);
        long now = seconds * SECOND;
        assertThat(flow.originalRate().slowBitsPerSecond(now)).isEqualTo(4_000_000);
        assertThat(flow.retransmissionRate().totalBytes()).isEqualTo(counters.retransmittedBytes());
    }

    @Test
    void wholeOutageMayBeRepeatedAtOnce() {
        // 50 Mb/s, of which 800 ms are lost
        SenderFlow flow = flow(0);
        for (long ms = 0; ms < 10_000; ms++) {
            send(flow, ms * MILLISECOND, 5, 1250);
            sink.all.clear();
        }
        long last = flow.lastSequence();
        ask(flow, 10 * SECOND, last - 3_999, 3_999);
        assertThat(flow.counters().bandwidthSkipped()).isZero();
        assertThat(flow.counters().retransmitted()).isEqualTo(4_000);
    }

    /** At most what the ceiling lets through: the media twice more, and a buffer of it. */
    private static long mostRepeated(SenderFlow flow, long bytesInBuffer) {
        return MediaShare.TIMES * flow.octetsSent()
                + Math.max(MediaShare.LEAST_BURST_BYTES, bytesInBuffer);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 2_000})
    void whoeverAsksForEverythingDrawsTwiceTheMediaAndABuffer(int packetsPer100Ms) {
        // the ceiling alone: nothing else holds back
        SenderFlow flow = flow(0, b -> b.congestionControl(CongestionControl.OFF).maxRetries(100));
        for (long tick = 0; tick < 400; tick++) {
            long now = tick * 100 * MILLISECOND;
            send(flow, now, packetsPer100Ms, 1_316);
            flow.onMissing(now, 0, flow.lastSequence() - 4_095, 16, 4_095, 5 * MILLISECOND, 0);
            flow.onMissing(now, 0, flow.lastSequence() - 4_095, 16, 4_095, 5 * MILLISECOND, 0);
            sink.all.clear();
        }
        SenderCounters counters = flow.counters();
        long buffer = 10L * packetsPer100Ms * 1_316;
        assertThat(counters.bandwidthSkipped()).isPositive();
        assertThat(counters.retransmittedBytes())
                .isLessThanOrEqualTo(mostRepeated(flow, buffer * 17 / 16))
                .isGreaterThan(flow.octetsSent() * 19 / 10);
    }

    @Test
    void eachPathHasACeilingOfItsOwn() {
        SenderFlow flow = flow(0, b -> b.congestionControl(CongestionControl.OFF).maxRetries(100));
        send(flow, 0, 1_000, 1_000);
        for (int i = 0; i < 3; i++) {
            flow.onMissing(RTT_NS, 3, 0, 16, 999, RTT_NS, 0);
        }
        assertThat(flow.counters().retransmitted()).isEqualTo(1_000);
        assertThat(flow.counters().bandwidthSkipped()).isEqualTo(2_000);
        flow.onMissing(RTT_NS + 5 * MILLISECOND, 4, 0, 16, 999, RTT_NS, 0);
        assertThat(flow.counters().retransmitted()).isEqualTo(2_000);
        flow.onPathRemoved(3);
        flow.onMissing(RTT_NS + 5 * MILLISECOND, 3, 0, 16, 999, RTT_NS, 0);
        assertThat(flow.counters().retransmitted()).isEqualTo(3_000);
        assertThat(flow.counters().bandwidthSkipped()).isEqualTo(2_000);
    }

    /** Ten tries for the only packet of a stream, and for the last one before a long pause. */
    @Test
    void aSinglePacketMayBeRepeatedManyTimes() {
        SenderFlow flow = flow(0);
        send(flow, 0, 1, 1_316);
        for (int i = 1; i <= 15; i++) {
            ask(flow, 60L * i * MILLISECOND, 0, 0);
        }
        assertThat(flow.counters().retransmitted()).isEqualTo(15);
    }

    /** What a buffer held before a pause may be repeated while it is still in time anywhere. */
    @Test
    void aPauseDoesNotTakeTheBurstAway() {
        SenderFlow flow = flow(0);
        for (long ms = 0; ms < 3_000; ms++) {
            send(flow, ms * MILLISECOND, 5, 1_250);
            sink.all.clear();
        }
        long last = flow.lastSequence();
        ask(flow, 3_900 * MILLISECOND, last - 4_999, 4_999);
        assertThat(flow.counters().retransmitted()).isEqualTo(5_000);
        assertThat(flow.counters().bandwidthSkipped()).isZero();
    }

    @Test
    void aSlowerStreamHasASmallerBurst() {
        SenderFlow flow = flow(0, b -> b.congestionControl(CongestionControl.OFF).maxRetries(100));
        for (long ms = 0; ms < 3_000; ms++) {
            send(flow, ms * MILLISECOND, 10, 1_250);
            sink.all.clear();
        }
        for (long ms = 3_000; ms < 6_000; ms += 100) {
            send(flow, ms * MILLISECOND, 10, 1_250);
            sink.all.clear();
        }
        flow.onMissing(6 * SECOND, 0, flow.lastSequence() - 4_095, 16, 4_095, RTT_NS, 0);
        // a second of the slower stream
        assertThat(flow.counters().retransmittedBytes()).isBetween(100L * 1_250, 110L * 1_250);
    }

    /** Thirty receivers lose the same packets, and ask at once: none waits for another. */
    @Test
    void whatOneReceiverWasSentKeepsNothingFromAnother() {
        SenderFlow flow = flow(0);
        send(flow, 0, 10);
        for (int round = 1; round <= 3; round++) {
            for (int path = 0; path < 30; path++) {
                flow.setPeer(path, 1_000 + path);
                flow.onMissing(60L * round * MILLISECOND, path, 0, 16, 9, RTT_NS, 0);
            }
        }
        assertThat(flow.counters().bloatSkipped()).isZero();
        assertThat(flow.counters().exhaustedSkipped()).isZero();
        assertThat(flow.counters().retransmitted()).isEqualTo(900);
    }

    @Test
    void pathsOfOneReceiverShareWhatItWasSent() {
        SenderFlow flow = flow(0);
        send(flow, 0, 10);
        for (int path = 0; path < 4; path++) {
            flow.setPeer(path, path / 2);
            flow.onMissing(60 * MILLISECOND, path, 0, 16, 9, RTT_NS, 0);
        }
        assertThat(flow.counters().retransmitted()).isEqualTo(20);
        assertThat(flow.counters().bloatSkipped()).isEqualTo(20);
    }

    @Test
    void whatADatagramNamesTooMuchIsCountedAsAskedForAndLeftOut() {
        SenderFlow flow = flow(0);
        flow.onExcess(61_440);
        assertThat(flow.counters().requested()).isEqualTo(61_440);
        assertThat(flow.counters().excessSkipped()).isEqualTo(61_440);
    }

    @Test
    void repeatsTheLastPacketTwiceWhenTheInputPauses() {
        SenderFlow flow = flow(0);
        send(flow, 0, 2);
        flow.setRoundTrip(RTT_NS, 0);
        Sent last = sink.all.get(1);
        sink.all.clear();
        assertThat(Wake.of(flow::wakes).deadlineNs()).isEqualTo(75 * MILLISECOND);
        flow.onDeadline((75 * MILLISECOND) - 1);
        assertThat(sink.all).isEmpty();
        flow.onDeadline(75 * MILLISECOND);
        assertThat(Wake.of(flow::wakes).deadlineNs()).isEqualTo(150 * MILLISECOND);
        flow.onDeadline(150 * MILLISECOND);
        assertThat(Wake.of(flow::wakes).deadlineNs()).isEqualTo(NEVER);
        flow.onDeadline(SECOND);
        Sent copy =
                new Sent(
                        Kind.REPEAT_LAST,
                        last.sequence(),
                        last.timestamp(),
                        FLOW_ID,
                        false,
                        -1,
                        last.payload());
        assertThat(sink.all).containsExactly(copy, copy);
        assertThat(flow.counters().tailRepairs()).isEqualTo(2);
        assertThat(flow.counters().sent()).isEqualTo(2);
    }

    /** Packets in steps of 90 ms, with a report after each that knows all but the last. */
    private void streamWithReports(SenderFlow flow, boolean moving) {
        for (int i = 0; i < 10; i++) {
            send(flow, i * 90L * MILLISECOND, 10);
            long highest = flow.lastSequence() - 1;
            flow.onReceptionReport(
                    (i * 90L * MILLISECOND) + 1, 0, moving ? highest : 65_530, 16, 0);
        }
    }

    @Test
    void repeatsTheLastPacketUntilAReportSaysThatItCame() {
        SenderFlow flow = flow(65_530);
        flow.setRoundTrip(RTT_NS, 0);
        streamWithReports(flow, true);
        long nowNs = 0;
        for (int i = 0; i < 6; i++) {
            nowNs = Wake.of(flow::wakes).deadlineNs();
            assertThat(nowNs).isNotEqualTo(NEVER);
            flow.onDeadline(nowNs);
            flow.onReceptionReport(nowNs, 0, (flow.lastSequence() - 1) & 0xFFFF, 16, 0);
        }
        assertThat(flow.counters().tailRepairs()).isEqualTo(6);
        flow.onReceptionReport(nowNs, 0, 0x7_0000 | (flow.lastSequence() & 0xFFFF), 16, 0);
        assertThat(Wake.of(flow::wakes).deadlineNs()).isEqualTo(NEVER);
    }

    @Test
    void trapT6RepeatsTheLastPacketTwiceForAPeerWhoseReportsStandStill() {
        SenderFlow flow = flow(65_530);
        flow.setRoundTrip(RTT_NS, 0);
        streamWithReports(flow, false);
        long before = flow.counters().tailRepairs();
        while (Wake.of(flow::wakes).deadlineNs() != NEVER) {
            flow.onDeadline(Wake.of(flow::wakes).deadlineNs());
        }
        assertThat(flow.counters().tailRepairs() - before).isEqualTo(2);
    }

    @Test
    void tailRepairAssumesTheInitialRoundTripUntilOneIsKnown() {
        SenderFlow flow = flow(0, b -> b.rttInitialNs(20 * MILLISECOND));
        send(flow, 0, 1);
        assertThat(Wake.of(flow::wakes).deadlineNs()).isEqualTo(30 * MILLISECOND);
        assertThat(Wake.of(flow::wakes).latestNs()).isEqualTo(35 * MILLISECOND);
    }

    @Test
    void tailRepairCanBeSwitchedOff() {
        SenderFlow flow = flow(0, b -> b.tailRepair(false));
        send(flow, 0, 1);
        assertThat(Wake.of(flow::wakes).deadlineNs()).isEqualTo(NEVER);
    }

    @Test
    void isDrainedWhenNobodyCouldStillAskInTime() {
        SenderFlow flow = flow(0);
        assertThat(flow.isDrained(0)).isTrue();
        send(flow, SECOND, 1);
        assertThat(flow.drainedNs()).isEqualTo(2 * SECOND);
        assertThat(flow.isDrained((2 * SECOND) - 1)).isFalse();
        assertThat(flow.isDrained(2 * SECOND)).isTrue();
    }

    @Test
    void memoryIsThatOfTheStreamAndNotOfTheCeiling() {
        SenderFlow flow = flow(0, b -> b.maxBitrate(10_000_000_000L));
        assertThat(flow.memoryBytes()).isZero();
        for (long ms = 0; ms < 5_000; ms++) {
            send(flow, ms * MILLISECOND, 1, 1316);
            sink.all.clear();
        }
        assertThat(flow.historyPackets()).isEqualTo(2_001);
        assertThat(flow.historyBytes()).isEqualTo(2_001 * 1316);
        assertThat(flow.memoryBytes()).isLessThan(3_400_000);
        assertThat(flow.counters().evicted()).isZero();
    }

    @Test
    void aHistoryTakesNoMoreMemoryThanItMay() {
        SenderFlow flow = flow(0, b -> b.maxMemoryBytes(8 << 20));
        for (long ms = 0; ms < 2_000; ms++) {
            send(flow, ms * MILLISECOND, 10, 1316);
            sink.all.clear();
        }
        assertThat(flow.memoryBytes()).isEqualTo(8L << 20);
        assertThat(flow.counters().evictedForMemory()).isPositive();
        assertThat(flow.counters().evictedForNumbers()).isZero();
    }

    /** Discards, so that only the flow is measured. */
    private static final class DiscardingSink implements SenderSink {
        private long packets;

        @Override
        public void transmit(MediaPacket packet) {
            packets++;
        }

        @Override
        public void retransmit(MediaPacket packet, int path) {
            packets++;
        }

        @Override
        public void repeatLast(MediaPacket packet) {
            packets++;
        }
    }

    @Test
    void sendsAndRepeatsWithoutAllocating() {
        var discarding = new DiscardingSink();
        var flow = new SenderFlow(SenderFlowConfig.builder().build(), FLOW_ID, 0, discarding);
        long[] now = {0};
        long bytes =
                AllocationMeter.leastOf(
                        20,
                        () -> {
                            for (int i = 0; i < 5_000; i++) {
                                now[0] += SECOND / 9_500;
                                flow.send(now[0], now[0], payload, 0, 1316);
                                if (i % 10 == 0) {
                                    long last = flow.lastSequence();
                                    flow.onMissing(
                                            now[0], 0, last - 50, 16, 4, RTT_NS, MILLISECOND);
                                    flow.setRoundTrip(RTT_NS, MILLISECOND);
                                }
                                if (i % 1000 == 0) {
                                    now[0] += 100 * MILLISECOND;
                                    flow.onDeadline(now[0]);
                                }
                            }
                        });
        assertThat(bytes).isZero();
        assertThat(flow.counters().retransmitted()).isPositive();
        assertThat(flow.counters().tailRepairs()).isPositive();
        assertThat(discarding.packets)
                .isEqualTo(
                        flow.packetsSent()
                                + flow.counters().retransmitted()
                                + flow.counters().tailRepairs());
    }
}
