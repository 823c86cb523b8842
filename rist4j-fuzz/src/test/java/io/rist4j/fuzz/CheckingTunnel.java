package io.rist4j.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.control.BufferNegotiation;
import io.rist4j.codec.control.ControlMessage;
import io.rist4j.codec.control.FutureNonce;
import io.rist4j.codec.control.KeepAlive;
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
    public void onControl(ControlMessage message) {
        messages++;
        switch (message) {
            case KeepAlive alive -> assertHolds(alive);
            case BufferNegotiation buffers -> {
                assert16Bits(buffers.senderMaxMs(), buffers.receiverMs(), buffers.scope());
                assertThat(buffers.description().capacity())
                        .isBetween(0, BufferNegotiation.MAX_SCOPE_BYTES);
            }
            case FutureNonce announced -> assertThat(announced.nonce()).isNotZero();
        }
        assertIsWrittenAgain(message);
    }

    private static void assertHolds(KeepAlive alive) {
        assertThat(alive.macAddress()).isBetween(0L, MAX_MAC_ADDRESS);
        assert16Bits(alive.flags());
        assertThat(alive.extension()).isBetween(KeepAlive.NO_EXTENSION, 0xFF);
        assertThat(alive.json().length()).isBetween(0, KeepAlive.MAX_JSON_BYTES);
        var memory = new KeepAliveMemory();

        assertThat(memory.onKeepAlive(alive)).isTrue();
        assertThat(memory.onKeepAlive(alive)).isFalse();

        PeerCapabilities peer = Objects.requireNonNull(memory.latest());
        assertThat(peer.json().length()).isLessThanOrEqualTo(alive.json().length());
        assertThat(peer.json().chars()).noneMatch(Character::isISOControl);
        assertThat(peer.macAddressText()).matches("([0-9a-f]{2}:){5}[0-9a-f]{2}");
    }

    /** But for what was no UTF-8, which may grow to three times its length. */
    private static void assertIsWrittenAgain(ControlMessage message) {
        if (message.bytes() <= KeepAlive.FIXED_BYTES + KeepAlive.MAX_JSON_BYTES) {
            assertThat(message.write(ByteBuffer.allocate(message.bytes()), 0))
                    .isEqualTo(message.bytes());
        }
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
