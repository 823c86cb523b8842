package io.rist4j.linux;

import io.rist4j.core.time.Wake;
import io.rist4j.net.Pump;
import io.rist4j.net.PumpConfig;
import io.rist4j.net.PumpTask;
import io.rist4j.net.contract.AllocationMeter;
import io.rist4j.net.tun.IpPrefix;
import io.rist4j.net.tun.PacketHandler;
import io.rist4j.net.tun.TunDevice;
import io.rist4j.net.tun.TunSpec;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Trials of network devices, in a network where {@code v0} is a device of another kind and {@code
 * rist9} an unused one with an MTU of 1350. Prints a line for each: its name and {@code ok}, or
 * what went wrong.
 */
final class TunTrials {
    private static final TunSpec SPEC =
            TunSpec.of("rist0")
                    .withMtu(1400)
                    .withAddress(IpPrefix.parse("10.9.0.1/24"))
                    .withAddress(IpPrefix.parse("fd09::1/64"));

    private static final PacketHandler IGNORE = (arrivalNs, buffer, at, bytes) -> {};

    /** One of them. */
    @FunctionalInterface
    interface Trial {
        void run(Pump pump) throws Exception;
    }

    private TunTrials() {}

    /**
     * Runs them all, or those for a process without privileges.
     *
     * @param args anything for the latter
     */
    public static void main(String[] args) {
        if (args.length > 0) {
            attempt("unprivileged", TunTrials::unprivileged);
            return;
        }
        attempt("ipv4-echo", pump -> echo(pump, Ping.ipv4()));
        attempt("ipv6-echo", pump -> echo(pump, Ping.ipv6()));
        attempt("setup", TunTrials::setup);
        attempt("numbered", TunTrials::numbered);
        attempt("taken-over", TunTrials::takenOver);
        attempt("in-use", TunTrials::inUse);
        attempt("closed", TunTrials::closed);
        attempt("removed", TunTrials::removed);
        attempt("refused", TunTrials::refused);
        attempt("allocation", TunTrials::allocation);
    }

    private static void attempt(String name, Trial trial) {
        try (Pump pump = Pump.start(PumpConfig.defaults().withProvider("linux"))) {
            trial.run(pump);
            System.out.println(name + ": ok");
        } catch (Exception | AssertionError failed) {
            System.out.println(name + ": " + failed);
        }
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(10, TimeUnit.SECONDS);
    }

    private static void expect(Object expected, @Nullable Object actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError("expected " + expected + " but got " + actual);
        }
    }

    private static void echo(Pump pump, Ping ping) throws Exception {
        var answered = new CompletableFuture<Boolean>();
        TunDevice device =
                pump.open(
                        SPEC,
                        (arrivalNs, buffer, at, bytes) -> {
                            if (ping.isAnswer(buffer, at, bytes)) {
                                answered.complete(arrivalNs <= pump.clock().nowNs());
                            }
                        });
        long sent = 0;
        do { // the kernel serves an address of IPv6 only some moments after it was given
            expect(true, sent++ < 100);
            var taken = new CompletableFuture<Boolean>();
            pump.execute(() -> taken.complete(ping.writeTo(device)));
            expect(true, get(taken));
        } while (!isDoneWithin(answered, 100));
        expect(true, get(answered));
        expect(sent, device.stats().packetsWritten());
        expect(sent * ping.bytes(), device.stats().bytesWritten());
    }

    private static boolean isDoneWithin(CompletableFuture<?> future, long ms) throws Exception {
        try {
            future.get(ms, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    private static void setup(Pump pump) throws Exception {
        TunDevice device = pump.open(SPEC, IGNORE);
        NetworkInterface seen = NetworkInterface.getByName("rist0");
        expect("rist0", device.name());
        expect(1400, device.mtu());
        expect(1400, seen.getMTU());
        expect(true, seen.isUp());
        var addresses = seen.getInterfaceAddresses();
        expect(
                true,
                addresses.stream()
                        .anyMatch(a ->
                                a.getAddress().getHostAddress().equals("10.9.0.1")
                                        && a.getNetworkPrefixLength() == 24));
        expect(
                true,
                addresses.stream()
                        .anyMatch(a ->
                                a.getAddress().getHostAddress().startsWith("fd09:0:0:")
                                        && a.getNetworkPrefixLength() == 64));
    }

    private static void numbered(Pump pump) throws Exception {
        expect("tap0", pump.open(TunSpec.of("tap%d"), IGNORE).name());
        expect("tap1", pump.open(TunSpec.of("tap%d"), IGNORE).name());
    }

    private static void takenOver(Pump pump) throws Exception {
        TunDevice device = pump.open(TunSpec.of("rist9"), IGNORE);
        expect(1350, device.mtu());
        close(pump, device);
        expect(true, exists("rist9"));
    }

    private static void inUse(Pump pump) throws Exception {
        pump.open(SPEC, IGNORE);
        refusal(pump, "rist0", "cannot open network device rist0: another process uses it");
        refusal(
                pump,
                "v0",
                "cannot open network device v0: a device of another kind has this name");
    }

    private static void refusal(Pump pump, String name, String message) throws Exception {
        try {
            pump.open(TunSpec.of(name), IGNORE);
        } catch (IOException refused) {
            expect(message, refused.getMessage());
            return;
        }
        throw new AssertionError("opened " + name);
    }

    private static void close(Pump pump, TunDevice device) throws Exception {
        var done = new CompletableFuture<Boolean>();
        pump.execute(() -> {
            device.close();
            done.complete(device.write(ByteBuffer.allocate(20), 0, 20));
        });
        expect(false, get(done));
    }

    /** Java sees only devices with addresses. */
    private static boolean exists(String name) throws Exception {
        return ip("link", "show", name);
    }

    private static boolean ip(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).start().waitFor() == 0;
    }

    private static void closed(Pump pump) throws Exception {
        close(pump, pump.open(SPEC, IGNORE));
        expect(false, exists("rist0"));
    }

    private static void removed(Pump pump) throws Exception {
        var failure = new CompletableFuture<Throwable>();
        var task =
                new PumpTask() {
                    @Override
                    public void wakes(Wake wake) {
                        wake.at(Long.MAX_VALUE, "test");
                    }

                    @Override
                    public void onDeadline(long nowNs) {}

                    @Override
                    public void onFailure(Throwable cause) {
                        failure.complete(cause);
                    }
                };
        pump.add(task);
        pump.open(SPEC, IGNORE, task);
        expect(true, ip("link", "del", "rist0"));
        expect(
                "java.io.IOException: network device rist0 was removed",
                String.valueOf(get(failure).getCause()));
    }

    private static void refused(Pump pump) throws Exception {
        TunDevice device = pump.open(SPEC, IGNORE);
        var taken = new CompletableFuture<Boolean>();
        pump.execute(() ->
                taken.complete(
                        device.write(ByteBuffer.allocate(20), 0, 20) // no IP version
                                || device.write(ByteBuffer.allocate(70_000), 0, 70_000)
                                || device.write(ByteBuffer.allocate(20), 0, 0)));
        expect(false, get(taken));
        expect(3L, device.stats().writeErrors());
    }

    /** Pings that answer each other, on the pump's thread; the least of many rounds counts. */
    private static void allocation(Pump pump) throws Exception {
        var meter = new PingPong(Ping.ipv4(), 1_000, 50);
        TunDevice device = pump.open(SPEC, meter);
        pump.execute(() -> meter.start(device));
        expect(0L, get(meter.least));
    }

    /** Sends the next ping when the last was answered. */
    private static final class PingPong implements PacketHandler {
        final CompletableFuture<Long> least = new CompletableFuture<>();
        private final Ping ping;
        private final int perRound;
        private final int rounds;
        private @Nullable TunDevice device;
        private int answers;
        private long roundBegan;
        private long leastBytes = Long.MAX_VALUE;

        PingPong(Ping ping, int perRound, int rounds) {
            this.ping = ping;
            this.perRound = perRound;
            this.rounds = rounds;
        }

        void start(TunDevice to) {
            device = to;
            ping.writeTo(to);
        }

        @Override
        public void onPacket(long arrivalNs, ByteBuffer buffer, int at, int bytes) {
            TunDevice to = device;
            if (to == null || !ping.isAnswer(buffer, at, bytes)) {
                return;
            }
            if (++answers % perRound == 0) {
                long now = AllocationMeter.allocatedBy(Thread.currentThread().threadId());
                if (answers > perRound) {
                    leastBytes = Math.min(leastBytes, now - roundBegan);
                }
                if (answers == perRound * rounds) {
                    least.complete(leastBytes);
                    return;
                }
                roundBegan = AllocationMeter.allocatedBy(Thread.currentThread().threadId());
            }
            ping.writeTo(to);
        }
    }

    private static void unprivileged(Pump pump) throws Exception {
        refusal(pump, "rist0", "cannot open network device rist0: it needs root or CAP_NET_ADMIN");
    }
}
