package io.rist4j.cli;

import io.rist4j.MainConfig;
import io.rist4j.RistConfig;
import io.rist4j.RistConfigException;
import io.rist4j.RistProfile;
import io.rist4j.RistUri;
import io.rist4j.RistUsers;

import org.jspecify.annotations.Nullable;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The options that protect a session, with libRIST's letters. What is secret is never printed. */
final class SecurityOptions {
    /** How {@code -e} names the length of keys. */
    enum KeyLength {
        /** As ristsender and ristreceiver: in bits; 128 unless given, though a URL means 256. */
        BITS,
        /** As rist2rist: 1 for 128 bits and 2 for 256, which is what comes of none. */
        NUMBER
    }

    private @Nullable String secret;
    private @Nullable Path secretFile;
    private int keyLength;
    private @Nullable String username;
    private @Nullable Path passwordFile;
    private @Nullable Path users;
    private final KeyLength naming;
    private int aesBits;
    char @Nullable [] givenSecret;
    char @Nullable [] givenPassword;

    /**
     * @param naming how {@code -e} is read
     */
    SecurityOptions(KeyLength naming) {
        this.naming = naming;
    }

    /** Declares them. */
    void addTo(Options options) {
        options.value(
                        "-s --secret",
                        "SECRET",
                        String.class,
                        given -> secret = given,
                        "Pre-shared secret, for URLs that have none. Everybody on this host can read"
                                + " it in the list of processes.")
                .value(
                        "--secret-file",
                        "FILE",
                        Path.class,
                        given -> secretFile = given,
                        "The same from the first line of a file, which nobody else sees.")
                .value(
                        "-e --encryption-type",
                        "128|256",
                        Integer.class,
                        given -> keyLength = given,
                        "Length of the keys in bits, under --secret. Default: 128, and 256 where the"
                                + " secret is a URL's; rist relay takes 1 and 2 too, default 256.")
                .value(
                        "--username",
                        "NAME",
                        String.class,
                        given -> username = given,
                        "User of EAP-SRP, for URLs that have none: who dials proves it.")
                .value(
                        "--password-file",
                        "FILE",
                        Path.class,
                        given -> passwordFile = given,
                        "The user's password: the first line of a file.")
                .value(
                        "-F --srpfile",
                        "FILE",
                        Path.class,
                        given -> users = given,
                        "Users that may come in where a URL listens; rist passwd makes such files.");
    }

    /** Refuses what cannot be, and reads the files. */
    void read() throws IOException {
        if (secret != null && secretFile != null) {
            throw new UsageException("-s, --secret and --secret-file: only one of them can be");
        }
        aesBits = bits();
        if ((username == null) != (passwordFile == null)) {
            throw new UsageException("--username and --password-file go together");
        }
        if (secret != null) {
            givenSecret = secret.toCharArray();
        } else if (secretFile != null) {
            givenSecret = firstLine(secretFile);
        }
        if (passwordFile != null) {
            givenPassword = firstLine(passwordFile);
        }
    }

    /**
     * Overwrites what {@link #read} kept. After the URLs are parsed: their settings have copies.
     */
    void forget() {
        secret = null;
        for (char[] kept : new char[][] {givenSecret, givenPassword}) {
            if (kept != null) {
                Arrays.fill(kept, '\0');
            }
        }
    }

    /** 0 when it is not given. */
    private int bits() {
        boolean numbered = naming == KeyLength.NUMBER;
        return switch (keyLength) {
            case 0, 128, 256 -> keyLength;
            case 1, 2 -> {
                if (!numbered) {
                    throw wrongLength("128, 256");
                }
                yield 128 * keyLength;
            }
            default -> throw wrongLength(numbered ? "0, 1, 2, 128, 256" : "128, 256");
        };
    }

    private UsageException wrongLength(String known) {
        return new UsageException("-e, --encryption-type " + keyLength + " is none of " + known);
    }

    /** The first line of a file, without its end. */
    static char[] firstLine(Path file) throws IOException {
        try (var in = new FileInputStream(file.toFile())) {
            return PasswordPrompt.firstLine(file.toString(), in);
        }
    }

    /**
     * A URL with what these options add. What it says itself wins, but for {@code -e}, which goes
     * with {@code -s}.
     *
     * @param base what neither of them sets
     * @throws RistConfigException when something is out of its range
     */
    RistUri parse(String url, RistConfig base) {
        if (RistUri.profileOf(url, base) == RistProfile.SIMPLE) {
            RistUri plain = RistUri.parse(url, base);
            refuseWithoutProtection();
            return plain;
        }
        MainConfig known = withUser(onMain(base));
        RistUri own = RistUri.parse(url, known);
        if (!(own.config() instanceof MainConfig config)) {
            return own;
        }
        char[] ours = givenSecret;
        if (ours == null || config.secret().isPresent()) {
            return own;
        }
        RistUri secured = RistUri.parse(url, withSecret(known, ours));
        return aesBits == 0 || !(secured.config() instanceof MainConfig all)
                ? secured
                : secured.withConfig(all.toBuilder().aesBits(aesBits).build());
    }

    /** The settings for a URL that says {@code profile=main} where the options say otherwise. */
    private static MainConfig onMain(RistConfig base) {
        RistConfig main = RistUri.parse("rist://@:2?profile=main", base).config();
        return (MainConfig) main;
    }

    private MainConfig withSecret(MainConfig main, char[] ours) {
        int bits = naming == KeyLength.BITS ? 128 : 256;
        try {
            return main.toBuilder().secret(ours).aesBits(bits).build();
        } catch (RistConfigException e) {
            throw LinkSetup.named(secretFile == null ? "-s, --secret" : "--secret-file", e);
        }
    }

    private MainConfig withUser(MainConfig main) {
        if (username == null || givenPassword == null) {
            return main;
        }
        try {
            return main.toBuilder().username(username).password(givenPassword).build();
        } catch (RistConfigException e) {
            boolean isUser = e.field().equals("username");
            throw LinkSetup.named(isUser ? "--username" : "--password-file", e);
        }
    }

    private void refuseWithoutProtection() {
        String option =
                givenSecret != null
                        ? (secretFile == null ? "-s, --secret" : "--secret-file")
                        : username != null ? "--username" : users != null ? "-F, --srpfile" : null;
        if (option != null) {
            throw new UsageException(
                    option + " needs the main profile; simple cannot encrypt or authenticate");
        }
    }

    /** Who may come in, null when the URLs say it all. */
    @Nullable RistUsers users(List<RistUri> paths) throws IOException {
        Path file = users;
        if (file == null) {
            return null;
        }
        if (paths.stream().noneMatch(RistUri::isListening)) {
            throw new UsageException("-F, --srpfile acts where a URL listens (rist://@...)");
        }
        try {
            return RistUsers.ofFile(file);
        } catch (NoSuchFileException e) {
            throw new IOException(file + ": no such file", e);
        } catch (RistConfigException e) {
            throw new UsageException("-F, --" + e.getMessage());
        }
    }
}
