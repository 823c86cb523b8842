/** Hot operations of the path table. */
@NullMarked
package io.rist4j.bench.path;

import org.jspecify.annotations.NullMarked;
