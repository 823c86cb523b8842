package io.rist4j.codec.eap;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.Wire;
import io.rist4j.core.message.Verdict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;

class EapolFrameTest {
    private static final int AT = 5;

    private final EapolFrame frame = new EapolFrame();

    record Vector(EapMessage message, String hex, String what) {
        byte[] octets() {
            return HexFormat.of().parseHex(hex);
        }

        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Vector> vectors() {
        var stream = EapolFrameTest.class.getResourceAsStream("/io/rist4j/codec/eapol.tsv");
        Objects.requireNonNull(stream, "eapol.tsv");
        try (var reader =
                new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .map(c -> new Vector(EapMessage.valueOf(c[0]), c[1], c[2]))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isRewritten(Vector vector) {
        boolean isForeignForm =
                vector.what.contains("as libRIST 0.2.12 sends")
                        || vector.what.contains("8-bit lengths")
                        || vector.what.contains("with padding");
        return !isForeignForm;
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void readsEveryFrameOfAnExchangeAndWritesItAgain(Vector vector) {
        byte[] octets = vector.octets();
        ByteBuffer b = Wire.shifted(octets, AT);

        assertThat(frame.read(b, AT, octets.length)).isEqualTo(Verdict.OK);

        assertThat(frame.message).isEqualTo(vector.message);
        assertThat(frame.version).isEqualTo(octets[0]);
        if (isRewritten(vector)) {
            ByteBuffer again = Wire.dirty(EapWriter.MAX_BYTES);
            int bytes = write(again, b);
            assertThat(Wire.digits(again, 1, bytes)).isEqualTo(vector.hex);
            assertThat(again.get(bytes + 1)).isEqualTo((byte) 0xEE);
        }
    }

    private int write(ByteBuffer to, ByteBuffer from) {
        int v = frame.version;
        int id = frame.identifier;
        return switch (frame.message) {
            case START -> EapWriter.start(to, 1, v);
            case IDENTITY_REQUEST -> EapWriter.identityRequest(to, 1, v, id);
            case IDENTITY_RESPONSE -> EapWriter.identityResponse(to, 1, v, id, frame.body(from));
            case CHALLENGE -> {
                var challenge = new Challenge();
                assertThat(challenge.read(from, frame.bodyAt, frame.bodyBytes))
                        .isEqualTo(Verdict.OK);
                assertThat(challenge.hasGroup()).isFalse();
                yield EapWriter.challenge(to, 1, v, id, challenge.salt(from));
            }
            case CLIENT_KEY -> EapWriter.clientKey(to, 1, v, id, frame.body(from));
            case SERVER_KEY -> EapWriter.serverKey(to, 1, v, id, frame.body(from));
            case CLIENT_VALIDATOR ->
                    EapWriter.clientValidator(
                            to, 1, v, id, usesKey(from), bothWays(from), proof(from));
            case SERVER_VALIDATOR ->
                    EapWriter.serverValidator(to, 1, v, id, usesKey(from), proof(from));
            case ACKNOWLEDGEMENT -> EapWriter.acknowledgement(to, 1, v, id);
            case SUCCESS -> EapWriter.success(to, 1, v, id, frame.bodyBytes == 2);
            case FAILURE -> EapWriter.failure(to, 1, v, id);
            case NAK -> EapWriter.nak(to, 1, v, id);
            case PASSPHRASE_REQUEST -> EapWriter.passphraseRequest(to, 1, v, id);
            case PASSPHRASE_RESPONSE ->
                    EapWriter.passphraseResponse(to, 1, v, id, frame.body(from));
            case LOGOFF, OTHER_REQUEST, OTHER_RESPONSE -> throw new AssertionError(frame.message);
        };
    }

    private boolean usesKey(ByteBuffer from) {
        return Validator.usesSessionKey(from, frame.bodyAt, frame.version);
    }

    private boolean bothWays(ByteBuffer from) {
        return Validator.keysBothWays(from, frame.bodyAt, frame.version);
    }

    private byte[] proof(ByteBuffer from) {
        return Validator.proof(from, frame.bodyAt);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void refusesEveryTruncatedFrame(Vector vector) {
        byte[] octets = vector.octets();
        ByteBuffer b = Wire.shifted(octets, AT);

        for (int bytes = 0; bytes < octets.length; bytes++) {
            Verdict expected =
                    vector.message == EapMessage.START && bytes >= 4
                            ? Verdict.OK
                            : Verdict.TRUNCATED;
            assertThat(frame.read(b, AT, bytes)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "01010000, BAD_VERSION",
        "05010000, BAD_VERSION",
        "03030000, UNKNOWN",
        "0300000405000004, UNKNOWN",
        "0300000403000005, BAD_LENGTH",
        "0300000303000003, BAD_LENGTH",
        "0300000401000004, TRUNCATED",
        "030000050200000501, BAD_LENGTH",
        "030000050100000513, TRUNCATED",
        "03000006020000061301, BAD_LENGTH",
        "03000006010000061303, BAD_LENGTH",
        "03000006020000061310, BAD_LENGTH",
        "03020000, OK",
        "030000050100000544, OK",
        "03000006010000061304, OK",
        "030000040313000400ff, OK"
    })
    void judgesWhatNoPeerSends(String hex, Verdict verdict) {
        ByteBuffer b = Wire.hex(hex);

        assertThat(frame.read(b, 0, b.capacity())).isEqualTo(verdict);
    }

    @Test
    void tellsFramesWithoutTunnelHeaderFromTunnelDatagrams() {
        byte[] bare = HexFormat.of().parseHex("030000050110000501");
        assertThat(EapolFrame.isBare(ByteBuffer.wrap(bare), 0, bare.length)).isTrue();
        assertThat(EapolFrame.isBare(ByteBuffer.wrap(bare), 0, bare.length - 1)).isFalse();
        assertThat(EapolFrame.isBare(ByteBuffer.wrap(bare), 0, 3)).isFalse();
        assertThat(EapolFrame.isBare(Wire.hex("03010004"), 0, 4)).isTrue();
        assertThat(EapolFrame.isBare(Wire.hex("3008888e000000000000000003010000"), 0, 16))
                .isFalse();
        assertThat(EapolFrame.isBare(Wire.hex("0000888e03010000"), 0, 8)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "0000 0001 aa 0000, OK, false",
        "0000 0001 aa 0001 02 0d, OK, true",
        "00 01 aa 00, OK, false",
        "0002 6162 0001 aa 0000, OK, false",
        "0000 0001 aa 0000 0000000000000000, OK, false",
        "0000 0001 aa 0000 0000000000000001, BAD_LENGTH, false",
        "0000 0001 aa 0001 02, BAD_LENGTH, false",
        "0000 0001 aa 0001 02 00, OK, true",
        "0000 0000 0000, BAD_LENGTH, false",
        "0000 0001 aa, BAD_LENGTH, false",
        "0000 0009 aa 0000, BAD_LENGTH, false",
        "0000, BAD_LENGTH, false"
    })
    void readsChallengesWithEitherLength(String hex, Verdict verdict, boolean hasGroup) {
        ByteBuffer b = Wire.hex(hex);
        var challenge = new Challenge();

        assertThat(challenge.read(b, 0, b.capacity())).isEqualTo(verdict);
        if (verdict == Verdict.OK) {
            assertThat(challenge.salt(b)).containsExactly(0xaa);
            assertThat(challenge.hasGroup()).isEqualTo(hasGroup);
        }
    }

    @Test
    void refusesSaltsThatNoPeerTakes() {
        ByteBuffer b = ByteBuffer.allocate(71).putShort(2, (short) 65);

        assertThat(new Challenge().read(b, 0, 71)).isEqualTo(Verdict.BAD_LENGTH);
    }
}
