package io.rist4j.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

class ScreenTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void printsOnlyWhatIsImportantEnough() {
        var screen = new Screen(out, false, 80, LogLevel.WARNING.number());
        screen.log(LogLevel.INFO, "hello");
        screen.log(LogLevel.ERROR, "fire");

        assertThat(text()).matches("\\d\\d:\\d\\d:\\d\\d\\.\\d\\d\\d error: fire\n");
    }

    @Test
    void drawsTheViewAgainBelowALogLine() {
        var screen = new Screen(out, true, 10, LogLevel.INFO.number());
        screen.show(List.of("one", "two is longer than ten"));
        screen.line("log");

        assertThat(text())
                .isEqualTo(
                        "one\ntwo is lo\n" + "\r\u001b[2A\u001b[J" + "log\n" + "one\ntwo is lo\n");
    }

    @Test
    void showsNoViewWhereItCannotBeDrawnOver() {
        var screen = new Screen(out, false, 80, LogLevel.INFO.number());
        screen.show(List.of("one"));

        assertThat(text()).isEmpty();
    }

    @Test
    void copiesEveryLine() {
        var screen = new Screen(out, false, 80, LogLevel.INFO.number());
        var copies = new ArrayList<String>();
        screen.copyTo(copies::add);
        screen.line("{}");

        assertThat(copies).containsExactly("{}");
    }

    @Test
    void drawsBarsInProportion() {
        var line = new Sparkline(6);
        for (double value : new double[] {0, 1, 4, 8, 2}) {
            line.add(value);
        }

        assertThat(line.draw()).isEqualTo(" ·▁▄█▂");
        assertThat(line.draw(16)).isEqualTo(" ·▁▂▄▁");
        assertThat(line.highest()).isEqualTo(8);
    }

    @Test
    void writesNumbersForPeople() {
        assertThat(Text.bitrate(8_020_000)).isEqualTo("8.02 Mb/s");
        assertThat(Text.bitrate(100_040_000)).isEqualTo("100.0 Mb/s");
        assertThat(Text.bitrate(12_300)).isEqualTo("12 kb/s");
        assertThat(Text.percent(0)).isEqualTo("0.0 %");
        assertThat(Text.percent(0.098)).isEqualTo("9.80 %");
        assertThat(Text.percent(0.5)).isEqualTo("50.0 %");
        assertThat(Text.percent(0.000012)).isEqualTo("0.0012 %");
        assertThat(Text.count(1_234_567)).isEqualTo("1 234 567");
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
