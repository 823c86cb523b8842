package io.rist4j.cli.media;

import io.rist4j.cli.UsageException;
import io.rist4j.cli.media.MediaUrl.Direction;
import io.rist4j.cli.media.MediaUrl.Kind;

import java.util.Locale;

/** The parameters of {@code udp://} and {@code rtp://} URLs: one table for parsing and for help. */
public enum MediaParameter {
    /** Multicast interface. */
    MIFACE("miface", "NAME|ADDRESS", "interface for multicast, for example eth0"),
    /** Multicast hops. */
    TTL("ttl", "0..255", "hops that outgoing multicast may take; the system's default is 1"),
    /** Source-specific multicast. */
    SOURCE("source", "ADDRESS", "the only sender to take from a multicast group (input)"),
    /** Payload type of an RTP output. */
    RTP_PTYPE("rtp-ptype", "0..127", "RTP payload type of an rtp:// output; default 33, MPEG-TS"),
    /** Sequence numbers of an RTP output. */
    RTP_SEQUENCE(
            "rtp-sequence",
            "0|1",
            "1: an rtp:// output carries RIST's sequence numbers; 0 (default): its own count"),
    /** Timestamps of an RTP output. */
    RTP_TIMESTAMP(
            "rtp-timestamp",
            "0|1",
            "an rtp:// output always carries RIST's source time; on an input only 0"),
    /** Multiplexing by virtual port. */
    STREAM_ID(
            "stream-id",
            "0..65535",
            "an input is sent to this virtual port, an output takes what comes to it; 0 (default):"
                    + " one stream, everything"),
    /** How streams share a session. */
    MULTIPLEX_MODE(
            "multiplex-mode",
            "-1..2",
            "stream-id is the virtual destination port (0) or source port (1); 2: the payload of"
                    + " IPv4 packets; -1 (default): told by the source port");

    private final String key;
    private final String values;
    private final String meaning;

    MediaParameter(String key, String values, String meaning) {
        this.key = key;
        this.values = values;
        this.meaning = meaning;
    }

    static MediaParameter named(String url, String key) {
        MediaParameter nearest = MIFACE;
        int least = Integer.MAX_VALUE;
        for (MediaParameter parameter : values()) {
            int distance = NameDistance.between(parameter.key, key);
            if (distance == 0) {
                return parameter;
            }
            if (distance < least) {
                least = distance;
                nearest = parameter;
            }
        }
        throw new UsageException(
                url
                        + ": unknown parameter "
                        + key
                        + "; "
                        + switch (key.toLowerCase(Locale.ROOT)) {
                            case "pkt_size" ->
                                    "datagrams keep the size that they have; leave it out";
                            case "fifo_size", "overrun_nonfatal", "buffer_size", "reuse" ->
                                    "sockets take the room that they need; leave it out";
                            case "localaddr", "interface", "iface" -> "here it is miface";
                            case "sources" -> "here it is source";
                            case "mcast_ttl" -> "here it is ttl";
                            default -> "the nearest known one is " + nearest.key;
                        });
    }

    /** Refuses a value out of range, and one that could not act. */
    void check(String url, String value, Kind kind, Direction direction) {
        switch (this) {
            case MIFACE -> {}
            case SOURCE -> only(url, direction == Direction.INPUT, "acts on an input only");
            case TTL -> {
                MediaUrl.number(url, key, value, 0, 255);
                only(url, direction == Direction.OUTPUT, "acts on an output only");
            }
            case RTP_PTYPE -> {
                MediaUrl.number(url, key, value, 0, 127);
                only(url, isRtpOutput(kind, direction), "acts on an rtp:// output only");
            }
            case RTP_SEQUENCE, RTP_TIMESTAMP -> {
                if (MediaUrl.number(url, key, value, 0, 1) == 1) {
                    only(url, isRtpOutput(kind, direction), "1 acts on an rtp:// output only");
                }
            }
            case STREAM_ID -> {
                int stream = MediaUrl.number(url, key, value, 0, 65535);
                only(
                        url,
                        stream % 2 == 0 || direction == Direction.OUTPUT,
                        value + " is odd; an input's is even");
            }
            case MULTIPLEX_MODE -> {
                int mode = MediaUrl.number(url, key, value, -1, 2);
                only(
                        url,
                        mode == 0 || direction == Direction.OUTPUT,
                        value + " acts on an output only");
            }
        }
    }

    private static boolean isRtpOutput(Kind kind, Direction direction) {
        return kind == Kind.RTP && direction == Direction.OUTPUT;
    }

    private void only(String url, boolean allowed, String why) {
        if (!allowed) {
            throw new UsageException(url + ": " + key + " " + why);
        }
    }

    /** One line for the list of parameters. */
    public String help() {
        return String.format("  %-28s %s", key + "=" + values, meaning);
    }
}
