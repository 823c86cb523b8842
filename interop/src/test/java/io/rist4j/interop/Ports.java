package io.rist4j.interop;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** UDP ports for processes: free ones, and whether a process has taken one. */
final class Ports {
    private static final int LOWEST = 20_000;
    // Below the range from which the system takes ports for those who do not choose.
    private static final int HIGHEST = 32_000;

    private Ports() {}

    /** An even port that is free, as is the one after it. */
    static int evenPair() throws IOException {
        for (int tries = 0; tries < 1000; tries++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST) & ~1;
            if (isFree(port) && isFree(port + 1)) {
                return port;
            }
        }
        throw new IOException("no free pair of ports");
    }

    private static boolean isFree(int port) {
        try (var here = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
            return here.isBound();
        } catch (SocketException taken) {
            return false;
        }
    }

    /** Waits until a process has bound a UDP port. It is not touched for that. */
    static void awaitBound(int port, ToolProcess by, Duration atMost)
            throws IOException, InterruptedException {
        long deadlineNs = System.nanoTime() + atMost.toNanos();
        while (!isBound(port)) {
            by.checkAlive();
            if (System.nanoTime() - deadlineNs > 0) {
                throw new IOException(by + " did not open port " + port + " within " + atMost);
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static boolean isBound(int port) throws IOException {
        String local = String.format(Locale.ROOT, ":%04X", port);
        for (String table : List.of("/proc/net/udp", "/proc/net/udp6")) {
            Path file = Path.of(table);
            if (!Files.exists(file)) {
                continue;
            }
            for (String line : Files.readAllLines(file)) {
                String[] fields = line.strip().split("\\s+", -1);
                if (fields.length > 1 && fields[1].endsWith(local)) {
                    return true;
                }
            }
        }
        return false;
    }
}
