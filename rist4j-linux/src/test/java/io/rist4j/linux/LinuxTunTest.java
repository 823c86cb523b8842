package io.rist4j.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.net.contract.PrivateNetwork;
import io.rist4j.net.contract.TooSlowHere;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@link TunTrials} in a network namespace of their own. */
@EnabledOnOs(OS.LINUX)
@Timeout(300)
@TestInstance(Lifecycle.PER_CLASS)
@ExtendWith(TooSlowHere.class)
class LinuxTunTest {
    private static final PrivateNetwork NETWORK =
            new PrivateNetwork(
                    """
                    set -e
                    ip link set lo up
                    ip link add v0 type veth peer name v1
                    ip tuntap add rist9 mode tun
                    ip link set rist9 mtu 1350
                    """);

    private Map<String, String> results = Map.of();

    @BeforeAll
    void runTrials() throws Exception {
        Assumptions.assumeTrue(
                Files.isWritable(Path.of("/dev/net/tun")),
                "skipped: no /dev/net/tun here, or not root");
        NETWORK.assumeItCanBeMade();
        results = NETWORK.trials(List.of(), TunTrials.class);
    }

    private void assertPassed(String trial) {
        assertThat(results).containsEntry(trial, "ok");
    }

    @Test
    void theKernelAnswersAPingOfIpv4() {
        assertPassed("ipv4-echo");
    }

    @Test
    void theKernelAnswersAPingOfIpv6() {
        assertPassed("ipv6-echo");
    }

    @Test
    void setsTheDeviceUpAsAsked() {
        assertPassed("setup");
    }

    @Test
    void choosesAFreeNumberWhenAsked() {
        assertPassed("numbered");
    }

    @Test
    void takesOverADeviceThatIsThereAndLeavesItsSettings() {
        assertPassed("taken-over");
    }

    @Test
    void refusesNamesThatAreInUse() {
        assertPassed("in-use");
    }

    @Test
    void theDeviceDisappearsWhenItIsClosed() {
        assertPassed("closed");
    }

    @Test
    void tellsItsTaskWhenTheDeviceIsRemoved() {
        assertPassed("removed");
    }

    @Test
    void countsPacketsThatTheSystemRefuses() {
        assertPassed("refused");
    }

    @Test
    void allocatesNothingForAPacket() {
        assertPassed("allocation");
    }

    @Test
    void saysWhatItNeedsWithoutPrivilege() throws Exception {
        List<String> unprivileged = List.of("setpriv", "--bounding-set=-net_admin");
        Assumptions.assumeTrue(
                Files.exists(Path.of("/usr/bin/setpriv")), "skipped: no setpriv here");

        assertThat(NETWORK.trials(unprivileged, TunTrials.class, "unprivileged"))
                .containsEntry("unprivileged", "ok");
    }
}
