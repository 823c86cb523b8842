package io.rist4j.codec.gre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rist4j.codec.Wire;
import io.rist4j.core.message.Verdict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.Random;

class IpPacketTest {
    private static final String ADDRESSES = " 0a000001 0a000002 ";
    private static final String UDP_4 = "4500 0020 0001 0000 4011 0000" + ADDRESSES;
    private static final String DATAGRAM = "0400 0401 000c 0000 aabbccdd";
    private static final String ADDRESSES_6 =
            " 20010db8000000000000000000000001 20010db8000000000000000000000002 ";

    private final IpPacket packet = new IpPacket();

    private Verdict read(String hex) {
        ByteBuffer b = Wire.hex(hex);
        return packet.read(b, 0, b.capacity());
    }

    private String payload() {
        return Wire.digits(packet.buffer, packet.payloadAt, packet.payloadBytes);
    }

    @Test
    void readsUdpOverVersion4() {
        assertThat(read(UDP_4 + DATAGRAM + "eeee")).isEqualTo(Verdict.OK);

        assertThat(packet.ipVersion).isEqualTo(4);
        assertThat(packet.totalBytes).isEqualTo(32);
        assertThat(packet.protocol).isEqualTo(17);
        assertThat(packet.fragment).isFalse();
        assertThat(packet.sourcePort).isEqualTo(1024);
        assertThat(packet.destinationPort).isEqualTo(1025);
        assertThat(payload()).isEqualTo("aabbccdd");
    }

    @Test
    void readsWhatRistgoSendsOutOfBand() {
        GrePacket gre = new GrePacket();
        ByteBuffer b = CapturedTunnel.named("ristgo-oob-ip").buffer();
        GreHeader.read(b, 0, b.capacity(), gre);

        assertThat(packet.read(b, gre.bodyAt, gre.bodyBytes)).isEqualTo(Verdict.OK);

        assertThat(packet.at).isEqualTo(8);
        assertThat(packet.totalBytes).isEqualTo(28);
        assertThat(packet.sourcePort).isEqualTo(1024);
        assertThat(packet.destinationPort).isEqualTo(1025);
        assertThat(packet.payloadBytes).isZero();
    }

    @Test
    void readsBehindOptionsOfVersion4() {
        String options = "4600 0024 0001 4000 4011 0000" + ADDRESSES + "01010101";

        assertThat(read(options + DATAGRAM)).isEqualTo(Verdict.OK);

        assertThat(payload()).isEqualTo("aabbccdd");
    }

    @ParameterizedTest
    @CsvSource({"2000, true", "0001, true", "3fff, true", "4000, false", "0000, false"})
    void takesNoPortsFromFragments(String flags, boolean fragment) {
        String header = "4500 0020 0001 " + flags + " 4011 0000" + ADDRESSES;

        assertThat(read(header + DATAGRAM)).isEqualTo(Verdict.OK);

        assertThat(packet.fragment).isEqualTo(fragment);
        assertThat(packet.sourcePort).isEqualTo(fragment ? IpPacket.NO_PORT : 1024);
        assertThat(packet.payloadBytes).isEqualTo(fragment ? 0 : 4);
    }

    @Test
    void readsOtherProtocolsWithoutPorts() {
        assertThat(read("4500 0015 d431 4000 40fc 0000 7f000001 7f000001 61"))
                .isEqualTo(Verdict.OK);

        assertThat(packet.protocol).isEqualTo(252);
        assertThat(packet.sourcePort).isEqualTo(IpPacket.NO_PORT);
        assertThat(packet.destinationPort).isEqualTo(IpPacket.NO_PORT);
    }

    @Test
    void readsUdpOverVersion6() {
        assertThat(read("60000000 000c 1140" + ADDRESSES_6 + DATAGRAM)).isEqualTo(Verdict.OK);

        assertThat(packet.ipVersion).isEqualTo(6);
        assertThat(packet.totalBytes).isEqualTo(52);
        assertThat(packet.destinationPort).isEqualTo(1025);
        assertThat(payload()).isEqualTo("aabbccdd");
    }

    @Test
    void readsBehindExtensionHeadersOfVersion6() {
        String hopByHop = "2b00 000000000000 ";
        String routing = "3c01 000000000000 0000000000000000 ";
        String destination = "1100 000000000000 ";

        assertThat(
                        read(
                                "60000000 002c 0040"
                                        + ADDRESSES_6
                                        + hopByHop
                                        + routing
                                        + destination
                                        + DATAGRAM))
                .isEqualTo(Verdict.OK);

        assertThat(packet.protocol).isEqualTo(17);
        assertThat(payload()).isEqualTo("aabbccdd");
    }

    @Test
    void takesNoPortsFromFragmentsOfVersion6() {
        assertThat(read("60000000 0014 2c40" + ADDRESSES_6 + "1100000100000001" + DATAGRAM))
                .isEqualTo(Verdict.OK);

        assertThat(packet.fragment).isTrue();
        assertThat(packet.protocol).isEqualTo(17);
        assertThat(packet.sourcePort).isEqualTo(IpPacket.NO_PORT);
    }

    @ParameterizedTest
    @CsvSource({
        "'', TRUNCATED",
        "45, TRUNCATED",
        "00, BAD_VERSION",
        "5500 0020, BAD_VERSION",
        "d431400040fc84fa7f0000017f000001, BAD_VERSION",
        "4400 0020 0001 0000 4011 0000 0a000001 0a000002, BAD_LENGTH",
        "4500 0013 0001 0000 4011 0000 0a000001 0a000002, BAD_LENGTH",
        "4f00 0014 0001 0000 4011 0000 0a000001 0a000002, BAD_LENGTH",
        "4500 0015 0001 0000 4011 0000 0a000001 0a000002, TRUNCATED",
        "4500 ffff 0001 0000 4011 0000 0a000001 0a000002, TRUNCATED",
        "4500 0014 0001 0000 4011 0000 0a000001 0a000002, BAD_LENGTH",
        "4500 001c 0001 0000 4011 0000 0a000001 0a000002 0400040100070000, BAD_LENGTH",
        "4500 001c 0001 0000 4011 0000 0a000001 0a000002 0400040100090000, BAD_LENGTH",
    })
    void refusesWhatContradictsItself(String hex, Verdict verdict) {
        assertThat(read(hex)).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({
        "0000 0040, ''",
        "0007 0040, 11000000000000",
        "0008 0040, 1101000000000000",
        "0008 2b40, 11ff000000000000",
        "0008 0040, 0000000000000000",
        "0000 1140, ''",
        "0007 1140, 04000401000c00",
    })
    void refusesExtensionHeadersThatLeadBeyondThePacket(String lengthAndNext, String rest) {
        assertThat(read("60000000" + lengthAndNext + ADDRESSES_6 + rest))
                .isEqualTo(Verdict.BAD_LENGTH);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6})
    void refusesEveryShorterLength(int version) {
        String hex =
                version == 4 ? UDP_4 + DATAGRAM : "60000000 000c 1140" + ADDRESSES_6 + DATAGRAM;
        ByteBuffer whole = Wire.hex(hex);
        for (int bytes = 0; bytes < whole.capacity(); bytes++) {
            assertThat(packet.read(whole.slice(0, bytes), 0, bytes)).isEqualTo(Verdict.TRUNCATED);
        }
    }

    @Test
    void trapT7GivesPacketsOfLibrist0212TheirHeadBack() {
        GrePacket gre = new GrePacket();
        ByteBuffer b = CapturedTunnel.named("main-oob-truncated").buffer();
        GreHeader.read(b, 0, b.capacity(), gre);
        assertThat(packet.read(b, gre.bodyAt, gre.bodyBytes)).isEqualTo(Verdict.BAD_VERSION);

        assertThat(IpPacket.isBeheaded(b, gre.bodyAt, gre.bodyBytes)).isTrue();
        int at = IpPacket.restoreHead(b, gre.bodyAt, gre.bodyBytes);

        assertThat(packet.read(b, at, gre.bodyBytes + IpPacket.LOST_HEAD_BYTES))
                .isEqualTo(Verdict.OK);
        assertThat(packet.protocol).isEqualTo(252);
        assertThat(Wire.digits(b, at, 8)).isEqualTo("45000038d4314000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // whole packets
                "45000038d431400040fc5d907f0000017f000001617574682c3132372e302e302e"
                        + "313a31343132362c3132372e302e302e313a3231353130",
                "4500001c00010000401100000a0000010a0000020400040100080000",
                "60000000000811402001000000000000000000000000000120010000000000000000"
                        + "0000000000020400040100080000",
                // no packets
                "",
                "d431400040fc84fa7f0000017f0000",
                "726973742d74797065642d6f6f622d6f6f62",
                "d431400000fc84fa7f0000017f000001",
                "d431200040fc84fa7f0000017f000001",
            })
    void leavesOtherDataAlone(String hex) {
        ByteBuffer b = Wire.hex(hex);

        assertThat(IpPacket.isBeheaded(b, 0, b.capacity())).isFalse();
    }

    @Test
    void forgetsWhatTheLastPacketHad() {
        read(UDP_4 + DATAGRAM);

        assertThat(read("4500 0014 0001 2000 4006 0000" + ADDRESSES)).isEqualTo(Verdict.OK);

        assertThat(packet.sourcePort).isEqualTo(IpPacket.NO_PORT);
        assertThat(packet.payloadBytes).isZero();
        assertThat(packet.payloadAt).isZero();
        assertThat(packet.fragment).isTrue();
    }

    @Test
    void readsBackTheHeadersThatWereWritten() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            int source = random.nextInt();
            int destination = random.nextInt();
            int sourcePort = random.nextInt(0x10000);
            int destinationPort = random.nextInt(0x10000);
            int payloadBytes = random.nextInt(1_400);
            ByteBuffer b = Wire.dirty(1_600);

            int bytes =
                    Ipv4UdpHeader.write(
                            b, 4, source, destination, sourcePort, destinationPort, payloadBytes);

            assertThat(bytes).isEqualTo(28);
            assertThat(packet.read(b, 4, bytes + payloadBytes)).isEqualTo(Verdict.OK);
            assertThat(packet.totalBytes).as("seed %d", seed).isEqualTo(bytes + payloadBytes);
            assertThat(packet.sourcePort).isEqualTo(sourcePort);
            assertThat(packet.destinationPort).isEqualTo(destinationPort);
            assertThat(packet.payloadAt).isEqualTo(4 + 28);
            assertThat(packet.payloadBytes).isEqualTo(payloadBytes);
            assertThat(packet.fragment).isFalse();
            assertThat(sumOfWords(b, 4, 20)).isEqualTo(0xFFFF);
        }
    }

    private static int sumOfWords(ByteBuffer b, int at, int bytes) {
        int sum = 0;
        for (int i = at; i < at + bytes; i += 2) {
            sum += b.getShort(i) & 0xFFFF;
        }
        while (sum > 0xFFFF) {
            sum = (sum & 0xFFFF) + (sum >>> 16);
        }
        return sum;
    }

    @Test
    void writesHeadersAsOthersDo() {
        ByteBuffer b = Wire.dirty(32);

        Ipv4UdpHeader.write(b, 0, 0x0A00_0001, 0x0A00_0002, 1024, 1025, 4);

        assertThat(Wire.digits(b, 0, 28))
                .isEqualTo("4500002000004000401126cb0a0000010a00000204000401000c0000");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_508})
    void writesNoLongerPayloadThanTheFieldsTell(int payloadBytes) {
        ByteBuffer b = Wire.dirty(32);

        assertThatThrownBy(() -> Ipv4UdpHeader.write(b, 0, 1, 2, 3, 4, payloadBytes))
                .hasMessage("payload of %d bytes is outside 0..65507 bytes", payloadBytes);
    }
}
