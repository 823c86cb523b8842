/** Arithmetic of the session clock, NTP timestamps and media clocks. Nothing here reads a clock. */
@NullMarked
package io.rist4j.core.time;

import org.jspecify.annotations.NullMarked;
