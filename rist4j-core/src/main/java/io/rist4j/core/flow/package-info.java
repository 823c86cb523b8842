/**
 * The two halves of ARQ: what a sender keeps and repeats, what a receiver orders, asks for and
 * plays out. Deterministic; single-threaded; buffers are borrowed for the length of a call.
 */
@NullMarked
package io.rist4j.core.flow;

import org.jspecify.annotations.NullMarked;
