package io.rist4j.bench.e2e;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads of {@code /proc}. */
final class ProcFs {

    private static final long NS_PER_TICK = 10_000_000;

    private ProcFs() {}

    /**
     * CPU time by thread, ns; the key is the thread's name and number. Threads that ended meanwhile
     * are left out.
     */
    static Map<String, Long> threadCpuNs(long pid) throws IOException {
        var times = new TreeMap<String, Long>();
        try (DirectoryStream<Path> tasks =
                Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (Path task : tasks) {
                try {
                    String name = Files.readString(task.resolve("comm")).trim();
                    String stat = Files.readString(task.resolve("schedstat"));
                    times.put(
                            name + "#" + task.getFileName(), Long.parseLong(stat.split(" ", 2)[0]));
                } catch (IOException e) {
                    // it has just ended
                }
            }
        }
        return times;
    }

    /** How often the threads of the process went to sleep by themselves. */
    static long sleeps(long pid) throws IOException {
        long sum = 0;
        try (DirectoryStream<Path> tasks =
                Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (Path task : tasks) {
                try {
                    sum += field(task.resolve("status"), "voluntary_ctxt_switches:");
                } catch (IOException e) {
                    // it has just ended
                }
            }
        }
        return sum;
    }

    /** Most memory that the process ever had resident, kB. */
    static long highWaterKb(long pid) throws IOException {
        return field(Path.of("/proc/" + pid + "/status"), "VmHWM:");
    }

    private static long field(Path file, String name) throws IOException {
        for (String line : Files.readString(file).split("\n", -1)) {
            if (line.startsWith(name)) {
                return Long.parseLong(line.substring(name.length()).replace("kB", "").trim());
            }
        }
        throw new IOException("no " + name + " in " + file);
    }

    /** CPU time that all processes of the machine have used, and the hypervisor has taken, ns. */
    static long machineCpuNs() throws IOException {
        String[] words =
                Files.readString(Path.of("/proc/stat")).split("\n", 2)[0].trim().split("\\s+", -1);
        long busy = 0;
        for (int i : new int[] {1, 2, 3, 6, 7, 8}) { // user, nice, system, irq, softirq, steal
            busy += Long.parseLong(words[i]);
        }
        return busy * NS_PER_TICK;
    }

    static boolean isUdpPortBound(int port) throws IOException {
        String wanted = ":%04X".formatted(port);
        for (String table : new String[] {"/proc/net/udp", "/proc/net/udp6"}) {
            for (String line : Files.readString(Path.of(table)).split("\n", -1)) {
                String[] words = line.trim().split("\\s+", -1);
                if (words.length > 1 && words[1].endsWith(wanted)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Datagrams that the kernel dropped because a socket of this process was full. */
    static long socketDrops(long pid) throws IOException {
        Set<String> inodes = new HashSet<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
            for (Path file : files) {
                try {
                    String target = Files.readSymbolicLink(file).toString();
                    if (target.startsWith("socket:[")) {
                        inodes.add(target.substring("socket:[".length(), target.length() - 1));
                    }
                } catch (IOException e) {
                    // closed meanwhile
                }
            }
        }
        long drops = 0;
        for (String table : new String[] {"/proc/net/udp", "/proc/net/udp6"}) {
            for (String line : Files.readString(Path.of(table)).split("\n", -1)) {
                String[] words = line.trim().split("\\s+", -1);
                if (words.length > 12 && inodes.contains(words[9])) {
                    drops += Long.parseLong(words[12]);
                }
            }
        }
        return drops;
    }
}
