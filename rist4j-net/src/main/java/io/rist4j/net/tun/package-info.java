/**
 * Network devices whose other end is this process: what the system routes into one arrives here as
 * whole IP packets, and packets written here arrive at the system as if from a network.
 *
 * <p>A device belongs to a {@link io.rist4j.net.Pump}, as its sockets do: one wait serves both, and
 * the handler and every method run on the pump's thread. Only the ports of Linux have devices; with
 * others, opening one fails with a message. Making a device, and giving it addresses, needs root or
 * CAP_NET_ADMIN; a service without takes over a device that was made for its user and is set up
 * already ({@code ip tuntap add rist0 mode tun user ...}).
 *
 * <pre>{@code
 * var spec = TunSpec.of("rist0").withMtu(1400).withAddress(IpPrefix.parse("10.9.0.1/24"));
 * TunDevice device = pump.open(spec, (arrivalNs, buffer, at, bytes) -> send(buffer, at, bytes));
 * // and on the pump's thread, for each packet that the other side sent
 * device.write(buffer, at, bytes);
 * }</pre>
 *
 * <p>Buffers handed to a handler are borrowed for the length of the call. A packet allocates
 * nothing and costs one system call, for Linux hands over one at a time. A device disappears when
 * it is closed, unless it was there before.
 */
@NullMarked
package io.rist4j.net.tun;

import org.jspecify.annotations.NullMarked;
