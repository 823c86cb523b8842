/**
 * What the host of this library lends to its security: a place for work too slow for the thread
 * that moves packets (key derivation, modular exponentiation), and random octets.
 *
 * <p>The modules that have protocol in them start no threads and draw no random numbers. They
 * describe slow work as a {@link io.rist4j.crypto.host.Computation} and hand it to the {@link
 * io.rist4j.crypto.host.Worker} of their host.
 */
@NullMarked
package io.rist4j.crypto.host;

import org.jspecify.annotations.NullMarked;
