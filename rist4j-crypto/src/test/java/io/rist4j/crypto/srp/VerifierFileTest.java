package io.rist4j.crypto.srp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rist4j.crypto.SeededOctets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;

class VerifierFileTest {
    private static final byte[] ALICE = utf8("alice");
    private static final byte[] BOB = utf8("bøb");

    private final SeededOctets random = new SeededOctets(41);

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private SrpVerifier verifier(byte[] user, boolean isLegacy) {
        return SrpVerifier.create(isLegacy, user, utf8("pässword"), random);
    }

    @Test
    void readsWhatItWrites() {
        SrpVerifier legacy = verifier(ALICE, true);
        SrpVerifier modern = verifier(ALICE, false);
        SrpVerifier other = verifier(BOB, false);
        String text =
                VerifierFile.line(ALICE, legacy)
                        + VerifierFile.line(ALICE, modern)
                        + VerifierFile.line(BOB, other);

        VerifierFile file = VerifierFile.read(utf8(text));

        assertThat(file.size()).isEqualTo(3);
        assertThat(file.badLines()).isEmpty();
        assertThat(file.find(ALICE, true)).usingRecursiveComparison().isEqualTo(legacy);
        assertThat(file.find(ALICE, false)).usingRecursiveComparison().isEqualTo(modern);
        assertThat(file.find(BOB, false)).usingRecursiveComparison().isEqualTo(other);
        assertThat(file.find(BOB, true)).isNull();
        assertThat(file.find(utf8("carol"), false)).isNull();
    }

    @Test
    void makesBothRecordsOfANewPassword() {
        String lines = VerifierFile.lines("alice", "pässword".toCharArray(), random);

        VerifierFile file = VerifierFile.read(utf8(lines));
        assertThat(lines.lines().map(line -> line.substring(line.length() - 4)))
                .containsExactly(":3:0", ":3:1");
        for (boolean isLegacy : new boolean[] {true, false}) {
            SrpVerifier made = Objects.requireNonNull(file.find(ALICE, isLegacy));
            Srp srp = Srp.of(isLegacy ? SrpMode.LEGACY : SrpMode.UNPADDED);
            assertThat(srp.verifier(ALICE, utf8("pässword"), made.salt()))
                    .isEqualTo(made.verifier());
        }
    }

    @Test
    void holdsUsersByTheirPasswords() {
        VerifierFile file =
                VerifierFile.ofPasswords(
                        Map.of("alice", "one".toCharArray(), "bøb", "two".toCharArray()), random);

        SrpVerifier bob = Objects.requireNonNull(file.find(BOB, false));
        assertThat(file.size()).isEqualTo(4);
        assertThat(Srp.of(SrpMode.PADDED).verifier(BOB, utf8("two"), bob.salt()))
                .isEqualTo(bob.verifier());
    }

    @Test
    void writesTheFieldsOfLibrist() {
        var verifier = new SrpVerifier(false, new byte[] {1}, new byte[] {2, 3});

        assertThat(VerifierFile.line(ALICE, verifier)).isEqualTo("alice:AgM=:AQ==:3:1\n");
        assertThat(VerifierFile.line(ALICE, new SrpVerifier(true, new byte[] {1}, new byte[] {2})))
                .isEqualTo("alice:Ag==:AQ==:3:0\n");
    }

    @Test
    void readsTheFilesOfOldPeers() {
        String text =
                "# made by hand\r\nalice:AgM:AQ:3\r\n\r\nbob:Ag==:AQ==:3:1\nalice:BA==:AQ==:3:1";

        VerifierFile file = VerifierFile.read(utf8(text));

        assertThat(file.badLines()).isEmpty();
        assertThat(file.size()).isEqualTo(3);
        SrpVerifier legacy = Objects.requireNonNull(file.find(ALICE, true));
        assertThat(legacy.verifier()).containsExactly(2, 3);
        SrpVerifier modern = Objects.requireNonNull(file.find(ALICE, false));
        assertThat(modern.verifier()).containsExactly(4);
    }

    @ParameterizedTest
    @CsvSource({"0.2.7, true, false", "0.2.12, true, true"})
    void readsWhatThePeersToolWrote(String version, boolean hasLegacy, boolean hasModern)
            throws IOException {
        byte[] user = utf8("rist");
        byte[] content;
        String name = "/io/rist4j/crypto/ristsrppasswd-" + version + ".txt";
        try (var stream =
                Objects.requireNonNull(VerifierFileTest.class.getResourceAsStream(name))) {
            content = stream.readAllBytes();
        }

        VerifierFile file = VerifierFile.read(content);

        assertThat(file.badLines()).isEmpty();
        for (boolean isLegacy : new boolean[] {true, false}) {
            SrpVerifier found = file.find(user, isLegacy);
            assertThat(found != null).isEqualTo(isLegacy ? hasLegacy : hasModern);
            if (found != null) {
                Srp srp = Srp.of(isLegacy ? SrpMode.LEGACY : SrpMode.PADDED);
                assertThat(srp.verifier(user, utf8("mainprofile"), found.salt()))
                        .isEqualTo(found.verifier());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice",
                "alice:",
                "alice:AgM=",
                ":AgM=:AQ==:3:1",
                "alice:AgM=:AQ==:3:2",
                "alice:AgM=:AQ==:3:",
                "alice:AgM=:AQ==:3:1:1",
                "alice:A-M=:AQ==:3:1",
                "alice::AQ==:3:1",
                "alice:AgM=::3:1",
                "alice:AA==:AQ==:3:1"
            })
    void countsLinesThatItCannotRead(String line) {
        VerifierFile file = VerifierFile.read(utf8("bob:Ag==:AQ==:3:1\n" + line + "\n"));

        assertThat(file.size()).isEqualTo(1);
        assertThat(file.badLines()).containsExactly(2);
    }

    @Test
    void refusesFieldsThatAreTooLong() {
        String salt = Base64.getEncoder().encodeToString(new byte[65]);
        String verifier = Base64.getEncoder().encodeToString(new byte[] {1}) + "A".repeat(2_000);
        String text = "alice:AgM=:" + salt + ":3:1\nalice:" + verifier + ":AQ==:3:1\n";
        text += "u".repeat(256) + ":AgM=:AQ==:3:1\n";

        assertThat(VerifierFile.read(utf8(text)).badLines()).containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a:b", "a\nb", "#a"})
    void refusesUserNamesThatNoReaderWouldFind(String user) {
        SrpVerifier verifier = verifier(ALICE, false);

        assertThatThrownBy(() -> VerifierFile.line(utf8(user), verifier))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("user name of");
    }

    @Test
    void refusesAUserNameBeforeItComputesAnything() {
        assertThatThrownBy(() ->
                        VerifierFile.lines(
                                "a:b",
                                new char[] {'x'},
                                octets -> {
                                    throw new AssertionError("drew a salt");
                                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("user name of 3 octets");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            textBlock =
                    """
                    ''                       | alice:new/
                    # made by hand/          | # made by hand/alice:new/
                    bob:1/                   | bob:1/alice:new/
                    bob:1                    | bob:1/alice:new/
                    alice:1/alice:2/bob:3/   | alice:new/bob:3/
                    bob:3/alice:1/eve/alice:2| bob:3/alice:new/eve/
                    alice2:1/al:2/alice      | alice2:1/al:2/alice/alice:new/
                    """)
    void replacesOneUserAndKeepsTheRest(String before, String after) {
        byte[] content = utf8(before.replace('/', '\n'));

        byte[] result = VerifierFile.withUser(content, ALICE, "alice:new\n");

        assertThat(new String(result, StandardCharsets.UTF_8)).isEqualTo(after.replace('/', '\n'));
    }

    @Test
    void aSecretForDecoysIsAddedOnceAndStandsAsACommentInTheShapeOfARecord() {
        byte[] open = utf8("alice:AgM=:AQ==:3:1");

        byte[] once = VerifierFile.withDecoys(open, random);
        byte[] twice = VerifierFile.withDecoys(once, random);

        assertThat(twice).isEqualTo(once);
        assertThat(new String(once, StandardCharsets.UTF_8).lines())
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("alice:AgM=:AQ==:3:1"),
                        line -> assertThat(line).matches("#decoys:[\\w+/]{43}=:[\\w+/]{43}=:3:1"));
        VerifierFile file = VerifierFile.read(once);
        assertThat(file.size()).isEqualTo(1);
        assertThat(file.badLines()).isEmpty();
        assertThat(file.find(utf8("#decoys"), false)).isNull();
    }

    @Test
    void aSecretTooShortForDecoysIsNone() {
        byte[] shortOne = utf8("#decoys:AgM=:AQ==:3:1\n#decoys:nonsense\n");
        byte[] spare = new byte[32];

        VerifierFile file = VerifierFile.read(shortOne);

        assertThat(file.decoys(spare).verifier(ALICE, false))
                .usingRecursiveComparison()
                .isEqualTo(Decoys.of(spare).verifier(ALICE, false));
        assertThat(VerifierFile.withDecoys(shortOne, random).length).isGreaterThan(shortOne.length);
        assertThatThrownBy(() -> Decoys.of(new byte[15]))
                .hasMessage("secret of decoys of 15 octets is shorter than 16 octets");
    }
}
