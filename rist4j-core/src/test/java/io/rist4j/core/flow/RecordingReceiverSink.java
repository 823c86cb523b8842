package io.rist4j.core.flow;

import java.util.ArrayList;
import java.util.List;

/** Writes down what a receiver flow does. */
final class RecordingReceiverSink implements ReceiverSink {
    /** A copy of a delivered block. */
    record Delivery(
            long atNs,
            long sequence,
            int flowId,
            long timestamp,
            long sourceNs,
            long arrivalNs,
            long dueNs,
            int lostBefore,
            boolean flowStart,
            boolean recovered,
            int path,
            int payloadBytes,
            long payloadHead) {}

    /** A request as it was made. */
    record Request(long atNs, long sequence, int attempt) {}

    /** An anchor. */
    record Start(int flowId, StartReason reason) {}

    long nowNs;
    final List<Delivery> deliveries = new ArrayList<>();
    final List<Request> requests = new ArrayList<>();
    final List<Start> starts = new ArrayList<>();
    int passes;

    @Override
    public void deliver(MediaBlock block) {
        long payloadHead = block.payloadBytes >= 8 ? block.buffer.getLong(block.payloadAt) : 0;
        deliveries.add(
                new Delivery(
                        nowNs,
                        block.sequence,
                        block.flowId,
                        block.timestamp,
                        block.sourceNs,
                        block.arrivalNs,
                        block.dueNs,
                        block.lostBefore,
                        block.flowStart,
                        block.recovered,
                        block.path,
                        block.payloadBytes,
                        payloadHead));
    }

    @Override
    public void request(long sequence, int attempt) {
        requests.add(new Request(nowNs, sequence, attempt));
    }

    @Override
    public void endRequests() {
        passes++;
    }

    @Override
    public void flowStarted(int flowId, StartReason reason) {
        starts.add(new Start(flowId, reason));
    }

    List<Long> delivered() {
        return deliveries.stream().map(Delivery::sequence).toList();
    }

    List<Long> requested() {
        return requests.stream().map(Request::sequence).toList();
    }
}
