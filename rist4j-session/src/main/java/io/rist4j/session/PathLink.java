package io.rist4j.session;

import io.rist4j.session.guard.PathGuard;

/**
 * What a profile makes for one path.
 *
 * @param wire its format
 * @param guard what stands in front of it
 */
record PathLink(PathWire wire, PathGuard guard) {}
