package io.rist4j.net;

/**
 * Counters of one port since it opened, and what the system granted.
 *
 * @param implementation which port this is, for example {@code nio} or {@code linux}
 * @param segmentationOffload whether runs of equal datagrams leave in one message (UDP_SEGMENT)
 * @param receiveOffload whether the kernel hands over runs of datagrams in one call (UDP_GRO)
 * @param kernelTimestamps whether arrivals carry the kernel's receive timestamp
 * @param receiveBufferBytes granted socket receive buffer
 * @param sendBufferBytes granted socket send buffer
 * @param datagramsSent datagrams accepted by the kernel
 * @param bytesSent their payload bytes
 * @param sendCalls system calls made for them
 * @param sendErrors datagrams that the kernel refused
 * @param offloadRefusals runs that the kernel refused as such; their datagrams left one by one, and
 *     so do later ones of that size to that destination
 * @param datagramsReceived datagrams read
 * @param bytesReceived their payload bytes
 * @param receiveCalls system calls made for them
 * @param receiveOverflows datagrams that the kernel dropped because the receive buffer was full,
 *     where it tells
 */
public record PortStats(
        String implementation,
        boolean segmentationOffload,
        boolean receiveOffload,
        boolean kernelTimestamps,
        int receiveBufferBytes,
        int sendBufferBytes,
        long datagramsSent,
        long bytesSent,
        long sendCalls,
        long sendErrors,
        long offloadRefusals,
        long datagramsReceived,
        long bytesReceived,
        long receiveCalls,
        long receiveOverflows) {}
