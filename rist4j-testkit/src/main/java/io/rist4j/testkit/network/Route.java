package io.rist4j.testkit.network;

import io.rist4j.core.address.Endpoint;

/**
 * One direction between two sockets.
 *
 * @param link index of the link that it runs over, in the order of {@link SimulatedNetwork#connect}
 * @param forward whether it runs from the link's first address to its second
 * @param from the sending socket
 * @param to the receiving socket
 */
public record Route(int link, boolean forward, Endpoint from, Endpoint to) {}
