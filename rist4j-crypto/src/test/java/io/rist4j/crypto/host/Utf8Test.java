package io.rist4j.crypto.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

class Utf8Test {
    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "grün", "日本語", "🎥 on air"})
    void encodesAsStringsDo(String text) {
        assertThat(Utf8.encode(text.toCharArray()))
                .isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void refusesHalfACharacterWithoutShowingIt() {
        assertThatThrownBy(() -> Utf8.encode(new char[] {'a', '\ud83c', 'b'}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not valid Unicode");
        assertThatThrownBy(() -> Utf8.encode(new char[] {'a', '\ud83c'}))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
