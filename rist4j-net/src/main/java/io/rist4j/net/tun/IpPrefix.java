package io.rist4j.net.tun;

import io.rist4j.core.address.Endpoint;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * An address of a device and how much of it is its network's, for example {@code 10.9.0.1/24}.
 *
 * @param address unicast, without port and scope
 * @param bits length of the network's part, 1..32 for IPv4, 1..128 for IPv6
 */
public record IpPrefix(Endpoint address, int bits) {
    /** Nothing else may reach the resolver, which would ask the network about names. */
    private static final Pattern LITERAL =
            Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /** Checks the ranges. */
    public IpPrefix {
        if (address.port() != 0
                || address.scope() != 0
                || address.isWildcard()
                || address.isMulticast()) {
            throw new IllegalArgumentException(
                    "address " + address + " is no unicast address without port and scope");
        }
        int most = address.isIpv4() ? 32 : 128;
        if (bits < 1 || bits > most) {
            throw new IllegalArgumentException(
                    "prefix length " + bits + " is outside 1.." + most + " bits");
        }
    }

    /**
     * From its usual notation.
     *
     * @param text an IPv4 or IPv6 address, a slash and a length
     * @throws IllegalArgumentException when it is none; the message says why
     */
    public static IpPrefix parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("\\d{1,3}")) {
            throw new IllegalArgumentException(
                    text + ": prefix length missing, write for example 10.9.0.1/24");
        }
        int bits = Integer.parseInt(text.substring(slash + 1));
        return new IpPrefix(address(text.substring(0, slash)), bits);
    }

    private static Endpoint address(String text) {
        try {
            if (LITERAL.matcher(text).matches()) {
                return Endpoint.ofBytes(InetAddress.getByName(text).getAddress(), 0, 0);
            }
        } catch (UnknownHostException notAnAddress) {
            // told below
        }
        throw new IllegalArgumentException(text + " is no IP address");
    }

    /** {@code 10.9.0.1/24} or {@code fd09:0:0:0:0:0:0:1/64}. */
    @Override
    public String toString() {
        String endpoint = address.toString();
        String text = endpoint.substring(0, endpoint.lastIndexOf(':'));
        return (address.isIpv4() ? text : text.substring(1, text.length() - 1)) + "/" + bits;
    }
}
