package io.rist4j;

import java.util.Map;

/** What the parameters of other tools' URLs (srt, udp, ffmpeg's rist) are called here. */
final class ForeignWords {
    private static final String BUFFER = "here it is buffer, in ms";
    private static final String SECRET = "here it is secret";
    private static final String KEY = "here it is aes-type, in bits";
    private static final String INTERFACE = "here it is miface";
    private static final String NO_SIZE =
            "datagrams are carried with the size that they have; leave it out";
    private static final String NO_QUEUE = "sockets take the room that they need; leave it out";

    /** By the word, in lower case. */
    static final Map<String, String> URL =
            Map.ofEntries(
                    Map.entry("passphrase", SECRET),
                    Map.entry("psk", SECRET),
                    Map.entry("key", SECRET),
                    Map.entry("pbkeylen", KEY),
                    Map.entry("encryption", KEY),
                    Map.entry("latency", BUFFER),
                    Map.entry("rcvlatency", BUFFER),
                    Map.entry("peerlatency", BUFFER),
                    Map.entry("delay", BUFFER),
                    Map.entry("user", "here it is username"),
                    Map.entry("pass", "here it is password"),
                    Map.entry("maxbw", "here it is bandwidth, in kb/s"),
                    Map.entry("interface", INTERFACE),
                    Map.entry("iface", INTERFACE),
                    Map.entry("adapter", INTERFACE),
                    Map.entry("localport", "here it is local-port"),
                    Map.entry("rist_profile", "here it is profile, 0 or 1"),
                    Map.entry("streamid", "here it is virt-dst-port"),
                    Map.entry(
                            "mode",
                            "who listens is written rist://@HOST:PORT, who calls rist://HOST:PORT"),
                    Map.entry("pkt_size", NO_SIZE),
                    Map.entry("payloadsize", NO_SIZE),
                    Map.entry("fifo_size", NO_QUEUE),
                    Map.entry("overrun_nonfatal", NO_QUEUE),
                    Map.entry("buffer_size", NO_QUEUE));

    private ForeignWords() {}
}
