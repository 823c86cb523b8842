/**
 * MPEG transport streams (ISO/IEC 13818-1), as far as the tool needs them: a generator of valid
 * streams, a checker, and the clock references that pace a file.
 *
 * <p>Nothing here reads a clock or does input and output, except {@link io.rist4j.cli.ts.PacedFile}
 * which reads its file. Not thread-safe.
 */
@NullMarked
package io.rist4j.cli.ts;

import org.jspecify.annotations.NullMarked;
