package io.rist4j.net.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

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
 * What needs an interface other than loopback: {@link PrivateNetworkTrials} in a network namespace
 * of their own, with a pair of virtual Ethernet devices. Skipped where none can be made.
 */
@Timeout(60)
@TestInstance(Lifecycle.PER_CLASS)
public abstract class PrivateNetworkContract {
    private static final String SETUP =
            """
            set -e
            ip link set lo up
            ip link add v0 type veth peer name v1
            ip link set v1 up
            ip link set v0 mtu 1400 up
            ip addr add 10.9.0.1/24 dev v0
            ip addr add 10.9.0.2/24 dev v0
            ip -6 addr add fd09::1/64 dev v0 nodad
            ip -6 addr add fd09::2/64 dev v0 nodad
            ip neigh add 10.9.0.7 lladdr 02:00:00:00:00:01 dev v0 nud permanent
            """;

    private final String providerClass;
    private final Map<String, String> results = new HashMap<>();

    /**
     * @param providerClass name of the class of the provider under test
     */
    protected PrivateNetworkContract(String providerClass) {
        this.providerClass = providerClass;
    }

    @BeforeAll
    void runTrials() throws Exception {
        Assumptions.assumeTrue(
                run(List.of("unshare", "-n", "sh", "-c", SETUP)).exitCode == 0,
                "skipped: no network namespace can be made here (needs Linux, root and iproute2)");
        var command = new ArrayList<>(List.of("unshare", "-n", "sh", "-c"));
        command.add(SETUP + "exec \"$@\"");
        command.add("sh");
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of("-cp", classPath()));
        command.add(PrivateNetworkTrials.class.getName());
        command.add(providerClass);
        var ended = run(command);
        assertThat(ended.exitCode).as(ended.output).isZero();
        for (String line : ended.output.lines().toList()) {
            String[] parts = line.split(": ", 2);
            results.put(parts[0], parts.length == 2 ? parts[1] : "");
        }
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

    /** Everything that this process has on its module and class paths, and these tests. */
    private static String classPath() throws Exception {
        var entries = new LinkedHashSet<String>();
        URL here = PrivateNetworkTrials.class.getResource("PrivateNetworkTrials.class");
        String self = PrivateNetworkTrials.class.getName().replace('.', '/') + ".class";
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

    /**
     * Fails with what a trial said, when it was not content.
     *
     * @param trial its name
     */
    protected final void assertPassed(String trial) {
        assertThat(results).containsEntry(trial, "ok");
    }

    @Test
    void takesOneIpv4SourceOnlyWhenAsked() {
        assertPassed("ipv4-source");
    }

    @Test
    void takesOneIpv6SourceOnlyWhenAsked() {
        assertPassed("ipv6-source");
    }

    @Test
    void everyMemberOfAnIpv6GroupReceives() {
        assertPassed("ipv6-group");
    }

    @Test
    void keepsOwnMulticastFromThisHostWhenAsked() {
        assertPassed("loopback-off");
    }

    @Test
    void refusesDatagramsBeyondTheMtuWhenTheyMustNotBeFragmented() {
        assertPassed("mtu-whole");
    }

    @Test
    void sendsDatagramsBeyondTheMtuInFragmentsWhenTheyMay() {
        assertPassed("mtu-fragments");
    }
}
