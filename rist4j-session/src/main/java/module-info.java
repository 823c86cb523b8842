/**
 * RIST sessions: one design for every profile, role and number of paths.
 *
 * <p>Sans-I/O: a session is fed datagrams, media, commands and the time, and answers through a sink
 * and its next deadline.
 */
module io.rist4j.session {
    requires static transitive org.jspecify;
    requires transitive io.rist4j.core;
    requires transitive io.rist4j.codec;
    requires transitive io.rist4j.crypto;

    exports io.rist4j.session;
    exports io.rist4j.session.guard;
    exports io.rist4j.session.transport;
}
