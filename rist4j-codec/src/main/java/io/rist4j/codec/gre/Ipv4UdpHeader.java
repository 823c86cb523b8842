package io.rist4j.codec.gre;

import java.nio.ByteBuffer;

/**
 * The headers of a UDP datagram over IPv4, for media and RTCP in full datagram mode (TR-06-2:2022
 * §5.3.1); {@link IpPacket} reads them.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-------+-------+---------------+-------------------------------+
 * |   4   |   5   |       0       |         total length          |
 * +-------+-------+---------------+-----+-------------------------+
 * |               0               |0 1 0|            0            |  not to be fragmented
 * +---------------+---------------+-----+-------------------------+
 * |   TTL = 64    |      17       |        header checksum        |
 * +---------------+---------------+-------------------------------+
 * |                        source address                         |
 * +---------------------------------------------------------------+
 * |                      destination address                      |
 * +-------------------------------+-------------------------------+
 * |          source port          |       destination port        |
 * +-------------------------------+-------------------------------+
 * |          UDP length           |      checksum = 0, none       |
 * +-------------------------------+-------------------------------+
 * </pre>
 */
public final class Ipv4UdpHeader {
    /** Length of both headers. */
    public static final int BYTES = 28;

    /** The longest payload that fits the length fields. */
    public static final int MAX_PAYLOAD_BYTES = 0xFFFF - BYTES;

    private static final int IP_BYTES = 20;

    private static final int VERSION_AND_LENGTH = 0x4500_0000;
    private static final int DO_NOT_FRAGMENT = 0x0000_4000;
    private static final int TIME_TO_LIVE_AND_UDP = 0x4011_0000;

    private static final int FRAGMENT = 4;
    private static final int TIME_TO_LIVE = 8;
    private static final int CHECKSUM = 10;
    private static final int SOURCE = 12;
    private static final int DESTINATION = 16;
    private static final int UDP_LENGTH = 24;

    private Ipv4UdpHeader() {}

    /**
     * Writes the headers; the payload follows.
     *
     * @param b where to write, with room for {@link #BYTES}
     * @param at where to begin, right behind the GRE header
     * @param sourceAddress IPv4 address in the tunnel
     * @param destinationAddress IPv4 address in the tunnel
     * @param sourcePort 0..65535
     * @param destinationPort 0..65535
     * @param payloadBytes 0..{@link #MAX_PAYLOAD_BYTES}
     * @return the bytes written, {@link #BYTES}
     * @throws IllegalArgumentException when the payload is too long
     */
    public static int write(
            ByteBuffer b,
            int at,
            int sourceAddress,
            int destinationAddress,
            int sourcePort,
            int destinationPort,
            int payloadBytes) {
        if (payloadBytes < 0 || payloadBytes > MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException(
                    "payload of "
                            + payloadBytes
                            + " bytes is outside 0.."
                            + MAX_PAYLOAD_BYTES
                            + " bytes");
        }
        b.putInt(at, VERSION_AND_LENGTH | (BYTES + payloadBytes));
        b.putInt(at + FRAGMENT, DO_NOT_FRAGMENT);
        b.putInt(at + TIME_TO_LIVE, TIME_TO_LIVE_AND_UDP);
        b.putInt(at + SOURCE, sourceAddress);
        b.putInt(at + DESTINATION, destinationAddress);
        b.putShort(at + CHECKSUM, (short) ~headerSum(b, at));
        b.putShort(at + IP_BYTES, (short) sourcePort);
        b.putShort(at + IP_BYTES + 2, (short) destinationPort);
        b.putInt(at + UDP_LENGTH, (BYTES - IP_BYTES + payloadBytes) << 16);
        return BYTES;
    }

    /** The ones' complement sum of the IP header's 16-bit words (RFC 1071). */
    private static int headerSum(ByteBuffer b, int at) {
        int sum = 0;
        for (int i = at; i < at + IP_BYTES; i += 2) {
            sum += b.getShort(i) & 0xFFFF;
        }
        sum = (sum & 0xFFFF) + (sum >>> 16);
        return (sum & 0xFFFF) + (sum >>> 16);
    }
}
