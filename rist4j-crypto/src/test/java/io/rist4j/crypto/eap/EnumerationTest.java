package io.rist4j.crypto.eap;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.eap.EapWriter;
import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.SeededOctets;
import io.rist4j.crypto.host.Worker;
import io.rist4j.crypto.srp.VerifierFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** Nobody without a password can tell who is a user. */
class EnumerationTest {
    private static final String[] USERS = {"alice", "modern", "old"};
    private static final byte[] FILE = file();

    private final ByteBuffer out = ByteBuffer.allocate(EapWriter.MAX_BYTES);

    /** One with both verifiers, one with each kind alone. */
    private static byte[] file() {
        var random = new SeededOctets(81);
        String alice = VerifierFile.lines("alice", "one".toCharArray(), random);
        String modern =
                VerifierFile.lines("modern", "two".toCharArray(), random)
                        .replaceFirst("modern:.*:0\n", "");
        String old =
                VerifierFile.lines("old", "three".toCharArray(), random)
                        .replaceFirst("(?s)\nold:.*", "\n");
        return VerifierFile.withDecoys(utf8(alice + modern + old), random);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static EapRealm realm(byte[] file, long seed) {
        var users = VerifierLookup.of(VerifierFile.read(file));
        return new EapRealm(users, null, SrpCompat.AUTO, new SeededOctets(seed));
    }

    /** What a listener answers to ten wrong proofs of a user, without what is random by design. */
    private List<String> answers(EapRealm realm, String user, int version) {
        var random = new Random(user.hashCode());
        var output = new RecordingOutput();
        var listener =
                new Authenticator(realm, Ends.HERE, new SeededOctets(82), Worker.inline(), output);
        List<String> answers = new ArrayList<>();
        listener.onContact(0);
        for (long nowNs = 0; nowNs < 60 * SessionTime.SECOND; nowNs += 10_000_000) {
            if (nowNs >= listener.deadlineNs()) {
                listener.onDeadline(nowNs);
            }
            listener.onContact(nowNs);
            byte[] down = output.sent.poll();
            while (down != null) {
                answers.add(nowNs + " " + shape(down));
                byte[] up = answer(down, user, version, random);
                if (up.length > 0) {
                    listener.onFrame(nowNs, ByteBuffer.wrap(up), 0, up.length);
                }
                down = output.sent.poll();
            }
        }
        assertThat(output.results).isEmpty();
        answers.add(output.refusals.toString());
        return answers;
    }

    private static String shape(byte[] frame) {
        int subtype = frame.length > 9 ? frame[9] : -1;
        int bytes = subtype == 2 ? 0 : frame.length; // B may be an octet shorter
        return "version " + frame[0] + " code " + frame[4] + " " + subtype + " octets " + bytes;
    }

    private byte[] answer(byte[] down, String user, int version, Random random) {
        int identifier = down[5] & 0xFF;
        byte[] noise = new byte[32];
        random.nextBytes(noise);
        if (down[4] != 1) {
            return new byte[0];
        }
        int bytes =
                switch (down[8] == 1 ? 0 : down[9]) {
                    case 0 -> EapWriter.identityResponse(out, 0, version, identifier, utf8(user));
                    case 1 -> EapWriter.clientKey(out, 0, version, identifier, noise);
                    default ->
                            EapWriter.clientValidator(
                                    out, 0, version, identifier, false, false, noise);
                };
        return Arrays.copyOf(out.array(), bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void everyNameIsAnsweredAlike(int version) {
        List<String> unknown = answers(realm(FILE, 1), "nobody", version);

        assertThat(unknown).anyMatch(answer -> answer.contains("code 4"));
        for (String user : USERS) {
            assertThat(answers(realm(FILE, 1), user, version)).as(user).isEqualTo(unknown);
        }
        assertThat(answers(realm(FILE, 1), "a:b\u0007", version)).isEqualTo(unknown);
    }

    private static byte[] salt(EapRealm realm, String user, boolean isLegacy) {
        return realm.verifierOf(utf8(user), isLegacy).salt();
    }

    @Test
    void theSaltOfAnUnknownUserStaysAfterARestartAndAChangeOfTheUsers() {
        String more = VerifierFile.lines("new", "x".toCharArray(), new SeededOctets(83));
        byte[] changed = VerifierFile.withUser(FILE, utf8("alice"), "");
        byte[] grown = VerifierFile.withUser(changed, utf8("new"), more);

        for (boolean isLegacy : new boolean[] {true, false}) {
            byte[] salt = salt(realm(FILE, 1), "nobody", isLegacy);
            assertThat(salt(realm(FILE, 2), "nobody", isLegacy)).isEqualTo(salt);
            assertThat(salt(realm(grown, 3), "nobody", isLegacy)).isEqualTo(salt);
            assertThat(salt(realm(FILE, 1), "somebody", isLegacy)).isNotEqualTo(salt);
        }
        assertThat(salt(realm(FILE, 1), "nobody", true))
                .isNotEqualTo(salt(realm(FILE, 1), "nobody", false));
    }

    /** Salts of a file without a secret are the process's; of passwords, those of users are too. */
    @Test
    void withoutASecretDecoysLastAsLongAsTheProcess() {
        byte[] file = utf8(VerifierFile.lines("alice", "one".toCharArray(), new SeededOctets(84)));
        EapRealm realm = realm(file, 1);

        assertThat(salt(realm, "nobody", false)).isEqualTo(salt(realm, "nobody", false));
        assertThat(salt(realm(file, 2), "nobody", false))
                .isNotEqualTo(salt(realm, "nobody", false));
    }

    @Test
    void saltsAreAsLongAsThoseOfTheUsers() {
        var file = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            byte[] salt = new byte[i < 10 ? 16 : 64];
            salt[0] = 1;
            var verifier = new io.rist4j.crypto.srp.SrpVerifier(false, salt, new byte[] {5});
            file.append(VerifierFile.line(utf8("user" + i), verifier));
        }
        EapRealm realm = realm(utf8(file.toString()), 1);
        int[] count = new int[65];
        for (int i = 0; i < 300; i++) {
            count[salt(realm, "nobody" + i, false).length]++;
        }

        assertThat(count[16]).isBetween(60, 140);
        assertThat(count[64]).isEqualTo(300 - count[16]);
        assertThat(salt(realm, "nobody", true)).hasSize(32);
    }

    /** A salt that came of a verifier would let anybody test passwords on it. */
    @Test
    void decoysTellNothingOfThePasswords() {
        byte[] other =
                VerifierFile.withUser(
                        FILE,
                        utf8("alice"),
                        VerifierFile.lines("alice", "other".toCharArray(), new SeededOctets(85)));

        assertThat(salt(realm(other, 1), "nobody", false))
                .isEqualTo(salt(realm(FILE, 1), "nobody", false));
        assertThat(
                        Objects.requireNonNull(VerifierFile.read(FILE).find(utf8("alice"), false))
                                .salt())
                .isEqualTo(salt(realm(FILE, 1), "alice", false));
    }
}
