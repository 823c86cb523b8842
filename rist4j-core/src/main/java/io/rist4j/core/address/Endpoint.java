package io.rist4j.core.address;

/**
 * An IP address with a UDP port, as a value: equal when address, scope and port are equal.
 * Immutable.
 *
 * <p>Addresses are held as 128 bits; IPv4 in its IPv6-mapped form ({@code ::ffff:a.b.c.d}), so one
 * type serves both families.
 */
public final class Endpoint {
    private static final long MAPPED_PREFIX = 0x0000_FFFF_0000_0000L;

    private final long high;
    private final long low;
    private final int scope;
    private final int port;

    private Endpoint(long high, long low, int scope, int port) {
        this.high = high;
        this.low = low;
        this.scope = scope;
        this.port = port;
    }

    /**
     * An endpoint from its parts.
     *
     * @param high the address's first 64 bits (0 for IPv4)
     * @param low the address's last 64 bits ({@code 0x0000ffffAABBCCDD} for IPv4)
     * @param scope the IPv6 scope id of a link-local address, 0 when there is none
     * @param port UDP port, 0..65535
     * @return the endpoint
     */
    public static Endpoint of(long high, long low, int scope, int port) {
        return new Endpoint(high, low, scope, port);
    }

    /**
     * An IPv4 endpoint.
     *
     * @param address the address as a big-endian number
     * @param port UDP port, 0..65535
     * @return the endpoint
     */
    public static Endpoint ipv4(int address, int port) {
        return new Endpoint(0, MAPPED_PREFIX | (address & 0xFFFF_FFFFL), 0, port);
    }

    /**
     * An endpoint from the address bytes in network order.
     *
     * @param address 4 or 16 bytes
     * @param scope the IPv6 scope id, 0 when there is none
     * @param port UDP port, 0..65535
     * @return the endpoint
     */
    public static Endpoint ofBytes(byte[] address, int scope, int port) {
        if (address.length == 4) {
            return ipv4((int) number(address, 0, 4), port);
        }
        if (address.length != 16) {
            throw new IllegalArgumentException(
                    "address of " + address.length + " bytes; 4 or 16 expected");
        }
        return new Endpoint(number(address, 0, 8), number(address, 8, 8), scope, port);
    }

    private static long number(byte[] bytes, int at, int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = (value << 8) | (bytes[at + i] & 0xFF);
        }
        return value;
    }

    /** The address's first 64 bits. */
    public long high() {
        return high;
    }

    /** The address's last 64 bits. */
    public long low() {
        return low;
    }

    /** The IPv6 scope id, 0 when there is none. */
    public int scope() {
        return scope;
    }

    /** The UDP port, 0..65535. */
    public int port() {
        return port;
    }

    /** Whether this is an IPv4 address. */
    public boolean isIpv4() {
        return high == 0 && (low & 0xFFFF_FFFF_0000_0000L) == MAPPED_PREFIX;
    }

    /** Whether this is the wildcard address ({@code 0.0.0.0} or {@code ::}). */
    public boolean isWildcard() {
        return high == 0 && (low == 0 || low == MAPPED_PREFIX);
    }

    /** Whether this is a multicast group ({@code 224.0.0.0/4} or {@code ff00::/8}). */
    public boolean isMulticast() {
        return isIpv4() ? (low & 0xF000_0000L) == 0xE000_0000L : high >>> 56 == 0xFF;
    }

    /**
     * Whether both have the same address, whatever their ports.
     *
     * @param other the endpoint to compare with
     */
    public boolean hasAddressOf(Endpoint other) {
        return high == other.high && low == other.low && scope == other.scope;
    }

    /**
     * The network of the address as a number, equal for equal networks: a /24 of IPv4, a /64 of
     * IPv6. What one party has at its disposal, where addresses are counted.
     */
    public long network() {
        return isIpv4() ? low >>> Byte.SIZE : high;
    }

    /**
     * The same address with another port.
     *
     * @param newPort UDP port, 0..65535
     */
    public Endpoint withPort(int newPort) {
        return newPort == port ? this : new Endpoint(high, low, scope, newPort);
    }

    /** The address in network order: 4 bytes for IPv4, 16 for IPv6. */
    public byte[] addressBytes() {
        byte[] bytes = new byte[isIpv4() ? 4 : 16];
        for (int i = 0; i < bytes.length; i++) {
            int fromEnd = bytes.length - 1 - i;
            bytes[i] = (byte) (fromEnd < 8 ? low >>> (8 * fromEnd) : high >>> (8 * (fromEnd - 8)));
        }
        return bytes;
    }

    @Override
    public boolean equals(Object object) {
        return this == object
                || (object instanceof Endpoint other
                        && low == other.low
                        && port == other.port
                        && high == other.high
                        && scope == other.scope);
    }

    @Override
    public int hashCode() {
        long mixed = (low * 31 + high) * 31 + (((long) scope << 16) | port);
        return (int) (mixed ^ (mixed >>> 32));
    }

    /** {@code 192.0.2.1:5000} or {@code [2001:db8:0:0:0:0:0:1]:5000}. */
    @Override
    public String toString() {
        if (isIpv4()) {
            return (low >>> 24 & 0xFF)
                    + "."
                    + (low >>> 16 & 0xFF)
                    + "."
                    + (low >>> 8 & 0xFF)
                    + "."
                    + (low & 0xFF)
                    + ":"
                    + port;
        }
        var text = new StringBuilder("[");
        for (int i = 0; i < 8; i++) {
            long group = (i < 4 ? high >>> (16 * (3 - i)) : low >>> (16 * (7 - i))) & 0xFFFF;
            text.append(i == 0 ? "" : ":").append(Long.toHexString(group));
        }
        if (scope != 0) {
            text.append("%").append(scope);
        }
        return text.append("]:").append(port).toString();
    }
}
