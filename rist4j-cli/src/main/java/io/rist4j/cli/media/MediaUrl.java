package io.rist4j.cli.media;

import io.rist4j.cli.UsageException;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * An input or output beside RIST: a file, {@code -} for a standard stream, {@code udp://} or {@code
 * rtp://}.
 *
 * <p>libRIST: {@code udp://[@]host:port[?key=value&…]}; an input binds the address whether or not
 * {@code @} is there, an output sends to it. Ours adds {@code ttl} and {@code source}, refuses
 * unknown keys, and refuses keys that cannot act instead of ignoring them.
 */
public final class MediaUrl {
    /** What stands at the other side. */
    public enum Kind {
        /** A path in the file system. */
        FILE,
        /** Standard input or standard output. */
        STANDARD,
        /** UDP datagrams. */
        UDP,
        /** UDP datagrams with a 12-byte RTP header. */
        RTP
    }

    /** Which way the media goes. */
    public enum Direction {
        /** Into the tool. */
        INPUT,
        /** Out of the tool. */
        OUTPUT
    }

    /** Inputs, or outputs, that one command takes. */
    public static final int MAX_URLS = 20;

    private final String text;
    private final Kind kind;
    private final String host;
    private final int port;
    private final Map<MediaParameter, String> parameters;

    private MediaUrl(
            String text, Kind kind, String host, int port, Map<MediaParameter, String> parameters) {
        this.text = text;
        this.kind = kind;
        this.host = host;
        this.port = port;
        this.parameters = parameters;
    }

    /**
     * Reads a comma-separated list.
     *
     * @param list as on the command line
     * @param direction which way the media goes
     * @throws UsageException naming what is wrong
     */
    public static List<MediaUrl> parseList(String list, Direction direction) {
        var urls = new ArrayList<MediaUrl>();
        for (String item : list.split(",", -1)) {
            urls.add(parse(item, direction));
        }
        if (urls.size() > MAX_URLS) {
            throw new UsageException(
                    urls.size() + " " + word(direction) + "s; at most " + MAX_URLS + " work");
        }
        if (direction == Direction.INPUT
                && urls.size() > 1
                && urls.stream().anyMatch(url -> url.kind == Kind.STANDARD)) {
            throw new UsageException("standard input cannot be one of several inputs");
        }
        return Collections.unmodifiableList(urls);
    }

    /**
     * Reads one URL or path.
     *
     * @param given as on the command line
     * @param direction which way the media goes
     * @throws UsageException naming what is wrong
     */
    public static MediaUrl parse(String given, Direction direction) {
        String text = given.contains("://") ? Redaction.of(given) : given;
        if (text.isEmpty()) {
            throw new UsageException("empty " + word(direction) + " in the list");
        }
        if (text.equals("-")) {
            return new MediaUrl(text, Kind.STANDARD, "", 0, Map.of());
        }
        int colon = text.indexOf("://");
        if (colon < 0) {
            return new MediaUrl(text, Kind.FILE, "", 0, Map.of());
        }
        String rest = text.substring(colon + 3);
        return switch (text.substring(0, colon)) {
            case "udp" -> network(text, Kind.UDP, rest, direction);
            case "rtp" -> network(text, Kind.RTP, rest, direction);
            case "file" -> new MediaUrl(rest, Kind.FILE, "", 0, Map.of());
            case "rist" ->
                    throw new UsageException(
                            text
                                    + ": rist:// cannot be the "
                                    + word(direction)
                                    + " here; rist relay takes it");
            default ->
                    throw new UsageException(
                            text + ": unknown scheme; use a path, -, udp:// or rtp://");
        };
    }

    private static MediaUrl network(String text, Kind kind, String rest, Direction direction) {
        int question = rest.indexOf('?');
        String authority = question < 0 ? rest : rest.substring(0, question);
        if (authority.startsWith("@")) {
            authority = authority.substring(1);
        }
        if (authority.endsWith("/")) {
            authority = authority.substring(0, authority.length() - 1);
        }
        int group = authority.indexOf('@');
        if (group >= 0) {
            throw new UsageException(
                    text
                            + ": the source of a group is a parameter: @"
                            + authority.substring(group + 1)
                            + "?source="
                            + authority.substring(0, group));
        }
        int portAt = authority.lastIndexOf(':');
        if (portAt < 0 || portAt < authority.lastIndexOf(']')) {
            throw new UsageException(text + ": port missing");
        }
        String host = authority.substring(0, portAt);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.equals("[]") ? "::" : scoped(host.substring(1, host.length() - 1));
        } else if (host.indexOf(':') >= 0) {
            throw new UsageException(text + ": put an IPv6 address in brackets: [" + host + "]");
        }
        if (host.isEmpty()) {
            if (direction == Direction.OUTPUT) {
                throw new UsageException(text + ": host missing");
            }
            host = "0.0.0.0";
        }
        int least = direction == Direction.INPUT ? 0 : 1; // the system chooses one, and it is told
        int port = number(text, "port", authority.substring(portAt + 1), least, 65535);
        var parameters = new EnumMap<MediaParameter, String>(MediaParameter.class);
        if (question >= 0) {
            for (String pair : rest.substring(question + 1).split("&", -1)) {
                int equals = pair.indexOf('=');
                String key = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                MediaParameter parameter = MediaParameter.named(text, key);
                if (value.isEmpty()) {
                    throw new UsageException(text + ": " + key + " needs a value");
                }
                parameter.check(text, value, kind, direction);
                parameters.put(parameter, value);
            }
        }
        return new MediaUrl(text, kind, host, port, parameters);
    }

    /** The scope's percent sign, which some write as in a URI (RFC 6874); a number 25 stays one. */
    private static String scoped(String host) {
        int at = host.indexOf("%25");
        return at >= 0 && at + 3 < host.length() && !Character.isDigit(host.charAt(at + 3))
                ? host.substring(0, at + 1) + host.substring(at + 3)
                : host;
    }

    static int number(String url, String name, String value, int min, int max) {
        int number;
        try {
            number = Integer.parseInt(value);
        } catch (NumberFormatException e) {
            number = min - 1;
        }
        if (number < min || number > max) {
            throw new UsageException(
                    url + ": " + name + " " + value + " is outside " + min + ".." + max);
        }
        return number;
    }

    static String word(Direction direction) {
        return direction == Direction.INPUT ? "input" : "output";
    }

    /** What stands at the other side. */
    public Kind kind() {
        return kind;
    }

    /** Whether it is {@code udp://} or {@code rtp://}. */
    public boolean isNetwork() {
        return kind == Kind.UDP || kind == Kind.RTP;
    }

    /** The path of a file. */
    public String path() {
        return text;
    }

    /** Host name or address, without brackets. */
    public String host() {
        return host;
    }

    /** UDP port. */
    public int port() {
        return port;
    }

    /** Interface for multicast, by name or address; null when none was given. */
    public @Nullable String networkInterface() {
        return parameters.get(MediaParameter.MIFACE);
    }

    /** The only sender to take from a multicast group; null takes all. */
    public @Nullable String multicastSource() {
        return parameters.get(MediaParameter.SOURCE);
    }

    /** Time to live of multicast, or -1 for the system's own. */
    public int multicastTtl() {
        return number(MediaParameter.TTL, -1);
    }

    /** RTP payload type of an output; 33 (MPEG-TS) unless given. */
    public int rtpPayloadType() {
        return number(MediaParameter.RTP_PTYPE, 33);
    }

    /** Whether an RTP output carries RIST's sequence numbers instead of its own count. */
    public boolean keepsRistSequence() {
        return number(MediaParameter.RTP_SEQUENCE, 0) == 1;
    }

    /** The stream that an input is, or an output takes; 0 for none of its own. */
    public int streamId() {
        return number(MediaParameter.STREAM_ID, 0);
    }

    /** Which packets of a tunnel an output takes. */
    public StreamSelection selection() {
        return new StreamSelection(
                streamId(), number(MediaParameter.MULTIPLEX_MODE, StreamSelection.AUTO));
    }

    private int number(MediaParameter parameter, int otherwise) {
        String value = parameters.get(parameter);
        return value == null ? otherwise : Integer.parseInt(value);
    }

    /** As on the command line. */
    @Override
    public String toString() {
        return text;
    }
}
