package io.rist4j.session;

import io.rist4j.core.address.Endpoint;

/**
 * Whose flow it is, as far as that is known when its first packet comes.
 *
 * @param flowId SSRC with bit 0 cleared
 * @param path row of the path that brings it
 * @param peer that path's peer
 * @param canonicalName what the peer calls itself, printable; empty when it has not said
 * @param user the user that the peer proved to be; empty without authentication
 * @param virtualSourcePort where the media says it comes from inside the tunnel; 0 without one
 * @param virtualDestinationPort where it goes inside the tunnel; 0 without one
 */
public record FlowIdentity(
        int flowId,
        int path,
        Endpoint peer,
        String canonicalName,
        String user,
        int virtualSourcePort,
        int virtualDestinationPort) {}
