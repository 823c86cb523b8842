/**
 * Paths of a session: liveness, round-trip times and the choice of path. One path is a table with
 * one row.
 */
@NullMarked
package io.rist4j.core.path;

import org.jspecify.annotations.NullMarked;
