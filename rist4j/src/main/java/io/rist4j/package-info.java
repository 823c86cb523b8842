/**
 * RIST for Java programs: configuration as immutable values, URLs that convert to and from it.
 *
 * <p>Values ({@link io.rist4j.RistConfig}, {@link io.rist4j.RistUri}, {@link io.rist4j.Bitrate})
 * are immutable and may be shared between threads. Times are {@link java.time.Duration}s, rates
 * {@link io.rist4j.Bitrate}s; plain numbers say their unit in their name.
 *
 * <p>A wrong setting is an {@link io.rist4j.RistConfigException}, thrown where the setting is made
 * or built; what goes wrong later, on the network or in the system, is an {@link
 * java.io.IOException}.
 */
@NullMarked
package io.rist4j;

import org.jspecify.annotations.NullMarked;
