package io.rist4j.session;

import io.rist4j.core.address.Endpoint;

/**
 * One path as it stood. Counters and round trips of the row are in the path table.
 *
 * @param row its row in the path table
 * @param configured index of the configured path that it belongs to
 * @param peer the peer's media address, or its control address while only that is known
 * @param peerName the peer's CNAME, empty before it said
 * @param user the user that the peer proved to be, empty without authentication
 * @param alive whether it was heard within the session timeout
 */
public record PathSnapshot(
        int row, int configured, Endpoint peer, String peerName, String user, boolean alive) {}
