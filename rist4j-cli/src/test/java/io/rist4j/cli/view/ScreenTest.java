package io.rist4j.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

class ScreenTest {
    private static final String BIDI = Character.toString(0x202E);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Whoever has it keeps everybody from writing. */
    private final Object held = new Object();

    private final PrintStream out =
            new PrintStream(
                    new OutputStream() {
                        @Override
                        public void write(int octet) {
                            synchronized (held) {
                                bytes.write(octet);
                            }
                        }
                    },
                    true,
                    StandardCharsets.UTF_8);

    @Test
    void printsOnlyWhatIsImportantEnough() {
        var screen = screen(false, 80, LogLevel.WARNING);
        screen.log(LogLevel.INFO, "hello");
        screen.log(LogLevel.ERROR, "fire");
        screen.close();

        assertThat(text())
                .matches(
                        "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d)"
                                + " error: fire\n");
    }

    @Test
    void drawsTheViewAgainBelowALogLine() {
        var screen = screen(true, 10, LogLevel.INFO);
        screen.show(List.of("one", "two is longer than ten"));
        awaitText("two is lo\n"); // of views only the latest waits
        screen.line("log");
        screen.close();

        assertThat(text())
                .isEqualTo(
                        "one\ntwo is lo\n" + "\r\u001b[2A\u001b[J" + "log\n" + "one\ntwo is lo\n");
    }

    @Test
    void showsNoViewWhereItCannotBeDrawnOver() {
        var screen = screen(false, 80, LogLevel.INFO);
        screen.show(List.of("one"));
        screen.close();

        assertThat(text()).isEmpty();
    }

    @Test
    void copiesEveryLine() {
        var screen = screen(false, 80, LogLevel.INFO);
        var copies = new ArrayList<String>();
        screen.copyTo(copies::add);
        screen.line("{}");

        assertThat(copies).containsExactly("{}");
    }

    @Test
    void writesAnObjectALineForScripts() {
        var screen = new Screen(out, false, () -> 80, LogLevel.INFO.number(), LogFormat.json);
        screen.log(LogLevel.WARNING, "C:\\ is \"full\"\n" + BIDI);
        screen.close();

        assertThat(text())
                .matches("\\{\"time\":\"[-0-9T:.+Z]+\",\"level\":\"warning\",\"message\":.*}\n")
                .contains("\"C:\\\\ is \\\"full\\\"??\"}");
    }

    @Test
    void replacesWhatMovesCursorsInMessagesOfAnybody() {
        var screen = screen(false, 80, LogLevel.INFO);
        screen.log(LogLevel.INFO, "a" + (char) 27 + "[2J\r\nb" + BIDI + (char) 0x2028);
        screen.close();

        assertThat(text()).endsWith(" info: a?[2J??b??\n");
    }

    @Test
    void dropsAndCountsWhatNobodyReads() {
        var screen = screen(false, 80, LogLevel.INFO);
        synchronized (held) {
            fillUp(screen);
            for (int i = 0; i < Screen.MAX_LINES + 7; i++) {
                screen.line("line " + i);
            }
            assertThat(screen.waitingLines()).isEqualTo(Screen.MAX_LINES);
            assertThat(screen.droppedLines()).isEqualTo(7);
        }
        screen.close();

        List<String> lines = text().lines().toList();
        assertThat(lines).hasSize(Screen.MAX_LINES + 2);
        assertThat(lines.getLast())
                .endsWith("warning: 7 lines are missing here: nobody read them in time");
    }

    @Test
    void longLinesThatWaitAreBoundedByTheirCharacters() {
        var screen = screen(false, 80, LogLevel.INFO);
        String half = "x".repeat(Screen.MAX_CHARS / 2 + 1);
        synchronized (held) {
            fillUp(screen);
            screen.line(half);
            screen.line(half);
            assertThat(screen.waitingLines()).isOne();
            assertThat(screen.droppedLines()).isOne();
        }
        screen.close();
    }

    /** Has the writing thread held by the terminal. */
    private static void fillUp(Screen screen) {
        screen.line("first");
        while (screen.waitingLines() > 0) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void putsAsManyFactsSideBySideAsFitWhole() {
        List<String> facts = List.of("8.02 Mb/s", "lost 1 234", "", "recovered 99");

        assertThat(Text.fit(80, facts)).isEqualTo("8.02 Mb/s  lost 1 234  recovered 99");
        assertThat(Text.fit(30, facts)).isEqualTo("8.02 Mb/s  lost 1 234");
        assertThat(Text.fit(1, facts)).isEqualTo("8.02 Mb/s");
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

    private Screen screen(boolean interactive, int columns, LogLevel level) {
        return new Screen(out, interactive, () -> columns, level.number(), LogFormat.text);
    }

    private void awaitText(String end) {
        long endNs = System.nanoTime() + 10_000_000_000L;
        while (!text().endsWith(end) && System.nanoTime() < endNs) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
