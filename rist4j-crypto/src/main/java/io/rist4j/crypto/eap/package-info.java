/**
 * Both ends of the Main profile's authentication: EAP with SRP over EAPOL frames (VSF TR-06-2:2022
 * Annex D), as machines without clock, sockets or randomness of their own.
 *
 * <p>{@link io.rist4j.crypto.eap.Authenticatee} proves a user, {@link
 * io.rist4j.crypto.eap.Authenticator} verifies one; each serves one path. Frames and time go in,
 * frames and results come out through {@link io.rist4j.crypto.eap.EapOutput}; {@code deadlineNs}
 * tells when a machine wants to run again. Exponentiations go to the {@link
 * io.rist4j.crypto.host.Worker}.
 *
 * <p>What arrives before an exchange has ended is nobody's word: it never ends an authenticated
 * state, and repeats are answered with the same octets.
 */
@NullMarked
package io.rist4j.crypto.eap;

import org.jspecify.annotations.NullMarked;
