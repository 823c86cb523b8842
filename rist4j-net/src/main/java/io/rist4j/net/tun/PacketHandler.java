package io.rist4j.net.tun;

import java.nio.ByteBuffer;

/** Takes the packets of a device. */
@FunctionalInterface
public interface PacketHandler {
    /**
     * An IP packet that the system sent into the device.
     *
     * @param arrivalNs when it was read, on the pump's clock
     * @param buffer borrowed for the length of this call; big-endian
     * @param at where the packet begins
     * @param bytes its length, at least 1
     */
    void onPacket(long arrivalNs, ByteBuffer buffer, int at, int bytes);
}
