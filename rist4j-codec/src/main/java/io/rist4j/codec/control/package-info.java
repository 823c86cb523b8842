/**
 * Control that is said rarely, as records: each message is one file with its fields, its figure,
 * its reader and its writer. How a message is framed is the business of whatever carries it.
 *
 * <p>Readers trust no length and answer with a {@link io.rist4j.core.message.Verdict}. What they
 * hand on owns its bytes. What comes oftener than a few times a second is visited instead, see
 * {@link io.rist4j.core.message.ControlHandler}.
 */
@NullMarked
package io.rist4j.codec.control;

import org.jspecify.annotations.NullMarked;
