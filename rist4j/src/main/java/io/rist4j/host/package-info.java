/**
 * Runs sessions on pumps: opens their sockets, passes datagrams and time, and carries packets
 * between the application's threads and the pump's. Internal: the public API is {@code io.rist4j}.
 *
 * <p>Everything of a {@link io.rist4j.host.SessionHost} happens on its pump's thread unless a
 * method says otherwise. The way of a packet allocates nothing once warm.
 */
@NullMarked
package io.rist4j.host;

import org.jspecify.annotations.NullMarked;
