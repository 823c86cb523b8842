/**
 * RTCP compounds of the Simple profile: reports, names, round-trip echoes and retransmission
 * requests (VSF TR-06-1:2020 §5.2 and §5.3).
 *
 * <p>Everything is static and works in place, by absolute index, on big-endian buffers; positions
 * and limits are neither used nor changed. Readers trust no length and answer with a {@link
 * io.rist4j.core.message.Verdict}; writers expect room for what they write. Nothing allocates.
 */
@NullMarked
package io.rist4j.codec.rtcp;

import org.jspecify.annotations.NullMarked;
