/** Programs that use rist4j, each for one idea. */
@NullMarked
package io.rist4j.examples;

import org.jspecify.annotations.NullMarked;
