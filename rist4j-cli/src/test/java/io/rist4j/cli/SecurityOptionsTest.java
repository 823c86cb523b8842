package io.rist4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.MainConfig;
import io.rist4j.RistConfig;
import io.rist4j.RistUri;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

import java.nio.file.Files;
import java.nio.file.Path;

class SecurityOptionsTest {
    @Test
    void overwritesWhatItReadOnceTheSettingsHaveIt(@TempDir Path folder) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "correct horse");
        Path password = Files.writeString(folder.resolve("password"), "battery");
        var options = new SecurityOptions(SecurityOptions.KeyLength.BITS);
        CommandSpec spec = CommandSpec.create();
        options.addTo(Options.of(spec));
        new CommandLine(spec)
                .parseArgs(
                        "--secret-file",
                        secret.toString(),
                        "--username",
                        "alice",
                        "--password-file",
                        password.toString());
        options.read();
        RistUri uri = options.parse("rist://h:5000", RistConfig.main().build());
        options.forget();

        assertThat(options.givenSecret).isEqualTo(new char["correct horse".length()]);
        assertThat(options.givenPassword).isEqualTo(new char["battery".length()]);
        var config = (MainConfig) uri.config();
        assertThat(config.secret().orElseThrow().chars()).isEqualTo("correct horse".toCharArray());
        assertThat(config.password().orElseThrow().chars()).isEqualTo("battery".toCharArray());
    }

    /**
     * Where the options say Simple and the URL says Main, the URL's session is protected all the
     * same.
     */
    @Test
    void protectsAUrlThatSaysMainWhereTheOptionsSaySimple() throws Exception {
        var options = new SecurityOptions(SecurityOptions.KeyLength.BITS);
        CommandSpec spec = CommandSpec.create();
        options.addTo(Options.of(spec));
        new CommandLine(spec).parseArgs("--secret", "correct horse");
        options.read();

        RistUri uri = options.parse("rist://h:5000?profile=main", RistConfig.simple().build());

        var config = (MainConfig) uri.config();
        assertThat(config.secret().orElseThrow().chars()).isEqualTo("correct horse".toCharArray());
    }
}
