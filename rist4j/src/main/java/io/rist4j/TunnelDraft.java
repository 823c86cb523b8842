package io.rist4j;

import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.eap.EapCredentials;
import io.rist4j.crypto.eap.VerifierLookup;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.crypto.psk.PskSealing;
import io.rist4j.session.PathConfig;
import io.rist4j.session.PathConfig.Contact;
import io.rist4j.session.TunnelConfig;
import io.rist4j.session.guard.SecurityConfig;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A tunnel's configuration, as its settings make it one by one. */
final class TunnelDraft {
    @Nullable RistSecret secret;
    boolean seals256Bits;
    int keyRotationPackets;
    @Nullable String username;
    @Nullable RistSecret password;
    SrpCompat srpCompat = SrpCompat.AUTO;
    boolean requiresEncryption;
    int virtualDestinationPort;
    int virtualSourcePort;

    /**
     * The whole.
     *
     * @param users who may come in where the session listens; null for the one that the settings
     *     name, if they do
     */
    TunnelConfig config(RistProfile profile, List<PathConfig> paths, @Nullable RistUsers users) {
        if (!profile.hasTunnel()) {
            if (users != null) {
                throw new RistConfigException(
                        "users", "users need the main profile; simple cannot authenticate");
            }
            return TunnelConfig.DEFAULT;
        }
        return new TunnelConfig(
                security(paths, users),
                virtualSourcePort,
                virtualDestinationPort,
                SessionTime.SECOND,
                "");
    }

    private SecurityConfig security(List<PathConfig> paths, @Nullable RistUsers users) {
        boolean listens = paths.stream().anyMatch(p -> p.contact() == Contact.LISTEN);
        boolean dials = paths.stream().anyMatch(p -> p.contact() == Contact.DIAL);
        EapCredentials credentials = dials ? credentials() : null;
        VerifierLookup lookup = listens ? lookup(users) : null;
        boolean isOpen = (dials && credentials == null) || (listens && lookup == null);
        if (requiresEncryption && secret == null && isOpen) {
            throw new RistConfigException(
                    "requireEncryption",
                    "requireEncryption, require-encryption=1: there is neither a secret nor a user"
                            + " to encrypt by");
        }
        return new SecurityConfig(
                secret == null ? null : use(secret, Passphrase::ofText),
                new PskSealing(seals256Bits, keyRotationPackets, false),
                credentials,
                lookup,
                srpCompat.ofSession(),
                requiresEncryption,
                false);
    }

    private @Nullable EapCredentials credentials() {
        if (username == null || password == null) {
            return null;
        }
        char[] user = username.toCharArray();
        return use(password, text -> new EapCredentials(user, text));
    }

    private @Nullable VerifierLookup lookup(@Nullable RistUsers users) {
        if (users != null) {
            return users.lookup();
        }
        if (username == null || password == null) {
            return null;
        }
        String user = username;
        return use(password, text -> RistUsers.ofPasswords(Map.of(user, text)).lookup());
    }

    /** Hands the characters to who needs them, and overwrites the copy. */
    private static <T> T use(RistSecret secret, Function<char[], T> user) {
        char[] chars = secret.chars();
        try {
            return user.apply(chars);
        } finally {
            Arrays.fill(chars, '\0');
        }
    }
}
