package io.rist4j.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.message.ControlHandler;

import java.nio.ByteBuffer;

/** Counts messages and insists on the ranges that {@link ControlHandler} promises. */
final class CheckingHandler implements ControlHandler {
    private static final long MAX_32_BITS = 0xFFFF_FFFFL;

    private int messages;
    private int runs;

    /** Messages other than runs of missing packets. */
    int messages() {
        return messages;
    }

    /** Runs of missing packets. */
    int runs() {
        return runs;
    }

    private static void assert32Bits(long... values) {
        for (long value : values) {
            assertThat(value).isBetween(0L, MAX_32_BITS);
        }
    }

    @Override
    public void onSenderReport(
            int ssrc, long ntp, long rtpTimestamp, long packetCount, long octetCount) {
        messages++;
        assert32Bits(rtpTimestamp, packetCount, octetCount);
    }

    @Override
    public void onEmptyReceiverReport(int ssrc) {
        messages++;
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
        messages++;
        assertThat(fractionLost).isBetween(0, 255);
        assertThat(cumulativeLost).isBetween(-0x80_0000, 0x7F_FFFF);
        assert32Bits(highestSequence, jitter, lastSr, delaySinceLastSr);
    }

    @Override
    public void onCanonicalName(int ssrc, ByteBuffer buffer, int at, int bytes) {
        messages++;
        assertThat(bytes).isBetween(0, 255);
        assertThat(at).isNotNegative();
        assertThat(at + bytes).isLessThanOrEqualTo(buffer.limit());
    }

    @Override
    public void onEchoRequest(int ssrc, long timestamp, int paddingBytes) {
        messages++;
        assertThat(paddingBytes).isNotNegative();
        assertThat(paddingBytes % 4).isZero();
    }

    @Override
    public void onEchoResponse(int ssrc, long timestamp, long delayMicroseconds) {
        messages++;
        assert32Bits(delayMicroseconds);
    }

    @Override
    public void onMissing(int mediaSsrc, long first, int additional) {
        runs++;
        assertThat(first).isBetween(0L, 65_535L);
        assertThat(additional).isBetween(0, 65_535);
    }

    @Override
    public void onSequenceExtension(int mediaSsrc, int high) {
        messages++;
        assertThat(high).isBetween(0, 65_535);
    }

    @Override
    public void onBye(int ssrc) {
        messages++;
    }
}
