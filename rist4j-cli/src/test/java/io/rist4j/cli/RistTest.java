package io.rist4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RistTest {
    private final ConsoleRecorder console = new ConsoleRecorder();

    @Test
    void echoesNothingThatMovesCursorsOrTurnsText() {
        String evil = "a" + (char) 27 + "[2J" + (char) 0x202E + (char) 0x2028 + "b";

        assertThat(console.run(evil)).isEqualTo(2);
        assertThat(console.run("receive", "-i", evil, "-o", "-")).isEqualTo(2);
        assertThat(console.run("send", "-i", "/no/" + evil, "-o", "rist://h:2")).isEqualTo(1);
        assertThat(console.err().codePoints().filter(c -> c != '\n'))
                .allMatch(io.rist4j.core.message.PrintableText::isPrintable);
        assertThat(console.err()).contains("unknown command a?[2J??b");
    }

    @Test
    void saysItsVersion() {
        assertThat(console.run("version")).isZero();
        assertThat(console.out()).startsWith("rist ").contains("Java ");
        assertThat(console.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "--help", "-h"})
    void explainsItself(String argument) {
        assertThat(console.run(argument)).isZero();
        assertThat(console.out()).contains("Usage: rist COMMAND").contains("impair");
    }

    @Test
    void explainsACommandInBothWays() {
        assertThat(console.run("help", "impair")).isZero();
        var other = new ConsoleRecorder();
        assertThat(other.run("impair", "--help")).isZero();

        assertThat(console.out()).isEqualTo(other.out()).contains("10 % loss");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    nonsense                              | rist: unknown command nonsense; see rist help
                    help nonsense                         | rist: unknown command nonsense; see rist help
                    version --verbose                     | rist version: unknown argument --verbose
                    impair -i :1                          | rist impair: -o, --to is missing
                    impair -i                             | rist impair: -i, --listen needs a value: [ADDRESS]:PORT
                    impair -i :1 -o :2 --ports 33         | rist impair: --ports 33 is outside 1..32
                    demo --seconds ten                    | rist demo: --seconds ten is not a number of seconds
                    impair -i :1 -o 1 --loss 1            | rist impair: -o, --to 1: port missing, write HOST:PORT
                    impair -i :1 -o ::1:2                 | rist impair: -o, --to ::1:2: put an IPv6 address in brackets: [::1]
                    impair -i :1 -o :70000                | rist impair: -o, --to :70000: port is outside 1..65535
                    impair -i :1 -o :2 --loss 101         | rist impair: --loss 101 is outside 0..100 %
                    impair -i :1 -o :2 --loss ten         | rist impair: --loss ten is not a number
                    impair -i :1 -o :2 --delay 1,2,3      | rist impair: --delay 1,2,3 has more than two values
                    impair -i :1 -o :2 --delay 70000      | rist impair: --delay 70000 is outside 0..60000 ms
                    impair -i :1 -o :2 --rate 8           | rist impair: --rate 8 is outside 1k..1000000M; write for example 8M for 8 Mb/s
                    impair -i :1 -o :2 --seconds 0        | rist impair: --seconds 0 is outside 0.001..31536000 s
                    impair -i :1 -o :2 --stats -1         | rist impair: -S, --stats -1 ms is outside 0..3600000 ms
                    """)
    void refusesWrongUseWithOneLineAndCode2(String command, String firstLine) {
        assertThat(console.run(command.split(" "))).isEqualTo(2);
        assertThat(console.err().lines()).first().isEqualTo(firstLine);
        assertThat(console.err().lines().count()).isLessThanOrEqualTo(2);
        assertThat(console.out()).isEmpty();
    }

    @Test
    void wantsACommand() {
        assertThat(console.run()).isEqualTo(2);
        assertThat(console.err()).contains("Usage: rist COMMAND");
    }

    @Test
    void failsWithCode1ForAnUnknownHost() {
        assertThat(console.run("impair", "-i", ":6000", "-o", "no.such.host.invalid:5000"))
                .isEqualTo(1);
        assertThat(console.err()).isEqualTo("rist impair: unknown host no.such.host.invalid\n");
    }
}
