package io.rist4j;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A branch of a multicast tree within this host: takes what is said to one group, loses some of it,
 * and says the rest to another group; answers go back to who spoke, with losses too.
 */
final class LossyBranch implements AutoCloseable {
    private static final int SOCKET_BUFFER_BYTES = 2 << 20;

    private final InetSocketAddress trunk;
    private final InetSocketAddress leaves;
    private final NetworkInterface loopback;
    private final int percent;
    private final List<DatagramSocket> sockets = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger lost = new AtomicInteger();
    private volatile boolean cut;

    /**
     * @param trunk a group and an even port; the next one goes the same way
     * @param leaves another group and even port
     * @param percent what is lost each way
     */
    LossyBranch(InetSocketAddress trunk, InetSocketAddress leaves, int percent, long seed)
            throws IOException {
        this.trunk = trunk;
        this.leaves = leaves;
        this.percent = percent;
        loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
        for (int lane = 0; lane < 2; lane++) {
            open(lane, seed + 2L * lane);
        }
    }

    private void open(int lane, long seed) throws IOException {
        var front = new DatagramSocket(null);
        sockets.add(front);
        front.setReuseAddress(true);
        front.setReceiveBufferSize(SOCKET_BUFFER_BYTES);
        front.bind(new InetSocketAddress(trunk.getAddress(), trunk.getPort() + lane));
        front.joinGroup(new InetSocketAddress(trunk.getAddress(), 0), loopback);
        var back = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        sockets.add(back);
        back.setOption(StandardSocketOptions.IP_MULTICAST_IF, loopback);
        back.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true);
        var leaf = new InetSocketAddress(leaves.getAddress(), leaves.getPort() + lane);
        var speaker = new Speaker();
        threads.add(
                Thread.ofPlatform()
                        .daemon()
                        .start(() -> forward(front, back, leaf, speaker, new Random(seed))));
        // what goes back leaves by the same socket: one bound to a group has no address of its own
        threads.add(
                Thread.ofPlatform()
                        .daemon()
                        .start(() -> forward(back, back, null, speaker, new Random(seed + 1))));
    }

    /** Who spoke last to the group. */
    private static final class Speaker {
        volatile @Nullable SocketAddress address;
    }

    private void forward(
            DatagramSocket from,
            DatagramSocket to,
            @Nullable SocketAddress leaf,
            Speaker speaker,
            Random random) {
        var packet = new DatagramPacket(new byte[10_000], 10_000);
        try {
            while (true) {
                packet.setLength(10_000);
                from.receive(packet);
                if (leaf != null) {
                    speaker.address = packet.getSocketAddress();
                }
                SocketAddress target = leaf != null ? leaf : speaker.address;
                if (cut || random.nextInt(100) < percent) {
                    lost.incrementAndGet();
                } else if (target != null) {
                    to.send(new DatagramPacket(packet.getData(), packet.getLength(), target));
                }
            }
        } catch (SocketException closed) {
            // the end of the branch
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Loses everything from now on. */
    void cut() {
        cut = true;
    }

    /** Datagrams lost so far, both ways. */
    int lost() {
        return lost.get();
    }

    @Override
    public void close() {
        sockets.forEach(DatagramSocket::close);
        threads.forEach(thread -> Await.until("the end of a branch", () -> !thread.isAlive()));
    }
}
