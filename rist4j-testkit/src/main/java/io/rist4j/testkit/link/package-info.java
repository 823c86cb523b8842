/**
 * What a network does to datagrams, as decisions without I/O: which are lost, doubled, held, and
 * until when.
 *
 * <p>Everything here is deterministic: the same configuration, seed and calls give the same
 * decisions on every machine. The simulated network and the UDP proxy share it, so that a network
 * that broke a stream in a simulation can be put between two real programs. Nothing here reads a
 * clock; times are nanoseconds of whatever clock the caller keeps. No type is safe for use by
 * several threads at once.
 */
@NullMarked
package io.rist4j.testkit.link;

import org.jspecify.annotations.NullMarked;
