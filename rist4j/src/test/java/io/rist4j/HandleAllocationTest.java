package io.rist4j;

import static io.rist4j.Await.PATIENCE;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import io.rist4j.net.PumpConfig;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** A packet's whole way, over real sockets, with requests and retransmissions. */
@Timeout(180)
class HandleAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int MOST_ROUNDS = 600;
    private static final int PACKETS = 200;
    private static final int SPACING_NS = 100_000;

    /** Packets between sender and output: a recovery buffer full of them, and some. */
    private static final int UNDER_WAY = 3_000;

    private long nearThread;
    private long farThread;

    @ParameterizedTest
    @ValueSource(strings = {"nio", "linux"})
    void allocatesNothingForAPacket(String ports) throws Exception {
        int port = FreePorts.evenPort();
        try (RistPump near = start(ports);
                RistPump far = start(ports);
                Relay relay = new Relay(port);
                RistReceiver rx =
                        RistReceiver.builder()
                                .pump(far)
                                .path("rist://@127.0.0.1:" + port + "?buffer=400")
                                .open();
                RistSender tx =
                        RistSender.builder()
                                .pump(near)
                                .path("rist://" + relay.hostAndPort() + "?buffer=400")
                                .open()) {
            nearThread = threadId(near);
            farThread = threadId(far);
            relay.dropMedia(new FirstCopies());
            tx.awaitConnected(PATIENCE);
            for (int i = 0; i < UNDER_WAY; i++) {
                send(tx);
            }
            long least = Long.MAX_VALUE; // early rounds pay for what the JIT has not come to
            for (int round = 0; round < MOST_ROUNDS && least > 0; round++) {
                least = Math.min(least, allocatedBy(tx, rx));
            }

            assertThat(rx.stats().recoveredPackets()).isPositive();
            assertThat(least).isZero();
        }
    }

    private static RistPump start(String ports) {
        try {
            return RistPump.start(PumpConfig.defaults().withProvider(ports));
        } catch (IllegalArgumentException unusable) {
            return Assumptions.abort(String.valueOf(unusable.getMessage()));
        }
    }

    private static long threadId(RistPump pump) throws Exception {
        var id = new FutureTask<>(() -> Thread.currentThread().threadId());
        pump.pump().execute(id);
        return id.get();
    }

    private long allocated() {
        return THREADS.getCurrentThreadAllocatedBytes()
                + THREADS.getThreadAllocatedBytes(nearThread)
                + THREADS.getThreadAllocatedBytes(farThread);
    }

    private final ByteBuffer sent = ByteBuffer.allocate(1316);
    private final ByteBuffer received = ByteBuffer.allocate(1500);

    private int number;

    private void send(RistSender tx) throws IOException {
        sent.putInt(0, number++);
        tx.send(sent.clear());
        LockSupport.parkNanos(SPACING_NS);
    }

    /** Sends some packets and takes as many; what both ends' threads allocated for that. */
    private long allocatedBy(RistSender tx, RistReceiver rx) throws IOException {
        long before = allocated();
        for (int i = 0; i < PACKETS; i++) {
            send(tx);
            rx.receive(received.clear(), PATIENCE);
        }
        return allocated() - before;
    }

    /** Loses the first copy of every tenth packet. */
    private static final class FirstCopies implements Predicate<byte[]> {
        private int lost = -1;

        @Override
        public boolean test(byte[] datagram) {
            int number = ByteBuffer.wrap(datagram).getInt(12);
            if (number % 10 == 5 && number > lost) {
                lost = number;
                return true;
            }
            return false;
        }
    }
}
