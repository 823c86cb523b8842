package io.rist4j.codec.gre;

import io.rist4j.core.message.Verdict;

import java.nio.ByteBuffer;

/**
 * An IP packet out of full datagram mode (TR-06-2:2022 §5.3.1, §5.4), laid out so far that it can
 * be handed on whole, or its UDP payload be read as a flow's: a reused carrier that {@link #read}
 * fills. Fields are public because the carrier has no invariants of its own.
 *
 * <p>Checksums are not verified: the tunnel's own UDP checksum covers them.
 *
 * <p>libRIST 0.2.12 cuts the first four bytes off everything that it sends out of band (trap T7);
 * {@link #isBeheaded} and {@link #restoreHead} mend that for IPv4.
 */
public final class IpPacket {
    /** {@link #sourcePort} and {@link #destinationPort} of what is not a whole UDP datagram. */
    public static final int NO_PORT = -1;

    /** What libRIST 0.2.12 cuts off. */
    public static final int LOST_HEAD_BYTES = 4;

    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

    private static final int IPV4_FIXED_BYTES = 20;
    private static final int IPV4_TOTAL = 2;
    private static final int IPV4_FRAGMENT = 6;
    private static final int IPV4_TIME_TO_LIVE = 8;
    private static final int IPV4_PROTOCOL = 9;

    /** More fragments, and the fragment offset. */
    private static final int IPV4_FRAGMENTED = 0x3FFF;

    private static final int IPV4_RESERVED_OR_FRAGMENTED = 0xBFFF;

    private static final int IPV6_FIXED_BYTES = 40;
    private static final int IPV6_PAYLOAD = 4;
    private static final int IPV6_NEXT_HEADER = 6;

    private static final int HOP_BY_HOP = 0;
    private static final int UDP = 17;
    private static final int ROUTING = 43;
    private static final int FRAGMENT = 44;
    private static final int DESTINATION_OPTIONS = 60;

    private static final int EXTENSION_UNIT_BYTES = 8;

    private static final int UDP_HEADER_BYTES = 8;
    private static final int UDP_DESTINATION = 2;
    private static final int UDP_LENGTH = 4;

    /** 4 or 6. */
    public int ipVersion;

    /** Length of the whole packet; what follows it is no part of it. */
    public int totalBytes;

    /** What the packet carries behind all headers that are known, an IP protocol number. */
    public int protocol;

    /** Whether this is only part of a packet. */
    public boolean fragment;

    /** UDP source port, or {@link #NO_PORT}. */
    public int sourcePort = NO_PORT;

    /** UDP destination port, or {@link #NO_PORT}. */
    public int destinationPort = NO_PORT;

    /** Holds the packet. */
    public ByteBuffer buffer = EMPTY;

    /** Where in {@link #buffer} the packet begins. */
    public int at;

    /** Where the UDP payload begins; 0 without. */
    public int payloadAt;

    /** Length of the UDP payload; 0 without. */
    public int payloadBytes;

    /** An empty carrier. */
    public IpPacket() {}

    /**
     * Reads a packet.
     *
     * @param b holds the packet
     * @param from where it begins
     * @param bytes how long it may be
     * @return {@link Verdict#OK}; or why it is no IP packet, or holds no proper UDP datagram though
     *     it says so: {@link Verdict#TRUNCATED}, {@link Verdict#BAD_VERSION}, {@link
     *     Verdict#BAD_LENGTH}. The fields are undefined then
     */
    public Verdict read(ByteBuffer b, int from, int bytes) {
        if (bytes < 1) {
            return Verdict.TRUNCATED;
        }
        buffer = b;
        at = from;
        fragment = false;
        sourcePort = NO_PORT;
        destinationPort = NO_PORT;
        payloadAt = 0;
        payloadBytes = 0;
        ipVersion = (b.get(from) & 0xFF) >>> 4;
        return switch (ipVersion) {
            case 4 -> readVersion4(bytes);
            case 6 -> readVersion6(bytes);
            default -> Verdict.BAD_VERSION;
        };
    }

    private Verdict readVersion4(int bytes) {
        if (bytes < IPV4_FIXED_BYTES) {
            return Verdict.TRUNCATED;
        }
        int headerBytes = 4 * (buffer.get(at) & 0x0F);
        totalBytes = buffer.getShort(at + IPV4_TOTAL) & 0xFFFF;
        if (headerBytes < IPV4_FIXED_BYTES || totalBytes < headerBytes) {
            return Verdict.BAD_LENGTH;
        }
        if (totalBytes > bytes) {
            return Verdict.TRUNCATED;
        }
        protocol = buffer.get(at + IPV4_PROTOCOL) & 0xFF;
        fragment = (buffer.getShort(at + IPV4_FRAGMENT) & IPV4_FRAGMENTED) != 0;
        return readUdp(at + headerBytes);
    }

    private Verdict readVersion6(int bytes) {
        if (bytes < IPV6_FIXED_BYTES) {
            return Verdict.TRUNCATED;
        }
        totalBytes = IPV6_FIXED_BYTES + (buffer.getShort(at + IPV6_PAYLOAD) & 0xFFFF);
        if (totalBytes > bytes) {
            return Verdict.TRUNCATED;
        }
        int end = at + totalBytes;
        int next = at + IPV6_FIXED_BYTES;
        protocol = buffer.get(at + IPV6_NEXT_HEADER) & 0xFF;
        while (isExtension(protocol)) {
            if (end - next < EXTENSION_UNIT_BYTES) {
                return Verdict.BAD_LENGTH;
            }
            int units = protocol == FRAGMENT ? 1 : 1 + (buffer.get(next + 1) & 0xFF);
            fragment |= protocol == FRAGMENT;
            protocol = buffer.get(next) & 0xFF;
            next += EXTENSION_UNIT_BYTES * units;
            if (next > end) {
                return Verdict.BAD_LENGTH;
            }
            if (fragment) {
                break; // behind it may be the middle of anything
            }
        }
        return readUdp(next);
    }

    private static boolean isExtension(int protocol) {
        return switch (protocol) {
            case HOP_BY_HOP, ROUTING, FRAGMENT, DESTINATION_OPTIONS -> true;
            default -> false;
        };
    }

    private Verdict readUdp(int udpAt) {
        if (protocol != UDP || fragment) {
            return Verdict.OK;
        }
        int room = at + totalBytes - udpAt;
        if (room < UDP_HEADER_BYTES) {
            return Verdict.BAD_LENGTH;
        }
        int udpBytes = buffer.getShort(udpAt + UDP_LENGTH) & 0xFFFF;
        if (udpBytes < UDP_HEADER_BYTES || udpBytes > room) {
            return Verdict.BAD_LENGTH;
        }
        sourcePort = buffer.getShort(udpAt) & 0xFFFF;
        destinationPort = buffer.getShort(udpAt + UDP_DESTINATION) & 0xFFFF;
        payloadAt = udpAt + UDP_HEADER_BYTES;
        payloadBytes = udpBytes - UDP_HEADER_BYTES;
        return Verdict.OK;
    }

    /**
     * Whether out-of-band data look like an IPv4 packet without its first four bytes: no IP version
     * in front, but an identification, then no fragment, then a time to live (trap T7). A guess, so
     * only for what came with {@link ProtocolTypes#IP} from a peer that is not known to be better.
     *
     * @param b holds the data
     * @param from where they begin
     * @param bytes their length
     */
    public static boolean isBeheaded(ByteBuffer b, int from, int bytes) {
        if (bytes < IPV4_FIXED_BYTES - LOST_HEAD_BYTES
                || bytes > 0xFFFF - LOST_HEAD_BYTES
                || isWhole(b, from, bytes)) {
            return false;
        }
        int flags = b.getShort(from + IPV4_FRAGMENT - LOST_HEAD_BYTES);
        int timeToLive = b.get(from + IPV4_TIME_TO_LIVE - LOST_HEAD_BYTES);
        return (flags & IPV4_RESERVED_OR_FRAGMENTED) == 0 && timeToLive != 0;
    }

    /** Whether the first bytes fit a header of an IP packet of that length. */
    private static boolean isWhole(ByteBuffer b, int from, int bytes) {
        return switch ((b.get(from) & 0xFF) >>> 4) {
            case 4 -> (b.getShort(from + IPV4_TOTAL) & 0xFFFF) == bytes;
            case 6 -> IPV6_FIXED_BYTES + (b.getShort(from + IPV6_PAYLOAD) & 0xFFFF) == bytes;
            default -> false;
        };
    }

    /**
     * Writes the lost bytes in front of the data, over the end of the GRE header, which is at least
     * as long: version, header length, no type of service, and the total length.
     *
     * @param b holds the data
     * @param from where they begin
     * @param bytes their length
     * @return where the packet begins; it is {@link #LOST_HEAD_BYTES} longer than the data
     */
    public static int restoreHead(ByteBuffer b, int from, int bytes) {
        int head = from - LOST_HEAD_BYTES;
        b.putInt(head, 0x4500_0000 | (bytes + LOST_HEAD_BYTES));
        return head;
    }
}
