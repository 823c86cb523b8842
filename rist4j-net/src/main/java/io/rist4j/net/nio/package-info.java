/** Ports on {@link java.nio.channels.DatagramChannel}: portable, one datagram a system call. */
@NullMarked
package io.rist4j.net.nio;

import org.jspecify.annotations.NullMarked;
