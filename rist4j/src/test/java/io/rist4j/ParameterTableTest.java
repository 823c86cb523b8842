package io.rist4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What holds for every row of the table of parameters. */
class ParameterTableTest {
    private static final List<String> BUILDERS =
            List.of(
                    "RistConfigBuilder",
                    "SenderConfigBuilder",
                    "ReceiverConfigBuilder",
                    "MainConfig");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aes-type=0",
                "key-rotation=0",
                "srp-compat=0",
                "srp-compat=auto",
                "require-encryption=0",
                "require-encryption=off",
                "require-encryption=false",
                "compression=0",
                "compression=off",
                "split=off",
                "split=0",
                "merge=off",
                "reflector=0",
                "rtt-drop=0",
                "cbr-output=0"
            })
    void takesOnEveryProfileWhatAsksForNothing(String pair) {
        for (String profile : List.of("simple", "main")) {
            String plain = "rist://host:5000?profile=" + profile;

            assertThat(RistUri.parse(plain + "&" + pair)).isEqualTo(RistUri.parse(plain));
        }
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    key-rotation=1       | key-rotation needs the main profile; simple cannot encrypt
                    srp-compat=pad       | srp-compat needs the main profile; simple cannot authenticate
                    srp-compat=7         | srp-compat needs the main profile; simple cannot authenticate
                    require-encryption=1 | require-encryption needs the main profile; simple cannot encrypt
                    aes-type=256         | aes-type needs the main profile; simple cannot encrypt
                    virt-dst-port=0      | virt-dst-port needs the main profile; simple has no virtual ports
                    recovery-depth=0     | recovery-depth needs the advanced profile
                    """,
            delimiter = '|')
    void refusesByNameWhatAsksForSomethingTheProfileLacks(String pair, String message) {
        assertThatThrownBy(() -> RistUri.parse("rist://host:5000?profile=simple&" + pair))
                .isInstanceOf(RistConfigException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void heedsAnOffValueWhereTheProfileHasIt() {
        RistConfig base =
                RistConfig.main()
                        .srpCompat(SrpCompat.PAD)
                        .keyRotationPackets(50)
                        .requireEncryption(true)
                        .aesBits(128)
                        .build();

        MainConfig config =
                (MainConfig)
                        RistUri.parse(
                                        "rist://host:5000?srp-compat=0&key-rotation=0"
                                                + "&require-encryption=off&aes-type=0",
                                        base)
                                .config();

        assertThat(config.srpCompat()).isEqualTo(SrpCompat.AUTO);
        assertThat(config.keyRotationPackets()).isZero();
        assertThat(config.requireEncryption()).isFalse();
        assertThat(config.aesBits()).as("0 is no length: it says nothing").isEqualTo(128);
    }

    /** Otherwise a stream that was to be encrypted would go in clear without a word. */
    @Test
    void refusesGivenSettingsThatTheProfileOfTheUrlLacks() {
        RistConfig secret = RistConfig.main().secret("correct horse").build();
        RistConfig off = RistConfig.main().requireEncryption(false).keyRotationPackets(0).build();

        assertThatThrownBy(() -> RistUri.parse("rist://host:5000?profile=simple", secret))
                .isInstanceOf(RistConfigException.class)
                .hasMessage("secret needs the main profile; simple cannot encrypt");
        assertThat(RistUri.parse("rist://host:5000?profile=simple", off))
                .isEqualTo(RistUri.parse("rist://host:5000?profile=simple"));
    }

    @Test
    void hasEverySettingActSomewhereAndSomeProfileHaveIt() {
        assertThat(Parameters.settings())
                .allSatisfy(p -> {
                    assertThat((p.ofSession() == null) != (p.ofPath() == null))
                            .as(p.key())
                            .isTrue();
                    assertThat(p.profiles()).as(p.key()).isNotEmpty();
                    assertThat(p.fallbackText()).as(p.key()).isNotEmpty();
                    assertThat(p.lack().isEmpty())
                            .as(p.key())
                            .isEqualTo(p.profiles().size() == RistProfile.values().length);
                });
    }

    @Test
    void namesNoWordOfOtherToolsTwice() {
        var words = new ArrayList<String>();
        Parameters.ROWS.forEach(row -> words.addAll(row.elsewhere()));

        assertThat(words)
                .doesNotHaveDuplicates()
                .allSatisfy(word -> {
                    assertThat(Parameters.row(word)).isEmpty();
                    assertThat(word).isEqualTo(word.toLowerCase(Locale.ROOT));
                    assertThat(ForeignWords.hint(word)).startsWith("here it is ");
                });
        assertThat(ForeignWords.hint("latency")).isEqualTo("here it is buffer, in ms");
        assertThat(ForeignWords.hint("PassPhrase")).isEqualTo("here it is secret");
        assertThat(ForeignWords.hint("mode")).startsWith("who listens is written");
        assertThat(ForeignWords.hint("no-such-word")).isNull();
    }

    /** The range stands in the table; where a method's documentation repeats it, it is the same. */
    @Test
    void documentsEveryRangeAsTheTableHasIt() throws IOException {
        var sources = new StringBuilder();
        for (String builder : BUILDERS) {
            sources.append(Files.readString(Path.of("src/main/java/io/rist4j", builder + ".java")));
        }
        var checked = new HashSet<String>();
        for (Parameter<?> parameter : Parameters.settings()) {
            Optional<String> range = numbers(parameter.kind());
            if (range.isPresent()) {
                checked.add(parameter.key());
                assertThat(documentation(sources, parameter.field()))
                        .as(parameter.field())
                        .contains(range.get());
            }
        }
        assertThat(checked).hasSizeGreaterThan(20);
    }

    /** What a range is as documentation writes it, where it has bounds. */
    private static Optional<String> numbers(ValueKind<?> kind) {
        return switch (kind) {
            case TextKind text -> Optional.of("1.." + text.mostBytes() + " bytes");
            case SecretKind secret -> Optional.of("1.." + secret.mostBytes() + " bytes");
            case DurationKind duration -> Optional.of(duration.range());
            case BitrateKind bitrate -> Optional.of(bitrate.range());
            case IntKind number -> Optional.of(number.least() + ".." + number.most());
            default -> Optional.empty();
        };
    }

    /** The words before a method, in one line and without separators of thousands. */
    private static String documentation(CharSequence sources, String method) {
        Matcher found =
                Pattern.compile("public \\w+ " + method + "\\((?=\\w+(?:\\[])? )").matcher(sources);
        assertThat(found.find()).as("a method " + method).isTrue();
        String before = sources.subSequence(0, found.start()).toString();
        return before.substring(before.lastIndexOf("/**"))
                .replaceAll("\\s+\\*\\s+", " ")
                .replaceAll("(?<=\\d),(?=\\d{3})", "");
    }
}
