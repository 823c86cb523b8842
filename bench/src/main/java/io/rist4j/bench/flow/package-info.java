/**
 * JMH benches of the flow halves, in virtual time at 9.5 kpps: what one packet of 1316 bytes costs
 * without wire and sockets.
 */
@NullMarked
package io.rist4j.bench.flow;

import org.jspecify.annotations.NullMarked;
