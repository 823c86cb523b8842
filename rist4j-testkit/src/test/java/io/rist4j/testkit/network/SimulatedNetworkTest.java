package io.rist4j.testkit.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.time.SessionTime;
import io.rist4j.testkit.GoldenFile;
import io.rist4j.testkit.link.LinkConfig;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

final class SimulatedNetworkTest {
    private static final Endpoint A = Endpoint.ipv4(0x0A000001, 5000);
    private static final Endpoint B = Endpoint.ipv4(0x0A000002, 6000);

    @Test
    void carriesADatagramFromOneSocketToTheOtherAfterTheDelay() {
        var clock = new VirtualClock(0);
        var network = new SimulatedNetwork(clock, 1);
        network.connect(A, B, LinkConfig.clean().delay(Duration.ofMillis(3)), LinkConfig.clean());
        network.send(A.withPort(7), B.withPort(9), bytes("hello"), 1, 4);

        assertThat(network.nextArrivalNs()).isEqualTo(3_000_000);
        clock.advanceTo(3_000_000);
        var seen = new StringBuilder();
        network.deliverDue((arrivalNs, from, to, buffer, at, length) ->
                seen.append(arrivalNs)
                        .append(' ')
                        .append(from)
                        .append(' ')
                        .append(to)
                        .append(' ')
                        .append(text(buffer, at, length)));
        assertThat(seen).hasToString("3000000 10.0.0.1:7 10.0.0.2:9 ello");
        assertThat(network.nextArrivalNs()).isEqualTo(SessionTime.NEVER);
    }

    @Test
    void deliversWhatAHandlerSendsAtOnceInTheSameRound() {
        var network = new SimulatedNetwork(new VirtualClock(0), 1);
        network.connect(A, B, LinkConfig.clean(), LinkConfig.clean());
        network.send(A, B, bytes("ping"), 0, 4);
        var seen = new StringBuilder();

        network.deliverDue((arrivalNs, from, to, buffer, at, length) -> {
            seen.append(text(buffer, at, length)).append(' ');
            if (to.equals(B)) {
                network.send(B, A, bytes("pong"), 0, 4);
            }
        });

        assertThat(seen).hasToString("ping pong ");
    }

    @Test
    void countsWhatNoLinkCarries() {
        var network = new SimulatedNetwork(new VirtualClock(0), 1);

        assertThat(network.send(A, B, bytes("lost"), 0, 4)).isFalse();
        assertThat(network.unroutable()).isEqualTo(1);
    }

    @Test
    void refusesASecondLinkBetweenTheSameAddresses() {
        var network = new SimulatedNetwork(new VirtualClock(0), 1);
        network.connect(A, B, LinkConfig.clean(), LinkConfig.clean());

        assertThatThrownBy(() ->
                        network.connect(B.withPort(1), A, LinkConfig.clean(), LinkConfig.clean()))
                .hasMessageContaining("are joined already");
    }

    /** The file was written once; every machine must write the same again. */
    @Test
    void writesTheSameTraceOnEveryMachine() throws IOException {
        GoldenFile.check(SimulatedNetworkTest.class, "network-trace.txt", trace());
    }

    private static String trace() {
        var bad =
                LinkConfig.clean()
                        .burstLoss(0.2, 3)
                        .delay(Duration.ofMillis(10))
                        .jitter(Duration.ofMillis(7), true)
                        .duplication(0.1)
                        .reordering(0.1, Duration.ofMillis(20))
                        .rate(2_000_000, Duration.ofMillis(8))
                        .outage(Duration.ofMillis(30), Duration.ofMillis(35));
        var clock = new VirtualClock(0);
        var network = new SimulatedNetwork(clock, 42);
        network.connect(A, B, bad, bad);
        var text = new StringBuilder();
        network.setTap(
                new NetworkTap() {
                    @Override
                    public void onSent(
                            long nowNs, Route route, ByteBuffer b, int at, int bytes, int copies) {
                        line(nowNs, route, "sent", b.get(at), bytes)
                                .append(" copies ")
                                .append(copies);
                        text.append('\n');
                    }

                    @Override
                    public void onArrived(
                            long nowNs, Route route, ByteBuffer b, int at, int bytes) {
                        line(nowNs, route, "arrived", b.get(at), bytes).append('\n');
                    }

                    private StringBuilder line(
                            long nowNs, Route route, String what, int number, int bytes) {
                        return text.append(nowNs)
                                .append(route.forward() ? " > " : " < ")
                                .append(what)
                                .append(' ')
                                .append(number)
                                .append(" of ")
                                .append(bytes);
                    }
                });
        var datagram = ByteBuffer.allocate(1_000);
        for (int i = 0; i < 60; i++) {
            clock.advanceTo(i * 1_000_000L);
            datagram.put(0, (byte) i);
            network.send(A, B, datagram, 0, 100 + (i * 37) % 900);
            network.deliverDue((arrivalNs, from, to, buffer, at, length) -> {
                if (to.equals(B)) {
                    network.send(B, A, buffer, at, 40);
                }
            });
        }
        while (network.nextArrivalNs() != SessionTime.NEVER) {
            clock.advanceTo(network.nextArrivalNs());
            network.deliverDue((arrivalNs, from, to, buffer, at, length) -> {});
        }
        return text.toString();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String text(ByteBuffer buffer, int at, int length) {
        byte[] copy = new byte[length];
        buffer.get(at, copy);
        return new String(copy, StandardCharsets.US_ASCII);
    }
}
