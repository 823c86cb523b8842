/**
 * A UDP proxy that behaves like a bad network, between two real programs.
 *
 * <p>Point the dialling side at {@link io.rist4j.testkit.impair.UdpImpairment#localAddress} instead
 * of its peer:
 *
 * {@snippet :
 * var bad = LinkConfig.clean().loss(0.10).delay(Duration.ofMillis(25)).jitter(Duration.ofMillis(5));
 * try (var impairment = UdpImpairment.to(receiverAddress).bothWays(bad).seed(7).start()) {
 *     runSenderTowards(impairment.localAddress());
 *     System.out.println(impairment.stats());
 * }
 * }
 */
@NullMarked
package io.rist4j.testkit.impair;

import org.jspecify.annotations.NullMarked;
