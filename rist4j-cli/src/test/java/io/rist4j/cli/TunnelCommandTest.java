package io.rist4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.net.contract.PrivateNetwork;
import io.rist4j.net.contract.TooSlowHere;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@link TunnelTrials} in a network namespace, and what is refused before anything is opened. */
@Timeout(300)
@ExtendWith(TooSlowHere.class)
class TunnelCommandTest {
    private static final PrivateNetwork NETWORK = new PrivateNetwork("set -e\nip link set lo up\n");

    private final ConsoleRecorder console = new ConsoleRecorder();

    @Test
    void carriesIpPacketsUnderASecretOrUsersBothWays() throws Exception {
        assumeThereAreDevices();

        assertThat(NETWORK.trials(List.of(), TunnelTrials.class))
                .containsEntry("echo", "ok")
                .containsEntry("users", "ok");
    }

    @Test
    void saysInOneLineWhatItNeedsWithoutPrivilege() throws Exception {
        assumeThereAreDevices();
        Assumptions.assumeTrue(
                Files.exists(Path.of("/usr/bin/setpriv")), "skipped: no setpriv here");

        List<String> unprivileged = List.of("setpriv", "--bounding-set=-net_admin");
        assertThat(NETWORK.trials(unprivileged, TunnelTrials.class, "unprivileged"))
                .containsEntry("unprivileged", "ok");
    }

    private static void assumeThereAreDevices() throws InterruptedException {
        Assumptions.assumeTrue(
                Files.isWritable(Path.of("/dev/net/tun")),
                "skipped: no /dev/net/tun here, or not root");
        NETWORK.assumeItCanBeMade();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tunnel -o rist://h:2?secret=x --mtu 1",
                "tunnel -i rist://@:2?username=a&password=b&require-encryption=1 --mtu 1",
                "tunnel -i rist://@:2?username=a&password=b --mtu 1",
                "tunnel -o rist://h:2 --insecure --mtu 1"
            })
    void opensWhatIsKeyedOrMeantToBeOpen(String command) {
        assertThat(console.run(command.split(" ", -1))).isEqualTo(2);
        assertThat(console.err().lines())
                .first()
                .isEqualTo("rist tunnel: --mtu 1 bytes is outside 68..1460 bytes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    tunnel                                   | one of -i, --input and -o, --output must be given
                    tunnel -i rist://@:2 -o rist://h:2       | one of -i, --input and -o, --output must be given
                    tunnel -o rist://h:2,rist://h:4          | 2 paths; a tunnel has one
                    tunnel -p 0 -o rist://h:2                | a tunnel needs the main profile; simple has no out-of-band channel
                    tunnel -o rist://h:2                     | anybody could get into this network: give --secret-file, or users (-F or --username) without require-encryption=0; --insecure leaves it open
                    tunnel -o rist://h:2?require-encryption=1 | anybody could get into this network: give --secret-file, or users (-F or --username) without require-encryption=0; --insecure leaves it open
                    tunnel -i rist://@:2?username=a&password=b&require-encryption=0 | anybody could get into this network: give --secret-file, or users (-F or --username) without require-encryption=0; --insecure leaves it open
                    tunnel -o rist://h:2 --insecure --mtu 1500 | --mtu 1500 bytes is outside 68..1460 bytes
                    tunnel -o rist://h:2 -s x --address 10.9.0.1 | --tun, --address: 10.9.0.1: prefix length missing, write for example 10.9.0.1/24
                    """)
    void refusesWithOneLine(String command, String complaint) {
        assertThat(console.run(command.split(" ", -1))).isEqualTo(2);
        assertThat(console.err().lines()).first().isEqualTo("rist tunnel: " + complaint);
    }
}
