package io.rist4j.host;

import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Has the JVM compile its AES before the first packet needs it.
 *
 * <p>Until then a packet costs some 60 µs instead of one, so that a fast stream loads the machine
 * fully, which is what keeps the compiler from its work. Done once in a process, aside, at the
 * lowest priority, within a quarter of a second.
 */
final class CipherWarmUp {
    private static final int PACKETS = 1_500;
    private static final int PACKET_BYTES = 1_316;
    private static final long LIMIT_NS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final AtomicBoolean BEGUN = new AtomicBoolean();

    private CipherWarmUp() {}

    /** Begins, the first time. Never waits. */
    @SuppressWarnings("ThreadPriorityCheck") // nothing depends on it: it only makes way
    static void begin() {
        if (BEGUN.compareAndSet(false, true)) {
            Thread.ofPlatform()
                    .daemon()
                    .name("rist-cipher-warm-up")
                    .priority(Thread.MIN_PRIORITY)
                    .start(CipherWarmUp::encrypt);
        }
    }

    /** Nothing that it computes is used. */
    private static void encrypt() {
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            var key = new SecretKeySpec(new byte[32], "AES");
            var start = new IvParameterSpec(new byte[16]);
            byte[] in = new byte[PACKET_BYTES];
            byte[] out = new byte[PACKET_BYTES];
            long endNs = System.nanoTime() + LIMIT_NS;
            for (int i = 0; i < PACKETS && System.nanoTime() < endNs; i++) {
                cipher.init(Cipher.ENCRYPT_MODE, key, start);
                cipher.update(in, 0, PACKET_BYTES, out, 0);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK lacks AES in counter mode", e);
        }
    }
}
