package io.rist4j.core.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

class PrintableTextTest {
    @ParameterizedTest
    @ValueSource(
            ints = {
                0x00, 0x07, 0x09, 0x0A, 0x0D, 0x1B, 0x7F, 0x80, 0x9B, 0x9F, 0xAD, 0x061C, 0x200B,
                0x200D, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A, 0x202E, 0x2060, 0x2066, 0x2069,
                0xD800, 0xDFFF, 0xE000, 0xFEFF, 0xFFF9, 0xFFFF, 0xE0001, 0x10FFFF
            })
    void replacesWhatDoesNotShowAsItself(int codePoint) {
        String text = "a" + Character.toString(codePoint) + "z";

        assertThat(PrintableText.of(text)).isEqualTo("a?z");
    }

    @Test
    void leavesWhatShowsAsItIs() {
        String text = "studio 1 \"Zürich\" 東京 \uD83D\uDCFA \u00A0 é \\";

        assertThat(PrintableText.of(text)).isSameAs(text);
        assertThat(PrintableText.of(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
    }

    @Test
    void showsThatOctetsAreNoText() {
        assertThat(PrintableText.of(new byte[] {'a', (byte) 0xFF, 'b'})).isEqualTo("a\uFFFDb");
    }
}
