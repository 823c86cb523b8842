/**
 * Fuzz targets for everything that reads bytes from the network. Their corpora run with the normal
 * tests; {@code JAZZER_FUZZ=1} and one selected target let Jazzer look for more.
 */
@NullMarked
package io.rist4j.fuzz;

import org.jspecify.annotations.NullMarked;
