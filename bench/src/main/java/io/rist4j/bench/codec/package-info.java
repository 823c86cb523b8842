/** JMH benches of the wire formats: what one read or write costs, and that it allocates nothing. */
@NullMarked
package io.rist4j.bench.codec;

import org.jspecify.annotations.NullMarked;
