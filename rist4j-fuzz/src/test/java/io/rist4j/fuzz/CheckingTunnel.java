package io.rist4j.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.gre.BufferNegotiation;
import io.rist4j.codec.gre.KeepAlive;
import io.rist4j.codec.gre.KeepAliveMemory;
import io.rist4j.codec.gre.PeerCapabilities;
import io.rist4j.codec.gre.TunnelHandler;
import io.rist4j.core.message.Verdict;

import java.nio.ByteBuffer;
import java.util.Objects;

/** Counts messages and insists on the ranges that {@link TunnelHandler} promises. */
final class CheckingTunnel implements TunnelHandler {
    private static final long MAX_MAC_ADDRESS = 0xFFFF_FFFF_FFFFL;

    private int messages;

    int messages() {
        return messages;
    }

    private static void assert16Bits(int... values) {
        for (int value : values) {
            assertThat(value).isBetween(0, 0xFFFF);
        }
    }

    private static void assertWithin(ByteBuffer buffer, int at, int bytes, int maxBytes) {
        assertThat(at).isNotNegative();
        assertThat(bytes).isBetween(0, maxBytes);
        assertThat(at + bytes).isLessThanOrEqualTo(buffer.limit());
    }

    @Override
    public Verdict onReduced(
            int sourcePort, int destinationPort, ByteBuffer buffer, int at, int bytes) {
        messages++;
        assert16Bits(sourcePort, destinationPort);
        assertWithin(buffer, at, bytes, buffer.limit());
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
        messages++;
        assertThat(macAddress).isBetween(0L, MAX_MAC_ADDRESS);
        assert16Bits(flags);
        assertThat(extension).isBetween(KeepAlive.NO_EXTENSION, 0xFF);
        assertWithin(buffer, jsonAt, jsonBytes, KeepAlive.MAX_JSON_BYTES);
        assertIsRemembered(macAddress, flags, extension, buffer, jsonAt, jsonBytes);
    }

    private static void assertIsRemembered(
            long macAddress, int flags, int extension, ByteBuffer b, int jsonAt, int jsonBytes) {
        var memory = new KeepAliveMemory();

        assertThat(memory.onKeepAlive(macAddress, flags, extension, b, jsonAt, jsonBytes)).isTrue();
        assertThat(memory.onKeepAlive(macAddress, flags, extension, b, jsonAt, jsonBytes))
                .isFalse();

        PeerCapabilities peer = Objects.requireNonNull(memory.latest());
        assertThat(peer.json().length()).isLessThanOrEqualTo(jsonBytes);
        assertThat(peer.json().chars()).noneMatch(Character::isISOControl);
        assertThat(peer.macAddressText()).matches("([0-9a-f]{2}:){5}[0-9a-f]{2}");
    }

    @Override
    public void onBufferNegotiation(
            int senderMaxMs,
            int receiverMs,
            int scope,
            ByteBuffer buffer,
            int scopeAt,
            int scopeBytes) {
        messages++;
        assert16Bits(senderMaxMs, receiverMs, scope);
        assertWithin(buffer, scopeAt, scopeBytes, BufferNegotiation.MAX_SCOPE_BYTES);
    }

    @Override
    public void onFutureNonce(int nonce) {
        messages++;
        assertThat(nonce).isNotZero();
    }

    @Override
    public Verdict onAuthentication(ByteBuffer buffer, int at, int bytes) {
        messages++;
        assertWithin(buffer, at, bytes, buffer.limit());
        return Verdict.OK;
    }

    @Override
    public Verdict onOutOfBand(int protocolType, ByteBuffer buffer, int at, int bytes) {
        messages++;
        assert16Bits(protocolType);
        assertWithin(buffer, at, bytes, buffer.limit());
        return Verdict.OK;
    }
}
