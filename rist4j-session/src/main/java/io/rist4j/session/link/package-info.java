/**
 * What a profile puts between a path's sockets and its flow.
 *
 * <p>A {@link io.rist4j.session.link.PathLink} belongs to one path: it opens what comes, reads it,
 * writes whatever the session says, and owns the handshake and its deadline. Profile kits make
 * links; the rest of the session knows this interface alone.
 *
 * <p>Sans-I/O. Not thread-safe: one thread writes a session. Nothing is allocated for a packet.
 */
@NullMarked
package io.rist4j.session.link;

import org.jspecify.annotations.NullMarked;
