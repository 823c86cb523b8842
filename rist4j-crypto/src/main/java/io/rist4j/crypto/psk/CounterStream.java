package io.rist4j.crypto.psk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;

/**
 * The AES-CTR key stream of one packet, applied in place (TR-06-2:2022 §7.3).
 *
 * <pre>
 *   first counter block          RV 1 and later                 RV 0
 *   16 octets, big-endian   | sequence | 12 zero octets |  | 12 zero octets | sequence |
 * </pre>
 *
 * <p>The counter blocks of a packet are laid in one array and encrypted in one call. Holds the two
 * scratch arrays; one for each thread is enough. Not thread-safe, allocates nothing.
 */
final class CounterStream {
    private static final int BLOCK_BYTES = 16;

    /** One call for whatever fits an Ethernet frame; longer datagrams take several. */
    private static final int CHUNK_BYTES = 128 * BLOCK_BYTES;

    private static final VarHandle BIG_ENDIAN_LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    // Both sides of the exclusive or in the machine's order: any, as long as it is the same.
    private static final VarHandle ARRAY_LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final VarHandle BUFFER_LONG =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final byte[] counters = new byte[CHUNK_BYTES];
    private final byte[] stream = new byte[CHUNK_BYTES];

    /**
     * Encrypts or decrypts, which is the same.
     *
     * @param sequenceLast the insecure layout of RV 0
     */
    void apply(Cipher aes, ByteBuffer b, int at, int bytes, int sequence, boolean sequenceLast) {
        long unsigned = sequence & 0xFFFF_FFFFL;
        long high = sequenceLast ? 0 : unsigned << 32;
        long low = sequenceLast ? unsigned : 0;
        for (int done = 0; done < bytes; done += CHUNK_BYTES) {
            int chunk = Math.min(CHUNK_BYTES, bytes - done);
            generate(aes, high, low + (done / BLOCK_BYTES), chunk);
            mix(b, at + done, chunk);
        }
    }

    /** No packet has 2^32 blocks, so the low half never carries into the high one. */
    private void generate(Cipher aes, long high, long low, int bytes) {
        int padded = (bytes + BLOCK_BYTES - 1) & -BLOCK_BYTES;
        long counter = low;
        for (int i = 0; i < padded; i += BLOCK_BYTES) {
            BIG_ENDIAN_LONG.set(counters, i, high);
            BIG_ENDIAN_LONG.set(counters, i + 8, counter++);
        }
        try {
            aes.update(counters, 0, padded, stream, 0);
        } catch (ShortBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private void mix(ByteBuffer b, int at, int bytes) {
        int i = 0;
        for (; i <= bytes - Long.BYTES; i += Long.BYTES) {
            long mixed = (long) BUFFER_LONG.get(b, at + i) ^ (long) ARRAY_LONG.get(stream, i);
            BUFFER_LONG.set(b, at + i, mixed);
        }
        for (; i < bytes; i++) {
            b.put(at + i, (byte) (b.get(at + i) ^ stream[i]));
        }
    }
}
