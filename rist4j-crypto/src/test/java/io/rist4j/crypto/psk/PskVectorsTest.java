package io.rist4j.crypto.psk;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.crypto.Vectors;
import io.rist4j.crypto.Vectors.Row;
import io.rist4j.crypto.host.Worker;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

class PskVectorsTest {
    /** GRE header with nonce and sequence. */
    private static final int GRE_BYTES = 12;

    /** TR-06-2:2022 Annex B. */
    private static final String ANNEX_B = "Reliable Internet Stream Transport";

    static Stream<Row> captured() {
        return Vectors.captured();
    }

    static Stream<Row> keyStreams() {
        return Vectors.keyStreams();
    }

    private static Passphrase text(String text) {
        return Passphrase.ofText(text.toCharArray());
    }

    @ParameterizedTest
    @MethodSource("captured")
    void opensAndSealsCapturedDatagramsAsLibristDoes(Row row) {
        byte[] datagram = row.octets("datagram");
        boolean aes256 = row.number("bits") == 256;
        var receiver =
                new PskReceiver(
                        text(row.text("passphrase")),
                        new NonceHistory(),
                        PskReceiver.sharedBudget(),
                        Worker.inline(),
                        (nowNs, nonce) -> {});
        ByteBuffer b = ByteBuffer.allocateDirect(datagram.length).put(0, datagram);
        int bytes = datagram.length - GRE_BYTES;

        Opening opening =
                receiver.open(0, b, GRE_BYTES, bytes, b.getInt(4), b.getInt(8), aes256, false);

        assertThat(opening).isEqualTo(Opening.OPENED);
        assertThat(octets(b, GRE_BYTES, bytes)).isEqualTo(row.octets("plain"));
        assertThat(octets(b, 0, GRE_BYTES)).isEqualTo(Arrays.copyOf(datagram, GRE_BYTES));
        seal(row.text("passphrase"), aes256, b.getInt(4), b.getInt(8), false, b);
        assertThat(octets(b, 0, datagram.length)).isEqualTo(datagram);
    }

    @ParameterizedTest
    @MethodSource("captured")
    void derivesTheKeysOfCapturedDatagrams(Row row) {
        byte[] key = KeyDerivation.derive(text(row.text("passphrase")), row.word("nonce"));

        assertThat(Arrays.copyOf(key, row.number("bits") / 8)).isEqualTo(row.octets("key"));
    }

    @ParameterizedTest
    @MethodSource("keyStreams")
    void makesTheKeyStreamOfTheAnnex(Row row) {
        ByteBuffer b = ByteBuffer.allocate(GRE_BYTES + 48);

        seal(ANNEX_B, row.number("bits") == 256, row.word("nonce"), row.word("seq"), false, b);

        assertThat(octets(b, GRE_BYTES, 48)).isEqualTo(row.octets("keystream48"));
    }

    @Test
    void putsTheSequenceLastForPeersOf2020() {
        ByteBuffer b = ByteBuffer.allocate(GRE_BYTES + 48);

        seal(ANNEX_B, false, 0x52495354, 0x01020304, true, b);

        assertThat(HexFormat.of().formatHex(octets(b, GRE_BYTES, 32)))
                .isEqualTo("b3cdfa9e08c0afcc796426cd8617d9f4ec86648ef463fe3c7bbf10710de4c0b8");
    }

    @ParameterizedTest
    @CsvSource({
        "52495354, 1c2b0cfc90ae2638fea78c7fb297704718bff7f4052743001a9b7ebb51cc9f1c",
        "d2495354, dab46a6b65bd443c2386f51d5f25fe6c8993f1fe8dc4b9788c5168d1cdf49230"
    })
    void derivesFromTheWholeNonce(String nonce, String key) {
        assertThat(KeyDerivation.derive(text(ANNEX_B), HexFormat.fromHexDigits(nonce)))
                .isEqualTo(HexFormat.of().parseHex(key));
    }

    @Test
    void derivesFromOctetsThatAreNoText() {
        byte[] sessionKey =
                HexFormat.of()
                        .parseHex(
                                "6fb2ba5ab55252e263c35ebba0e04f912f167972fe9d45566cfe7cbc7e513713");

        assertThat(KeyDerivation.derive(Passphrase.ofOctets(sessionKey), 0x52495354))
                .isEqualTo(
                        HexFormat.of()
                                .parseHex(
                                        "b3e00531316e4c0eff84bd24737d546f"
                                                + "843ace58b93798859a1be366e4df82e4"));
    }

    @ParameterizedTest
    @CsvSource({
        "300888b55249535401020304, 020000000001 2520, 3933595f8cbe7f45",
        "304888b55249535401020304, 020000000001 2520, 9f2916289b5a3465",
        "3010cce05249535401020304, 00008000 020000000001 2520, 3b33d95f8ebf5a6509457b7e",
        "3050cce05249535401020304, 00008000 020000000001 2520, 9d299628995b1145aaf95b8c"
    })
    void sealsWholeKeepAlives(String header, String plain, String sealed) {
        byte[] clear = HexFormat.of().parseHex(header + plain.replace(" ", ""));
        ByteBuffer b = ByteBuffer.wrap(clear);

        seal(ANNEX_B, (clear[1] & 0x40) != 0, 0x52495354, 0x01020304, false, b);

        assertThat(HexFormat.of().formatHex(clear)).isEqualTo(header + sealed);
    }

    private static void seal(
            String passphrase,
            boolean aes256,
            int nonce,
            int sequence,
            boolean sequenceLast,
            ByteBuffer b) {
        var draws = new AtomicInteger(Nonce.isOdd(nonce) ? 2 : 1);
        var sender =
                new PskSender(
                        0,
                        text(passphrase),
                        new PskSealing(aes256, 0, sequenceLast),
                        new NonceHistory(),
                        octets -> {
                            int left = draws.getAndDecrement();
                            ByteBuffer.wrap(octets).putInt(0, left > 0 ? nonce : left + 1_000_000);
                        },
                        Worker.inline());
        if (Nonce.isOdd(nonce)) {
            sender.changeToOtherSlot(0, text(passphrase));
        }
        assertThat(sender.nonce(0, sequence)).isEqualTo(nonce);
        assertThat(sender.isAes256()).isEqualTo(aes256);
        sender.seal(b, GRE_BYTES, b.capacity() - GRE_BYTES);
    }

    private static byte[] octets(ByteBuffer b, int at, int bytes) {
        byte[] octets = new byte[bytes];
        b.get(at, octets);
        return octets;
    }
}
