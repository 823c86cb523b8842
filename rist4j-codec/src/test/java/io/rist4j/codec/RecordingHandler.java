package io.rist4j.codec;

import io.rist4j.core.message.ControlHandler;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes down every message as one line. */
public final class RecordingHandler implements ControlHandler {
    private final List<String> messages = new ArrayList<>();

    /** What was visited, in order. */
    public List<String> messages() {
        return messages;
    }

    /** What was visited with a name that begins so, in order. */
    public List<String> messages(String prefix) {
        return messages.stream().filter(m -> m.startsWith(prefix)).toList();
    }

    @Override
    public void onSenderReport(
            int ssrc, long ntp, long rtpTimestamp, long packetCount, long octetCount) {
        messages.add(
                String.format(
                        "SR %08x %016x %08x %d %d",
                        ssrc, ntp, rtpTimestamp, packetCount, octetCount));
    }

    @Override
    public void onEmptyReceiverReport(int ssrc) {
        messages.add(String.format("emptyRR %08x", ssrc));
    }

    @Override
    public void onReportBlock(
            int ssrc,
            int sourceSsrc,
            int fractionLost,
            int cumulativeLost,
            long highestSequence,
            long jitter,
            long lastSr,
            long delaySinceLastSr) {
        messages.add(
                String.format(
                        "block %08x of %08x lost %d %d highest %d jitter %d lsr %08x dlsr %d",
                        ssrc,
                        sourceSsrc,
                        fractionLost,
                        cumulativeLost,
                        highestSequence,
                        jitter,
                        lastSr,
                        delaySinceLastSr));
    }

    @Override
    public void onCanonicalName(int ssrc, ByteBuffer buffer, int at, int bytes) {
        byte[] name = new byte[bytes];
        buffer.get(at, name);
        messages.add(
                String.format("name %08x %s", ssrc, new String(name, StandardCharsets.US_ASCII)));
    }

    @Override
    public void onEchoRequest(int ssrc, long timestamp, int paddingBytes) {
        messages.add(String.format("echo? %08x %016x %d", ssrc, timestamp, paddingBytes));
    }

    @Override
    public void onEchoResponse(int ssrc, long timestamp, long delayMicroseconds) {
        messages.add(String.format("echo! %08x %016x %d", ssrc, timestamp, delayMicroseconds));
    }

    @Override
    public void onMissing(int mediaSsrc, long first, int additional) {
        messages.add(String.format("missing %08x %d+%d", mediaSsrc, first, additional));
    }

    @Override
    public void onSequenceExtension(int mediaSsrc, int high) {
        messages.add(String.format("extseq %08x %d", mediaSsrc, high));
    }

    @Override
    public void onBye(int ssrc) {
        messages.add(String.format("bye %08x", ssrc));
    }
}
