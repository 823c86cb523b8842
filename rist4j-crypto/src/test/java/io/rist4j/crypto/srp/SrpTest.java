package io.rist4j.crypto.srp;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.crypto.SeededOctets;
import io.rist4j.crypto.Vectors;
import io.rist4j.crypto.Vectors.Row;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

class SrpTest {
    private static final Map<String, SrpMode> MODES =
            Map.of(
                    "Z", SrpMode.LEGACY,
                    "N", SrpMode.UNPADDED,
                    "P", SrpMode.PADDED,
                    "ZP", SrpMode.LEGACY_PADDED);

    /** TR-06-2:2022 §D.9. */
    private static final SrpGroup EXAMPLE =
            new SrpGroup(
                    new BigInteger(
                            "d66aafe8e245f9ac245a199f62ce61ab8fa90a4d80c71cd2adfd0b9da163b29f"
                                    + "2a34afbdb3b1b5d0102559ce63d8b6e86b0aa59c14e79d4aa62d1748e4249df3",
                            16),
                    BigInteger.TWO);

    private static final byte[] USER = utf8("rist");
    private static final byte[] PASSWORD = utf8("mainprofile");
    private static final byte[] SALT = {1, 2, 3, 4};

    private final SeededOctets random = new SeededOctets(31);

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Stream<Row> vectors() {
        return Vectors.srp();
    }

    private static Srp srp(Row row) {
        SrpGroup group = row.number("group_bits") == 512 ? EXAMPLE : SrpGroup.DEFAULT;
        return new Srp(group, Objects.requireNonNull(MODES.get(row.text("mode"))));
    }

    /** The vectors have values as long as the group. */
    private static byte[] shortest(byte[] octets) {
        byte[] signed = new BigInteger(1, octets).toByteArray();
        return signed[0] == 0 ? Arrays.copyOfRange(signed, 1, signed.length) : signed;
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void computesPublicValuesAndVerifier(Row row) {
        Srp srp = srp(row);
        byte[] salt = row.octets("salt");

        byte[] v = srp.verifier(utf8(row.text("I")), utf8(row.text("P")), salt);

        assertThat(v).isEqualTo(shortest(row.octets("v")));
        assertThat(srp.clientPublic(row.octets("a"))).isEqualTo(shortest(row.octets("A")));
        assertThat(srp.serverPublic(v, row.octets("b"))).isEqualTo(shortest(row.octets("B")));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void agreesOnKeyAndProofs(Row row) {
        Srp srp = srp(row);
        byte[] user = utf8(row.text("I"));
        byte[] salt = row.octets("salt");

        SrpSession client =
                srp.clientSession(
                        user, utf8(row.text("P")), salt, row.octets("a"), row.octets("B"));
        SrpSession server =
                srp.serverSession(user, row.octets("v"), salt, row.octets("b"), row.octets("A"));

        for (SrpSession session : new SrpSession[] {client, server}) {
            assertThat(session).isNotNull();
            assertThat(session.key()).isEqualTo(row.octets("K"));
            assertThat(session.clientProof()).isEqualTo(row.octets("M1"));
            assertThat(session.serverProof()).isEqualTo(row.octets("M2"));
            assertThat(session.isClientProof(row.octets("M1"))).isTrue();
            assertThat(session.isClientProof(row.octets("M2"))).isFalse();
            assertThat(session.isServerProof(row.octets("M2"))).isTrue();
            assertThat(session.isServerProof(new byte[0])).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void disagreesForAnotherPassword(SrpMode mode) {
        Srp srp = Srp.of(mode);
        byte[] a = exponent();
        byte[] b = exponent();
        byte[] v = srp.verifier(USER, utf8("another"), SALT);

        SrpSession client =
                Objects.requireNonNull(
                        srp.clientSession(USER, PASSWORD, SALT, a, srp.serverPublic(v, b)));
        SrpSession server =
                Objects.requireNonNull(srp.serverSession(USER, v, SALT, b, srp.clientPublic(a)));

        assertThat(server.isClientProof(client.clientProof())).isFalse();
        assertThat(client.isServerProof(server.serverProof())).isFalse();
    }

    static Stream<byte[]> deadlyValues() {
        BigInteger n = SrpGroup.DEFAULT.modulus();
        byte[] longer = new byte[SrpGroup.DEFAULT.bytes() + 1];
        longer[0] = 1;
        return Stream.of(
                new byte[0],
                new byte[1],
                new byte[SrpGroup.DEFAULT.bytes()],
                shortest(n.toByteArray()),
                n.shiftLeft(1).toByteArray(),
                longer);
    }

    @ParameterizedTest
    @MethodSource("deadlyValues")
    void refusesPublicValuesThatGiveTheKeyAway(byte[] value) {
        Srp srp = Srp.of(SrpMode.PADDED);
        byte[] v = srp.verifier(USER, PASSWORD, SALT);

        assertThat(srp.isUsable(value)).isFalse();
        assertThat(srp.serverSession(USER, v, SALT, exponent(), value)).isNull();
        assertThat(srp.clientSession(USER, PASSWORD, SALT, exponent(), value)).isNull();
        assertThat(srp.serverSession(USER, value, SALT, exponent(), new byte[] {5})).isNull();
    }

    @Test
    void hashesFromTheZeroState() {
        assertThat(HexFormat.of().formatHex(ZeroStateSha256.hash(utf8("rist:mainprofile"))))
                .isEqualTo("f36d9b122e19e2cdb9bb1f84988731b94044508e68cb63953ace02971f8a893e");
    }

    @Test
    void hashesPartsAsOneWhateverTheirLengths() {
        byte[] whole = new byte[200];
        random.fill(whole);
        for (int bytes = 0; bytes <= whole.length; bytes++) {
            byte[] all = Arrays.copyOf(whole, bytes);
            byte[] first = Arrays.copyOf(whole, bytes / 3);
            byte[] second = Arrays.copyOfRange(whole, bytes / 3, bytes);

            assertThat(ZeroStateSha256.hash(first, second)).isEqualTo(ZeroStateSha256.hash(all));
        }
    }

    @Test
    void drawsSaltsWithoutLeadingZeros() {
        int[] calls = {0};
        SrpVerifier verifier =
                SrpVerifier.create(
                        false, USER, PASSWORD, octets -> Arrays.fill(octets, (byte) calls[0]++));

        assertThat(verifier.salt()).hasSize(32).containsOnly(1);
        assertThat(verifier.verifier())
                .isEqualTo(Srp.of(SrpMode.UNPADDED).verifier(USER, PASSWORD, verifier.salt()));
        assertThat(verifier.toString()).isEqualTo("SrpVerifier[***]");
    }

    @Test
    void overwritesASessionThatIsClosed() {
        Srp srp = Srp.of(SrpMode.PADDED);
        byte[] v = srp.verifier(USER, PASSWORD, SALT);
        SrpSession session =
                Objects.requireNonNull(
                        srp.serverSession(USER, v, SALT, exponent(), new byte[] {5}));

        session.close();

        assertThat(session.key()).containsOnly(0);
        assertThat(session.toString()).isEqualTo("SrpSession[***]");
    }

    private byte[] exponent() {
        byte[] octets = new byte[Srp.EXPONENT_BYTES];
        random.fill(octets);
        return octets;
    }
}
