/** RIST wire formats: bytes to messages and back. Sans-I/O. */
module io.rist4j.codec {
    requires static transitive org.jspecify;
    requires transitive io.rist4j.core;

    exports io.rist4j.codec.control;
    exports io.rist4j.codec.eap;
    exports io.rist4j.codec.gre;
    exports io.rist4j.codec.npd;
    exports io.rist4j.codec.rtcp;
    exports io.rist4j.codec.rtp;
}
