/**
 * What stands between a path's socket and its wire: proving the peer, opening what it sends,
 * sealing what goes to it.
 *
 * <p>A {@link io.rist4j.session.guard.PathGuard} belongs to one path. The session hands it every
 * datagram before the wire reads it, serves its deadlines, and asks it whether the path is open; a
 * {@link io.rist4j.session.guard.TunnelGuard} also frames and seals what a tunnel's wire writes.
 * {@link io.rist4j.session.guard.GreGuard} is the one of the Main profile: clear, pre-shared key,
 * EAP-SRP, or the two together. A transport security with a handshake of its own is another
 * implementation, around it.
 *
 * <p>Sans-I/O. Not thread-safe: one thread writes a session. Opening and sealing under a known key
 * allocate nothing.
 */
@NullMarked
package io.rist4j.session.guard;

import org.jspecify.annotations.NullMarked;
