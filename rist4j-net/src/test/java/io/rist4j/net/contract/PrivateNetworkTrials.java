package io.rist4j.net.contract;

import io.rist4j.core.address.Endpoint;
import io.rist4j.net.DatagramPort;
import io.rist4j.net.PortProvider;
import io.rist4j.net.PortRefusals;
import io.rist4j.net.PortSpec;
import io.rist4j.net.PortStats;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;

/**
 * Trials on an interface {@code v0} with the addresses 10.9.0.1, 10.9.0.2, fd09::1 and fd09::2, an
 * MTU of 1400, and a silent neighbour 10.9.0.7. Prints a line for each: its name and {@code ok}, or
 * what went wrong.
 */
final class PrivateNetworkTrials {
    private static final int PORT = 5004;
    private static final Endpoint IPV4_ONE = Endpoint.ipv4(0x0A090001, 0);
    private static final Endpoint IPV4_TWO = Endpoint.ipv4(0x0A090002, 0);
    private static final Endpoint IPV6_ONE = Endpoint.of(0xFD09L << 48, 1, 0, 0);
    private static final Endpoint IPV6_TWO = Endpoint.of(0xFD09L << 48, 2, 0, 0);
    private static final Endpoint SOURCE_GROUP_IPV4 = Endpoint.ipv4(0xE8090001, PORT);
    private static final Endpoint SOURCE_GROUP_IPV6 = Endpoint.of(0xFF3EL << 48, 0x4A01, 0, PORT);
    private static final Endpoint NEIGHBOUR = Endpoint.ipv4(0x0A090007, 5004);

    /** One of them. */
    @FunctionalInterface
    interface Trial {
        void run(PortRig rig) throws IOException;
    }

    private PrivateNetworkTrials() {}

    /**
     * Runs them all.
     *
     * @param args name of the provider's class
     */
    public static void main(String[] args) throws ReflectiveOperationException {
        var constructor = Class.forName(args[0]).getDeclaredConstructor();
        var provider = (PortProvider) constructor.newInstance();
        attempt("ipv4-source", provider, rig -> source(rig, SOURCE_GROUP_IPV4, IPV4_ONE, IPV4_TWO));
        attempt("ipv6-source", provider, rig -> source(rig, SOURCE_GROUP_IPV6, IPV6_ONE, IPV6_TWO));
        attempt("ipv6-group", provider, PrivateNetworkTrials::ipv6Group);
        attempt("loopback-off", provider, PrivateNetworkTrials::loopbackOff);
        attempt("mtu-whole", provider, PrivateNetworkTrials::mtuWhole);
        attempt("mtu-fragments", provider, PrivateNetworkTrials::mtuFragments);
    }

    private static void attempt(String name, PortProvider provider, Trial trial) {
        try (var rig = new PortRig(provider)) {
            trial.run(rig);
            System.out.println(name + ": ok");
        } catch (Exception | AssertionError failed) {
            System.out.println(name + ": " + failed);
        }
    }

    private static PortSpec spec(
            Endpoint local, @Nullable Endpoint source, boolean loop, boolean whole) {
        return new PortSpec(local, "v0", source, 1, loop, true, 1 << 20, 1 << 20, whole);
    }

    private static void source(PortRig rig, Endpoint group, Endpoint wanted, Endpoint other)
            throws IOException {
        var member = rig.open(spec(group, wanted, true, true));
        var from = rig.open(spec(wanted, null, true, true));
        var stranger = rig.open(spec(other, null, true, true));
        for (int i = 0; i < 3; i++) {
            stranger.send(group, 100, 10 + i);
            from.send(group, 100, i);
        }
        rig.awaitReceived(member, 3);
        rig.readAll(member);
        expect(List.of(0, 1, 2), member.seeds(100));
    }

    private static void ipv6Group(PortRig rig) throws IOException {
        // of link scope, so that the interface is part of the address
        Endpoint group = Endpoint.of(0xFF12L << 48, 0x4A01, 0, PORT);
        var first = rig.open(spec(group, null, true, true));
        var second = rig.open(spec(group, null, true, true));
        var sender = rig.open(spec(IPV6_ONE, null, true, true));
        for (int i = 0; i < 20; i++) {
            sender.write(group, 1316, i);
        }
        sender.port.flush();
        rig.awaitReceived(first, 20);
        rig.awaitReceived(second, 20);
        expect(first.seeds(1316), second.seeds(1316));
    }

    private static void loopbackOff(PortRig rig) throws IOException {
        Endpoint group = Endpoint.ipv4(0xEF090001, PORT);
        var member = rig.open(spec(group, null, true, true));
        var silent = rig.open(spec(IPV4_ONE, null, false, true));
        var heard = rig.open(spec(IPV4_TWO, null, true, true));
        silent.send(group, 100, 1);
        heard.send(group, 100, 2);
        rig.awaitReceived(member, 1);
        rig.readAll(member);
        expect(List.of(2), member.seeds(100));
    }

    private static void mtuWhole(PortRig rig) throws IOException {
        DatagramPort port = sendTen(rig, 1390, true);
        expect(0L, port.stats().datagramsSent());
        expect(10L, port.stats().sendErrors());
        expect(10L, port.refusals().datagrams(PortRefusals.Kind.TOO_LARGE));
        expect(1390, port.refusals().lastBytes(PortRefusals.Kind.TOO_LARGE));
        expect(NEIGHBOUR, port.refusals().lastDestination(PortRefusals.Kind.TOO_LARGE));
        expect(10L, sendTen(rig, 1372, true).stats().datagramsSent());
    }

    private static void mtuFragments(PortRig rig) throws IOException {
        PortStats stats = sendTen(rig, 1390, false).stats();
        expect(10L, stats.datagramsSent());
        expect(0L, stats.sendErrors());
        expect(stats.segmentationOffload() ? 1L : 0L, stats.offloadRefusals());
    }

    private static DatagramPort sendTen(PortRig rig, int bytes, boolean whole) throws IOException {
        var from = rig.open(spec(IPV4_ONE, null, true, whole));
        for (int i = 0; i < 10; i++) {
            from.write(NEIGHBOUR, bytes, i);
        }
        from.port.flush();
        return from.port;
    }

    private static void expect(Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError("expected " + expected + " but got " + actual);
        }
    }
}
