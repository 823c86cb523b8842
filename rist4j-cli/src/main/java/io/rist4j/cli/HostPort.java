package io.rist4j.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** {@code host:port}, {@code [IPv6]:port} or {@code :port} on the command line. */
record HostPort(String host, int port) {
    /** Reads the address of somebody else. */
    static HostPort parse(String option, String text, String otherwiseHost) {
        return parse(option, text, otherwiseHost, 1);
    }

    /** Reads an address to listen on, where port 0 leaves the choice to the system. */
    static HostPort parseLocal(String option, String text, String otherwiseHost) {
        return parse(option, text, otherwiseHost, 0);
    }

    private static HostPort parse(String option, String text, String otherwiseHost, int leastPort) {
        int colon = text.lastIndexOf(':');
        if (colon < 0 || colon < text.lastIndexOf(']')) {
            throw new UsageException(option + " " + text + ": port missing, write HOST:PORT");
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw new UsageException(
                    option + " " + text + ": put an IPv6 address in brackets: [" + host + "]");
        }
        return new HostPort(
                host.isEmpty() ? otherwiseHost : host,
                port(option, text, text.substring(colon + 1), leastPort));
    }

    private static int port(String option, String text, String number, int least) {
        int port;
        try {
            port = Integer.parseInt(number);
        } catch (NumberFormatException e) {
            port = -1;
        }
        if (port < least || port > 65_535) {
            throw new UsageException(
                    option + " " + text + ": port is outside " + least + "..65535");
        }
        return port;
    }

    /** An address for people, of either family. */
    static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    InetSocketAddress resolve() throws IOException {
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            throw new CommandFailure(ExitCode.FAILED, "unknown host " + host);
        }
    }
}
