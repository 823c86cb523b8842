package io.rist4j.linux;

import io.rist4j.net.tun.TunDevice;

import java.nio.ByteBuffer;

/**
 * An echo request from the neighbour with number 2 to the one with number 1, whole with its IP
 * header, and its answer.
 */
final class Ping {
    private static final int IPV4_HEADER_BYTES = 20;
    private static final int IPV6_HEADER_BYTES = 40;
    private static final int PAYLOAD_BYTES = 64;
    private static final int ICMP_BYTES = 8 + PAYLOAD_BYTES;
    private static final int ICMP = 1;
    private static final int ICMP_V6 = 58;
    private static final int ID = 0x4A4A;

    private final ByteBuffer packet;
    private final int icmpAt;
    private final int answerType;

    private Ping(ByteBuffer packet, int icmpAt, int answerType) {
        this.packet = packet;
        this.icmpAt = icmpAt;
        this.answerType = answerType;
    }

    /** From 10.9.0.2 to 10.9.0.1. */
    static Ping ipv4() {
        var packet = ByteBuffer.allocate(IPV4_HEADER_BYTES + ICMP_BYTES);
        packet.putShort(0, (short) 0x4500).putShort(2, (short) packet.capacity());
        packet.put(8, (byte) 64).put(9, (byte) ICMP);
        packet.putInt(12, 0x0A090002).putInt(16, 0x0A090001);
        packet.putShort(10, checksum(packet, 0, IPV4_HEADER_BYTES, 0));
        putEcho(packet, IPV4_HEADER_BYTES, 8, 0);
        return new Ping(packet, IPV4_HEADER_BYTES, 0);
    }

    /** From fd09::2 to fd09::1. */
    static Ping ipv6() {
        var packet = ByteBuffer.allocate(IPV6_HEADER_BYTES + ICMP_BYTES);
        packet.putInt(0, 0x6000_0000).putShort(4, (short) ICMP_BYTES);
        packet.put(6, (byte) ICMP_V6).put(7, (byte) 64);
        packet.putShort(8, (short) 0xFD09).put(23, (byte) 2);
        packet.putShort(24, (short) 0xFD09).put(39, (byte) 1);
        // the pseudo header: both addresses, length, protocol
        int pseudo = 2 * 0xFD09 + 2 + 1 + ICMP_BYTES + ICMP_V6;
        putEcho(packet, IPV6_HEADER_BYTES, 128, pseudo);
        return new Ping(packet, IPV6_HEADER_BYTES, 129);
    }

    private static void putEcho(ByteBuffer packet, int at, int type, int sum) {
        packet.put(at, (byte) type);
        packet.putShort(at + 4, (short) ID).putShort(at + 6, (short) 1);
        for (int i = 0; i < PAYLOAD_BYTES; i++) {
            packet.put(at + 8 + i, (byte) (3 * i));
        }
        packet.putShort(at + 2, checksum(packet, at, ICMP_BYTES, sum));
    }

    private static short checksum(ByteBuffer packet, int at, int bytes, int sum) {
        int total = sum;
        for (int i = 0; i < bytes; i += 2) {
            total += packet.getShort(at + i) & 0xFFFF;
        }
        while (total > 0xFFFF) {
            total = (total & 0xFFFF) + (total >>> 16);
        }
        return (short) ~total;
    }

    int bytes() {
        return packet.capacity();
    }

    boolean writeTo(TunDevice device) {
        return device.write(packet, 0, packet.capacity());
    }

    /** Whether these bytes answer it with all of its payload. */
    boolean isAnswer(ByteBuffer buffer, int at, int bytes) {
        int icmp = at + icmpAt;
        if (bytes != packet.capacity()
                || buffer.get(at) != packet.get(0)
                || buffer.get(icmp) != (byte) answerType
                || buffer.getInt(icmp + 4) != packet.getInt(icmpAt + 4)) {
            return false;
        }
        for (int i = 8; i < ICMP_BYTES; i++) {
            if (buffer.get(icmp + i) != packet.get(icmpAt + i)) {
                return false;
            }
        }
        return true;
    }
}
