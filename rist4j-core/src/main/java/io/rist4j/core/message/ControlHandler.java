package io.rist4j.core.message;

import java.nio.ByteBuffer;

/**
 * Control messages of every profile, visited in wire order as primitives, so that reading them
 * allocates nothing. A handler implements what concerns it; the defaults ignore.
 *
 * <p>Every value is the peer's word and may be hostile: ranges are not expanded, identities not
 * checked.
 */
public interface ControlHandler {
    /**
     * A sender report (RFC 3550 §6.4.1).
     *
     * @param ssrc its sender
     * @param ntp NTP-64 wall-clock timestamp
     * @param rtpTimestamp the same instant on the media clock, 32 bits
     * @param packetCount originals sent so far, 32 bits; 0 from libRIST
     * @param octetCount payload bytes sent so far, 32 bits; 0 from libRIST
     */
    default void onSenderReport(
            int ssrc, long ntp, long rtpTimestamp, long packetCount, long octetCount) {}

    /**
     * A receiver report without report block.
     *
     * @param ssrc its sender
     */
    default void onEmptyReceiverReport(int ssrc) {}

    /**
     * One report block of a sender or receiver report (RFC 3550 §6.4.1).
     *
     * @param ssrc the report's sender
     * @param sourceSsrc the source that is reported on (stale memory from libRIST, trap T6)
     * @param fractionLost of the last interval, in 1/256
     * @param cumulativeLost since the start, signed
     * @param highestSequence extended highest sequence received, 32 bits
     * @param jitter interarrival jitter in timestamp units
     * @param lastSr middle 32 bits of the NTP timestamp of the last sender report, 0 when none came
     * @param delaySinceLastSr in 1/65536 s
     */
    default void onReportBlock(
            int ssrc,
            int sourceSsrc,
            int fractionLost,
            int cumulativeLost,
            long highestSequence,
            long jitter,
            long lastSr,
            long delaySinceLastSr) {}

    /**
     * The canonical name in a source description. The bytes are valid during the call only.
     *
     * @param ssrc whose name it is
     * @param buffer holds the name
     * @param at where it begins
     * @param bytes its length, 0..255
     */
    default void onCanonicalName(int ssrc, ByteBuffer buffer, int at, int bytes) {}

    /**
     * A request to echo a timestamp (TR-06-1:2020 §5.2.6).
     *
     * @param ssrc to be copied into the response
     * @param timestamp to be copied into the response
     * @param paddingBytes length of the padding that followed, a multiple of 4
     */
    default void onEchoRequest(int ssrc, long timestamp, int paddingBytes) {}

    /**
     * An echoed timestamp (TR-06-1:2020 §5.2.6).
     *
     * @param ssrc as in the request
     * @param timestamp as in the request
     * @param delayMicroseconds the responder's own delay, 32 bits
     */
    default void onEchoResponse(int ssrc, long timestamp, long delayMicroseconds) {}

    /**
     * A run of packets that the receiver misses; both request formats arrive here.
     *
     * @param mediaSsrc the media source, either value of bit 0 (trap T11)
     * @param first the first missing sequence number as on the wire
     * @param additional how many follow it, 0..65535 (trap T15: never expand beyond the history)
     */
    default void onMissing(int mediaSsrc, long first, int additional) {}

    /**
     * The high half of the sequence numbers in the request that follows (TR-06-2:2022 §8.4).
     *
     * @param mediaSsrc the media source
     * @param high upper 16 bits
     */
    default void onSequenceExtension(int mediaSsrc, int high) {}

    /**
     * A participant leaves (RFC 3550 §6.6).
     *
     * @param ssrc who
     */
    default void onBye(int ssrc) {}
}
