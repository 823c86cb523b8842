/**
 * A datagram port on Linux system calls: runs of equal datagrams leave and arrive in one call, with
 * the kernel's receive timestamps. And the network devices of {@link io.rist4j.net.tun}, which are
 * waited for together with the sockets.
 *
 * <p>Memory that the kernel sees is in direct buffers, held by the objects that use them. Nothing
 * here is thread-safe, but for waking a poller.
 */
@NullMarked
package io.rist4j.linux;

import org.jspecify.annotations.NullMarked;
