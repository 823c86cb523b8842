package io.rist4j.codec.gre;

import io.rist4j.codec.Wire;
import io.rist4j.core.message.Verdict;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
    public void onKeepAlive(
            long macAddress,
            int flags,
            int extension,
            ByteBuffer buffer,
            int jsonAt,
            int jsonBytes) {
        byte[] json = new byte[jsonBytes];
        buffer.get(jsonAt, json);
        messages.add(
                String.format(
                        "alive %012x %04x %d %s",
                        macAddress, flags, extension, new String(json, StandardCharsets.UTF_8)));
    }

    @Override
    public void onBufferNegotiation(
            int senderMaxMs,
            int receiverMs,
            int scope,
            ByteBuffer buffer,
            int scopeAt,
            int scopeBytes) {
        String description = Wire.digits(buffer, scopeAt, scopeBytes);
        messages.add(
                String.format(
                        "buffers %d %d %04x %s", senderMaxMs, receiverMs, scope, description));
    }

    @Override
    public void onFutureNonce(int nonce) {
        messages.add(String.format("nonce %08x", nonce));
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
