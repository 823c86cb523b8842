package io.rist4j;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A {@code rist://[@]host:port?name=value&…} URL: one path, and the settings of its session.
 * Immutable; converts both ways: without secrets {@code parse(uri.toString())} equals {@code uri}.
 *
 * <p>A leading {@code @} means listen, otherwise the URL dials. An empty host listens on every
 * address ({@code rist://@:5000}; {@code rist://@[]:5000} for IPv6). IPv6 addresses go in brackets.
 * On the Simple profile the port is even, and RTCP takes the next one. To listen on port 0 is to
 * listen on a port that the system chooses ({@link RistHandle#localAddress} tells it): on the
 * Simple profile an even one whose next one is free too. Nothing is percent-decoded.
 *
 * <p>Parameters have libRIST's names and units; {@link #parameters} lists them, {@link #help}
 * prints them. Of two with one name the later wins. {@code buffer-min}, {@code buffer-max}, {@code
 * rtt-min}, {@code rtt-max} and {@code keepalive-interval} win over {@code buffer}, {@code rtt} and
 * {@code keepalive}, in any order. A parameter that cannot act is refused by name, an unknown one
 * with the nearest that is known.
 *
 * <pre>{@code
 * RistUri uri = RistUri.parse("rist://198.51.100.7:5000?buffer=500&bandwidth=20000");
 * RistUri same = RistUri.dial("198.51.100.7", 5000, uri.config());
 * }</pre>
 */
public final class RistUri {
    static final RistConfig DEFAULTS = RistConfig.simple().build();
    private static final String ANY_IPV4 = "0.0.0.0";

    private final boolean listening;
    private final String host;
    private final int port;
    private final RistConfig config;

    private RistUri(boolean listening, String host, int port, RistConfig config) {
        this.listening = listening;
        this.host = host;
        this.port = port;
        this.config = config;
    }

    /** The one place that makes URLs, with every check that needs host, port and settings. */
    static RistUri of(boolean listening, String host, int port, RistConfig config) {
        String bound = host.isEmpty() && listening ? ANY_IPV4 : host;
        if (bound.isEmpty()) {
            throw new RistConfigException(
                    "host",
                    "the host is missing; write rist://host:port, or rist://@:port to listen");
        }
        Hosts.check(bound);
        config.checkPort(listening, port);
        boolean literal = Hosts.isIpv4Literal(bound) || Hosts.isIpv6Literal(bound);
        if (config.multicastSource().isPresent() && literal && !Hosts.isMulticastLiteral(bound)) {
            throw new RistConfigException(
                    "source", "source needs a multicast group as the host; " + bound + " is none");
        }
        return new RistUri(listening, bound, port, config);
    }

    /**
     * Reads a URL; what it does not set is at its default.
     *
     * @param uri as described above
     * @throws RistConfigException when it is malformed, or a parameter is unknown, out of range or
     *     cannot act; the message is one sentence for the user and holds no secret
     */
    public static RistUri parse(String uri) {
        return parse(uri, DEFAULTS);
    }

    /**
     * Reads a URL over given settings: what it sets wins.
     *
     * @param uri as described above
     * @param base the settings that the URL does not set; one that asks for something the URL's
     *     profile lacks is refused
     * @throws RistConfigException as {@link #parse(String)}
     */
    public static RistUri parse(String uri, RistConfig base) {
        return UriParser.parse(Objects.requireNonNull(uri), base);
    }

    /**
     * The profile that a URL says, without reading the rest of it: programs choose settings by it
     * before they read the URL over them.
     *
     * @param uri as described above
     * @param base the settings that the URL does not set
     * @throws RistConfigException when it names no profile, or parameters that are unknown
     */
    public static RistProfile profileOf(String uri, RistConfig base) {
        return UriParser.profile(uri, base);
    }

    /**
     * Reads several URLs with commas between them: the paths of one session.
     *
     * @param uris one URL or more
     * @param base the settings that a URL does not set
     * @return at least one
     * @throws RistConfigException as {@link #parse(String)}
     */
    public static List<RistUri> parseList(String uris, RistConfig base) {
        var list = new ArrayList<RistUri>();
        for (String uri : uris.split(",", -1)) {
            list.add(parse(uri.strip(), base));
        }
        return List.copyOf(list);
    }

    /**
     * A URL that dials.
     *
     * @param host the peer's name or address, IPv6 without brackets
     * @param port its media port; even on the Simple profile
     * @param config the settings
     * @throws RistConfigException when host or port cannot be
     */
    public static RistUri dial(String host, int port, RistConfig config) {
        return of(false, host, port, config);
    }

    /**
     * A URL that listens.
     *
     * @param host the local address, IPv6 without brackets, or a multicast group; empty for every
     *     IPv4 address, {@code ::} for every address
     * @param port the local media port; even on the Simple profile. 0 lets the system choose, a
     *     pair on the Simple profile; not for a group, whose port others must know
     * @param config the settings
     * @throws RistConfigException when host or port cannot be
     */
    public static RistUri listen(String host, int port, RistConfig config) {
        return of(true, host, port, config);
    }

    /** Every parameter of the URL, in the order of {@link #help}; refused ones last. */
    public static List<RistParameter> parameters() {
        return UriHelp.parameters();
    }

    /** A text for users about the URL and its parameters, 100 characters wide. */
    public static String help() {
        return UriHelp.text();
    }

    /** Whether it waits for its peer ({@code @}) instead of dialling it. */
    public boolean isListening() {
        return listening;
    }

    /** The host to dial or the local address to listen on; IPv6 without brackets. */
    public String host() {
        return host;
    }

    /** The media port; 0 where the system is to choose one to listen on. */
    public int port() {
        return port;
    }

    /** The settings. */
    public RistConfig config() {
        return config;
    }

    /**
     * The same address with other settings.
     *
     * @param newConfig the settings
     * @throws RistConfigException when the port does not suit their profile
     */
    public RistUri withConfig(RistConfig newConfig) {
        return of(listening, host, port, newConfig);
    }

    /** Host and port, not looked up. */
    InetSocketAddress unresolved() {
        return InetSocketAddress.createUnresolved(host, port);
    }

    /** Host and port as messages show them. */
    String hostAndPort() {
        return hostAndPort(port);
    }

    /** The same with the port that it became. */
    String hostAndPort(int port) {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /** Equal when address and settings are. */
    @Override
    public boolean equals(Object object) {
        return object instanceof RistUri other
                && listening == other.listening
                && port == other.port
                && host.equals(other.host)
                && config.equals(other.config);
    }

    @Override
    public int hashCode() {
        return Objects.hash(listening, host, port, config);
    }

    /**
     * The URL, with what was set; {@link #parse} reads it back. Secrets and passwords show as
     * {@code ***}: {@link #parse} refuses a URL with such a one by its name, rather than take that
     * for it.
     */
    @Override
    public String toString() {
        String address = listening && host.equals(ANY_IPV4) ? ":" + port : hostAndPort();
        String query = config.query();
        return "rist://" + (listening ? "@" : "") + address + (query.isEmpty() ? "" : "?" + query);
    }
}
