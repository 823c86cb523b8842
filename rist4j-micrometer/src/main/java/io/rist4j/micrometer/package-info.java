/**
 * Statistics of senders, receivers, their paths and network threads as Micrometer meters.
 *
 * <p>Meters read what the network thread published last: they never wait for it, and cost it
 * nothing.
 */
@NullMarked
package io.rist4j.micrometer;

import org.jspecify.annotations.NullMarked;
