package io.rist4j.bench.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.locks.LockSupport;

/** Feeds many UDP ports, and counts what comes to one. */
final class PairsMedia implements AutoCloseable {
    private static final int PAYLOAD_BYTES = 1_316;
    private static final long TICK_NS = 1_000_000;
    private static final int BUFFER_BYTES = 16 << 20;
    private static final double SECOND_NS = 1e9;

    private final InetSocketAddress[] inputs;
    private final int basePort;
    private final int apart;
    private final long[] sent;
    private final long[] received;
    private final DatagramChannel out = DatagramChannel.open();
    private final DatagramChannel in = DatagramChannel.open();
    private final Thread sink;
    private Thread generator = new Thread("none");
    private volatile boolean sending;
    private volatile boolean open = true;

    PairsMedia(int flows, int basePort, int apart) throws IOException {
        this.basePort = basePort;
        this.apart = apart;
        inputs = new InetSocketAddress[flows];
        InetAddress host = InetAddress.getLoopbackAddress();
        for (int flow = 0; flow < flows; flow++) {
            inputs[flow] = new InetSocketAddress(host, inputPort(flow));
        }
        sent = new long[flows];
        received = new long[flows];
        in.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
        in.bind(new InetSocketAddress(host, outputPort()));
        in.configureBlocking(false);
        sink = new Thread(this::take, "sink");
        sink.start();
    }

    int inputPort(int flow) {
        return basePort + apart * (flow + 1);
    }

    int outputPort() {
        return basePort;
    }

    void begin(double packetsPerSecond) {
        sending = true;
        generator = new Thread(() -> generate(packetsPerSecond), "generator");
        generator.start();
    }

    void end() throws InterruptedException {
        sending = false;
        generator.join();
    }

    private void generate(double packetsPerSecond) {
        ByteBuffer payload = ByteBuffer.allocateDirect(PAYLOAD_BYTES);
        double perNs = packetsPerSecond * inputs.length / SECOND_NS;
        long startNs = System.nanoTime();
        long done = 0;
        while (sending) {
            long due = (long) ((System.nanoTime() - startNs) * perNs);
            for (; done < due; done++) {
                int flow = (int) (done % inputs.length);
                payload.clear().putInt(0, flow);
                try {
                    out.send(payload, inputs[flow]);
                } catch (IOException refused) {
                    throw new UncheckedIOException(refused);
                }
                sent[flow]++;
            }
            LockSupport.parkNanos(TICK_NS);
        }
    }

    private void take() {
        ByteBuffer payload = ByteBuffer.allocateDirect(2 * PAYLOAD_BYTES);
        while (open) {
            try {
                while (in.receive(payload.clear()) != null) {
                    int flow = payload.getInt(0);
                    if (flow >= 0 && flow < received.length) {
                        received[flow]++;
                    }
                }
            } catch (IOException closed) {
                return;
            }
            LockSupport.parkNanos(TICK_NS);
        }
    }

    long sent() {
        return sum(sent);
    }

    long lost() {
        return sent() - sum(received);
    }

    int harmed() {
        int harmed = 0;
        for (int flow = 0; flow < sent.length; flow++) {
            harmed += received[flow] < sent[flow] ? 1 : 0;
        }
        return harmed;
    }

    private static long sum(long[] values) {
        long sum = 0;
        for (long value : values) {
            sum += value;
        }
        return sum;
    }

    @Override
    public void close() throws IOException {
        sending = false;
        open = false;
        in.close();
        out.close();
    }
}
