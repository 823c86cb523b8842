package io.rist4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The options of libRIST's ristsender and ristreceiver, as scripts write them. */
class LibristOptionsTest {
    private static final String NEEDS_MAIN =
            "needs the main profile; simple cannot encrypt or authenticate";

    private final ConsoleRecorder console = new ConsoleRecorder();

    /** Whatever is accepted gets as far as the input, which is not there. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-b 500",
                "-b500",
                "--buffer 500",
                "--buffer=500",
                "--buff 500",
                "-b 0",
                "-p 0",
                "-p0",
                "--profile simple",
                "-p 1",
                "--profile main",
                "-s secret",
                "--secret=secret -e 256",
                "-s secret -e128",
                "-n",
                "--null-packet-deletion -p 0",
                "-S 1000",
                "--stats 1000",
                "--statsinterval 1000",
                "-S 0",
                "-v -1",
                "-v-1",
                "-v 3",
                "--verbose-level 7",
                "-r 127.0.0.1:9999",
                "--remote-logging 127.0.0.1:9999",
                "-e 0",
                "-f 0",
                "-f 1",
                "--fast-start 1",
                "-q -S 500 --stats-format text",
                "-b 100 -b 200",
            })
    void senderTakes(String options) {
        assertThat(run("send -i missing.ts -o rist://127.0.0.1:6000 " + options)).isEqualTo(1);
        assertThat(console.err()).endsWith("rist send: missing.ts: no such file or directory\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-b 500",
                "-p 0",
                "-S 1000",
                "--stats 1000",
                "-v 6",
                "-x",
                "-e 0",
                "--session-timeout-exit",
                "-s secret -e 128",
                "-e 0 -p 0",
                "-r 127.0.0.1:9999"
            })
    void receiverTakes(String options) {
        assertThat(run("receive -i rist://@127.0.0.1:6000 -o no/such/folder/out.ts " + options))
                .isEqualTo(1);
        assertThat(console.err())
                .endsWith("rist receive: no/such/folder/out.ts: no such file or directory\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    -p 0 -s secret         | -s, --secret NEEDS
                    -p 0 -F file           | -F, --srpfile NEEDS
                    -e 192                 | -e, --encryption-type 192 is none of 128, 256
                    -s a --secret-file b   | -s, --secret and --secret-file: only one of them can be
                    --username joe         | --username and --password-file go together
                    -c file.yaml           | -c, --config is not in this version; give the options one by one
                    -t tun0                | -t, --tun is not in this version
                    -m 1                   | -m, --tun-mode is not in this version
                    -M                     | -M, --enable-metrics is --metrics [ADDRESS]:PORT here, and --metrics-compat librist for libRIST's names
                    --metrics-port 9100    | --metrics-port is --metrics [ADDRESS]:PORT here, and --metrics-compat librist for libRIST's names
                    -p 2                   | -p, --profile 2 is not in this version; 0 (simple) and 1 (main) are
                    -p advanced            | -p, --profile advanced is not in this version; 0 (simple) and 1 (main) are
                    -p 3                   | -p, --profile 3 is none of 0, 1, 2
                    -b -1                  | -b, --buffer -1 ms is outside 50 ms..30 s
                    -b 1s                  | -b, --buffer 1s is not a whole number of milliseconds
                    -b 5                   | -b, --buffer 5 ms is outside 50 ms..30 s
                    -S -1                  | -S, --stats -1 ms is outside 0..3600000 ms
                    -v 8                   | -v, --verbose-level 8 is outside -1..7
                    -v 100                 | -v, --verbose-level 100 (simulated loss) is not in this version; rist impair loses packets
                    -r nowhere             | -r, --remote-logging nowhere: port missing, write HOST:PORT
                    --nonsense             | unknown argument --nonsense
                    --nonsense=hidden      | unknown argument --nonsense
                    --wait x               | --wait x is not a number of seconds
                    --log-format xml       | --log-format xml is none of text, json
                    --passphrase hidden    | unknown argument --passphrase; here it is -s, --secret
                    --passphrase=hidden    | unknown argument --passphrase; here it is -s, --secret
                    --pbkeylen 16          | unknown argument --pbkeylen; here it is -e, --encryption-type
                    --latency 200          | unknown argument --latency; here it is -b, --buffer
                    --loglevel debug       | unknown argument --loglevel; here it is -v, --verbose-level
                    --pkt_size 1316        | unknown argument --pkt_size; datagrams keep the size that they have; leave it out
                    --mode listener        | unknown argument --mode; who listens is written rist://@HOST:PORT, who calls rist://HOST:PORT
                    --miface eth0          | unknown argument --miface; in a URL it is a parameter: ?miface=
                    --bufer 500            | unknown argument --bufer; the nearest is --buffer
                    film.ts                | unknown argument film.ts; inputs are given by -i, outputs by -o
                    --wait                 | --wait needs a value: SECONDS
                    """)
    void bothRefuseByName(String options, String complaint) {
        String message = complaint.replace("NEEDS", NEEDS_MAIN);
        assertThat(run("send -i - -o rist://127.0.0.1:6000 " + options)).isEqualTo(2);
        assertThat(console.err().lines()).first().isEqualTo("rist send: " + message);

        var receiver = new ConsoleRecorder();
        String[] command = ("receive -i rist://@:6000 -o - " + options).split(" ");
        assertThat(receiver.run(command)).isEqualTo(2);
        assertThat(receiver.err().lines()).first().isEqualTo("rist receive: " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    send -o rist://h:2                         | rist send: -i, --inputurl is missing
                    receive -i rist://@:2                      | rist receive: -o, --outputurl is missing
                    receive -n -i rist://@:2 -o -              | rist receive: unknown argument -n
                    receive -f 1 -i rist://@:2 -o -            | rist receive: unknown argument -f
                    send -f 2 -i - -o rist://h:2               | rist send: -f, --fast-start 2 is outside 0..1
                    send -i - -o udp://h:2                     | rist send: -o, --outputurl:
                    send -i - -o rist://h:5001 -p 0            | rist send: -o, --outputurl:
                    receive -i rist://@:5001 -o - -p 0         | rist receive: -i, --inputurl:
                    send -i - -o rist://h:2?secret=x -p 0      | rist send: -o, --outputurl:
                    send -i - -o rist://h:2?profile=advanced   | rist send: -o, --outputurl:
                    send -F file -i - -o rist://h:2            | rist send: -F, --srpfile acts where a URL listens
                    send -s a -i - -o rist://h:2?profile=0     | rist send: -s, --secret needs the main profile
                    send -i - -o rist://h:2?bufer=1            | rist send: -o, --outputurl:
                    send -i rist://@:2 -o rist://h:4           | rist send: rist://@:2: rist:// cannot be the input here; rist relay takes it
                    send -i - -o rist://h:2 --bitrate 1        | rist send: --bitrate 1 is outside
                    receive -i rist://@:2 -o -,-               | rist receive: standard output is in the list of outputs twice
                    """)
    void refuseWithOneLine(String command, String begins) {
        assertThat(run(command)).isEqualTo(2);
        assertThat(console.err()).startsWith(begins);
        assertThat(console.err().lines().count()).isEqualTo(2);
    }

    @Test
    void explainEveryUrlParameter() {
        assertThat(run("send --help-url")).isZero();
        assertThat(run("receive -u")).isZero();

        assertThat(console.out())
                .contains("rist://[@]host:port", "buffer-min", "session-timeout", "miface")
                .contains("rtp-ptype", "multiplex-mode");
    }

    @Test
    void explainThemselves() {
        assertThat(run("help send")).isZero();
        assertThat(run("receive --help")).isZero();

        assertThat(console.out())
                .contains("ristsender", "ristreceiver", "Examples:", "--buffer=MS");
    }

    private int run(String command) {
        return console.run(command.split(" "));
    }
}
