package io.rist4j.linux;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.time.SessionTime;
import io.rist4j.net.DatagramHandler;
import io.rist4j.net.DatagramPort;
import io.rist4j.net.PortSpec;
import io.rist4j.net.SessionClock;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;

/** Tries once whether the port works in this process. */
final class Probe {
    /** Machines that share the layouts and numbers used here. */
    private static final Set<String> ARCHITECTURES = Set.of("amd64", "aarch64", "riscv64");

    private static final long PATIENCE_NS = SessionTime.SECOND;

    private Probe() {}

    private static final class Once {
        static final String OBSTACLE = find();
    }

    /** Why it does not work, empty when it does. */
    static String obstacle() {
        return Once.OBSTACLE;
    }

    private static String find() {
        if (!System.getProperty("os.name").equals("Linux")
                || !ARCHITECTURES.contains(System.getProperty("os.arch"))
                || ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
            return "it needs Linux on amd64, aarch64 or riscv64";
        }
        if (!Probe.class.getModule().isNativeAccessEnabled()) {
            return "it needs --enable-native-access="
                    + (Probe.class.getModule().isNamed()
                            ? Probe.class.getModule().getName()
                            : "ALL-UNNAMED");
        }
        try {
            return trial();
        } catch (IOException | RuntimeException | LinkageError refused) {
            return "its trial failed: " + refused;
        }
    }

    /** Sends runs through the loopback interface and looks at what comes back. */
    private static String trial() throws IOException {
        var clock = new TrialClock();
        var seen = new Seen(clock);
        try (var poller = new LinuxPortPoller()) {
            var spec = PortSpec.bind(Endpoint.ipv4(0x7F000001, 0));
            DatagramPort from = poller.open(spec, clock, (arrivalNs, f, b, at, bytes) -> {});
            DatagramPort to = poller.open(spec, clock, seen);
            for (int length : Seen.LENGTHS) {
                int at = from.claim(to.localEndpoint(), length);
                for (int i = 0; i < length; i++) {
                    from.sendBuffer().put(at + i, (byte) (length + i));
                }
                from.commit(length);
            }
            from.flush();
            long endNs = clock.nowNs() + PATIENCE_NS;
            while (seen.count < Seen.LENGTHS.length && clock.nowNs() < endNs) {
                poller.await(endNs - clock.nowNs());
                to.receive(Seen.LENGTHS.length);
            }
            if (seen.count < Seen.LENGTHS.length) {
                return "its trial received " + seen.count + " of " + Seen.LENGTHS.length;
            }
        }
        return seen.wrong ? "its trial received something else than it sent" : "";
    }

    /** Checks what arrives. */
    private static final class Seen implements DatagramHandler {
        static final int[] LENGTHS = {500, 500, 500, 200, 900};
        private final SessionClock clock;
        int count;
        boolean wrong;

        Seen(SessionClock clock) {
            this.clock = clock;
        }

        @Override
        public void onDatagram(
                long arrivalNs, Endpoint from, ByteBuffer buffer, int at, int bytes) {
            int expected = LENGTHS[Math.min(count++, LENGTHS.length - 1)];
            wrong |= bytes != expected || arrivalNs > clock.nowNs();
            for (int i = 0; i < bytes; i++) {
                wrong |= buffer.get(at + i) != (byte) (expected + i);
            }
        }
    }

    /** Enough of a clock for a trial. */
    private static final class TrialClock implements SessionClock {
        private final long originNs = System.nanoTime();

        @Override
        public long nowNs() {
            return System.nanoTime() - originNs;
        }

        @Override
        public long wallOffsetNs() {
            return System.currentTimeMillis() * 1_000_000 - nowNs();
        }
    }
}
