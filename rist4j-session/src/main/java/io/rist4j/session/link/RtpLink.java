package io.rist4j.session.link;

import io.rist4j.codec.npd.MediaReader;
import io.rist4j.codec.rtcp.RtcpReader;
import io.rist4j.codec.rtp.RtpHeader;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;

import java.nio.ByteBuffer;

/**
 * TR-06-1: RTP and RTCP as they are, told apart by content on either port (as libRIST does). Has
 * neither keys nor proofs, and nothing of a peer: what strangers send may share one.
 */
public final class RtpLink implements PathLink {
    private final RtcpCompounds compounds;
    private final MediaWriter mediaWriter;
    private final MediaReader media = new MediaReader();
    private final OpenDatagram datagram = this::read;
    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private int datagramAt;
    private int datagramBytes;

    /**
     * A link.
     *
     * @param compounds writes RTCP
     * @param mediaWriter writes media
     */
    public RtpLink(RtcpCompounds compounds, MediaWriter mediaWriter) {
        this.compounds = compounds;
        this.mediaWriter = mediaWriter;
    }

    @Override
    public Verdict receive(
            long nowNs, long arrivalNs, ByteBuffer b, int at, int bytes, LinkReader reader) {
        buffer = b;
        datagramAt = at;
        datagramBytes = bytes;
        Verdict seen = reader.isPeer() ? Verdict.OK : reader.look(datagram, false);
        return seen == Verdict.OK ? reader.read(datagram) : seen;
    }

    private Verdict read(MediaPacket carrier, InboundHandler handler) {
        if (RtpHeader.isRtcp(buffer, datagramAt, datagramBytes)) {
            return RtcpReader.read(buffer, datagramAt, datagramBytes, handler);
        }
        Verdict verdict = media.read(buffer, datagramAt, datagramBytes, carrier);
        return verdict == Verdict.OK ? handler.onMedia(carrier) : verdict;
    }

    @Override
    public int maxMediaBytes(int payloadBytes) {
        return mediaWriter.maxBytes(payloadBytes);
    }

    @Override
    public int sequenceBits() {
        return mediaWriter.sequenceBits();
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
