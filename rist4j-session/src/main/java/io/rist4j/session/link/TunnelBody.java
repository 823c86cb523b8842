package io.rist4j.session.link;

import io.rist4j.codec.control.ControlMessage;
import io.rist4j.codec.control.FutureNonce;
import io.rist4j.codec.gre.GrePacket;
import io.rist4j.codec.gre.TunnelHandler;
import io.rist4j.codec.gre.TunnelReader;
import io.rist4j.codec.npd.MediaReader;
import io.rist4j.codec.rtcp.RtcpReader;
import io.rist4j.codec.rtp.RtpHeader;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;

import java.nio.ByteBuffer;

/**
 * Reads the bodies of a tunnel's datagrams, in every framing.
 *
 * <p>Media and RTCP are told apart by content, not by port, as libRIST does: ristgo sends both to
 * the even one.
 */
final class TunnelBody implements TunnelHandler {
    /** In place of a nonce. */
    static final int NO_NONCE = 0;

    private final VirtualPorts ports;
    private final MediaReader media = new MediaReader();
    private MediaPacket carrier = new MediaPacket();
    private InboundHandler handler = packet -> Verdict.UNKNOWN;
    private int announcedNonce;

    TunnelBody(VirtualPorts ports) {
        this.ports = ports;
    }

    /** Reads one. */
    Verdict read(GrePacket packet, MediaPacket into, InboundHandler to) {
        carrier = into;
        handler = to;
        announcedNonce = NO_NONCE;
        return TunnelReader.read(packet, this);
    }

    /** The nonce that the body read last announces, or {@link #NO_NONCE}. */
    int announcedNonce() {
        return announcedNonce;
    }

    @Override
    public Verdict onReduced(int sourcePort, int destinationPort, ByteBuffer b, int at, int bytes) {
        if (RtpHeader.isRtcp(b, at, bytes)) {
            Verdict verdict = RtcpReader.read(b, at, bytes, handler);
            if (verdict == Verdict.OK) {
                ports.onControl(sourcePort, destinationPort);
            }
            return verdict;
        }
        Verdict verdict = media.read(b, at, bytes, carrier);
        if (verdict != Verdict.OK) {
            return verdict;
        }
        carrier.virtualSourcePort = sourcePort;
        carrier.virtualDestinationPort = destinationPort;
        return handler.onMedia(carrier);
    }

    @Override
    public void onControl(ControlMessage message) {
        if (message instanceof FutureNonce announced) {
            announcedNonce = announced.nonce();
        } else {
            handler.onControl(message);
        }
    }

    @Override
    public Verdict onOutOfBand(int protocolType, ByteBuffer b, int at, int bytes) {
        return handler.onOutOfBand(protocolType, b, at, bytes);
    }
}
