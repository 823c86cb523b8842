package io.rist4j.codec.gre;

import io.rist4j.codec.Wire;
import io.rist4j.codec.control.ControlMessage;
import io.rist4j.core.message.Verdict;

import java.nio.ByteBuffer;

/** Writes every message that it is told of into a body of its own. */
final class RewritingTunnel implements TunnelHandler {
    private final ByteBuffer out = Wire.dirty(4_000);
    private final Encapsulation encapsulation;
    private int bytes;

    private RewritingTunnel(int protocolType) {
        encapsulation =
                protocolType == ProtocolTypes.VSF ? Encapsulation.VSF : Encapsulation.LEGACY;
    }

    /** A body read and written again, as hexadecimal digits. */
    static String rewrite(GrePacket packet) {
        var rewriting = new RewritingTunnel(packet.protocolType);
        Verdict verdict = TunnelReader.read(packet, rewriting);
        return verdict == Verdict.OK
                ? Wire.digits(rewriting.out, 0, rewriting.bytes)
                : verdict.toString();
    }

    /** The header that a packet came with, written again, as hexadecimal digits. */
    static String rewriteHeader(GrePacket packet) {
        ByteBuffer b = Wire.dirty(GreHeader.MAX_BYTES);
        int bytes;
        if (packet.hasNonce) {
            bytes =
                    GreHeader.writeEncrypted(
                            b,
                            0,
                            packet.version,
                            packet.protocolType,
                            packet.longKey,
                            packet.nonce,
                            packet.sequence);
        } else if (packet.hasSequence) {
            bytes = GreHeader.write(b, 0, packet.version, packet.protocolType, packet.sequence);
        } else {
            bytes = GreHeader.writeUnsequenced(b, 0, packet.version, packet.protocolType);
        }
        return Wire.digits(b, 0, bytes);
    }

    @Override
    public Verdict onReduced(
            int sourcePort, int destinationPort, ByteBuffer buffer, int at, int innerBytes) {
        bytes = encapsulation.writeReducedHead(out, 0, sourcePort, destinationPort);
        out.put(bytes, buffer, at, innerBytes);
        bytes += innerBytes;
        return Verdict.OK;
    }

    @Override
    public void onControl(ControlMessage message) {
        bytes = encapsulation.writeControl(out, 0, message);
    }

    @Override
    public Verdict onAuthentication(ByteBuffer buffer, int at, int frameBytes) {
        return onOutOfBand(ProtocolTypes.EAPOL, buffer, at, frameBytes);
    }

    @Override
    public Verdict onOutOfBand(int protocolType, ByteBuffer buffer, int at, int dataBytes) {
        out.put(0, buffer, at, dataBytes);
        bytes = dataBytes;
        return Verdict.OK;
    }
}
