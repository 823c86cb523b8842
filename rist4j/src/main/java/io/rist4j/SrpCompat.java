package io.rist4j;

import java.util.Locale;

/**
 * How EAP-SRP hashes. The implementations in the field do it in four ways; which one a peer means
 * is found out, unless one is chosen.
 */
public enum SrpCompat {
    /** Whatever the peer turns out to do. */
    AUTO(io.rist4j.crypto.eap.SrpCompat.AUTO),
    /** Without padding: libRIST 0.2.8 to 0.2.15, and later ones with {@code srp-compat=1}. */
    NOPAD(io.rist4j.crypto.eap.SrpCompat.UNPADDED),
    /** With the padding of RFC 5054: libRIST from 0.2.16 on, ristgo, ristrust. */
    PAD(io.rist4j.crypto.eap.SrpCompat.PADDED),
    /** As libRIST 0.2.7, whose SHA-256 begins with zeros. */
    LEGACY(io.rist4j.crypto.eap.SrpCompat.LEGACY);

    private final io.rist4j.crypto.eap.SrpCompat ofSession;

    SrpCompat(io.rist4j.crypto.eap.SrpCompat ofSession) {
        this.ofSession = ofSession;
    }

    /** What a session calls it. */
    io.rist4j.crypto.eap.SrpCompat ofSession() {
        return ofSession;
    }

    /** As written in a URL. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
