package io.rist4j.crypto.eap;

import io.rist4j.crypto.host.Utf8;

import java.util.Arrays;

/** A user name and a password, each 1 to 255 octets of UTF-8. Closing overwrites the password. */
public final class EapCredentials implements AutoCloseable {
    private static final int MAX_BYTES = 255;

    private final byte[] user;
    private final byte[] password;

    /**
     * Copies both.
     *
     * @throws IllegalArgumentException when out of range
     */
    public EapCredentials(char[] user, char[] password) {
        this.user = Utf8.encode(user);
        this.password = Utf8.encode(password);
        check("username", this.user.length);
        check("password", this.password.length);
    }

    private EapCredentials(byte[] user, byte[] password) {
        this.user = user;
        this.password = password;
    }

    private static void check(String field, int bytes) {
        if (bytes < 1 || bytes > MAX_BYTES) {
            throw new IllegalArgumentException(
                    field + " of " + bytes + " octets is outside 1..255 octets");
        }
    }

    /** The same, closed on its own. */
    EapCredentials copy() {
        return new EapCredentials(user.clone(), password.clone());
    }

    byte[] user() {
        return user;
    }

    byte[] password() {
        return password;
    }

    @Override
    public void close() {
        Arrays.fill(password, (byte) 0);
    }

    @Override
    public String toString() {
        return "EapCredentials[" + EapResult.printable(user) + ", ***]";
    }
}
