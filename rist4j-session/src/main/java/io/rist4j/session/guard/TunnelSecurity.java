package io.rist4j.session.guard;

import io.rist4j.crypto.eap.EapCredentials;
import io.rist4j.crypto.eap.EapRealm;
import io.rist4j.crypto.eap.VerifierLookup;
import io.rist4j.crypto.host.RandomOctets;
import io.rist4j.crypto.host.TokenBucket;
import io.rist4j.crypto.host.Worker;
import io.rist4j.crypto.psk.NonceHistory;
import io.rist4j.crypto.psk.PskReceiver;

import org.jspecify.annotations.Nullable;

/**
 * What the guards of one session share: its secrets, the nonces used under them, and what strangers
 * may cost.
 */
public final class TunnelSecurity implements AutoCloseable {
    private final SecurityConfig config;
    private final Worker worker;
    private final RandomOctets random;
    private final NonceHistory nonces = new NonceHistory();
    private final TokenBucket derivations = PskReceiver.sharedBudget();
    private final @Nullable EapRealm realm;

    /**
     * Security as configured.
     *
     * @param config its secrets stay the caller's
     * @param worker takes slow computations
     * @param random draws nonces and exponents
     */
    public TunnelSecurity(SecurityConfig config, Worker worker, RandomOctets random) {
        this.config = config;
        this.worker = worker;
        this.random = random;
        VerifierLookup users = config.users();
        realm =
                users == null
                        ? null
                        : new EapRealm(users, config.secret(), config.srpCompat(), random);
    }

    SecurityConfig config() {
        return config;
    }

    Worker worker() {
        return worker;
    }

    RandomOctets random() {
        return random;
    }

    NonceHistory nonces() {
        return nonces;
    }

    TokenBucket derivations() {
        return derivations;
    }

    /** Who may come in, where this end listens and asks. */
    @Nullable EapRealm realm() {
        return realm;
    }

    /** How this end proves itself, where it calls. */
    @Nullable EapCredentials credentials() {
        return config.credentials();
    }

    /** Overwrites what it made of the secrets. */
    @Override
    public void close() {
        if (realm != null) {
            realm.close();
        }
    }
}
