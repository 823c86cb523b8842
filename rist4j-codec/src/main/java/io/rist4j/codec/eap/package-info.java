/**
 * EAPOL frames of the Main profile's authentication: EAP with the SRP-SHA256 method (VSF
 * TR-06-2:2022 Annex D).
 *
 * <p>Everything is static and works by absolute index on big-endian buffers. Readers trust no
 * length and answer with a {@link io.rist4j.core.message.Verdict}; writers expect room for what
 * they write. What a frame means for an exchange, and whether it belongs there, is decided
 * elsewhere.
 */
@NullMarked
package io.rist4j.codec.eap;

import org.jspecify.annotations.NullMarked;
