/**
 * Null packet deletion (VSF TR-06-2:2022 §8): null packets of a transport stream stay at home, and
 * a header extension tells the receiver where to put them back.
 *
 * <p>Everything is static and works by absolute index on big-endian buffers; positions and limits
 * are neither used nor changed. Nothing allocates.
 */
@NullMarked
package io.rist4j.codec.npd;

import org.jspecify.annotations.NullMarked;
