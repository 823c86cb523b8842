package io.rist4j.net.tun;

import java.nio.ByteBuffer;

/**
 * A network device that exchanges whole IP packets, without any header before them, with the
 * system. Belongs to one pump; every method is called on its thread.
 */
public interface TunDevice extends AutoCloseable {
    /** The longest packet that can be read or written, in bytes. */
    int MAX_PACKET_BYTES = 65_535;

    /** Its name as the system knows it. */
    String name();

    /** Its MTU when it was opened, in bytes. */
    int mtu();

    /**
     * Hands an IP packet to the system, as if it had arrived from a network. Never blocks; a packet
     * that the system refuses is counted and dropped.
     *
     * @param buffer stays the caller's, its position and limit unchanged
     * @param at where the packet begins
     * @param bytes its length
     * @return whether the system took it
     */
    boolean write(ByteBuffer buffer, int at, int bytes);

    /**
     * Reads what the system has sent and hands it to the handler of this device. The pump does.
     *
     * @param maxPackets stops after so many
     * @return how many packets were handed over
     */
    int receive(int maxPackets);

    /** What the device did so far. */
    TunStats stats();

    /** Closes it, and with it removes the device, unless it was there before. */
    @Override
    void close();
}
