package io.rist4j.testkit.impair;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/**
 * The sockets of a {@link UdpImpairment}: for each port one towards the dialling peer and one
 * towards the target. Used under the proxy's lock, but for {@link #await} and {@link #wakeUp}.
 */
final class Lanes {
    static final int FORWARD = 0;
    static final int BACKWARD = 1;

    private static final int SOCKET_BUFFER_BYTES = 4 << 20;
    private static final int MOST_DATAGRAM_BYTES = 65_535;
    private static final int PORT_ATTEMPTS = 200;
    private static final byte[] IPV4_LOOPBACK = {127, 0, 0, 1};
    private static final byte[] IPV6_LOOPBACK = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private final Selector selector;
    private final DatagramChannel[] peerSide;
    private final DatagramChannel[] targetSide;
    private final @Nullable SocketAddress[] peers;
    private final InetSocketAddress[] targets;
    private final InetSocketAddress localAddress;
    private final int[][] localPorts = new int[2][];
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(MOST_DATAGRAM_BYTES);
    private final long[] sent = new long[2];
    private final long[] sentBytes = new long[2];
    private final long[] unroutable = new long[2];
    private final long[] refused = new long[2];
    private final long[] droppedAtEnd = {-1, -1};
    private boolean open = true;

    /** Takes what one lane received; the datagram lies between position and limit. */
    @FunctionalInterface
    interface Taker {
        void take(int lane, int way, ByteBuffer datagram);
    }

    Lanes(InetSocketAddress listen, InetSocketAddress target, int ports) throws IOException {
        if (target.getPort() + ports > 65_536) {
            throw new IllegalArgumentException(
                    "target port "
                            + target.getPort()
                            + " is outside 1.."
                            + (65_536 - ports)
                            + " for "
                            + ports
                            + " ports");
        }
        selector = Selector.open();
        peerSide = new DatagramChannel[ports];
        targetSide = new DatagramChannel[ports];
        peers = new SocketAddress[ports];
        targets = new InetSocketAddress[ports];
        boolean complete = false;
        try {
            int first = openPeerSide(listen, ports);
            localAddress = new InetSocketAddress(listen.getAddress(), first);
            var anyPort = new InetSocketAddress(wildcardFor(target.getAddress()), 0);
            localPorts[FORWARD] = new int[ports];
            localPorts[BACKWARD] = new int[ports];
            for (int lane = 0; lane < ports; lane++) {
                targets[lane] = new InetSocketAddress(target.getAddress(), target.getPort() + lane);
                targetSide[lane] = openAt(anyPort);
                targetSide[lane].register(selector, SelectionKey.OP_READ);
                peerSide[lane].register(selector, SelectionKey.OP_READ);
                localPorts[FORWARD][lane] = first + lane;
                localPorts[BACKWARD][lane] = portOf(targetSide[lane]);
            }
            complete = true;
        } finally {
            if (!complete) {
                close();
            }
        }
    }

    private static InetAddress wildcardFor(InetAddress target) throws IOException {
        if (target.isLoopbackAddress()) {
            return target;
        }
        return InetAddress.getByAddress(new byte[target.getAddress().length]);
    }

    /** The loopback address of a target's family, port 0. */
    static InetSocketAddress anyLoopbackPort(InetSocketAddress target) throws IOException {
        byte[] loopback =
                target.getAddress().getAddress().length == 4 ? IPV4_LOOPBACK : IPV6_LOOPBACK;
        return new InetSocketAddress(InetAddress.getByAddress(loopback), 0);
    }

    private static int portOf(DatagramChannel channel) throws IOException {
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    /** Binds consecutive ports and returns the first. */
    private int openPeerSide(InetSocketAddress listen, int ports) throws IOException {
        if (listen.getPort() != 0) {
            for (int lane = 0; lane < ports; lane++) {
                peerSide[lane] =
                        openAt(new InetSocketAddress(listen.getAddress(), listen.getPort() + lane));
            }
            return listen.getPort();
        }
        IOException last = new IOException("no free ports");
        for (int attempt = 0; attempt < PORT_ATTEMPTS; attempt++) {
            DatagramChannel probe = openAt(listen);
            int first = portOf(probe) & ~1;
            probe.close();
            try {
                for (int lane = 0; lane < ports; lane++) {
                    peerSide[lane] =
                            openAt(new InetSocketAddress(listen.getAddress(), first + lane));
                }
                return first;
            } catch (IOException | IllegalArgumentException e) {
                closeAll(peerSide);
                last = new IOException("no " + ports + " consecutive free ports", e);
            }
        }
        throw last;
    }

    private static DatagramChannel openAt(InetSocketAddress local) throws IOException {
        var channel =
                DatagramChannel.open(
                        local.getAddress() instanceof java.net.Inet6Address
                                ? StandardProtocolFamily.INET6
                                : StandardProtocolFamily.INET);
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_BYTES);
            channel.configureBlocking(false);
            channel.bind(local);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw new IOException("cannot listen on UDP " + local + ": " + e.getMessage(), e);
        }
    }

    InetSocketAddress localAddress() {
        return localAddress;
    }

    /** Reads what arrived, at most so many of each socket; returns how many in all. */
    int receive(Taker taker, int most) {
        int count = 0;
        for (int lane = 0; lane < peerSide.length; lane++) {
            count += receive(taker, lane, FORWARD, peerSide[lane], most);
            count += receive(taker, lane, BACKWARD, targetSide[lane], most);
        }
        return count;
    }

    private int receive(Taker taker, int lane, int way, DatagramChannel channel, int most) {
        int count = 0;
        while (count < most) {
            scratch.clear();
            SocketAddress from;
            try {
                from = channel.receive(scratch);
            } catch (IOException e) {
                // an ICMP answer to something sent before; the next call reads on
                refused[1 - way]++;
                count++;
                continue;
            }
            if (from == null) {
                break;
            }
            count++;
            scratch.flip();
            if (way == FORWARD) {
                peers[lane] = from;
            } else if (!from.equals(targets[lane]) || peers[lane] == null) {
                unroutable[way]++;
                continue;
            }
            taker.take(lane, way, scratch);
        }
        return count;
    }

    /** Sends what left the link. */
    void send(int lane, int way, ByteBuffer datagram) {
        SocketAddress to = way == FORWARD ? targets[lane] : peers[lane];
        if (to == null) {
            unroutable[way]++;
            return;
        }
        int bytes = datagram.remaining();
        DatagramChannel channel = way == FORWARD ? targetSide[lane] : peerSide[lane];
        try {
            boolean taken = channel.send(datagram, to) == bytes && !datagram.hasRemaining();
            if (taken) {
                sent[way]++;
                sentBytes[way] += bytes;
            } else {
                refused[way]++;
            }
        } catch (IOException e) {
            refused[way]++;
        }
    }

    /** Waits for an arrival; up to so many milliseconds, 0 returns at once. */
    void await(long milliseconds) {
        try {
            if (milliseconds > 0) {
                selector.select(key -> {}, milliseconds);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void wakeUp() {
        selector.wakeup();
    }

    long sent(int way) {
        return sent[way];
    }

    long sentBytes(int way) {
        return sentBytes[way];
    }

    long unroutable(int way) {
        return unroutable[way];
    }

    long refused(int way) {
        return refused[way];
    }

    /** Datagrams of one way that the system dropped before they were read, or -1. */
    long kernelDropped(int way) {
        if (!open) {
            return droppedAtEnd[way];
        }
        long sum = -1;
        for (int port : localPorts[way]) {
            long drops = KernelDrops.atPort(port);
            sum = drops < 0 ? sum : Math.max(sum, 0) + drops;
        }
        return sum;
    }

    void close() {
        if (!open) {
            return;
        }
        if (localPorts[BACKWARD] != null) {
            droppedAtEnd[FORWARD] = kernelDropped(FORWARD);
            droppedAtEnd[BACKWARD] = kernelDropped(BACKWARD);
        }
        open = false;
        closeAll(peerSide);
        closeAll(targetSide);
        try {
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void closeAll(DatagramChannel[] channels) {
        for (DatagramChannel channel : channels) {
            try {
                if (channel != null) {
                    channel.close();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
