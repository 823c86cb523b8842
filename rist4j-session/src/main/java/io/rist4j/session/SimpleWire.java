package io.rist4j.session;

import io.rist4j.codec.npd.MediaReader;
import io.rist4j.codec.rtcp.RtcpReader;
import io.rist4j.codec.rtp.RtpHeader;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;

import java.nio.ByteBuffer;

/** TR-06-1: RTP and RTCP as they are, told apart by content on either port (as libRIST does). */
final class SimpleWire implements PathWire {
    private final RtcpCompounds compounds;
    private final MediaWriter mediaWriter;
    private final MediaReader media = new MediaReader();

    SimpleWire(RtcpCompounds compounds, MediaWriter mediaWriter) {
        this.compounds = compounds;
        this.mediaWriter = mediaWriter;
    }

    @Override
    public Verdict read(
            long nowNs,
            int channel,
            ByteBuffer b,
            int at,
            int bytes,
            MediaPacket carrier,
            InboundHandler handler) {
        if (RtpHeader.isRtcp(b, at, bytes)) {
            return RtcpReader.read(b, at, bytes, handler);
        }
        Verdict verdict = media.read(b, at, bytes, carrier);
        return verdict == Verdict.OK ? handler.onMedia(carrier) : verdict;
    }

    @Override
    public int maxMediaBytes(int payloadBytes) {
        return mediaWriter.maxBytes(payloadBytes);
    }

    @Override
    public int writeMedia(long nowNs, ByteBuffer b, int at, MediaPacket packet) {
        return mediaWriter.write(b, at, packet);
    }

    @Override
    public int writeReport(long nowNs, ByteBuffer b, int at, Report report) {
        return compounds.report(b, at, report);
    }

    @Override
    public int writeEchoResponse(
            long nowNs,
            ByteBuffer b,
            int at,
            int ownSsrc,
            int ssrc,
            long timestamp,
            long delayMicroseconds,
            int paddingBytes) {
        return compounds.echoResponse(
                b, at, ownSsrc, ssrc, timestamp, delayMicroseconds, paddingBytes);
    }

    @Override
    public int writeRequests(long nowNs, ByteBuffer b, int at, int ownSsrc, RequestBatch batch) {
        return compounds.requests(b, at, ownSsrc, batch);
    }
}
