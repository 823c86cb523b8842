package io.rist4j.cli;

import io.rist4j.RistConfig;
import io.rist4j.RistConfigBuilder;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/** The options that {@code send} and {@code receive} share, with libRIST's letters. */
final class LinkOptions extends RunOptions {
    int bufferMs;
    @Nullable String profile;
    SecurityOptions security = new SecurityOptions(SecurityOptions.KeyLength.BITS);

    /** Declares them. */
    @Override
    void addTo(Options options) {
        SharedOptions.buffer(options, given -> bufferMs = given, "Wins over the URLs' own.");
        options.value(
                "-p --profile",
                "0|1|2",
                String.class,
                given -> profile = given,
                "RIST profile: 0 is simple, 1 is main (default, as in libRIST). A URL's own"
                        + " profile wins.");
        super.addTo(options);
        security.addTo(options);
    }

    /** Refuses what cannot be, before anything is opened, and reads files of secrets. */
    @Override
    void check() throws IOException {
        super.check();
        SharedOptions.checkBuffer(bufferMs);
        defaults(); // refuses what is no profile
        security.read();
    }

    /** The settings that a session begins with. */
    RistConfigBuilder<?> defaults() {
        return profile == null ? RistConfig.main() : SharedOptions.ofProfile(profile);
    }
}
