package io.rist4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

class RistUsersTest {
    private static final byte[] NOBODY = "nobody".getBytes(StandardCharsets.UTF_8);

    private static byte[] salt(RistUsers users, byte spare) {
        byte[] own = new byte[32];
        own[0] = spare;
        return users.lookup().decoys(own).verifier(NOBODY, false).salt();
    }

    @Test
    void aStoresSecretKeepsTheSaltsOfUnknownUsers() {
        byte[] secret = new byte[16];
        RistUsers.Lookup store = (user, legacy) -> Optional.empty();
        RistUsers first = RistUsers.of(store, secret);
        RistUsers second = RistUsers.of(store, secret.clone());
        secret[0] = 1;

        assertThat(salt(first, (byte) 1)).isEqualTo(salt(second, (byte) 2));
        assertThat(salt(RistUsers.of(store, secret), (byte) 1)).isNotEqualTo(salt(first, (byte) 1));
        assertThat(salt(RistUsers.of(store), (byte) 1))
                .isNotEqualTo(salt(RistUsers.of(store), (byte) 2));
    }

    @Test
    void refusesASecretThatCanBeGuessed() {
        assertThatThrownBy(() -> RistUsers.of((user, legacy) -> Optional.empty(), new byte[15]))
                .isInstanceOf(RistConfigException.class)
                .hasMessage("decoySecret of 15 octets is shorter than 16 octets");
    }
}
