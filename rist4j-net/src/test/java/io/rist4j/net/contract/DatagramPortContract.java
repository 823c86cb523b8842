package io.rist4j.net.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rist4j.core.address.Endpoint;
import io.rist4j.net.DatagramPort;
import io.rist4j.net.PortProvider;
import io.rist4j.net.PortSpec;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Unicast, batches, waiting and failures of one kind of port. */
@Timeout(180)
@ExtendWith(TooSlowHere.class)
public abstract class DatagramPortContract {
    private static final Endpoint IPV4_LOOPBACK = Endpoint.ipv4(0x7F000001, 0);
    private static final Endpoint IPV6_LOOPBACK = Endpoint.of(0, 1, 0, 0);

    private static final int BULK = 400;

    private final PortProvider provider;
    private PortRig rig;

    /**
     * @param provider the kind of port under test
     */
    protected DatagramPortContract(PortProvider provider) {
        this.provider = provider;
        rig = new PortRig(provider);
    }

    static List<Endpoint> loopbacks() {
        return List.of(IPV4_LOOPBACK, IPV6_LOOPBACK);
    }

    /** The ports under test and what they received. */
    protected final PortRig rig() {
        return rig;
    }

    @BeforeEach
    void openRig() {
        rig.close();
        rig = new PortRig(provider);
    }

    @AfterEach
    void closeRig() {
        rig.close();
    }

    @ParameterizedTest
    @MethodSource("loopbacks")
    void carriesADatagramAndItsSource(Endpoint loopback) throws IOException {
        var from = rig.open(PortSpec.bind(loopback));
        var to = rig.open(PortSpec.bind(loopback));
        from.send(to, 188, 7);
        rig.awaitReceived(to, 1);
        var got = to.received.get(0);
        assertThat(got.from()).isEqualTo(from.port.localEndpoint());
        assertThat(got.bytes()).isEqualTo(PortRig.payload(188, 7));
        assertThat(got.arrivalNs()).isBetween(0L, rig.clock().nowNs());
        assertThat(to.port.localEndpoint().isIpv4()).isEqualTo(loopback.isIpv4());
        assertThat(to.port.localEndpoint().port()).isPositive();
    }

    @Test
    void countsDatagramsThatAreTooLongToBeHandedOver() throws IOException {
        var to = rig.open(PortSpec.bind(Endpoint.ipv4(0x7F000001, 0)));
        var local = to.port.localEndpoint();
        try (var from = new java.net.DatagramSocket()) {
            byte[] bytes = new byte[DatagramPort.MAX_DATAGRAM_BYTES + 1];
            from.send(
                    new java.net.DatagramPacket(
                            bytes,
                            bytes.length,
                            java.net.InetAddress.getLoopbackAddress(),
                            local.port()));
            from.send(
                    new java.net.DatagramPacket(
                            bytes, 3, java.net.InetAddress.getLoopbackAddress(), local.port()));
        }
        rig.awaitReceived(to, 1);

        assertThat(to.port.refusals().oversizedReceived()).isOne();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1316, 1472, 9968, DatagramPort.MAX_DATAGRAM_BYTES})
    void carriesDatagramsOfAnySize(int bytes) throws IOException {
        var from = rig.open();
        var to = rig.open();
        for (int i = 0; i < 5; i++) {
            from.send(to, bytes, i);
        }
        rig.awaitReceived(to, 5);
        for (int i = 0; i < 5; i++) {
            assertThat(to.received.get(i).bytes()).isEqualTo(PortRig.payload(bytes, i));
        }
    }

    @ParameterizedTest
    @MethodSource("loopbacks")
    void keepsOrderAndBoundariesOfABatch(Endpoint loopback) throws IOException {
        var from = rig.open(PortSpec.bind(loopback));
        var to = rig.open(PortSpec.bind(loopback));
        var sizes = new ArrayList<Integer>();
        for (int i = 0; i < BULK; i++) {
            // runs of equal sizes with shorter and longer ends, and some singles between
            sizes.add(i % 50 == 49 ? 700 : i % 70 == 0 ? 1400 : i % 97 == 0 ? 0 : 1328);
        }
        for (int i = 0; i < BULK; i++) {
            from.write(to, sizes.get(i), i);
        }
        from.port.flush();
        rig.awaitReceived(to, BULK);
        for (int i = 0; i < BULK; i++) {
            assertThat(to.received.get(i).bytes()).isEqualTo(PortRig.payload(sizes.get(i), i));
        }
        var stats = from.port.stats();
        assertThat(stats.datagramsSent()).isEqualTo(BULK);
        assertThat(stats.bytesSent()).isEqualTo(sizes.stream().mapToInt(Integer::intValue).sum());
        assertThat(to.port.stats().datagramsReceived()).isEqualTo(BULK);
        assertThat(to.port.stats().bytesReceived()).isEqualTo(stats.bytesSent());
    }

    @Test
    void keepsDestinationsOfABatchApart() throws IOException {
        var from = rig.open();
        var first = rig.open();
        var second = rig.open();
        for (int i = 0; i < 100; i++) {
            from.write(i % 3 == 0 ? first : second, 1328, i);
        }
        from.port.flush();
        rig.awaitReceived(first, 34);
        rig.awaitReceived(second, 66);
        var expected = new ArrayList<Integer>();
        for (int i = 0; i < 100; i += 3) {
            expected.add(i);
        }
        assertThat(first.seeds(1328)).isEqualTo(expected);
    }

    @Test
    void givesTheSameObjectForTheSameSource() throws IOException {
        var first = rig.open();
        var second = rig.open();
        var to = rig.open();
        for (int i = 0; i < 20; i++) {
            first.send(to, 100, i);
            second.send(to, 100, i);
            rig.awaitReceived(to, 2 * (i + 1));
        }
        var objects = new IdentityHashMap<Endpoint, Boolean>();
        to.received.forEach(got -> objects.put(got.from(), true));
        assertThat(objects).hasSize(2);
    }

    @Test
    void receivesIpv4OnADualStackSocket() throws IOException {
        var dual = rig.open(PortSpec.bind(Endpoint.of(0, 0, 0, 0)));
        var ipv4 = rig.open();
        var target = IPV4_LOOPBACK.withPort(dual.port.localEndpoint().port());
        ipv4.send(target, 1328, 1);
        rig.awaitReceived(dual, 1);
        assertThat(dual.received.get(0).from()).isEqualTo(ipv4.port.localEndpoint());
        for (int i = 0; i < 10; i++) {
            dual.write(ipv4.port.localEndpoint(), 1328, i);
        }
        dual.port.flush();
        rig.awaitReceived(ipv4, 10);
        assertThat(ipv4.received.get(9).bytes()).isEqualTo(PortRig.payload(1328, 9));
    }

    @Test
    void forgetsAClaimThatIsNotCommitted() throws IOException {
        var from = rig.open();
        var to = rig.open();
        from.port.claim(to.port.localEndpoint(), 1000);
        from.write(to, 500, 3);
        from.port.claim(to.port.localEndpoint(), 1000);
        from.port.flush();
        rig.awaitReceived(to, 1);
        assertThat(to.received.get(0).bytes()).isEqualTo(PortRig.payload(500, 3));
        assertThat(from.port.stats().datagramsSent()).isEqualTo(1);
    }

    @Test
    void countsWhatTheKernelRefuses() throws IOException {
        var from = rig.open();
        var to = rig.open();
        from.write(to, 100, 0);
        from.write(Endpoint.of(0x2001_0DB8L << 32, 1, 0, 5000), 100, 1); // IPv6 from an IPv4 socket
        from.write(to, 100, 2);
        from.port.flush();
        rig.awaitReceived(to, 2);
        assertThat(to.seeds(100)).containsExactly(0, 2);
        assertThat(from.port.stats().sendErrors()).isEqualTo(1);
        assertThat(from.port.stats().datagramsSent()).isEqualTo(2);
    }

    @Test
    void goesOnWhenNobodyListens() throws IOException {
        var from = rig.open();
        var gone = rig.open();
        var target = gone.port.localEndpoint();
        gone.port.close();
        for (int i = 0; i < 20; i++) {
            from.write(target, 1328, i);
            from.port.flush();
            from.port.receive(10);
        }
        var to = rig.open();
        from.send(to, 1328, 5);
        rig.awaitReceived(to, 1);
        to.send(from, 1328, 6);
        rig.awaitReceived(from, 1);
        assertThat(from.port.stats().datagramsSent()).isEqualTo(21);
        assertThat(from.port.stats().sendErrors()).isZero();
    }

    @Test
    void losesWhatOverflowsTheSocketAndGoesOn() throws IOException {
        var small = new PortSpec(IPV4_LOOPBACK, null, null, -1, false, false, 8192, 1 << 20, true);
        var from = rig.open();
        var to = rig.open(small);
        for (int i = 0; i < 500; i++) {
            from.write(to, 1328, i);
            from.port.flush(); // one by one, so that the kernel does not merge them
        }
        rig.readAll(to);
        int kept = to.received.size();
        assertThat(kept).isBetween(1, 499);
        from.send(to, 100, 9);
        rig.awaitReceived(to, kept + 1);
        assertThat(to.received.get(kept).bytes()).isEqualTo(PortRig.payload(100, 9));
        if (to.port.stats().kernelTimestamps()) {
            assertThat(to.port.stats().receiveOverflows()).isEqualTo(500 - kept);
        }
    }

    @Test
    void handsOverNothingLargerThanADatagramMayBe() throws IOException {
        var to = rig.open();
        try (var plain = new java.net.DatagramSocket()) {
            var target =
                    new java.net.InetSocketAddress(
                            java.net.InetAddress.getByAddress(
                                    to.port.localEndpoint().addressBytes()),
                            to.port.localEndpoint().port());
            plain.send(new java.net.DatagramPacket(new byte[60_000], 60_000, target));
            plain.send(new java.net.DatagramPacket(new byte[3], 3, target));
        }
        rig.awaitReceived(to, 1);
        assertThat(to.received.get(0).bytes()).hasSize(3);
    }

    @Test
    void saysWhichPortIsInUse() throws IOException {
        var taken = rig.open().port.localEndpoint();
        assertThatThrownBy(() -> rig.open(PortSpec.bind(taken)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("127.0.0.1:" + taken.port())
                .hasMessageContaining("in use");
    }

    @Test
    void saysWhichAddressIsNotOurs() {
        assertThatThrownBy(() -> rig.open(PortSpec.bind(Endpoint.ipv4(0xC0000201, 5000))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("192.0.2.1:5000");
    }

    @Test
    void reportsTheBuffersThatItGot() throws IOException {
        var stats = rig.open().port.stats();
        assertThat(stats.receiveBufferBytes()).isGreaterThan(4096);
        assertThat(stats.sendBufferBytes()).isGreaterThan(4096);
        assertThat(stats.implementation()).isEqualTo(provider.name());
    }

    @Test
    void readsNoMoreThanItIsAsked() throws IOException {
        var from = rig.open();
        var to = rig.open();
        for (int i = 0; i < 300; i++) {
            from.write(to, 200 + (i & 1), i); // sizes differ, so that nothing is merged
        }
        from.port.flush();
        rig.poller().await(1_000_000_000L);
        int first = to.port.receive(10);
        assertThat(first).isBetween(10, 200);
        assertThat(to.received).hasSize(first);
        rig.awaitReceived(to, 300);
    }

    @Test
    void anArrivalEndsAwait() throws Exception {
        var from = rig.open();
        var to = rig.open();
        var entered = new CountDownLatch(1);
        var sender =
                Thread.ofPlatform()
                        .start(() -> {
                            entered.countDown();
                            from.send(to, 100, 1);
                        });
        entered.await();
        while (to.received.isEmpty()) {
            rig.poller().await(Long.MAX_VALUE);
            to.port.receive(10);
        }
        sender.join();
    }

    @Test
    void aWakeUpEndsAwaitAndPause() throws Exception {
        rig.open();
        long hourNs = 3_600_000_000_000L;
        List<Runnable> waits =
                List.of(
                        () -> rig.poller().await(Long.MAX_VALUE),
                        () -> rig.poller().await(hourNs),
                        () -> rig.poller().await(900_000),
                        () -> rig.poller().pause(hourNs));
        for (Runnable wait : waits) {
            var waker = Thread.ofPlatform().start(rig.poller()::wakeUp);
            wait.run();
            waker.join();
            rig.poller().await(0); // takes the wake-up that came too late for a short wait
        }
        for (Runnable wait : waits) {
            rig.poller().wakeUp(); // before the wait: ends the next
            wait.run();
        }
    }

    @Test
    void anArrivalDoesNotEndAPause() throws IOException {
        var from = rig.open();
        var to = rig.open();
        from.send(to, 100, 1);
        long beforeNs = rig.clock().nowNs();
        rig.poller().pause(20_000_000);
        assertThat(rig.clock().nowNs() - beforeNs).isGreaterThanOrEqualTo(20_000_000);
        assertThat(to.port.receive(10)).isEqualTo(1);
    }

    @Test
    void waitsAsLongAsAsked() throws IOException {
        rig.open();
        for (long waitNs : new long[] {300_000, 1_000_000, 2_700_000}) {
            long endNs = rig.clock().nowNs() + waitNs;
            int waits = 0;
            for (long leftNs = waitNs; leftNs > 0; leftNs = endNs - rig.clock().nowNs()) {
                rig.poller().await(leftNs);
                waits++;
            }
            assertThat(waits).isLessThan(5);
        }
    }

    /** However the poller waits; a short pause stands for a longer one. */
    @Test
    void allocatesNothingPerDatagram() throws IOException {
        var spec = PortSpec.bind(IPV4_LOOPBACK);
        var received = new AtomicInteger();
        DatagramPort from =
                rig.poller().open(spec, rig.clock(), (arrivalNs, f, buffer, at, bytes) -> {});
        DatagramPort to =
                rig.poller()
                        .open(
                                spec,
                                rig.clock(),
                                (arrivalNs, f, buffer, at, bytes) -> received.getAndIncrement());
        Endpoint target = to.localEndpoint();
        long thread = Thread.currentThread().threadId();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 400 && least > 0; round++) {
            long before = AllocationMeter.allocatedBy(thread);
            for (int i = 0; i < 300; i++) {
                for (int k = 0; k < 3; k++) {
                    int at = from.claim(target, 1328);
                    from.sendBuffer().putInt(at, i);
                    from.commit(1328 - (k >> 1));
                }
                from.flush();
                if ((i & 1) == 0) {
                    rig.poller().await(0);
                } else {
                    rig.poller().pause(1);
                }
                to.receive(100);
            }
            least = Math.min(least, AllocationMeter.allocatedBy(thread) - before);
        }
        assertThat(received.get()).isPositive();
        assertThat(least).isZero();
    }

    @Test
    void closesPortsWhileOthersGoOn() throws IOException {
        var from = rig.open();
        var closed = rig.open();
        var to = rig.open();
        from.send(closed, 100, 1);
        closed.port.close();
        closed.port.close();
        closed.port.flush();
        assertThat(closed.port.receive(10)).isZero();
        from.send(to, 100, 2);
        rig.awaitReceived(to, 1);
        assertThat(closed.received).isEmpty();
    }

    @Test
    void mayBeClosedByItsHandler() throws IOException {
        var from = rig.open();
        var to = rig.open();
        to.onDatagram = () -> to.port.close();
        for (int i = 0; i < 20; i++) {
            from.write(to, 100, i);
        }
        from.port.flush();
        rig.awaitReceived(to, 1);
        assertThat(to.port.receive(10)).isZero();
    }
}
