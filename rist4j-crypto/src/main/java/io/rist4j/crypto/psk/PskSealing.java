package io.rist4j.crypto.psk;

/**
 * How a side encrypts what it sends.
 *
 * @param aes256 keys of 256 bits (H = 1), otherwise of 128
 * @param rotationPackets packets after which the nonce, and so the key, changes; 0 for only when
 *     the GRE sequence wraps
 * @param sequenceLast the counter layout of TR-06-2:2020 (RV 0), which repeats key stream between
 *     neighbouring packets and is therefore insecure; only for peers that know nothing else
 */
public record PskSealing(boolean aes256, int rotationPackets, boolean sequenceLast) {
    /** Checks the range. */
    public PskSealing {
        if (rotationPackets < 0) {
            throw new IllegalArgumentException(
                    "rotationPackets " + rotationPackets + " is outside 0..2147483647 packets");
        }
    }

    /** 128 or 256 bits, rotated only when the sequence wraps. */
    public static PskSealing ofBits(int bits) {
        return switch (bits) {
            case 128 -> new PskSealing(false, 0, false);
            case 256 -> new PskSealing(true, 0, false);
            default ->
                    throw new IllegalArgumentException(
                            "AES key of " + bits + " bits is neither 128 nor 256 bits");
        };
    }
}
