/**
 * One end of many sessions in one process, for the cell of {@code bench/run} that has many flows.
 */
@NullMarked
package io.rist4j.bench.flows;

import org.jspecify.annotations.NullMarked;
