package io.rist4j;

import static io.rist4j.TunnelParameters.*;

import java.util.Optional;

/**
 * Settings of a Main profile session (VSF TR-06-2:2022): one port for everything, encrypted under a
 * pre-shared secret, authenticated by EAP-SRP, or both. Immutable; secrets are never printed.
 *
 * <pre>{@code
 * var config = RistConfig.main().secret(chars).recoveryBuffer(Duration.ofMillis(500)).build();
 * }</pre>
 */
public final class MainConfig extends RistConfig {
    private MainConfig(Settings settings) {
        super(settings);
    }

    @Override
    public RistProfile profile() {
        return RistProfile.MAIN;
    }

    @Override
    public Builder toBuilder() {
        return new Builder(settings());
    }

    /** One port carries everything; any will do. */
    @Override
    void checkPort(int port) {
        if (port < 1 || port > 65_535) {
            throw new RistConfigException("port", "port " + port + " is outside 1..65535");
        }
    }

    /** The pre-shared secret; empty when nothing is encrypted under one. */
    public Optional<RistSecret> secret() {
        return settings().find(SECRET);
    }

    /** The length of the keys that this end encrypts with, in bits. */
    public int aesBits() {
        return settings().get(AES_TYPE);
    }

    /** Packets after which this end takes a new key; 0 when sequence numbers run out. */
    public int keyRotationPackets() {
        return settings().get(KEY_ROTATION);
    }

    /** The user name of EAP-SRP; empty without authentication. */
    public Optional<String> username() {
        return settings().find(USERNAME);
    }

    /** The user's password; empty without authentication. */
    public Optional<RistSecret> password() {
        return settings().find(PASSWORD);
    }

    /** How EAP-SRP hashes. */
    public SrpCompat srpCompat() {
        return settings().get(SRP_COMPAT);
    }

    /** Whether peers that leave a direction in clear are refused. */
    public boolean requireEncryption() {
        return settings().get(REQUIRE_ENCRYPTION);
    }

    /** The port inside the tunnel that media goes to. */
    public int virtualDestinationPort() {
        return settings().get(VIRT_DST_PORT);
    }

    /** The port inside the tunnel that media comes from. */
    public int virtualSourcePort() {
        return settings().get(VIRT_SRC_PORT);
    }

    /** Collects the settings of a {@link MainConfig}. Not thread-safe. */
    public static final class Builder extends RistConfigBuilder<Builder> {
        Builder(Settings settings) {
            super(settings);
        }

        @Override
        Builder self() {
            return this;
        }

        @Override
        public SenderBuilder forSender() {
            return new SenderBuilder(this);
        }

        @Override
        public ReceiverBuilder forReceiver() {
            return new ReceiverBuilder(this);
        }

        @Override
        RistProfile profile() {
            return RistProfile.MAIN;
        }

        @Override
        public MainConfig build() {
            return build(Naming.FIELDS);
        }

        @Override
        MainConfig build(Naming naming) {
            Settings checked = checked(naming);
            boolean named = settings().has(USERNAME);
            if (named != settings().has(PASSWORD)) {
                Parameter<?> missing = named ? PASSWORD : USERNAME;
                Parameter<?> made = named ? USERNAME : PASSWORD;
                String name = naming.of(missing, settings());
                throw new RistConfigException(
                        name,
                        name + " is missing; it goes together with " + naming.of(made, settings()));
            }
            return new MainConfig(checked);
        }

        /**
         * Encrypts everything under a pre-shared secret, which both ends know. Spec: TR-06-2:2022
         * §7.
         *
         * @param secret 1..127 bytes in UTF-8, copied; at least 16 random characters keep guessers
         *     away
         */
        public Builder secret(char[] secret) {
            return set(SECRET, RistSecret.of(secret));
        }

        /**
         * The same from text that is in memory anyway.
         *
         * @param secret 1..127 bytes in UTF-8
         */
        public Builder secret(String secret) {
            return set(SECRET, RistSecret.of(secret));
        }

        /**
         * The length of the keys that this end encrypts with; the peer's own choice may differ.
         *
         * @param bits 128 or 256, the default
         */
        public Builder aesBits(int bits) {
            return set(AES_TYPE, bits);
        }

        /**
         * Packets after which this end takes a new key. libRIST counts its own {@code key-rotation}
         * in ciphering calls, about two to a packet.
         *
         * @param packets 0..2147483647; 0, the default, for only when sequence numbers run out
         */
        public Builder keyRotationPackets(int packets) {
            return set(KEY_ROTATION, packets);
        }

        /**
         * Authenticates by EAP-SRP (TR-06-2:2022 Annex D): who dials proves this user, who listens
         * asks for it. A listener with several users takes them from {@link RistUsers} instead.
         *
         * @param username 1..255 bytes in UTF-8
         */
        public Builder username(String username) {
            return set(USERNAME, username);
        }

        /**
         * The user's password.
         *
         * @param password 1..255 bytes in UTF-8, copied
         */
        public Builder password(char[] password) {
            return set(PASSWORD, RistSecret.of(password));
        }

        /**
         * The same from text that is in memory anyway.
         *
         * @param password 1..255 bytes in UTF-8
         */
        public Builder password(String password) {
            return set(PASSWORD, RistSecret.of(password));
        }

        /**
         * How EAP-SRP hashes.
         *
         * @param compat {@link SrpCompat#AUTO} by default
         */
        public Builder srpCompat(SrpCompat compat) {
            return set(SRP_COMPAT, compat);
        }

        /**
         * With EAP-SRP and no secret, two ends of this library encrypt both directions under keys
         * of the exchange. What a libRIST caller sends, and what a caller sends to a libRIST
         * listener, stays in clear, which {@link RistEvent.InClear} tells. Where encryption is
         * required, no such peer is served: the authentication fails with {@link
         * RistEvent.AuthenticationFailure#IN_CLEAR}, nothing is sent to it and nothing of it taken.
         *
         * @param require false by default
         */
        public Builder requireEncryption(boolean require) {
            return set(REQUIRE_ENCRYPTION, require);
        }

        /**
         * The port inside the tunnel that media goes to.
         *
         * @param port even, 2..65534; 1968 by default
         */
        public Builder virtualDestinationPort(int port) {
            return set(VIRT_DST_PORT, port);
        }
    }

    /** Collects what only a sender has. Not thread-safe. */
    public static final class SenderBuilder extends SenderConfigBuilder<SenderBuilder> {
        private SenderBuilder(Builder settings) {
            super(settings);
        }

        @Override
        SenderBuilder self() {
            return this;
        }

        /**
         * The port inside the tunnel that media comes from.
         *
         * @param port 1..65535; 32769 by default
         */
        public SenderBuilder virtualSourcePort(int port) {
            return set(VIRT_SRC_PORT, port);
        }
    }

    /** Collects what only a receiver has. Not thread-safe. */
    public static final class ReceiverBuilder extends ReceiverConfigBuilder<ReceiverBuilder> {
        private ReceiverBuilder(Builder settings) {
            super(settings);
        }

        @Override
        ReceiverBuilder self() {
            return this;
        }
    }
}
