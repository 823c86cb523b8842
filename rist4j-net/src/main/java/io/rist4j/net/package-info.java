/**
 * Datagram ports and the pump that serves them.
 *
 * <p>A pump is one platform thread that owns any number of ports, {@linkplain io.rist4j.net.tun
 * network devices} and tasks and is their single writer. Buffers handed to a {@link
 * io.rist4j.net.DatagramHandler} are borrowed for the length of the call.
 */
@NullMarked
package io.rist4j.net;

import org.jspecify.annotations.NullMarked;
