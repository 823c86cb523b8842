/** Runs against other implementations of RIST on the loopback interface. */
@NullMarked
package io.rist4j.interop;

import org.jspecify.annotations.NullMarked;
