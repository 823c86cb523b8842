package io.rist4j;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The host part of a rist URL: an IP literal or a name. Nothing here asks a name server. */
final class Hosts {
    private Hosts() {}

    /** Whether this is four decimal octets. */
    static boolean isIpv4Literal(String host) {
        String[] octets = host.split("\\.", -1);
        if (octets.length != 4) {
            return false;
        }
        for (String octet : octets) {
            Long value = octet.length() > 3 || octet.startsWith("+") ? null : Numbers.whole(octet);
            if (value == null || value < 0 || value > 255) {
                return false;
            }
        }
        return true;
    }

    /** Whether this is an IPv6 address without brackets, with or without a scope. */
    static boolean isIpv6Literal(String host) {
        int percent = host.indexOf('%');
        String address = percent < 0 ? host : host.substring(0, percent);
        if (percent == host.length() - 1 || address.indexOf(':') < 0) {
            return false;
        }
        for (int i = 0; i < address.length(); i++) {
            char c = address.charAt(i);
            if (Character.digit(c, 16) < 0 && c != ':' && c != '.') {
                return false;
            }
        }
        return literal(address) != null;
    }

    /** Whether this is written as a multicast group; a name never is. */
    static boolean isMulticastLiteral(String host) {
        if (!isIpv4Literal(host) && !isIpv6Literal(host)) {
            return false;
        }
        int percent = host.indexOf('%');
        InetAddress address = literal(percent < 0 ? host : host.substring(0, percent));
        return address != null && address.isMulticastAddress();
    }

    /** Refuses what is neither an IP literal nor a host name. */
    static void check(String host) {
        if (host.indexOf(':') >= 0) {
            if (!isIpv6Literal(host)) {
                throw new RistConfigException("host", "[" + host + "] is no IPv6 address");
            }
            return;
        }
        boolean onlyNumbers = true;
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            boolean number = (c >= '0' && c <= '9') || c == '.';
            onlyNumbers &= number;
            if (!number && !Character.isLetter(c) && c != '-' && c != '_') {
                throw new RistConfigException(
                        "host", "host " + host + " holds '" + c + "', which no host name does");
            }
        }
        if (onlyNumbers && !isIpv4Literal(host)) {
            throw new RistConfigException("host", "host " + host + " is no IPv4 address");
        }
    }

    /** The address that a checked literal writes. */
    static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(literal + " was checked to be an IP address", e);
        }
    }

    private static @Nullable InetAddress literal(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
