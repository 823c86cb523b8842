/**
 * The waist between wire formats and flows: the fixed set of fields that every profile's media and
 * control messages carry.
 */
@NullMarked
package io.rist4j.core.message;

import org.jspecify.annotations.NullMarked;
