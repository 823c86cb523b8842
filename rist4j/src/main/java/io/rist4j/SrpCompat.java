package io.rist4j;

import java.util.Locale;

/**
 * How EAP-SRP hashes. The implementations in the field do it in four ways; which one a peer means
 * is found out, unless one is chosen.
 */
public enum SrpCompat {
    /** Whatever the peer turns out to do. */
    AUTO,
    /** Without padding: libRIST 0.2.8 to 0.2.15, and later ones with {@code srp-compat=1}. */
    NOPAD,
    /** With the padding of RFC 5054: libRIST from 0.2.16 on, ristgo, ristrust. */
    PAD,
    /** As libRIST 0.2.7, whose SHA-256 begins with zeros. */
    LEGACY;

    /** As written in a URL. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
