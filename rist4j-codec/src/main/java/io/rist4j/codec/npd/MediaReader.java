package io.rist4j.codec.npd;

import io.rist4j.codec.rtp.RistExtension;
import io.rist4j.codec.rtp.RtpHeader;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;

import java.nio.ByteBuffer;

/**
 * Reads media packets with all that a RIST extension says of them: deleted null packets are put
 * back, and the sequence number gets its upper half. Every profile may bring the extension:
 * GStreamer sends it in the Simple profile (TR-06-2:2022 §8.3).
 *
 * <p>A packet whose deletion contradicts itself keeps its payload as it came, for the payload comes
 * first (§8.5).
 *
 * <p>Not thread-safe: a payload with null packets put back lies in the reader, until the next call.
 */
public final class MediaReader {
    private final ByteBuffer scratch = ByteBuffer.allocate(NullPacketInsertion.MAX_PAYLOAD_BYTES);

    /** How the sender counts deleted packets, where it has shown that. */
    private boolean countsFromLast;

    /** A reader for one path at a time. */
    public MediaReader() {}

    /**
     * Reads one media packet into a carrier, as {@link RtpHeader#read} does.
     *
     * @param b holds the packet
     * @param at where it begins
     * @param bytes its length
     * @param into filled when the packet is accepted, unchanged otherwise; its sequence number has
     *     32 bits if the packet tells them, 16 otherwise; its payload is a view of {@code b} or of
     *     the reader
     * @return as {@link RtpHeader#read}
     */
    public Verdict read(ByteBuffer b, int at, int bytes, MediaPacket into) {
        Verdict verdict = RtpHeader.read(b, at, bytes, into);
        if (verdict != Verdict.OK) {
            return verdict;
        }
        int extension = RistExtension.find(b, at, bytes);
        if (extension != RistExtension.NONE) {
            if (RistExtension.hasSequence(b, extension)) {
                into.sequence = RistExtension.sequence(b, extension, into.sequence);
                into.sequenceBits = RistExtension.SEQUENCE_BITS;
            }
            countsFromLast =
                    NullPacketInsertion.countsFromLast(
                            b, extension, into.payloadBytes, countsFromLast);
            NullPacketInsertion.restore(
                    b, extension, into, scratch, countsFromLast); // or leaves it as it came
        }
        return Verdict.OK;
    }
}
