/**
 * RIST sessions: one design for every profile, role and number of paths.
 *
 * <p>Sans-I/O: a session is fed datagrams, media, commands and the time, and answers through a sink
 * and its next deadline.
 */
module io.rist4j.session {
    requires static transitive org.jspecify;
    requires transitive io.rist4j.core;
    requires io.rist4j.codec;

    exports io.rist4j.session;
}
