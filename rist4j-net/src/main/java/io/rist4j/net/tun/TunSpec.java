package io.rist4j.net.tun;

import org.jspecify.annotations.Nullable;

import java.util.regex.Pattern;

/**
 * What network device to open. It is brought up in any case.
 *
 * @param name 1..15 printable characters without space, colon and slash; {@code rist%d} lets the
 *     system choose a number. A device of this name that is there and unused is taken over
 * @param mtu longest packet in bytes, 68..65 535, with IPv6 from 1 280 on; 0 leaves it as it is,
 *     which is 1 500 for a new one
 * @param ipv4 its IPv4 address; null gives it none
 * @param ipv6 its IPv6 address; null gives it none
 */
public record TunSpec(String name, int mtu, @Nullable IpPrefix ipv4, @Nullable IpPrefix ipv6) {
    private static final int MIN_MTU = 68;
    private static final int MIN_MTU_IPV6 = 1_280;

    private static final Pattern NAME = Pattern.compile("[!-~&&[^:/]]{1,15}");

    /** Checks the ranges. */
    public TunSpec {
        if (!NAME.matcher(name).matches() || name.equals(".") || name.equals("..")) {
            throw new IllegalArgumentException(
                    "device name "
                            + name
                            + " is not 1..15 printable characters without space, colon and slash");
        }
        int least = ipv6 == null ? MIN_MTU : MIN_MTU_IPV6;
        if (mtu != 0 && (mtu < least || mtu > TunDevice.MAX_PACKET_BYTES)) {
            throw new IllegalArgumentException(
                    "mtu "
                            + mtu
                            + " is outside "
                            + least
                            + ".."
                            + TunDevice.MAX_PACKET_BYTES
                            + " bytes"
                            + (ipv6 == null ? "" : " with IPv6"));
        }
        if (ipv4 != null && !ipv4.address().isIpv4()) {
            throw new IllegalArgumentException("ipv4 " + ipv4 + " is an IPv6 address");
        }
        if (ipv6 != null && ipv6.address().isIpv4()) {
            throw new IllegalArgumentException("ipv6 " + ipv6 + " is an IPv4 address");
        }
    }

    /**
     * A device with the system's MTU and without addresses.
     *
     * @param name of the device
     */
    public static TunSpec of(String name) {
        return new TunSpec(name, 0, null, null);
    }

    /**
     * This with another MTU.
     *
     * @param bytes 68..65 535
     */
    public TunSpec withMtu(int bytes) {
        return new TunSpec(name, bytes, ipv4, ipv6);
    }

    /**
     * This with an address, in place of the one of its family.
     *
     * @param prefix IPv4 or IPv6
     */
    public TunSpec withAddress(IpPrefix prefix) {
        return prefix.address().isIpv4()
                ? new TunSpec(name, mtu, prefix, ipv6)
                : new TunSpec(name, mtu, ipv4, prefix);
    }
}
