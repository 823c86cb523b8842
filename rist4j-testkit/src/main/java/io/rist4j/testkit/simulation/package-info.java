/**
 * Two real sessions over a simulated network, watched by invariants.
 *
 * <p>A {@link io.rist4j.testkit.simulation.Scenario} says everything that happens: paths with what
 * they do to datagrams, the input, both ends' settings and clocks. {@link
 * io.rist4j.testkit.simulation.Simulation} plays it in virtual time, hundreds of times faster than
 * the clock, and always the same way. What was sent, what arrived and what was delivered is
 * compared packet by packet; whatever breaks one of the promises in {@link
 * io.rist4j.testkit.simulation.Violation.Kind} is reported with the seed that shows it again.
 *
 * <p>To learn whether a configuration survives a network:
 *
 * {@snippet :
 * var link = LinkConfig.clean().loss(0.2).delay(Duration.ofMillis(40));
 * var scenario =
 *         Scenario.builder(7)
 *                 .path(link, link)
 *                 .packets(20_000)
 *                 .interval(Duration.ofMillis(1))
 *                 .receiver(ReceiverFlowConfig.builder().bufferNs(400_000_000).build())
 *                 .build();
 * SimulationResult result = Simulation.run(scenario);
 * System.out.println(result.lost() + " of " + result.sent() + " packets were lost");
 * assert result.violations().isEmpty();
 * }
 *
 * <p>The same scenario can be played in the Simple profile and, with {@link
 * io.rist4j.testkit.simulation.TunnelScenario}, in the Main profile: in clear, under a secret,
 * behind an authentication, with keys and secrets that change and somebody who forges datagrams.
 *
 * <p>To try one's own change against thousands of networks: {@code Scenario.draw(seed)}.
 *
 * <p>Single-threaded: one simulation belongs to one thread; several may run side by side.
 */
@NullMarked
package io.rist4j.testkit.simulation;

import org.jspecify.annotations.NullMarked;
