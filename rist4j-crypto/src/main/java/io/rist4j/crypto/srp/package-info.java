/**
 * SRP-6a with SHA-256, as the EAP exchange of the Main profile uses it (VSF TR-06-2:2022 Annex D),
 * in the four ways in which the peers in the field compute it, and the files that hold verifiers.
 *
 * <p>Pure functions of their arguments: secret exponents and salts are drawn by the caller.
 * Exponentiations take one to several milliseconds and belong into a {@link
 * io.rist4j.crypto.host.Computation}. Big integers cannot be overwritten; nothing here keeps a
 * secret one.
 */
@NullMarked
package io.rist4j.crypto.srp;

import org.jspecify.annotations.NullMarked;
