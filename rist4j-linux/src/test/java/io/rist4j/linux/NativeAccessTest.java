package io.rist4j.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.net.Pump;
import io.rist4j.net.PumpConfig;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Which port serves depends on native access, and asking for it prints no warning. */
@EnabledOnOs(OS.LINUX)
@Timeout(180)
class NativeAccessTest {
    /** Prints which kind of port a pump chooses. */
    static final class Choice {
        private Choice() {}

        public static void main(String[] args) {
            try (var pump = Pump.start(PumpConfig.defaults())) {
                System.out.print(pump.stats().provider());
            }
        }
    }

    private static String choice(String... options) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(options));
        command.addAll(List.of("--module-path", System.getProperty("jdk.module.path")));
        command.addAll(List.of("--add-modules", "io.rist4j.linux"));
        String patch = testClasses();
        command.addAll(List.of("--patch-module", "io.rist4j.linux=" + patch));
        command.addAll(List.of("-m", "io.rist4j.linux/" + Choice.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Where the classes of these tests are. */
    private static String testClasses() {
        String file = Choice.class.getName().replace('.', '/') + ".class";
        String found = String.valueOf(Choice.class.getClassLoader().getResource(file));
        return Path.of(URI.create(found.replace(file, ""))).toString();
    }

    @Test
    void theLinuxPortServesWithNativeAccess() throws IOException {
        assertThat(choice("--enable-native-access=io.rist4j.linux")).isEqualTo("linux");
    }

    @Test
    void thePortableOneServesWithout() throws IOException {
        assertThat(choice()).isEqualTo("nio");
    }

    @Test
    void thePortableOneServesWhenNativeAccessIsDenied() throws IOException {
        assertThat(choice("--illegal-native-access=deny")).isEqualTo("nio");
    }
}
