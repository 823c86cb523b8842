package io.rist4j.net.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Assumptions;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs in network namespaces of their own. A program prints a line for each of its trials:
 * its name and {@code ok}, or what went wrong.
 */
public final class PrivateNetwork {
    private final String setup;

    /**
     * @param setup a shell script that sets the network up
     */
    public PrivateNetwork(String setup) {
        this.setup = setup;
    }

    /** Skips the test where no such network can be made. */
    public void assumeItCanBeMade() throws InterruptedException {
        Assumptions.assumeTrue(
                run(List.of("unshare", "-n", "sh", "-c", setup)).exitCode == 0,
                "skipped: no network namespace can be made here (needs Linux, root and iproute2)");
    }

    /**
     * Runs a program in a new one.
     *
     * @param prefix a command that starts it, empty for none
     * @param program has a main method
     * @param arguments for it
     * @return what it said for each trial
     */
    public Map<String, String> trials(List<String> prefix, Class<?> program, String... arguments)
            throws Exception {
        var command = new ArrayList<>(List.of("unshare", "-n", "sh", "-c"));
        command.add(setup + "exec \"$@\"");
        command.add("sh");
        command.addAll(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of("-cp", classPath(program)));
        command.add(program.getName());
        command.addAll(List.of(arguments));
        Ended ended = run(command);
        assertThat(ended.exitCode).as(ended.output).isZero();
        var results = new HashMap<String, String>();
        for (String line : ended.output.lines().toList()) {
            String[] parts = line.split(": ", 2);
            results.put(parts[0], parts.length == 2 ? parts[1] : "");
        }
        return results;
    }

    private record Ended(int exitCode, String output) {}

    private static Ended run(List<String> command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(50, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return new Ended(process.waitFor(), output);
        } catch (IOException absent) {
            return new Ended(-1, absent.toString());
        }
    }

    /** Everything that this process has on its module and class paths, and the program's tests. */
    private static String classPath(Class<?> program) {
        var entries = new LinkedHashSet<String>();
        URL here = program.getResource(program.getSimpleName() + ".class");
        String self = program.getName().replace('.', '/') + ".class";
        String root = String.valueOf(here).replace(self, "");
        if (root.startsWith("jar:")) {
            entries.add(Path.of(URI.create(root.substring(4, root.length() - 2))).toString());
        } else {
            entries.add(Path.of(URI.create(root)).toString());
        }
        for (String property : List.of("jdk.module.path", "java.class.path")) {
            entries.addAll(List.of(System.getProperty(property, "").split(File.pathSeparator)));
        }
        entries.remove("");
        return String.join(File.pathSeparator, entries);
    }
}
