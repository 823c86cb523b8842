/** What encryption costs. */
@NullMarked
package io.rist4j.bench.crypto;

import org.jspecify.annotations.NullMarked;
