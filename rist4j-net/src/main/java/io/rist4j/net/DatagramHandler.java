package io.rist4j.net;

import io.rist4j.core.address.Endpoint;

import java.nio.ByteBuffer;

/** Takes the datagrams of one port, on the pump's thread. */
@FunctionalInterface
public interface DatagramHandler {
    /**
     * Takes one datagram. The bytes are valid during the call only.
     *
     * @param arrivalNs when it reached the host, on the pump's clock, in ns: the kernel's receive
     *     timestamp where the port has it, otherwise the time of the read
     * @param from its source; the same source usually comes as the same object
     * @param buffer holds the datagram, big-endian
     * @param at where it begins
     * @param bytes its length
     */
    void onDatagram(long arrivalNs, Endpoint from, ByteBuffer buffer, int at, int bytes);
}
