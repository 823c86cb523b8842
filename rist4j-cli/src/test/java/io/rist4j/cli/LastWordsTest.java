package io.rist4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The line that ends a command is written as the log was asked for. */
class LastWordsTest {
    private final ConsoleRecorder console = new ConsoleRecorder();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "send --log-format json -i /nowhere/film.ts -o rist://127.0.0.1:2",
                "send -i /nowhere/film.ts -o rist://127.0.0.1:2 --log-format=json",
                "receive --log-format json -i rist://127.0.0.1:2 -o /nowhere/film.ts",
                "relay --log-format json -i rist://@:4 -o rist://127.0.0.1:2?secret=x&profile=simple",
                "send --log-format json -i - -o rist://127.0.0.1:2 --bufer 500",
                "send --log-format json -i - -o rist://127.0.0.1:2 -b 5",
            })
    void isAnObjectToo(String command) {
        assertThat(console.run(command.split(" "))).isIn(ExitCode.FAILED, ExitCode.USAGE);
        String name = command.substring(0, command.indexOf(' '));
        assertThat(console.err().lines())
                .filteredOn(line -> line.contains("rist " + name + ": "))
                .singleElement()
                .asString()
                .matches(
                        "\\{\"time\":\"[0-9T:.+Z-]+\",\"level\":\"error\",\"message\":\"rist "
                                + name
                                + ": .+\"}");
        assertThat(console.err().lines()).allMatch(line -> line.startsWith("{"));
    }

    @Test
    void isTextOtherwise() {
        String command = "send -i /nowhere/film.ts -o rist://127.0.0.1:2";
        assertThat(console.run(command.split(" "))).isEqualTo(ExitCode.FAILED);
        assertThat(console.err())
                .isEqualToNormalizingNewlines(
                        "rist send: /nowhere/film.ts: no such file or directory\n");
    }
}
