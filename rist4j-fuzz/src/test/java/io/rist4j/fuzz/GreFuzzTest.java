package io.rist4j.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.rist4j.codec.gre.GreHeader;
import io.rist4j.codec.gre.GrePacket;
import io.rist4j.codec.gre.IpPacket;
import io.rist4j.codec.gre.ProtocolTypes;
import io.rist4j.codec.gre.TunnelReader;
import io.rist4j.core.message.Verdict;

import java.nio.ByteBuffer;

class GreFuzzTest {
    private static final String TEN_MINUTES = "10m";

    private static final byte[] KEEP_ALIVE = {0, 0, (byte) 0x80, 0};
    private static final byte[] BUFFER_NEGOTIATION = {0, 0, (byte) 0x80, 2};

    private static Verdict readBody(int protocolType, Datagram datagram, int at) {
        var tunnel = new CheckingTunnel();
        int bytes = datagram.bytes() - at;

        Verdict verdict = TunnelReader.read(protocolType, datagram.buffer(), at, bytes, tunnel);

        assertThat(verdict)
                .isIn(
                        Verdict.OK,
                        Verdict.TRUNCATED,
                        Verdict.OVER_LIMIT,
                        Verdict.MISPLACED,
                        Verdict.UNKNOWN);
        assertThat(tunnel.messages()).isEqualTo(verdict == Verdict.OK ? 1 : 0);
        datagram.assertUntouched();
        return verdict;
    }

    @FuzzTest(maxDuration = TEN_MINUTES)
    void datagram(byte[] data) {
        var datagram = new Datagram(data);
        var packet = new GrePacket();

        Verdict verdict = GreHeader.read(datagram.buffer(), 0, datagram.bytes(), packet);

        if (verdict == Verdict.OK) {
            assertThat(packet.version).isBetween(0, GreHeader.NEWEST_VERSION);
            assertThat(packet.sequence).isBetween(0L, 0xFFFF_FFFFL);
            assertThat(packet.protocolType).isBetween(0, 0xFFFF);
            assertThat(packet.bodyAt).isBetween(GreHeader.FIXED_BYTES, GreHeader.MAX_BYTES);
            assertThat(packet.bodyBytes).isEqualTo(datagram.bytes() - packet.bodyAt);
            assertReadsBack(packet);
            readBody(packet.protocolType, datagram, packet.bodyAt);
        } else {
            assertThat(verdict).isIn(Verdict.TRUNCATED, Verdict.BAD_VERSION);
            assertThat(packet.bodyAt).isZero();
        }
        datagram.assertUntouched();
    }

    private static void assertReadsBack(GrePacket packet) {
        if (!packet.hasSequence) {
            return;
        }
        ByteBuffer again = ByteBuffer.allocate(GreHeader.MAX_BYTES);
        var read = new GrePacket();
        int bytes =
                packet.hasNonce
                        ? GreHeader.writeEncrypted(
                                again,
                                0,
                                packet.version,
                                packet.protocolType,
                                packet.longKey,
                                packet.nonce,
                                packet.sequence)
                        : GreHeader.write(
                                again, 0, packet.version, packet.protocolType, packet.sequence);

        assertThat(GreHeader.read(again, 0, bytes, read)).isEqualTo(Verdict.OK);
        assertThat(read.version).isEqualTo(packet.version);
        assertThat(read.protocolType).isEqualTo(packet.protocolType);
        assertThat(read.hasNonce).isEqualTo(packet.hasNonce);
        assertThat(read.nonce).isEqualTo(packet.nonce);
        assertThat(read.sequence).isEqualTo(packet.sequence);
        assertThat(read.isEncrypted()).isEqualTo(packet.isEncrypted());
        assertThat(read.bodyBytes).isZero();
    }

    /** What follows the GRE header under the VSF's protocol type. */
    @FuzzTest(maxDuration = TEN_MINUTES)
    void vsf(byte[] body) {
        readBody(ProtocolTypes.VSF, new Datagram(body), 0);
    }

    @FuzzTest(maxDuration = TEN_MINUTES)
    void keepAlive(byte[] message) {
        Verdict legacy = readBody(ProtocolTypes.KEEP_ALIVE, new Datagram(message), 0);

        assertThat(readBody(ProtocolTypes.VSF, new Datagram(KEEP_ALIVE, message), 0))
                .isEqualTo(legacy);
    }

    @FuzzTest(maxDuration = TEN_MINUTES)
    void bufferNegotiation(byte[] message) {
        readBody(ProtocolTypes.VSF, new Datagram(BUFFER_NEGOTIATION, message), 0);
    }

    @FuzzTest(maxDuration = TEN_MINUTES)
    void ipPacket(byte[] data) {
        var datagram = new Datagram(data);
        var packet = new IpPacket();

        Verdict verdict = packet.read(datagram.buffer(), 0, datagram.bytes());

        datagram.assertUntouched();
        if (verdict == Verdict.OK) {
            assertThat(packet.totalBytes).isBetween(20, datagram.bytes());
            assertThat(packet.protocol).isBetween(0, 255);
            assertThat(packet.sourcePort).isBetween(IpPacket.NO_PORT, 0xFFFF);
            assertThat(packet.destinationPort).isBetween(IpPacket.NO_PORT, 0xFFFF);
            assertThat(packet.payloadBytes).isNotNegative();
            assertThat(packet.payloadAt + packet.payloadBytes)
                    .isLessThanOrEqualTo(packet.totalBytes);
        } else {
            assertThat(verdict).isIn(Verdict.TRUNCATED, Verdict.BAD_VERSION, Verdict.BAD_LENGTH);
        }
        IpPacket.isBeheaded(datagram.buffer(), 0, datagram.bytes());
        datagram.assertUntouched();
    }
}
