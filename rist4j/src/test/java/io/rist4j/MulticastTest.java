package io.rist4j;

import static io.rist4j.Await.PATIENCE;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.Objects.requireNonNull;

import io.rist4j.net.PumpConfig;
import io.rist4j.net.contract.TooSlowHere;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Sessions over groups within this host, on each kind of port. */
@ParameterizedClass
@ValueSource(strings = {"nio", "linux"})
@Timeout(180)
@ExtendWith(TooSlowHere.class)
class MulticastTest {
    private static final String HERE = "?miface=127.0.0.1&multicast-loopback=1&buffer=800";
    private static final List<Integer> ALL = IntStream.range(0, 1_000).boxed().toList();

    /** Behind them, so that the end of what is judged shows as a gap when it is lost. */
    private static final List<Integer> MORE = IntStream.range(1_000, 1_100).boxed().toList();

    @Parameter String ports = "";

    private RistPump pump = RistPump.start();
    private int groups;

    @BeforeEach
    void startPump() throws IOException {
        pump.close();
        Assumptions.assumeTrue(
                NetworkInterface.networkInterfaces().anyMatch(MulticastTest::isLoopback),
                "no loopback interface");
        try {
            pump = RistPump.start(PumpConfig.defaults().withProvider(ports));
        } catch (IllegalArgumentException unusable) {
            Assumptions.abort(String.valueOf(unusable.getMessage()));
        }
    }

    private static boolean isLoopback(NetworkInterface candidate) {
        try {
            return candidate.isUp() && candidate.isLoopback();
        } catch (IOException unknown) {
            return false;
        }
    }

    @AfterEach
    void stopPump() {
        pump.close();
    }

    /** A group and a port that nobody else uses. */
    private InetSocketAddress freshGroup() throws IOException {
        return new InetSocketAddress("239.255.75." + ++groups, FreePorts.evenPort());
    }

    private static String url(String listens, InetSocketAddress group) {
        return "rist://" + listens + group.getHostString() + ":" + group.getPort() + HERE;
    }

    private RistReceiver listen(InetSocketAddress... groups) throws IOException {
        var builder = RistReceiver.builder().pump(pump);
        for (InetSocketAddress group : groups) {
            builder.path(url("@", group));
        }
        return builder.open();
    }

    private RistSender dial(InetSocketAddress... groups) throws IOException {
        var builder = RistSender.builder().pump(pump);
        for (InetSocketAddress group : groups) {
            builder.path(url("", group));
        }
        return builder.open();
    }

    private static void send(RistSender tx, List<Integer> numbers) throws IOException {
        for (int number : numbers) {
            tx.send(ByteBuffer.allocate(1316).putInt(0, number));
        }
    }

    private static List<Integer> take(RistReceiver rx) throws IOException {
        var numbers = new ArrayList<Integer>();
        while (numbers.size() < ALL.size()) {
            numbers.add(requireNonNull(rx.receiveBlock(PATIENCE)).payload().getInt());
        }
        return numbers;
    }

    @Test
    void twoReceiversOfOneGroupGetEverything() throws Exception {
        InetSocketAddress group = freshGroup();
        try (RistReceiver one = listen(group);
                RistReceiver other = listen(group);
                RistSender tx = dial(group)) {
            tx.awaitConnected(PATIENCE);
            one.awaitConnected(PATIENCE);
            other.awaitConnected(PATIENCE);

            send(tx, ALL);

            assertThat(take(one)).isEqualTo(ALL);
            assertThat(take(other)).isEqualTo(ALL);
            assertThat(tx.stats().sentPackets()).isEqualTo(ALL.size());
        }
    }

    @Test
    void receiversOnLossyBranchesOfATreeGetEverything() throws Exception {
        InetSocketAddress trunk = freshGroup();
        InetSocketAddress here = freshGroup();
        InetSocketAddress there = freshGroup();
        try (LossyBranch toOne = new LossyBranch(trunk, here, 10, 1);
                LossyBranch toOther = new LossyBranch(trunk, there, 20, 2);
                RistReceiver one = listen(here);
                RistReceiver other = listen(there);
                RistSender tx = dial(trunk)) {
            one.awaitConnected(PATIENCE);
            other.awaitConnected(PATIENCE);

            send(tx, ALL);
            send(tx, MORE);

            assertThat(take(one)).isEqualTo(ALL);
            assertThat(take(other)).isEqualTo(ALL);
            assertThat(toOne.lost()).isPositive();
            assertThat(toOther.lost()).isPositive();
            assertThat(one.stats().recoveredPackets()).isPositive();
            assertThat(other.stats().recoveredPackets()).isPositive();
        }
    }

    @Test
    void twoGroupsCarryOneStreamWhenOneOfThemDies() throws Exception {
        InetSocketAddress firstTrunk = freshGroup();
        InetSocketAddress first = freshGroup();
        InetSocketAddress secondTrunk = freshGroup();
        InetSocketAddress second = freshGroup();
        try (LossyBranch dying = new LossyBranch(firstTrunk, first, 20, 3);
                LossyBranch lasting = new LossyBranch(secondTrunk, second, 20, 4);
                RistReceiver rx = listen(first, second);
                RistSender tx = dial(firstTrunk, secondTrunk)) {
            rx.awaitConnected(PATIENCE);

            send(tx, ALL.subList(0, 500));
            dying.cut();
            send(tx, ALL.subList(500, 1_000));
            send(tx, MORE);

            assertThat(take(rx)).isEqualTo(ALL);
            assertThat(lasting.lost()).isPositive();
        }
    }
}
