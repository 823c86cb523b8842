package io.rist4j.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.AllocationMeter;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.time.SessionTime;
import io.rist4j.core.time.Wake;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;

class ReceiverFlowAllocationTest {
    /** Feeds a stream that loses packets and answers requests, itself without allocation. */
    private static final class LossyStream implements ReceiverSink {
        private static final long ANSWER_NS = 50 * SessionTime.MILLISECOND;
        private static final int ROOM = 1 << 16;

        private final ReceiverFlow flow;
        private final MediaPacket packet = new MediaPacket();
        private final Wake wake = new Wake();
        private final long intervalNs;
        private final int lossPerMille;
        private final long[] asked = new long[ROOM];
        private final long[] askedNs = new long[ROOM];
        private int askedHead;
        private int askedTail;
        private long dice = 12_345;
        private long index;
        long delivered;

        LossyStream(
                int packetsPerSecond,
                int payloadBytes,
                int lossPerMille,
                ReceiverFlowConfig config) {
            this.flow = new ReceiverFlow(config, this);
            this.intervalNs = SessionTime.SECOND / packetsPerSecond;
            this.lossPerMille = lossPerMille;
            packet.buffer = ByteBuffer.allocateDirect(payloadBytes);
            packet.payloadBytes = payloadBytes;
            packet.flowId = 2;
            packet.payloadType = 33;
            flow.setRoundTrip(ANSWER_NS, 0, ANSWER_NS);
        }

        private boolean lost() {
            dice = (dice * 6_364_136_223_846_793_005L) + 1_442_695_040_888_963_407L;
            return Long.remainderUnsigned(dice >>> 33, 1000) < lossPerMille;
        }

        void run(int packets) {
            for (int i = 0; i < packets; i++) {
                long nowNs = index * intervalNs;
                while (askedHead != askedTail && askedNs[askedHead] <= nowNs) {
                    long sequence = asked[askedHead];
                    askedHead = (askedHead + 1) & (ROOM - 1);
                    if (!lost()) {
                        long behind = (index - sequence) & 0xFFFF;
                        send(nowNs, index - behind, true);
                    }
                }
                if (!lost()) {
                    send(nowNs, index, false);
                }
                index++;
                wake.clear();
                flow.wakes(wake);
                if (wake.deadlineNs() <= nowNs) {
                    flow.onDeadline(nowNs);
                }
            }
        }

        private void send(long nowNs, long number, boolean retransmission) {
            packet.sequence = number & 0xFFFF;
            packet.setStamp((number * intervalNs) / 11_111, 90_000);
            packet.retransmission = retransmission;
            packet.arrivalNs = nowNs;
            flow.onMedia(nowNs, 0, packet);
        }

        @Override
        public void deliver(MediaBlock block) {
            delivered++;
        }

        @Override
        public void request(long sequence, int attempt) {
            asked[askedTail] = sequence;
            askedNs[askedTail] = (index * intervalNs) + ANSWER_NS;
            askedTail = (askedTail + 1) & (ROOM - 1);
        }

        @Override
        public void endRequests() {}

        @Override
        public void flowStarted(int flowId, StartReason reason) {}
    }

    private static ReceiverFlowConfig buffer(long ms) {
        return ReceiverFlowConfig.builder().bufferNs(ms * SessionTime.MILLISECOND).build();
    }

    @Test
    void servesALossyStreamWithoutAllocating() {
        LossyStream stream = new LossyStream(9_500, 1316, 100, buffer(500));
        stream.run(60_000);
        long bytes = AllocationMeter.leastOf(10, () -> stream.run(10_000));
        assertThat(bytes).isZero();
        assertThat(stream.flow.counters().recovered).isGreaterThan(10_000);
        assertThat(stream.flow.counters().lost).isZero();
    }

    @Test
    void servesACleanStreamWithoutAllocating() {
        LossyStream stream = new LossyStream(9_500, 1316, 0, buffer(500));
        stream.run(60_000);
        assertThat(AllocationMeter.leastOf(10, () -> stream.run(10_000))).isZero();
        assertThat(stream.delivered).isGreaterThan(140_000);
    }

    @Test
    void holdsASecondOfSixtyThousandPacketsWithSixteenBitNumbers() {
        ReceiverFlowConfig config = ReceiverFlowConfig.defaults();
        LossyStream stream = new LossyStream(60_000, 200, 50, config);
        stream.run(400_000);
        ReceiverCounters counters = stream.flow.counters();
        assertThat(counters.lost).isZero();
        assertThat(counters.droppedFull).isZero();
        assertThat(counters.deliveredEarly).isZero();
        assertThat(counters.droppedLate).isZero();
        assertThat(counters.delivered).isGreaterThan(330_000);
        assertThat(counters.flowResets).isZero();
    }

    @Test
    void needsLittleMoreMemoryThanTheBytesInItsBuffer() {
        LossyStream stream = new LossyStream(9_500, 1316, 10, ReceiverFlowConfig.defaults());
        stream.run(60_000);
        assertThat(stream.flow.payloadMemoryBytes()).isLessThan(9_500 * 1316 * 11 / 10);
    }

    @Test
    void deliversEarlyRatherThanDropWhenItsMemoryIsFull() {
        ReceiverFlowConfig config = ReceiverFlowConfig.builder().maxMemoryBytes(4 << 20).build();
        LossyStream stream = new LossyStream(9_500, 1316, 0, config);
        stream.run(60_000);
        ReceiverCounters counters = stream.flow.counters();
        assertThat(counters.deliveredEarly).isGreaterThan(10_000);
        assertThat(counters.droppedFull).isZero();
        assertThat(counters.lost).isZero();
        assertThat(stream.flow.payloadMemoryBytes()).isLessThan(6 << 20);
    }
}
