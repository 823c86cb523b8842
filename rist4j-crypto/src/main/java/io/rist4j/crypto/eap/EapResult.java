package io.rist4j.crypto.eap;

import io.rist4j.core.message.PrintableText;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.crypto.srp.SrpMode;

/**
 * A proved peer.
 *
 * @param user the user name that was proved, of printable characters, others replaced
 * @param sessionKey K, 32 octets, as a passphrase
 * @param mode the peer's way to hash
 * @param version EAPOL version of the exchange
 * @param usesSessionKey this end transmits under the session key from now on
 * @param peerUsesSessionKey the peer does
 * @param keysBothWays each direction is encrypted: the listener's under its secret, or the session
 *     key; the caller's under that secret, or a key of its own, see {@link #callersKey}
 */
public record EapResult(
        String user,
        Passphrase sessionKey,
        SrpMode mode,
        int version,
        boolean usesSessionKey,
        boolean peerUsesSessionKey,
        boolean keysBothWays) {
    private static final int MAX_PRINTED = 64;

    /** What the caller's direction goes under where both are keyed; for the caller to close. */
    public Passphrase callersKey() {
        return BothWays.callersKey(sessionKey);
    }

    /** A user name that may be shown and logged. */
    static String printable(byte[] user) {
        var shown = new StringBuilder();
        PrintableText.of(user)
                .codePoints()
                .limit(MAX_PRINTED)
                .map(c -> c == ' ' ? '?' : c)
                .forEach(shown::appendCodePoint);
        return shown.toString();
    }
}
