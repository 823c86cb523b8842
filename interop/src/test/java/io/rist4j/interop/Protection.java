package io.rist4j.interop;

import java.util.List;
import java.util.Locale;

/** The ways in which a Main profile link is protected, as URLs of libRIST and of ours say it. */
enum Protection {
    CLEAR("", "", ""),
    AES_128("", "&secret=correct-horse-battery&aes-type=128", ""),
    AES_256("", "&secret=correct-horse-battery&aes-type=256", ""),
    /** libRIST counts ciphering calls, of which 0.2.7 makes one for a packet. */
    ROTATION("", "&secret=correct-horse-battery&aes-type=256", "&key-rotation=1000"),
    /** Users alone. */
    SRP("&username=" + Protection.USER + "&password=" + Protection.PASSWORD, "", ""),
    SRP_AND_AES(
            "&username=" + Protection.USER + "&password=" + Protection.PASSWORD,
            "&secret=correct-horse-battery&aes-type=256",
            "");

    static final String USER = "operator";
    static final String PASSWORD = "mainprofile";

    private static final String TIMEOUT = "&session-timeout=2000";

    private final String identity;
    private final String secret;
    private final String parameters;
    private final String senders;

    /**
     * @param identity user and password of who dials
     * @param secret the parameters of both ends
     * @param senders those of the sender beside
     */
    Protection(String identity, String secret, String senders) {
        this.identity = identity;
        this.secret = secret;
        this.parameters = identity + secret;
        this.senders = senders;
    }

    /** Whether who dials proves who he is. */
    boolean authenticates() {
        return !identity.isEmpty();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    End ours() {
        return new OurEnd("rist4j " + this, "main", parameters + senders);
    }

    /**
     * Debian's tools, libRIST 0.2.7.
     *
     * @param caller who of sender and receiver dials
     */
    End libRist(Run.Caller caller) {
        return libRist("libRIST", "ristsender", "ristreceiver", caller);
    }

    private End libRist(String name, String sender, String receiver, Run.Caller caller) {
        boolean senderCalls = caller == Run.Caller.SENDER;
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
                        at(!senderCalls, "{to}") + TIMEOUT + parameters + senders),
                List.of(
                        receiver,
                        "-p",
                        "1",
                        "-S",
                        "0",
                        "-v",
                        "3",
                        "-i",
                        at(senderCalls, "{port}") + TIMEOUT + parameters,
                        "-o",
                        "udp://127.0.0.1:{out}"));
    }

    private static String at(boolean listens, String port) {
        return "rist://" + (listens ? "@" : "") + "127.0.0.1:" + port + "?buffer={buffer}";
    }

    /** What a URL of libRIST says where it dials. */
    String diallingParameters() {
        return TIMEOUT + parameters;
    }

    /** What a URL of libRIST says where it listens: users are in a file. */
    String listeningParameters() {
        return TIMEOUT + secret;
    }

    /**
     * The same tools of another build, when the property {@code rist4j.interop.librist} names the
     * folder where they are.
     */
    End otherLibRist(String folder, Run.Caller caller) {
        return libRist("other libRIST", folder + "/ristsender", folder + "/ristreceiver", caller);
    }
}
