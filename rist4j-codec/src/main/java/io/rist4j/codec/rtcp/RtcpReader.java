package io.rist4j.codec.rtcp;

import io.rist4j.core.message.ControlHandler;
import io.rist4j.core.message.Verdict;

import java.nio.ByteBuffer;

/**
 * Reads RTCP compounds: packets that follow one another without separators and fill a datagram
 * (TR-06-1:2020 §5.2.1).
 *
 * <p>Spec: a report leads, a canonical name follows. Peers vary, so only the first packet's place
 * is insisted on: a sender, receiver or extended report leads, anything may follow in any order.
 * Well-framed packets of other kinds are stepped over by their length (trap T16).
 */
public final class RtcpReader {
    private RtcpReader() {}

    /**
     * Length in bytes of the RTCP packet that stands at an offset, as it declares it.
     *
     * @param b holds the packet
     * @param at where it begins
     * @return 4..262144, a multiple of 4
     */
    public static int packetBytes(ByteBuffer b, int at) {
        return RtcpHeader.packetBytes(b, at);
    }

    /**
     * Visits the messages of a compound in wire order. A packet that breaks the framing (version,
     * length beyond the datagram) ends the reading; one that is well framed but contradicts its own
     * format is stepped over without being visited. So what was visited before and after a fault
     * stands.
     *
     * <p>The handler is called at most once per four bytes, or {@link
     * BitmaskRequest#MAX_RUNS_PER_RECORD} times for four bytes of a bitmask request.
     *
     * @param b holds the compound
     * @param at where it begins
     * @param bytes its length
     * @param handler told of every message
     * @return {@link Verdict#OK}, or the first fault: {@link Verdict#TRUNCATED}, {@link
     *     Verdict#BAD_VERSION}, {@link Verdict#BAD_LENGTH}, or {@link Verdict#MISPLACED} when no
     *     report leads
     */
    public static Verdict read(ByteBuffer b, int at, int bytes, ControlHandler handler) {
        int end = at + bytes;
        int next = at;
        Verdict fault = Verdict.OK;
        do {
            Verdict framing = framing(b, next, end, next == at);
            if (framing != Verdict.OK) {
                return fault == Verdict.OK ? framing : fault;
            }
            int packetBytes = packetBytes(b, next);
            Verdict content = readPacket(b, next, packetBytes, handler);
            if (fault == Verdict.OK) {
                fault = content;
            }
            next += packetBytes;
        } while (next < end);
        return fault;
    }

    private static Verdict framing(ByteBuffer b, int at, int end, boolean leads) {
        if (end - at < RtcpHeader.FIXED_BYTES) {
            return Verdict.TRUNCATED;
        }
        if (!RtcpHeader.isVersionKnown(b, at)) {
            return Verdict.BAD_VERSION;
        }
        if (leads && !mayLead(RtcpHeader.type(b, at))) {
            return Verdict.MISPLACED;
        }
        return packetBytes(b, at) > end - at ? Verdict.TRUNCATED : Verdict.OK;
    }

    private static boolean mayLead(int type) {
        return switch (type) {
            case RtcpHeader.SENDER_REPORT,
                    RtcpHeader.RECEIVER_REPORT,
                    RtcpHeader.EXTENDED_REPORT,
                    RtcpHeader.EXTENDED_REPORT_OF_LIBRIST ->
                    true;
            default -> false;
        };
    }

    private static Verdict readPacket(
            ByteBuffer b, int at, int packetBytes, ControlHandler handler) {
        int bytes = packetBytes;
        if (RtcpHeader.hasPadding(b, at)) {
            int padding = b.get(at + packetBytes - 1) & 0xFF;
            if (padding == 0
                    || (padding & 3) != 0
                    || padding > packetBytes - RtcpHeader.FIXED_BYTES) {
                return Verdict.BAD_LENGTH;
            }
            bytes -= padding;
        }
        return switch (RtcpHeader.type(b, at)) {
            case RtcpHeader.SENDER_REPORT -> SenderReport.read(b, at, bytes, handler);
            case RtcpHeader.RECEIVER_REPORT -> ReceiverReport.read(b, at, bytes, handler);
            case RtcpHeader.SOURCE_DESCRIPTION -> SourceDescription.read(b, at, bytes, handler);
            case RtcpHeader.BYE -> Bye.read(b, at, bytes, handler);
            case RtcpHeader.APPLICATION -> readApplication(b, at, bytes, handler);
            case RtcpHeader.TRANSPORT_FEEDBACK ->
                    RtcpHeader.count(b, at) == BitmaskRequest.FORMAT
                            ? BitmaskRequest.read(b, at, bytes, handler)
                            : Verdict.OK;
            default -> Verdict.OK;
        };
    }

    private static Verdict readApplication(
            ByteBuffer b, int at, int bytes, ControlHandler handler) {
        if (bytes < RtcpHeader.APPLICATION_FIXED_BYTES) {
            return Verdict.TRUNCATED;
        }
        if (b.getInt(at + RtcpHeader.NAME) != RtcpHeader.RIST) {
            return Verdict.OK;
        }
        return switch (RtcpHeader.count(b, at)) {
            case RangeRequest.SUBTYPE -> RangeRequest.read(b, at, bytes, handler);
            case SequenceExtension.SUBTYPE -> SequenceExtension.read(b, at, bytes, handler);
            case Echo.REQUEST -> Echo.readRequest(b, at, bytes, handler);
            case Echo.RESPONSE -> Echo.readResponse(b, at, bytes, handler);
            default -> Verdict.OK;
        };
    }
}
