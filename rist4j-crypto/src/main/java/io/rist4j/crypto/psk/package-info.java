/**
 * Pre-shared keys of the Main profile (VSF TR-06-2:2022 §7): AES-CTR over everything behind the GRE
 * header, keyed by a passphrase and a nonce in the header.
 *
 * <p>{@link io.rist4j.crypto.psk.PskSender} chooses nonces and seals, {@link
 * io.rist4j.crypto.psk.PskReceiver} finds the key of a nonce and opens; both work in place. There
 * is no integrity: whoever opens must judge whether the plaintext makes sense, and tell the
 * receiver.
 *
 * <p>Not thread-safe: one thread owns an object, apart from {@link
 * io.rist4j.crypto.host.Computation#compute}. Sealing and opening under a known key allocate
 * nothing.
 */
@NullMarked
package io.rist4j.crypto.psk;

import org.jspecify.annotations.NullMarked;
