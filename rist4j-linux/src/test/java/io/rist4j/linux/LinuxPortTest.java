package io.rist4j.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.address.Endpoint;
import io.rist4j.net.PortSpec;
import io.rist4j.net.SessionClock;
import io.rist4j.net.contract.DatagramPortContract;
import io.rist4j.net.contract.PortRig;
import io.rist4j.net.contract.TooSlowHere;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.ArrayList;

@EnabledOnOs(OS.LINUX)
@ExtendWith(TooSlowHere.class)
class LinuxPortTest extends DatagramPortContract {
    private static final PortSpec SPEC = PortSpec.bind(Endpoint.ipv4(0x7F000001, 0));

    LinuxPortTest() {
        super(new LinuxPortProvider());
    }

    @Test
    void isUsableHere() {
        assertThat(Probe.obstacle()).isEmpty();
    }

    @Test
    void aRunLeavesAndArrivesInOneCall() throws IOException {
        var from = rig().open();
        var to = rig().open();
        for (int i = 0; i < 40; i++) {
            from.write(to, 1328, i);
        }
        from.port.flush();
        rig().awaitReceived(to, 40);
        assertThat(from.port.stats().sendCalls()).isEqualTo(1);
        assertThat(from.port.stats().segmentationOffload()).isTrue();
        assertThat(to.port.stats().receiveOffload()).isTrue();
        assertThat(to.port.stats().receiveCalls()).isLessThan(5);
    }

    @Test
    void destinationsThatTakeTurnsStillShareOneCall() throws IOException {
        var from = rig().open();
        var first = rig().open();
        var second = rig().open();
        for (int i = 0; i < 40; i++) {
            from.write(first, 1328, i);
            from.write(second, 1328, i);
        }
        from.port.flush();
        rig().awaitReceived(first, 40);
        rig().awaitReceived(second, 40);
        assertThat(from.port.stats().sendCalls()).isEqualTo(1);
        assertThat(first.port.stats().receiveCalls()).isLessThan(5);
    }

    @Test
    void manyPortsAreServedLikeFew() throws IOException {
        var to = rig().open();
        var many = new ArrayList<PortRig.RigPort>();
        for (int i = 0; i < SendBatches.MOST + LinuxPortPoller.MANY; i++) {
            many.add(rig().open());
        }
        for (int i = 0; i < many.size(); i++) {
            many.get(i).write(to, 100, i); // more than there are batches: the first leave at once
        }
        assertThat(many.getFirst().port.stats().datagramsSent()).isEqualTo(1);
        assertThat(many.getLast().port.stats().datagramsSent()).isZero();
        for (var port : many) {
            port.port.flush();
        }
        rig().awaitReceived(to, many.size());
        many.removeFirst().port.close();
        for (int i = 0; i < many.size(); i++) {
            to.send(many.get(i), 100, i);
        }
        for (int i = 0; i < many.size(); i++) {
            rig().awaitReceived(many.get(i), 1);
            assertThat(many.get(i).seeds(100)).containsExactly(i);
        }
    }

    @Test
    void ofManyPortsOnlyThoseThatHaveSomethingAreRead() throws IOException {
        var many = new ArrayList<PortRig.RigPort>();
        for (int i = 0; i < 2 * LinuxPortPoller.MANY; i++) {
            many.add(rig().open());
        }
        rig().poller().pause(1);
        rig().readAll(many.getFirst());
        long callsBefore = many.getLast().port.stats().receiveCalls();
        for (int i = 0; i < 10; i++) {
            many.getFirst().send(many.get(1), 100, i);
            rig().awaitReceived(many.get(1), i + 1);
        }
        assertThat(many.getLast().port.stats().receiveCalls()).isLessThanOrEqualTo(callsBefore + 1);
    }

    @Test
    void tellsWhenTheKernelReceivedIt() throws IOException {
        var from = rig().open();
        var to = rig().open();
        from.send(to, 1328, 1);
        long sentNs = rig().clock().nowNs();
        rig().poller().pause(200_000_000);
        rig().awaitReceived(to, 1);
        assertThat(to.port.stats().kernelTimestamps()).isTrue();
        assertThat(to.received.get(0).arrivalNs()).isLessThan(sentNs + 100_000_000);
    }

    /** The wall clock was set by an hour, and the session clock does not know it yet. */
    @ParameterizedTest
    @ValueSource(longs = {-3_600_000_000_000L, 3_600_000_000_000L})
    void keepsArrivalsSaneWhenTheWallClockIsSet(long stepNs) throws IOException {
        var stepped =
                new SessionClock() {
                    @Override
                    public long nowNs() {
                        return rig().clock().nowNs();
                    }

                    @Override
                    public long wallOffsetNs() {
                        return rig().clock().wallOffsetNs() + stepNs;
                    }
                };
        var arrivals = new ArrayList<Long>();
        var to =
                rig().poller()
                        .open(
                                SPEC,
                                stepped,
                                (arrivalNs, from, buffer, at, bytes) -> arrivals.add(arrivalNs));
        var from = rig().open();
        to.receive(10);
        long emptyNs = rig().clock().nowNs();
        from.send(to.localEndpoint(), 1328, 1);
        while (arrivals.isEmpty()) {
            rig().poller().await(1_000_000_000);
            to.receive(10);
        }
        // a stamp may be a little older than the moment that the socket was seen empty
        assertThat(arrivals.get(0)).isBetween(emptyNs - 1_000_000_000L, rig().clock().nowNs());
    }
}
