package io.rist4j.session;

import io.rist4j.core.address.Endpoint;

/**
 * One configured path.
 *
 * @param contact who speaks first
 * @param endpoint the peer's media address when dialling, the local one when listening; on Simple
 *     its port is even and the next one carries RTCP
 * @param weight share of the originals; 0 sends every original on this path (SMPTE 2022-7
 *     duplication)
 * @param priority requests prefer the live path of highest priority
 */
public record PathConfig(Contact contact, Endpoint endpoint, int weight, int priority) {
    /** Who speaks first. */
    public enum Contact {
        /** This end: the peer's address is configured. */
        DIAL,
        /** The peer: its address is learned. */
        LISTEN
    }
}
