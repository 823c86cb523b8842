package io.rist4j.codec.gre;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.Wire;
import io.rist4j.core.message.Verdict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** What holds of every datagram that was captured from a peer with a pre-shared key. */
class CapturedKeyTest {
    private final GrePacket packet = new GrePacket();

    static Stream<Row> rows() {
        return CapturedTunnel.rows("psk.tsv").map(Row::of);
    }

    /** One line of {@code psk.tsv}. */
    record Row(
            String name,
            int keyBits,
            int nonce,
            long sequence,
            int version,
            int protocolType,
            String key,
            String iv,
            String datagram,
            String plaintext) {
        static Row of(List<String> columns) {
            return new Row(
                    columns.get(0) + " " + columns.get(1),
                    Integer.parseInt(columns.get(3)),
                    Integer.parseUnsignedInt(columns.get(4), 16),
                    Long.parseLong(columns.get(5), 16),
                    Integer.parseInt(columns.get(6)),
                    Integer.parseInt(columns.get(7), 16),
                    columns.get(8),
                    columns.get(9),
                    columns.get(10),
                    columns.get(11));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @Test
    void thereAreRowsOfEveryKind() {
        assertThat(rows()).hasSizeGreaterThanOrEqualTo(50);
        assertThat(rows().map(Row::keyBits).distinct()).containsExactlyInAnyOrder(128, 256);
        assertThat(rows().map(Row::protocolType).distinct())
                .containsExactlyInAnyOrder(0xCCE0, 0x88B5, 0x88B6, 0x0800);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void laysOutWhatAGuardNeeds(Row row) {
        ByteBuffer b = Wire.hex(row.datagram);

        assertThat(GreHeader.read(b, 0, b.capacity(), packet)).isEqualTo(Verdict.OK);

        assertThat(packet.isEncrypted()).isTrue();
        assertThat(packet.longKey).isEqualTo(row.keyBits == 256);
        assertThat(packet.nonce).isEqualTo(row.nonce);
        assertThat(packet.hasSequence).isTrue();
        assertThat(packet.sequence).isEqualTo(row.sequence);
        assertThat(packet.version).isEqualTo(row.version);
        assertThat(packet.protocolType).isEqualTo(row.protocolType);
        assertThat(packet.bodyAt).isEqualTo(GreHeader.ENCRYPTED_BYTES);
        assertThat(packet.bodyBytes).isEqualTo(row.plaintext.length() / 2);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void isReadOnceOpenedAndWrittenAgainAsItWas(Row row) throws GeneralSecurityException {
        ByteBuffer b = Wire.hex(row.datagram);
        assertThat(GreHeader.read(b, 0, b.capacity(), packet)).isEqualTo(Verdict.OK);

        openInPlace(row);

        assertThat(Wire.digits(b, packet.bodyAt, packet.bodyBytes)).isEqualTo(row.plaintext);
        assertThat(RewritingTunnel.rewrite(packet)).isEqualTo(row.plaintext);
        assertThat(RewritingTunnel.rewriteHeader(packet))
                .isEqualTo(row.datagram.substring(0, 2 * GreHeader.ENCRYPTED_BYTES));
    }

    private void openInPlace(Row row) throws GeneralSecurityException {
        byte[] body = new byte[packet.bodyBytes];
        packet.buffer.get(packet.bodyAt, body);
        var cipher = Cipher.getInstance("AES/CTR/NoPadding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(HexFormat.of().parseHex(row.key), "AES"),
                new IvParameterSpec(HexFormat.of().parseHex(row.iv)));
        packet.buffer.put(packet.bodyAt, cipher.doFinal(body));
    }

    /** Whole datagrams with the passphrase and nonce of TR-06-2:2022 annex B. */
    @ParameterizedTest
    @CsvSource({
        "300888b552495354010203043933595f8cbe7f45, 1, false, 0x88b5, 8",
        "304888b552495354010203049f2916289b5a3465, 1, true, 0x88b5, 8",
        "3010cce052495354010203043b33d95f8ebf5a6509457b7e, 2, false, 0xcce0, 12",
        "3050cce052495354010203049d299628995b1145aaf95b8c, 2, true, 0xcce0, 12",
    })
    void laysOutDatagramsWithTheNonceOfTheAnnex(
            String datagram, int version, boolean longKey, String protocolType, int bodyBytes) {
        ByteBuffer b = Wire.hex(datagram);

        assertThat(GreHeader.read(b, 0, b.capacity(), packet)).isEqualTo(Verdict.OK);

        assertThat(packet.nonce).isEqualTo(0x5249_5354);
        assertThat(packet.sequence).isEqualTo(0x0102_0304L);
        assertThat(packet.version).isEqualTo(version);
        assertThat(packet.longKey).isEqualTo(longKey);
        assertThat(packet.protocolType).isEqualTo(Integer.decode(protocolType));
        assertThat(packet.bodyBytes).isEqualTo(bodyBytes);
        assertThat(RewritingTunnel.rewriteHeader(packet)).isEqualTo(datagram.substring(0, 24));
    }
}
