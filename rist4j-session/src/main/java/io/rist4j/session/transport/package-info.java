/**
 * What lies below the links: between what a socket carries and the plain datagrams that links read
 * and write, for every profile.
 *
 * <p>Sans-I/O. Not thread-safe: one thread writes a session. Nothing is allocated for a packet.
 */
@NullMarked
package io.rist4j.session.transport;

import org.jspecify.annotations.NullMarked;
