package io.rist4j.testkit.impair;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many datagrams the system dropped at its UDP ports, where it tells (Linux). */
final class KernelDrops {
    private static final List<Path> TABLES =
            List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"));
    private static final int LOCAL_ADDRESS = 1;
    private static final int COLUMNS = 13;

    private final Map<Integer, Long> drops = new HashMap<>();

    /** The present state. */
    static KernelDrops read() {
        var read = new KernelDrops();
        for (Path table : TABLES) {
            for (String line : linesOf(table)) {
                read.take(line.trim().split("\\s+", -1));
            }
        }
        return read;
    }

    private static List<String> linesOf(Path table) {
        try {
            return Files.readAllLines(table);
        } catch (IOException e) {
            return List.of(); // another system, or no IPv6
        }
    }

    /**
     * Notes a line whose second column is {@code address:port} in hex and whose last is the count.
     */
    private void take(String[] columns) {
        int colon = columns.length < COLUMNS ? -1 : columns[LOCAL_ADDRESS].indexOf(':');
        if (colon < 0) {
            return;
        }
        try {
            int port = Integer.parseInt(columns[LOCAL_ADDRESS].substring(colon + 1), 16);
            drops.merge(port, Long.parseLong(columns[columns.length - 1]), Long::sum);
        } catch (NumberFormatException e) {
            return; // not a socket's line
        }
    }

    /** Datagrams dropped at the sockets bound to a local port, or -1 when unknown. */
    long atPort(int port) {
        return drops.getOrDefault(port, -1L);
    }

    private KernelDrops() {}
}
