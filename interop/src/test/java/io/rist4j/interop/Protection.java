package io.rist4j.interop;

import java.util.List;
import java.util.Locale;

/** The ways in which a Main profile link is protected, as URLs of libRIST and of ours say it. */
enum Protection {
    CLEAR("", ""),
    AES_128("&secret=correct-horse-battery&aes-type=128", ""),
    AES_256("&secret=correct-horse-battery&aes-type=256", ""),
    /** libRIST counts ciphering calls, of which 0.2.7 makes one for a packet. */
    ROTATION("&secret=correct-horse-battery&aes-type=256", "&key-rotation=1000"),
    SRP("&username=operator&password=mainprofile", ""),
    SRP_AND_AES(
            "&username=operator&password=mainprofile&secret=correct-horse-battery&aes-type=256",
            "");

    private static final String TIMEOUT = "&session-timeout=2000";

    private final String parameters;
    private final String senders;

    Protection(String parameters, String senders) {
        this.parameters = parameters;
        this.senders = senders;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    End ours() {
        return new OurEnd("rist4j " + this, "main", parameters + senders);
    }

    /** Debian's tools, libRIST 0.2.7. */
    End libRist() {
        return libRist("libRIST", "ristsender", "ristreceiver");
    }

    private End libRist(String name, String sender, String receiver) {
        return new UdpToolEnd(
                name + " " + this,
                true,
                List.of(
                        sender,
                        "-p",
                        "1",
                        "-S",
                        "0",
                        "-v",
                        "3",
                        "-i",
                        "udp://@127.0.0.1:{in}",
                        "-o",
                        "rist://127.0.0.1:{to}?buffer={buffer}" + TIMEOUT + parameters + senders),
                List.of(
                        receiver,
                        "-p",
                        "1",
                        "-S",
                        "0",
                        "-v",
                        "3",
                        "-i",
                        "rist://@127.0.0.1:{port}?buffer={buffer}" + TIMEOUT + parameters,
                        "-o",
                        "udp://127.0.0.1:{out}"));
    }

    /**
     * The same tools of another build, when the property {@code rist4j.interop.librist} names the
     * folder where they are.
     */
    End otherLibRist(String folder) {
        return libRist("other libRIST", folder + "/ristsender", folder + "/ristreceiver");
    }
}
