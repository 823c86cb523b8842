package io.rist4j.session.link;

import io.rist4j.codec.rtcp.RtcpReader;
import io.rist4j.codec.rtcp.RtcpWriter;
import io.rist4j.codec.rtcp.SequenceExtension;
import io.rist4j.core.time.MediaClock;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The RTCP compounds that Simple sends as datagrams and Main inside its tunnel: each begins with a
 * report and the name (TR-06-1:2020 §5.2.1; trap T17: never with anything else).
 */
public final class RtcpCompounds {
    private final byte[] canonicalName;
    private final RequestWriter requestWriter;
    private final int recordsPerRequest;

    /**
     * A writer.
     *
     * @param canonicalName SDES CNAME, 1..127 bytes of UTF-8
     * @param requestWriter writes a single request
     * @param recordsPerRequest most records in one request packet
     */
    public RtcpCompounds(String canonicalName, RequestWriter requestWriter, int recordsPerRequest) {
        this.canonicalName = canonicalName.getBytes(StandardCharsets.UTF_8);
        this.requestWriter = requestWriter;
        this.recordsPerRequest = recordsPerRequest;
    }

    int report(ByteBuffer b, int at, Report report) {
        int end = at;
        if (report.fromSender) {
            end +=
                    RtcpWriter.senderReport(
                            b,
                            end,
                            report.ssrc,
                            report.ntp,
                            MediaClock.stamp(report.mediaNs, MediaClock.USUAL_HZ),
                            report.packets,
                            report.octets);
        } else if (report.hasBlock) {
            end +=
                    RtcpWriter.receiverReport(
                            b,
                            end,
                            report.ssrc,
                            report.sourceSsrc,
                            report.fractionLost,
                            report.cumulativeLost,
                            report.highestSequence,
                            jitterTicks(report),
                            report.lastSr,
                            report.delaySinceLastSr);
        } else {
            end += RtcpWriter.emptyReceiverReport(b, end, report.ssrc);
        }
        end += RtcpWriter.canonicalName(b, end, report.ssrc, canonicalName);
        if (report.echoTimestamp != 0) {
            end += RtcpWriter.echoRequest(b, end, report.ssrc, report.echoTimestamp);
        }
        if (report.farewell && report.askedTimestamp != 0) {
            end +=
                    RtcpWriter.echoResponse(
                            b, end, report.askedSsrc, report.askedTimestamp, report.askedAgoUs, 0);
        }
        if (report.farewell) {
            end += RtcpWriter.bye(b, end, report.ssrc);
        }
        return end - at;
    }

    private static long jitterTicks(Report report) {
        long hertz = report.clockHz > 0 ? report.clockHz : MediaClock.USUAL_HZ;
        return Math.min(MediaClock.nsToTicks(report.jitterNs, hertz), 0xFFFF_FFFFL);
    }

    int echoResponse(
            ByteBuffer b,
            int at,
            int ownSsrc,
            int ssrc,
            long timestamp,
            long delayMicroseconds,
            int paddingBytes) {
        int end = at + RtcpWriter.emptyReceiverReport(b, at, ownSsrc);
        end += RtcpWriter.canonicalName(b, end, ownSsrc, canonicalName);
        int room = PathLink.MAX_CONTROL_BYTES - (end - at) - ECHO_BYTES;
        end +=
                RtcpWriter.echoResponse(
                        b,
                        end,
                        ssrc,
                        timestamp,
                        delayMicroseconds,
                        Math.min(paddingBytes, room & ~3));
        return end - at;
    }

    /**
     * Requests, each with the upper half of its sequence numbers before it if the peer's media tell
     * theirs (TR-06-2:2022 §8.4).
     */
    int requests(ByteBuffer b, int at, int ownSsrc, RequestBatch batch) {
        int mediaSsrc = batch.mediaSsrc;
        boolean extended = batch.sequenceBits > 16;
        int end = at + RtcpWriter.emptyReceiverReport(b, at, ownSsrc);
        end += RtcpWriter.canonicalName(b, end, ownSsrc, canonicalName);
        int largest = REQUEST_HEADER_BYTES + 4 * recordsPerRequest;
        largest += extended ? SequenceExtension.BYTES : 0;
        while (!batch.isWritten() && end - at + largest <= PathLink.MAX_CONTROL_BYTES) {
            int to = batch.size();
            if (extended) {
                to = SequenceExtension.reach(batch.sequences, batch.consumed, to);
                long first = batch.sequences[batch.consumed];
                end += SequenceExtension.write(b, end, mediaSsrc, (int) (first >>> 16));
            }
            batch.consumed +=
                    requestWriter.write(
                            b,
                            end,
                            ownSsrc,
                            mediaSsrc,
                            batch.sequences,
                            batch.consumed,
                            to,
                            recordsPerRequest);
            end += RtcpReader.packetBytes(b, end);
        }
        return end - at;
    }

    private static final int ECHO_BYTES = 24;
    private static final int REQUEST_HEADER_BYTES = 12;
}
