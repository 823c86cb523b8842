package io.rist4j.crypto.eap;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.crypto.Vectors;
import io.rist4j.crypto.Vectors.Row;
import io.rist4j.crypto.psk.Passphrase;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;

class PassphraseBodyTest {
    private static final int HEADER_BYTES = 10;
    private static final int IDENTIFIER = 0xC1;

    private final Passphrase sessionKey =
            Passphrase.ofOctets(
                    HexFormat.of()
                            .parseHex(
                                    "6fb2ba5ab55252e263c35ebba0e04f912f167972fe9d45566cfe7cbc7e513713"));
    private final Passphrase secret = Passphrase.ofText("topsecret".toCharArray());

    private static byte[] body(byte[] frame) {
        return Arrays.copyOfRange(frame, HEADER_BYTES, frame.length);
    }

    private static Row frame(String part) {
        return Vectors.eapol()
                .filter(row -> row.text("name").contains(part))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void sealsAndOpensAsPeersDo() {
        byte[] body = body(frame("as deployed").octets("hex"));

        assertThat(PassphraseBody.seal(sessionKey, IDENTIFIER, secret)).isEqualTo(body);
        Passphrase opened =
                Objects.requireNonNull(PassphraseBody.open(sessionKey, IDENTIFIER, body));
        assertThat(opened.isSame(secret)).isTrue();
    }

    @Test
    void opensShortKeys() {
        byte[] body = {0, 1, 2, 3};
        Passphrase opened =
                Objects.requireNonNull(PassphraseBody.open(sessionKey, IDENTIFIER, body));
        byte[] again = opened.octets();

        assertThat(again).hasSize(3).isNotEqualTo(new byte[] {1, 2, 3});
    }

    @Test
    void knowsTheSessionKey() {
        byte[] body = body(frame("Passphrase Response U=1").octets("hex"));

        assertThat(PassphraseBody.isSessionKey(body)).isTrue();
        assertThat(PassphraseBody.ofSessionKey()).isEqualTo(body);
        assertThat(PassphraseBody.open(sessionKey, IDENTIFIER, body)).isNull();
        assertThat(PassphraseBody.open(sessionKey, IDENTIFIER, new byte[300])).isNull();
        assertThat(PassphraseBody.open(sessionKey, IDENTIFIER, new byte[1])).isNull();
    }

    static Stream<Row> version4() {
        return Vectors.passphrases();
    }

    @ParameterizedTest
    @MethodSource("version4")
    void sealsAndOpensVersion4(Row row) {
        byte[] body = body(row.octets("frame"));
        boolean isToServer = row.text("key").startsWith("0036");

        assertThat(PassphraseBody.sealVersion4(sessionKey, isToServer, IDENTIFIER, 0, secret))
                .isEqualTo(body);
        Passphrase opened =
                Objects.requireNonNull(
                        PassphraseBody.openVersion4(sessionKey, isToServer, IDENTIFIER, body));
        assertThat(opened.isSame(secret)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("version4")
    void refusesVersion4ThatWasTouched(Row row) {
        byte[] body = body(row.octets("frame"));
        boolean isToServer = row.text("key").startsWith("0036");

        for (int i = 0; i < body.length; i++) {
            byte[] touched = body.clone();
            touched[i] ^= 1;
            assertThat(PassphraseBody.openVersion4(sessionKey, isToServer, IDENTIFIER, touched))
                    .isNull();
            byte[] cut = Arrays.copyOf(body, i);
            assertThat(PassphraseBody.openVersion4(sessionKey, isToServer, IDENTIFIER, cut))
                    .isNull();
        }
        assertThat(PassphraseBody.openVersion4(sessionKey, isToServer, 0xC2, body)).isNull();
        assertThat(PassphraseBody.openVersion4(sessionKey, !isToServer, IDENTIFIER, body)).isNull();
    }
}
