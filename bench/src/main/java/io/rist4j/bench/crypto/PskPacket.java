package io.rist4j.bench.crypto;

import io.rist4j.crypto.host.Worker;
import io.rist4j.crypto.psk.KeyDerivation;
import io.rist4j.crypto.psk.NonceHistory;
import io.rist4j.crypto.psk.Opening;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.crypto.psk.PskReceiver;
import io.rist4j.crypto.psk.PskSealing;
import io.rist4j.crypto.psk.PskSender;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * One packet of 1344 octets, as a media packet has them behind the GRE header, encrypted and
 * decrypted; beside it the JDK's own counter mode, which wants a new start for each packet.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PskPacket {
    private static final int BYTES = 1_344;
    private static final int MAX_BYTES = 1_472;

    /** Bits of the key. */
    @Param({"128", "256"})
    public int bits;

    private final ByteBuffer direct = ByteBuffer.allocateDirect(MAX_BYTES);
    private final byte[] in = new byte[MAX_BYTES];
    private final byte[] out = new byte[MAX_BYTES];
    private final byte[] iv = new byte[16];
    private final Passphrase secret = Passphrase.ofText("sixteen letters!".toCharArray());
    private final PskReceiver receiver =
            new PskReceiver(
                    secret,
                    new NonceHistory(),
                    PskReceiver.sharedBudget(),
                    Worker.inline(),
                    (nowNs, nonce) -> {});
    private final Cipher ctr = counterMode();
    private PskSender sender = sender(128);
    private SecretKeySpec key = new SecretKeySpec(new byte[16], "AES");
    private int sequence;

    /** JMH makes one. */
    public PskPacket() {}

    /** Both ways of the counter mode. */
    @Setup
    public void start() {
        sender = sender(bits);
        byte[] octets = KeyDerivation.derive(secret, 1);
        key = new SecretKeySpec(Arrays.copyOf(octets, bits / 8), "AES");
    }

    private PskSender sender(int keyBits) {
        return new PskSender(
                0,
                secret,
                PskSealing.ofBits(keyBits),
                new NonceHistory(),
                new SecureRandom()::nextBytes,
                Worker.inline());
    }

    private static Cipher counterMode() {
        try {
            return Cipher.getInstance("AES/CTR/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ours: in place in a direct buffer. */
    @Benchmark
    public int seal() {
        int nonce = sender.nonce(0, ++sequence);
        sender.seal(direct, 0, BYTES);
        return nonce;
    }

    /** Ours, with the search for the key and the judgement of the plaintext. */
    @Benchmark
    public Opening open() {
        Opening opening =
                receiver.open(0, direct, 0, BYTES, 0x1234_5678, ++sequence, bits == 256, false);
        receiver.onRead(0, true);
        return opening;
    }

    /** The JDK's, from a direct buffer through arrays and back. */
    @Benchmark
    public int plainCounterModeDirect() throws GeneralSecurityException {
        startCounter();
        direct.get(0, in, 0, BYTES);
        int bytes = ctr.update(in, 0, BYTES, out, 0);
        direct.put(0, out, 0, BYTES);
        return bytes;
    }

    /** The JDK's, between arrays: without any copy. */
    @Benchmark
    public int plainCounterModeArrays() throws GeneralSecurityException {
        startCounter();
        return ctr.update(in, 0, BYTES, out, 0);
    }

    private void startCounter() throws GeneralSecurityException {
        ByteBuffer.wrap(iv).putInt(0, ++sequence);
        ctr.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv));
    }

    /** A key from a passphrase and a nonce. */
    @Benchmark
    public byte[] derive() {
        return KeyDerivation.derive(secret, ++sequence);
    }
}
