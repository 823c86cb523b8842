package io.rist4j.session;

import io.rist4j.core.address.Endpoint;

/**
 * One socket that a session needs; its host opens them in order and passes the index with every
 * datagram.
 *
 * @param path index of the configured path it serves
 * @param local what to bind: a configured address and port, or the wildcard of the family with port
 *     0
 * @param multicastGroup whether {@code local} or the destination is a group, so that the host
 *     applies multicast options
 */
public record SocketSpec(int path, Endpoint local, boolean multicastGroup) {}
