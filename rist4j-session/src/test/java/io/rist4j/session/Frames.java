package io.rist4j.session;

import io.rist4j.codec.control.BufferNegotiation;
import io.rist4j.codec.control.KeepAlive;
import io.rist4j.codec.gre.Encapsulation;
import io.rist4j.codec.gre.GreHeader;
import io.rist4j.codec.gre.ProtocolTypes;
import io.rist4j.codec.rtcp.RtcpWriter;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Clear tunnel datagrams, as any stranger can write them. */
final class Frames {
    private static final int KEEP_ALIVE_FLAGS_AT = 6;

    private Frames() {}

    private static Encapsulation encapsulation(int version) {
        return version < 2 ? Encapsulation.LEGACY : Encapsulation.VSF;
    }

    /** By the edition of 2020 in clear there is no sequence. */
    private static int header(ByteBuffer b, int version, int sequence, int type) {
        return version == 0
                ? GreHeader.writeUnsequenced(b, 0, version, type)
                : GreHeader.write(b, 0, version, type, sequence);
    }

    static ByteBuffer cut(ByteBuffer b, int bytes) {
        return ByteBuffer.allocate(bytes).put(0, b, 0, bytes);
    }

    static ByteBuffer keepAlive(int version, int sequence, int flags) {
        var b = ByteBuffer.allocate(64);
        Encapsulation encapsulation = encapsulation(version);
        int at = header(b, version, sequence, encapsulation.controlProtocolType());
        at += encapsulation.writeControl(b, at, new KeepAlive(0x0200_1234_5678L, flags));
        return cut(b, at);
    }

    private static int reduced(ByteBuffer b, int version, int sequence, int port) {
        Encapsulation encapsulation = encapsulation(version);
        int at = header(b, version, sequence, encapsulation.reducedProtocolType());
        return at + encapsulation.writeReducedHead(b, at, 32_768, port);
    }

    /** Begins a datagram with RTP or RTCP. Returns where that stands. */
    static int reducedHead(ByteBuffer b, int version, int port) {
        return reduced(b, version, 0, port);
    }

    /** Where RTP or RTCP stands in a clear datagram, or -1. */
    static int reducedBodyAt(ByteBuffer datagram) {
        int head = 4 + ((datagram.getShort(0) & 0x1000) != 0 ? 4 : 0);
        int type = protocolType(datagram);
        if (type == Encapsulation.LEGACY.reducedProtocolType()) {
            return head + 4;
        }
        return type == ProtocolTypes.VSF && !isKeepAlive(datagram) ? head + 8 : -1;
    }

    /** A clear datagram of another protocol. */
    static ByteBuffer outOfBand(int version, int sequence, int type, String text) {
        var b = ByteBuffer.allocate(64);
        int at = header(b, version, sequence, type);
        byte[] data = text.getBytes(StandardCharsets.US_ASCII);
        b.put(at, data);
        return cut(b, at + data.length);
    }

    /** An empty receiver report with a name and an echo request. */
    static ByteBuffer report(int version, int ssrc) {
        var b = ByteBuffer.allocate(128);
        int at = reduced(b, version, 0, 1_969);
        at += RtcpWriter.emptyReceiverReport(b, at, ssrc);
        at += RtcpWriter.canonicalName(b, at, ssrc, "eve".getBytes(StandardCharsets.US_ASCII));
        at += RtcpWriter.echoRequest(b, at, ssrc, 77);
        return cut(b, at);
    }

    /** A report with a goodbye. */
    static ByteBuffer bye(int version, int ssrc) {
        var b = ByteBuffer.allocate(128);
        int at = reduced(b, version, 0, 1_969);
        at += RtcpWriter.emptyReceiverReport(b, at, ssrc);
        at += RtcpWriter.canonicalName(b, at, ssrc, "eve".getBytes(StandardCharsets.US_ASCII));
        at += RtcpWriter.bye(b, at, ssrc);
        return cut(b, at);
    }

    /** The same with an answer to an echo request, rightly or not. */
    static ByteBuffer bye(int version, int ssrc, long timestamp) {
        var b = ByteBuffer.allocate(128);
        int at = reduced(b, version, 0, 1_969);
        at += RtcpWriter.emptyReceiverReport(b, at, ssrc);
        at += RtcpWriter.canonicalName(b, at, ssrc, "eve".getBytes(StandardCharsets.US_ASCII));
        at += RtcpWriter.echoResponse(b, at, ssrc, timestamp, 0, 0);
        at += RtcpWriter.bye(b, at, ssrc);
        return cut(b, at);
    }

    /** A sender report with a name. */
    static ByteBuffer senderReport(int version, int ssrc, long ntp, long rtpTimestamp) {
        var b = ByteBuffer.allocate(128);
        int at = reduced(b, version, 0, 1_969);
        at += RtcpWriter.senderReport(b, at, ssrc, ntp, rtpTimestamp, 0, 0);
        at += RtcpWriter.canonicalName(b, at, ssrc, "eve".getBytes(StandardCharsets.US_ASCII));
        return cut(b, at);
    }

    /** A report that answers an echo request, rightly or not. */
    static ByteBuffer echoResponse(int version, int ssrc, int askedSsrc, long timestamp) {
        var b = ByteBuffer.allocate(128);
        int at = reduced(b, version, 0, 1_969);
        at += RtcpWriter.emptyReceiverReport(b, at, ssrc);
        at += RtcpWriter.canonicalName(b, at, ssrc, "eve".getBytes(StandardCharsets.US_ASCII));
        at += RtcpWriter.echoResponse(b, at, askedSsrc, timestamp, 0, 0);
        return cut(b, at);
    }

    /** A report with a request for 65 536 packets. */
    static ByteBuffer greedyRequest(int version, int ssrc, int mediaSsrc) {
        return request(version, ssrc, mediaSsrc, 0, 0xFFFF);
    }

    /** A report with a request for a run of packets. */
    static ByteBuffer request(int version, int ssrc, int mediaSsrc, int first, int additional) {
        var b = ByteBuffer.allocate(128);
        int at = reduced(b, version, 0, 1_969);
        at += RtcpWriter.emptyReceiverReport(b, at, ssrc);
        at += RtcpWriter.canonicalName(b, at, ssrc, "eve".getBytes(StandardCharsets.US_ASCII));
        b.putInt(at, 0x80CC_0003).putInt(at + 4, mediaSsrc);
        b.putInt(at + 8, 0x5249_5354).putInt(at + 12, (first << 16) | additional);
        return cut(b, at + 16);
    }

    static ByteBuffer media(int version, int ssrc, int number) {
        return media(version, ssrc, number, 1_968);
    }

    static ByteBuffer media(int version, int ssrc, int number, int port) {
        return media(version, ssrc, number, port, 90 * 20 * number);
    }

    static ByteBuffer media(int version, int ssrc, int number, int port, int rtpTimestamp) {
        var b = ByteBuffer.allocate(256);
        int at = reduced(b, version, number, port);
        b.putShort(at, (short) 0x8021).putShort(at + 2, (short) number);
        b.putInt(at + 4, rtpTimestamp).putInt(at + 8, ssrc);
        return cut(b, at + 12 + 188);
    }

    static ByteBuffer negotiation(int sequence, int senderMaxMs, int receiverMs) {
        var b = ByteBuffer.allocate(64);
        int at = GreHeader.write(b, 0, 2, ProtocolTypes.VSF, sequence);
        var message = BufferNegotiation.ofEveryFlow(senderMaxMs, receiverMs);
        return cut(b, at + Encapsulation.VSF.writeControl(b, at, message));
    }

    /** An EAPOL frame behind a clear header. */
    static ByteBuffer eapol(int sequence, ByteBuffer frame, int bytes) {
        var b = ByteBuffer.allocate(bytes + 16);
        int at = GreHeader.write(b, 0, 1, ProtocolTypes.EAPOL, sequence);
        b.put(at, frame, 0, bytes);
        return cut(b, at + bytes);
    }

    static int version(ByteBuffer datagram) {
        return (datagram.getShort(0) >>> 3) & 7;
    }

    static int protocolType(ByteBuffer datagram) {
        return datagram.getShort(2) & 0xFFFF;
    }

    /** Whether a clear datagram is a keep-alive message or another that only a tunnel has. */
    static boolean isKeepAlive(ByteBuffer datagram) {
        int type = protocolType(datagram);
        int subtypeAt = 4 + ((datagram.getShort(0) & 0x1000) != 0 ? 4 : 0) + 2;
        return type == Encapsulation.LEGACY.controlProtocolType()
                || (type == ProtocolTypes.VSF && (datagram.getShort(subtypeAt) & 0x8000) != 0);
    }

    static int keepAliveFlags(ByteBuffer datagram) {
        int head = version(datagram) < 2 ? 8 : 12;
        return datagram.getShort(head + KEEP_ALIVE_FLAGS_AT) & 0xFFFF;
    }
}
