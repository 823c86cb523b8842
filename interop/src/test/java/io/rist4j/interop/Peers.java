package io.rist4j.interop;

import java.util.List;
import java.util.stream.Stream;

/** The implementations that the tests run against. */
final class Peers {
    static final End OURS = new OurEnd("rist4j", "simple", "");

    // A session timeout well above the gaps that 20 % loss makes into reports every 100 ms.
    static final End LIBRIST =
            new UdpToolEnd(
                    "libRIST",
                    false,
                    words(
                            "ristsender -p 0 -S 0 -v 3 -i udp://@127.0.0.1:{in} -o"
                                    + " rist://127.0.0.1:{to}?buffer={buffer}&session-timeout=2000"),
                    words(
                            "ristreceiver -p 0 -S 0 -v 3 -i"
                                    + " rist://@127.0.0.1:{port}?buffer={buffer}&session-timeout=2000"
                                    + " -o udp://127.0.0.1:{out}"));

    static final End GSTREAMER =
            new UdpToolEnd(
                    "GStreamer",
                    false,
                    words(
                            "gst-launch-1.0 -q udpsrc address=127.0.0.1 port={in}"
                                    + " buffer-size=4000000"
                                    + " caps=video/mpegts,systemstream=(boolean)true,packetsize=(int)188"
                                    + " ! rtpmp2tpay ! ristsink address=127.0.0.1 port={to}"
                                    + " sender-buffer={buffer}"),
                    words(
                            "gst-launch-1.0 -q ristsrc address=127.0.0.1 port={port}"
                                    + " receiver-buffer={buffer} ! rtpmp2tdepay ! udpsink"
                                    + " host=127.0.0.1 port={out} sync=false"));

    static final End FFMPEG = new FfmpegEnd();

    private static final String MORE = System.getProperty("rist4j.interop.peers", "");

    private Peers() {}

    /**
     * The peers that the system may have installed, or those that the property {@code
     * rist4j.interop.peers} names: {@code name|command of its sender|command of its receiver}, set
     * apart by {@code ;}, with the placeholders of {@link UdpToolEnd}.
     */
    static Stream<End> all() {
        return MORE.isEmpty()
                ? Stream.of(LIBRIST, GSTREAMER, FFMPEG)
                : Stream.of(MORE.split(";")).map(Peers::parse);
    }

    private static End parse(String peer) {
        String[] parts = peer.split("\\|", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("a peer is name|sender|receiver, not " + peer);
        }
        return new UdpToolEnd(parts[0], false, words(parts[1]), words(parts[2]));
    }

    private static List<String> words(String command) {
        return List.of(command.split(" "));
    }
}
