package io.rist4j;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Stands between a dialling sender and a listening receiver: drops and changes what it is told to,
 * and says things to the receiver in the sender's name.
 */
final class Relay implements AutoCloseable {
    private static final int SOCKET_BUFFER_BYTES = 2 << 20;

    private final int port;
    private final List<DatagramSocket> sockets = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<Lane> lanes = new ArrayList<>();
    private volatile Predicate<byte[]> dropsMedia = datagram -> false;
    private volatile Consumer<DatagramPacket> onWayForth = datagram -> {};
    private volatile boolean cut;

    /** Forwards a free pair of ports to the pair of a receiver. */
    Relay(int receiverPort) throws IOException {
        port = FreePorts.evenPort();
        for (int i = 0; i < 2; i++) {
            var front = new DatagramSocket(port + i, InetAddress.getLoopbackAddress());
            var back = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            front.setReceiveBufferSize(SOCKET_BUFFER_BYTES);
            sockets.add(front);
            sockets.add(back);
            var lane =
                    new Lane(
                            front,
                            back,
                            new InetSocketAddress(
                                    InetAddress.getLoopbackAddress(), receiverPort + i),
                            i == 0);
            lanes.add(lane);
            threads.add(Thread.ofPlatform().daemon().start(lane::forth));
            threads.add(Thread.ofPlatform().daemon().start(lane::back));
        }
    }

    /** Where the sender dials. */
    String hostAndPort() {
        return "127.0.0.1:" + port;
    }

    /** Drops media datagrams from now on. */
    void dropMedia(Predicate<byte[]> which) {
        dropsMedia = which;
    }

    /** Shows what goes to the receiver, to look at or change, on the threads of both ports. */
    void onWayForth(Consumer<DatagramPacket> look) {
        onWayForth = look;
    }

    /** Whether it is a caller's proof of its password, behind a GRE header of eight octets. */
    static boolean isProof(DatagramPacket datagram) {
        byte[] b = datagram.getData();
        boolean isFrame = (b[2] & 0xFF) == 0x88 && (b[3] & 0xFF) == 0x8E;
        return isFrame && datagram.getLength() == 54 && b[12] == 2;
    }

    /** Sends to a port of the receiver's pair, 0 or 1, from where the sender's datagrams come. */
    void forge(int of, byte[] datagram) throws IOException {
        Lane lane = lanes.get(of);
        lane.back.send(new DatagramPacket(datagram, datagram.length, lane.receiver));
    }

    /** Drops everything from now on. */
    void cut() {
        cut = true;
    }

    @Override
    public void close() {
        sockets.forEach(DatagramSocket::close);
        threads.forEach(thread -> Await.until("the end of a relay", () -> !thread.isAlive()));
    }

    /** One port, both ways. */
    private final class Lane {
        private final DatagramSocket front;
        private final DatagramSocket back;
        private final SocketAddress receiver;
        private final boolean isMedia;
        private volatile @Nullable SocketAddress sender;

        Lane(DatagramSocket front, DatagramSocket back, SocketAddress receiver, boolean isMedia) {
            this.front = front;
            this.back = back;
            this.receiver = receiver;
            this.isMedia = isMedia;
        }

        void forth() {
            forward(front, back, true);
        }

        void back() {
            forward(back, front, false);
        }

        private void forward(DatagramSocket from, DatagramSocket to, boolean forth) {
            var packet = new DatagramPacket(new byte[10_000], 10_000);
            try {
                while (true) {
                    packet.setLength(10_000);
                    from.receive(packet);
                    if (forth) {
                        sender = packet.getSocketAddress();
                        onWayForth.accept(packet);
                    }
                    SocketAddress target = forth ? receiver : sender;
                    boolean dropped = isMedia && forth && dropsMedia.test(packet.getData());
                    if (!cut && !dropped && target != null) {
                        to.send(new DatagramPacket(packet.getData(), packet.getLength(), target));
                    }
                }
            } catch (SocketException closed) {
                // the end
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
