package io.rist4j.net;

import io.rist4j.net.tun.PacketHandler;
import io.rist4j.net.tun.TunDevice;
import io.rist4j.net.tun.TunSpec;

import java.io.IOException;

/**
 * Opens ports and waits for them: one for each pump, used on its thread, but for {@link #wakeUp}.
 *
 * <p>Waiting comes in two kinds, because a wake-up is the largest cost: {@link #await} ends when a
 * datagram arrives, {@link #pause} lets arrivals gather.
 */
public interface PortPoller extends AutoCloseable {
    /**
     * Opens a socket.
     *
     * @param spec which
     * @param clock converts the kernel's timestamps
     * @param handler takes its datagrams
     * @param onReadable called on the poller's thread when the port may have something to read.
     *     After that it is read until {@link DatagramPort#receive} returns less than it was allowed
     *     to; in between the call may be left out or repeated
     * @throws IOException when the system refuses; the message names address and port
     */
    DatagramPort open(
            PortSpec spec, SessionClock clock, DatagramHandler handler, Runnable onReadable)
            throws IOException;

    /**
     * Opens a socket that its owner reads without being told.
     *
     * @param spec which
     * @param clock converts the kernel's timestamps
     * @param handler takes its datagrams
     * @throws IOException when the system refuses; the message names address and port
     */
    default DatagramPort open(PortSpec spec, SessionClock clock, DatagramHandler handler)
            throws IOException {
        return open(spec, clock, handler, () -> {});
    }

    /**
     * Opens a network device that exchanges IP packets with the system. Only some kinds of pollers
     * can.
     *
     * @param spec which
     * @param clock tells when packets were read
     * @param handler takes its packets
     * @param onReadable as for a socket
     * @throws IOException when the system refuses, or has none for this kind of poller; the message
     *     names the device
     */
    default TunDevice open(
            TunSpec spec, SessionClock clock, PacketHandler handler, Runnable onReadable)
            throws IOException {
        throw new IOException(
                "cannot open network device "
                        + spec.name()
                        + ": it needs port provider linux, and another one serves here");
    }

    /**
     * Waits until a port has something to read, {@link #wakeUp} was called, or the time is over.
     *
     * @param timeoutNs 0 returns at once; {@code SessionTime.NEVER} waits without bound
     */
    void await(long timeoutNs);

    /**
     * Waits until {@link #wakeUp} was called or the time is over, whatever arrives meanwhile.
     *
     * @param durationNs how long
     */
    void pause(long durationNs);

    /** Ends the present or the next wait. From any thread. */
    void wakeUp();

    @Override
    void close();
}
