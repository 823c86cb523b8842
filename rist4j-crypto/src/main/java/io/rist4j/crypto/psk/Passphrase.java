package io.rist4j.crypto.psk;

import io.rist4j.crypto.host.Utf8;

import org.jspecify.annotations.Nullable;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The octets of a pre-shared secret: a configured text, or a key that an authentication agreed on.
 *
 * <p>Whoever receives a passphrase keeps a {@linkplain #copy copy}, so that its owner may close it
 * at once. Closing overwrites the octets. Nothing here is ever printed.
 */
public final class Passphrase implements AutoCloseable {
    /**
     * Most octets of a configured text. Spec: no limit. libRIST: keeps 127 and cuts the rest. Ours:
     * refuses more, for a cut passphrase fits no other peer.
     */
    public static final int MAX_BYTES = 127;

    private final byte[] octets;

    private Passphrase(byte[] octets) {
        this.octets = octets;
    }

    /**
     * A configured text, encoded as UTF-8.
     *
     * @param text 1 to 127 octets once encoded, without NUL, where peers would cut it; stays the
     *     caller's, to be overwritten
     * @throws IllegalArgumentException when out of range
     */
    public static Passphrase ofText(char[] text) {
        byte[] octets = Utf8.encode(text);
        String fault = fault(octets);
        if (fault != null) {
            Arrays.fill(octets, (byte) 0);
            throw new IllegalArgumentException(fault);
        }
        return new Passphrase(octets);
    }

    private static @Nullable String fault(byte[] octets) {
        if (octets.length == 0 || octets.length > MAX_BYTES) {
            return "secret of " + octets.length + " octets is outside 1.." + MAX_BYTES + " octets";
        }
        for (byte octet : octets) {
            if (octet == 0) {
                return "secret contains a NUL character";
            }
        }
        return null;
    }

    /**
     * Octets of any value: a session key, or what a peer sent.
     *
     * @param octets at least one; copied
     * @throws IllegalArgumentException when empty
     */
    public static Passphrase ofOctets(byte[] octets) {
        if (octets.length == 0) {
            throw new IllegalArgumentException("secret of 0 octets");
        }
        return new Passphrase(octets.clone());
    }

    /** One with the same octets that is closed on its own. */
    public Passphrase copy() {
        return new Passphrase(octets.clone());
    }

    /** Whether both have the same octets; takes the same time wherever they differ. */
    public boolean isSame(Passphrase other) {
        return MessageDigest.isEqual(octets, other.octets);
    }

    /** A copy of the octets, for the caller to overwrite. */
    public byte[] octets() {
        return octets.clone();
    }

    /** Overwrites the octets. */
    @Override
    public void close() {
        Arrays.fill(octets, (byte) 0);
    }

    @Override
    public String toString() {
        return "Passphrase[***]";
    }
}
