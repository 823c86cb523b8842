package io.rist4j.crypto.psk;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;

import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;

/**
 * AES in counter mode under one key, over packets in place (TR-06-2:2022 §7.3).
 *
 * <pre>
 *   first counter block          RV 1 and later                 RV 0
 *   16 octets, big-endian   | sequence | 12 zero octets |  | 12 zero octets | sequence |
 * </pre>
 *
 * <p>The JDK's counter mode is its fastest, but wants a new start for each packet, and key and
 * parameters of the usual kind are copied at each start. Those given here lend the same arrays each
 * time, so that a packet allocates nothing. Not thread-safe.
 */
final class CounterMode implements AutoCloseable {
    private static final int BLOCK_BYTES = 16;

    /** One call for whatever fits an Ethernet frame; longer datagrams take several. */
    private static final int CHUNK_BYTES = 2_048;

    private static final int SEQUENCE_LAST_AT = 12;

    private final Cipher cipher;
    private final LentKey key;
    private final LentStart start = new LentStart();
    private final Scratch scratch;

    /**
     * @param octets the key; copied
     * @param scratch shared by the ciphers of one thread
     */
    CounterMode(byte[] octets, Scratch scratch) {
        key = new LentKey(octets);
        this.scratch = scratch;
        try {
            cipher = Cipher.getInstance("AES/CTR/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK lacks AES in counter mode", e);
        }
    }

    /** Where packets pass: the cipher works on arrays, and copies when both are the same. */
    static final class Scratch {
        private final byte[] in = new byte[CHUNK_BYTES];
        private final byte[] out = new byte[CHUNK_BYTES];
    }

    /**
     * Encrypts or decrypts, which is the same.
     *
     * @param sequenceLast the insecure layout of RV 0
     */
    void apply(ByteBuffer b, int at, int bytes, int sequence, boolean sequenceLast) {
        start.set(sequence, sequenceLast);
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, start);
            for (int done = 0; done < bytes; done += CHUNK_BYTES) {
                int part = Math.min(CHUNK_BYTES, bytes - done);
                b.get(at + done, scratch.in, 0, part);
                cipher.update(scratch.in, 0, part, scratch.out, 0);
                b.put(at + done, scratch.out, 0, part);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES in counter mode failed", e);
        }
    }

    /** Overwrites the key here; the cipher's own copy nobody can overwrite. */
    @Override
    public void close() {
        key.destroy();
    }

    /** The first counter block. The cipher copies it and does not keep the array. */
    private static final class LentStart extends IvParameterSpec {
        private final byte[] block = new byte[BLOCK_BYTES];
        private final ByteBuffer fields = ByteBuffer.wrap(block);

        LentStart() {
            super(new byte[BLOCK_BYTES]);
        }

        void set(int sequence, boolean isLast) {
            fields.putInt(0, isLast ? 0 : sequence);
            fields.putInt(SEQUENCE_LAST_AT, isLast ? sequence : 0);
        }

        @Override
        public byte[] getIV() {
            return block;
        }
    }

    /** The key. The cipher overwrites the array that it is lent. */
    private static final class LentKey implements SecretKey {
        private static final long serialVersionUID = 1L;

        private final byte[] octets;
        private final byte[] lent;

        LentKey(byte[] octets) {
            this.octets = octets.clone();
            lent = new byte[octets.length];
        }

        @Override
        public String getAlgorithm() {
            return "AES";
        }

        @Override
        public String getFormat() {
            return "RAW";
        }

        @Override
        public byte[] getEncoded() {
            System.arraycopy(octets, 0, lent, 0, octets.length);
            return lent;
        }

        @Override
        public void destroy() {
            Arrays.fill(octets, (byte) 0);
            Arrays.fill(lent, (byte) 0);
        }
    }
}
