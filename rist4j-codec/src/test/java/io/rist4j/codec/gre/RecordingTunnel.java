package io.rist4j.codec.gre;

import io.rist4j.codec.Wire;
import io.rist4j.codec.control.BufferNegotiation;
import io.rist4j.codec.control.ControlMessage;
import io.rist4j.codec.control.FutureNonce;
import io.rist4j.codec.control.KeepAlive;
import io.rist4j.core.message.Verdict;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Writes down every message as one line. */
final class RecordingTunnel implements TunnelHandler {
    private final List<String> messages = new ArrayList<>();

    List<String> messages() {
        return messages;
    }

    /** What was visited when reading a body that is accepted. */
    static List<String> of(int protocolType, String hex) {
        var recording = new RecordingTunnel();
        ByteBuffer b = Wire.hex(hex);
        Verdict verdict = TunnelReader.read(protocolType, b, 0, b.capacity(), recording);
        if (verdict != Verdict.OK) {
            recording.messages.add(verdict.toString());
        }
        return recording.messages();
    }

    @Override
    public Verdict onReduced(
            int sourcePort, int destinationPort, ByteBuffer buffer, int at, int bytes) {
        String inner = Wire.digits(buffer, at, bytes);
        messages.add(String.format("reduced %d>%d %s", sourcePort, destinationPort, inner));
        return Verdict.OK;
    }

    @Override
    public void onControl(ControlMessage message) {
        messages.add(
                switch (message) {
                    case KeepAlive m ->
                            String.format(
                                    "alive %012x %04x %d %s",
                                    m.macAddress(), m.flags(), m.extension(), m.json());
                    case BufferNegotiation m ->
                            String.format(
                                    "buffers %d %d %04x %s",
                                    m.senderMaxMs(),
                                    m.receiverMs(),
                                    m.scope(),
                                    Wire.digits(m.description(), 0, m.description().capacity()));
                    case FutureNonce m -> String.format("nonce %08x", m.nonce());
                });
    }

    @Override
    public Verdict onAuthentication(ByteBuffer buffer, int at, int bytes) {
        messages.add("eapol " + Wire.digits(buffer, at, bytes));
        return Verdict.OK;
    }

    @Override
    public Verdict onOutOfBand(int protocolType, ByteBuffer buffer, int at, int bytes) {
        String data = Wire.digits(buffer, at, bytes);
        messages.add(String.format("oob %04x %s", protocolType, data));
        return Verdict.OK;
    }
}
