/**
 * The session: flow, paths, links and parts composed. Deterministic; one thread writes a session;
 * buffers are borrowed for the length of a call.
 */
@NullMarked
package io.rist4j.session;

import org.jspecify.annotations.NullMarked;
