package io.rist4j.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.rist4j.codec.eap.Challenge;
import io.rist4j.codec.eap.EapMessage;
import io.rist4j.codec.eap.EapolFrame;
import io.rist4j.core.message.Verdict;
import io.rist4j.crypto.eap.PassphraseBody;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.crypto.srp.VerifierFile;

import java.util.Arrays;

class EapFuzzTest {
    private static final String TEN_MINUTES = "10m";

    @FuzzTest(maxDuration = TEN_MINUTES)
    void frame(byte[] data) {
        var datagram = new Datagram(data);
        var frame = new EapolFrame();

        EapolFrame.isBare(datagram.buffer(), 0, datagram.bytes());
        Verdict verdict = frame.read(datagram.buffer(), 0, datagram.bytes());

        datagram.assertUntouched();
        if (verdict != Verdict.OK) {
            assertThat(verdict)
                    .isIn(
                            Verdict.TRUNCATED,
                            Verdict.BAD_VERSION,
                            Verdict.BAD_LENGTH,
                            Verdict.UNKNOWN);
            return;
        }
        assertThat(frame.body(datagram.buffer())).hasSize(frame.bodyBytes);
        if (frame.message == EapMessage.CHALLENGE) {
            var challenge = new Challenge();
            if (challenge.read(datagram.buffer(), frame.bodyAt, frame.bodyBytes) == Verdict.OK) {
                assertThat(challenge.salt(datagram.buffer())).hasSizeBetween(1, 64);
            }
        }
    }

    /** Whatever comes in the place of a sealed passphrase opens only as it was sealed. */
    @FuzzTest(maxDuration = TEN_MINUTES)
    void sealedPassphrase(byte[] data) {
        try (Passphrase key = Passphrase.ofText("a session key".toCharArray());
                Passphrase secret = Passphrase.ofText("a secret".toCharArray())) {
            byte[] sealed = PassphraseBody.sealVersion4(key, false, 7, 3, secret);
            byte[] body = sealed.clone();
            for (int i = 0; i + 1 < data.length; i += 2) {
                body[(data[i] & 0xFF) % body.length] ^= data[i + 1];
            }
            // the fuzzer learns from comparisons, and finds the sealed octets themselves
            for (byte[] given : new byte[][] {data, body}) {
                try (Passphrase opened = PassphraseBody.openVersion4(key, false, 7, given)) {
                    assertThat(opened != null).isEqualTo(Arrays.equals(given, sealed));
                }
            }
        }
    }

    @FuzzTest(maxDuration = TEN_MINUTES)
    void verifierFile(byte[] data) {
        VerifierFile file = VerifierFile.read(data);

        long lines = 1;
        for (byte octet : data) {
            lines += octet == '\n' ? 1 : 0;
        }
        assertThat((long) file.size() + file.badLines().size()).isLessThanOrEqualTo(lines);
    }
}
