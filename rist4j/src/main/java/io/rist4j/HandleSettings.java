package io.rist4j;

import io.rist4j.host.SessionHost;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/** The settings of an open session as they stand, and the change of its secret. */
final class HandleSettings {
    private final SessionHost host;
    private final NetworkThreadCalls calls;
    private volatile RistConfig present;

    /**
     * @param first what it was opened with
     */
    HandleSettings(RistConfig first, SessionHost host, NetworkThreadCalls calls) {
        present = first;
        this.host = host;
        this.calls = calls;
    }

    RistConfig present() {
        return present;
    }

    /** A session keeps the kind of protection that it was opened with. */
    void requireSecret() {
        if (!(present instanceof MainConfig main) || main.secret().isEmpty()) {
            throw new RistConfigException(
                    "secret", "secret cannot be changed: this session was opened without one");
        }
    }

    /** Another secret takes the place of the one that the settings have. */
    void changeSecret(char[] secret) {
        calls.ask(
                "changeSecret",
                () -> {
                    take(secret);
                    return true;
                });
    }

    /** The same without waiting. The secret is copied before this returns. */
    CompletableFuture<@Nullable Void> changeSecretLater(char[] secret) {
        char[] copy = secret.clone();
        return calls.later(() -> take(copy))
                .whenComplete((done, failure) -> Arrays.fill(copy, '\0'));
    }

    private void take(char[] secret) {
        host.changeSecret(secret);
        if (present instanceof MainConfig main) {
            present = main.toBuilder().secret(secret).build();
        }
    }
}
