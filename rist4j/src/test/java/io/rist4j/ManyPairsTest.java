package io.rist4j;

import static io.rist4j.Await.PATIENCE;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.net.contract.TooSlowHere;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What many sessions in one process take. */
@Timeout(180)
@ExtendWith(TooSlowHere.class)
class ManyPairsTest {
    private static final int PAIRS = 200;
    private static final int PACKETS = 10;
    private static final long MOST_HEAP_BYTES = 100L << 20;

    private static long heapBytes() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            least = Math.min(least, used);
        }
        return least;
    }

    @Test
    void twoHundredPairsWithDefaultsFitIntoAHundredMebibytes() throws Exception {
        long before = heapBytes();
        var handles = new ArrayList<RistHandle>();
        var senders = new ArrayList<RistSender>();
        var receivers = new ArrayList<RistReceiver>();
        try {
            for (int i = 0; i < PAIRS; i++) {
                RistReceiver rx = RistReceiver.listen("rist://@127.0.0.1:0");
                handles.add(rx);
                receivers.add(rx);
                RistSender tx = RistSender.dial("rist://127.0.0.1:" + rx.localAddress().getPort());
                handles.add(tx);
                senders.add(tx);
            }
            for (RistSender tx : senders) {
                tx.awaitConnected(PATIENCE);
            }
            ByteBuffer payload = ByteBuffer.allocate(RistSender.STREAM_PAYLOAD_BYTES);
            for (int k = 0; k < PACKETS; k++) {
                for (RistSender tx : senders) {
                    tx.send(payload.clear());
                }
            }
            List<Long> got = new ArrayList<>();
            for (RistReceiver rx : receivers) {
                ByteBuffer packet = ByteBuffer.allocate(RistReceiver.MAX_PAYLOAD_BYTES);
                long packets = 0;
                while (packets < PACKETS && rx.receive(packet.clear(), PATIENCE) >= 0) {
                    packets++;
                }
                got.add(packets);
            }

            assertThat(got).containsOnly((long) PACKETS);
            assertThat(heapBytes() - before).isLessThan(MOST_HEAP_BYTES);
        } finally {
            handles.forEach(RistHandle::abort);
        }
    }
}
