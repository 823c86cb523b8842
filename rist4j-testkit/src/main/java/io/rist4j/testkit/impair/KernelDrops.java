package io.rist4j.testkit.impair;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads how many datagrams the system dropped at a UDP port, where it tells (Linux). */
final class KernelDrops {
    private static final Path[] TABLES = {Path.of("/proc/net/udp"), Path.of("/proc/net/udp6")};

    /** Datagrams dropped at the sockets bound to a local port, or -1 when unknown. */
    static long atPort(int port) {
        long sum = -1;
        for (Path table : TABLES) {
            for (String line : linesOf(table)) {
                long drops = dropsIn(line, port);
                if (drops >= 0) {
                    sum = Math.max(sum, 0) + drops;
                }
            }
        }
        return sum;
    }

    private static List<String> linesOf(Path table) {
        try {
            return Files.readAllLines(table);
        } catch (IOException e) {
            return List.of(); // another system, or no IPv6
        }
    }

    /** The last column of a line whose second one, {@code address:port} in hex, has the port. */
    private static long dropsIn(String line, int port) {
        String[] columns = line.trim().split("\\s+", -1);
        if (columns.length < 13) {
            return -1;
        }
        int colon = columns[1].indexOf(':');
        try {
            return colon >= 0 && Integer.parseInt(columns[1].substring(colon + 1), 16) == port
                    ? Long.parseLong(columns[columns.length - 1])
                    : -1;
        } catch (NumberFormatException e) {
            return -1; // the heading
        }
    }

    private KernelDrops() {}
}
