/**
 * RTP media packets and their RIST header extension (VSF TR-06-1:2020 §5, TR-06-2:2022 §8.3).
 *
 * <p>Everything is static and works in place, by absolute index, on big-endian buffers; positions
 * and limits are neither used nor changed. Readers trust no length and answer with a {@link
 * io.rist4j.core.message.Verdict}; writers expect room for what they write. Nothing allocates.
 */
@NullMarked
package io.rist4j.codec.rtp;

import org.jspecify.annotations.NullMarked;
