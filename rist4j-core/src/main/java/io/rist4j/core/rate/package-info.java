/**
 * Rates: measuring how many bits per second pass, and limiting them. Deterministic; the time is an
 * argument and only grows; nothing allocates after construction.
 */
@NullMarked
package io.rist4j.core.rate;

import org.jspecify.annotations.NullMarked;
