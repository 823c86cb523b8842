/**
 * Keys and proofs of a tunnel: proving the peer, opening what it sends, sealing what goes to it.
 *
 * <p>A {@link io.rist4j.session.guard.GreGuard} belongs to one path's link, which alone knows it:
 * clear, pre-shared key, EAP-SRP, or the two together. What the guards of a session share is in
 * {@link io.rist4j.session.guard.TunnelSecurity}.
 *
 * <p>Sans-I/O. Not thread-safe: one thread writes a session. Opening and sealing under a known key
 * allocate nothing.
 */
@NullMarked
package io.rist4j.session.guard;

import org.jspecify.annotations.NullMarked;
