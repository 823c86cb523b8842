/**
 * JMH benches of whole sessions, in virtual time at 9.5 kpps: what one packet of 1316 bytes costs
 * without sockets.
 */
@NullMarked
package io.rist4j.bench.session;

import org.jspecify.annotations.NullMarked;
