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

/** Settings of a tunnel as a session understands them. */
final class TunnelPlan {
    private TunnelPlan() {}

    static TunnelConfig of(RistConfig settings, List<PathConfig> paths, @Nullable RistUsers users) {
        if (!(settings instanceof MainConfig config)) {
            if (users != null) {
                throw new RistConfigException(
                        "users", "users need the main profile; simple cannot authenticate");
            }
            return TunnelConfig.DEFAULT;
        }
        return new TunnelConfig(
                security(config, paths, users),
                config.virtualSourcePort(),
                config.virtualDestinationPort(),
                SessionTime.SECOND,
                "");
    }

    private static SecurityConfig security(
            MainConfig config, List<PathConfig> paths, @Nullable RistUsers users) {
        boolean listens = paths.stream().anyMatch(p -> p.contact() == Contact.LISTEN);
        boolean dials = paths.stream().anyMatch(p -> p.contact() == Contact.DIAL);
        EapCredentials credentials = dials ? credentials(config) : null;
        VerifierLookup lookup = listens ? lookup(config, users) : null;
        boolean isOpen = (dials && credentials == null) || (listens && lookup == null);
        if (config.requireEncryption() && config.secret().isEmpty() && isOpen) {
            throw new RistConfigException(
                    "requireEncryption",
                    "requireEncryption, require-encryption=1: there is neither a secret nor a user"
                            + " to encrypt by");
        }
        return new SecurityConfig(
                config.secret().map(s -> use(s, Passphrase::ofText)).orElse(null),
                new PskSealing(config.aesBits() == 256, config.keyRotationPackets(), false),
                credentials,
                lookup,
                switch (config.srpCompat()) {
                    case AUTO -> io.rist4j.crypto.eap.SrpCompat.AUTO;
                    case NOPAD -> io.rist4j.crypto.eap.SrpCompat.UNPADDED;
                    case PAD -> io.rist4j.crypto.eap.SrpCompat.PADDED;
                    case LEGACY -> io.rist4j.crypto.eap.SrpCompat.LEGACY;
                },
                config.requireEncryption(),
                false);
    }

    private static @Nullable EapCredentials credentials(MainConfig config) {
        if (config.username().isEmpty() || config.password().isEmpty()) {
            return null;
        }
        char[] user = config.username().get().toCharArray();
        return use(config.password().get(), password -> new EapCredentials(user, password));
    }

    private static @Nullable VerifierLookup lookup(MainConfig config, @Nullable RistUsers users) {
        if (users != null) {
            return users.lookup();
        }
        if (config.username().isEmpty() || config.password().isEmpty()) {
            return null;
        }
        String user = config.username().get();
        return use(
                config.password().get(),
                password -> RistUsers.ofPasswords(Map.of(user, password)).lookup());
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
