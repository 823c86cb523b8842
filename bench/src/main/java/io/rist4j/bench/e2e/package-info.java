/**
 * The end-to-end harness: runs senders and receivers of several makers as processes, on the same
 * work, and says what each packet cost them. {@code bench/README.md} defines what is measured; the
 * C tools that it drives are in {@code bench/src/main/c}.
 */
@NullMarked
package io.rist4j.bench.e2e;

import org.jspecify.annotations.NullMarked;
