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
    private final MediaReader media = new MediaReader();

    SimpleWire(RtcpCompounds compounds) {
        this.compounds = compounds;
    }

    @Override
    public Verdict read(
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
        return RtpHeader.FIXED_BYTES + payloadBytes;
    }

    @Override
    public int writeMedia(ByteBuffer b, int at, MediaPacket packet) {
        return RtpHeader.write(b, at, packet);
    }

    @Override
    public int writeReport(ByteBuffer b, int at, Report report) {
        return compounds.report(b, at, report);
    }

    @Override
    public int writeEchoResponse(
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
    public int writeRequests(ByteBuffer b, int at, int ownSsrc, int mediaSsrc, RequestBatch batch) {
        return compounds.requests(b, at, ownSsrc, mediaSsrc, batch, media.extendedSequence());
    }
}
