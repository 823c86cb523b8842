package io.rist4j.codec.rtcp;

import java.nio.ByteBuffer;

/**
 * Writes the RTCP packets of a compound one by one; the caller puts them in order, a report first
 * (TR-06-1:2020 §5.2.1). Retransmission requests are written by {@link RangeRequest} and {@link
 * BitmaskRequest}.
 *
 * <p>Every method begins at {@code at}, where the buffer must have room, and returns the bytes
 * written, a multiple of 4.
 */
public final class RtcpWriter {
    private RtcpWriter() {}

    /**
     * A sender report without report blocks, 28 bytes.
     *
     * @param b where to write
     * @param at where to begin
     * @param ssrc the sender, bit 0 clear
     * @param ntp NTP-64 wall-clock time
     * @param rtpTimestamp the same instant on the media clock; its low 32 bits are written
     * @param packetCount originals sent so far; the low 32 bits are written
     * @param octetCount payload bytes sent so far; the low 32 bits are written
     * @return the bytes written
     */
    public static int senderReport(
            ByteBuffer b,
            int at,
            int ssrc,
            long ntp,
            long rtpTimestamp,
            long packetCount,
            long octetCount) {
        return SenderReport.write(b, at, ssrc, ntp, rtpTimestamp, packetCount, octetCount);
    }

    /**
     * A receiver report without report block, 8 bytes.
     *
     * @param b where to write
     * @param at where to begin
     * @param ssrc the packet's sender
     * @return the bytes written
     */
    public static int emptyReceiverReport(ByteBuffer b, int at, int ssrc) {
        return ReceiverReport.writeEmpty(b, at, ssrc);
    }

    /**
     * A receiver report with one report block, 32 bytes.
     *
     * @param b where to write
     * @param at where to begin
     * @param ssrc the packet's sender: the receiver's own identity, never the media's (trap T5)
     * @param sourceSsrc the media source
     * @param fractionLost of the last interval in 1/256; clamped to 0..255
     * @param cumulativeLost since the start; clamped to 24 bits with sign
     * @param highestSequence extended highest sequence; the low 32 bits are written
     * @param jitter interarrival jitter in timestamp units
     * @param lastSr middle 32 bits of the NTP timestamp of the last sender report, 0 before one
     * @param delaySinceLastSr in 1/65536 s, 0 before a sender report
     * @return the bytes written
     */
    public static int receiverReport(
            ByteBuffer b,
            int at,
            int ssrc,
            int sourceSsrc,
            int fractionLost,
            int cumulativeLost,
            long highestSequence,
            long jitter,
            long lastSr,
            long delaySinceLastSr) {
        int header = ReceiverReport.writeHeaderForBlock(b, at, ssrc);
        return header
                + ReportBlock.write(
                        b,
                        at + header,
                        sourceSsrc,
                        fractionLost,
                        cumulativeLost,
                        highestSequence,
                        jitter,
                        lastSr,
                        delaySinceLastSr);
    }

    /**
     * A source description with a canonical name.
     *
     * @param b where to write
     * @param at where to begin
     * @param ssrc as in the report that leads the compound
     * @param name ASCII, 0..255 bytes; libRIST keeps 127
     * @return the bytes written
     * @throws IllegalArgumentException when the name is longer than 255 bytes
     */
    public static int canonicalName(ByteBuffer b, int at, int ssrc, byte[] name) {
        return SourceDescription.write(b, at, ssrc, name);
    }

    /**
     * A round-trip echo request without padding, 24 bytes.
     *
     * @param b where to write
     * @param at where to begin
     * @param ssrc will come back in the response
     * @param timestamp will come back in the response
     * @return the bytes written
     */
    public static int echoRequest(ByteBuffer b, int at, int ssrc, long timestamp) {
        return Echo.write(b, at, Echo.REQUEST, ssrc, timestamp, 0, 0);
    }

    /**
     * A round-trip echo response, 24 bytes and padding.
     *
     * @param b where to write
     * @param at where to begin
     * @param ssrc the request's (trap T3)
     * @param timestamp the request's
     * @param delayMicroseconds how long the request waited here; clamped to 32 bits
     * @param paddingBytes the request's, as far as the datagram's limit allows: the request's word
     *     is the peer's and the caller bounds it; rounded up to a multiple of 4, written as zeros
     * @return the bytes written
     */
    public static int echoResponse(
            ByteBuffer b,
            int at,
            int ssrc,
            long timestamp,
            long delayMicroseconds,
            int paddingBytes) {
        return Echo.write(b, at, Echo.RESPONSE, ssrc, timestamp, delayMicroseconds, paddingBytes);
    }

    /**
     * The farewell of one source, 8 bytes.
     *
     * @param b where to write
     * @param at where to begin
     * @param ssrc who leaves
     * @return the bytes written
     */
    public static int bye(ByteBuffer b, int at, int ssrc) {
        return Bye.write(b, at, ssrc);
    }
}
