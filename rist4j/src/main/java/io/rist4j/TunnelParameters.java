package io.rist4j;

import io.rist4j.Parameter.Acts;
import io.rist4j.Parameter.Scope;

import java.util.List;
import java.util.Optional;

/** The settings that a profile with a tunnel has beyond those of every profile. */
final class TunnelParameters {
    static final Parameter<RistSecret> SECRET =
            new Parameter<>(
                    "secret",
                    "secret",
                    new SecretKind(127),
                    s -> Optional.empty(),
                    "none: in clear",
                    Scope.SESSION,
                    Acts.BOTH,
                    "pre-shared secret; everything is encrypted under it");
    static final Parameter<Integer> AES_TYPE =
            new Parameter<>(
                    "aes-type",
                    "aesBits",
                    AesKind.BITS,
                    s -> Optional.of(256),
                    "256",
                    Scope.SESSION,
                    Acts.BOTH,
                    "length of the keys that this end encrypts with; peers may use the other");
    static final Parameter<Integer> KEY_ROTATION =
            new Parameter<>(
                    "key-rotation",
                    "keyRotationPackets",
                    new IntKind(0, Integer.MAX_VALUE, "packets", 1),
                    s -> Optional.of(0),
                    "0, when sequence numbers run out",
                    Scope.SESSION,
                    Acts.BOTH,
                    "packets after which this end takes a new key");
    static final Parameter<String> USERNAME =
            new Parameter<>(
                    "username",
                    "username",
                    new TextKind(255),
                    s -> Optional.empty(),
                    "none: no authentication",
                    Scope.SESSION,
                    Acts.BOTH,
                    "user name of EAP-SRP: who dials proves it, who listens asks for it");
    static final Parameter<RistSecret> PASSWORD =
            new Parameter<>(
                    "password",
                    "password",
                    new SecretKind(255),
                    s -> Optional.empty(),
                    "none",
                    Scope.SESSION,
                    Acts.BOTH,
                    "the user's password");
    static final Parameter<SrpCompat> SRP_COMPAT =
            new Parameter<>(
                    "srp-compat",
                    "srpCompat",
                    ChoiceKind.numbered(SrpCompat.values()),
                    s -> Optional.of(SrpCompat.AUTO),
                    "auto",
                    Scope.SESSION,
                    Acts.BOTH,
                    "how EAP-SRP hashes; auto finds out what the peer does");
    static final Parameter<Boolean> REQUIRE_ENCRYPTION =
            new Parameter<>(
                    "require-encryption",
                    "requireEncryption",
                    new SwitchKind(),
                    s -> Optional.of(false),
                    "0",
                    Scope.SESSION,
                    Acts.BOTH,
                    "with username and no secret: refuse peers that leave a direction in clear, as"
                            + " libRIST's do");
    static final Parameter<Integer> VIRT_DST_PORT =
            new Parameter<>(
                    "virt-dst-port",
                    "virtualDestinationPort",
                    new IntKind(2, 65_534, "", 2),
                    s -> Optional.of(1_968),
                    "1968",
                    Scope.SESSION,
                    Acts.BOTH,
                    "port inside the tunnel that media goes to; control goes to the next one");
    static final Parameter<Integer> VIRT_SRC_PORT =
            new Parameter<>(
                    "virt-src-port",
                    "virtualSourcePort",
                    IntKind.count(1, 65_535),
                    s -> Optional.of(32_769),
                    "32769",
                    Scope.SESSION,
                    Acts.SENDER,
                    "port inside the tunnel that media comes from");

    private static final String NO_ENCRYPTION = "needs the main profile; simple cannot encrypt";
    private static final String NO_AUTHENTICATION =
            "needs the main profile; simple cannot authenticate";
    private static final String NO_VIRTUAL_PORTS =
            "needs the main profile; simple has no virtual ports";

    static final List<UriRow> ROWS =
            List.of(
                    new UriRow.Tunnel(SECRET, null, NO_ENCRYPTION),
                    new UriRow.Tunnel(AES_TYPE, "0", NO_ENCRYPTION),
                    new UriRow.Tunnel(KEY_ROTATION, "0", NO_ENCRYPTION),
                    new UriRow.Tunnel(USERNAME, null, NO_AUTHENTICATION),
                    new UriRow.Tunnel(PASSWORD, null, NO_AUTHENTICATION),
                    new UriRow.Tunnel(SRP_COMPAT, "0", NO_AUTHENTICATION),
                    new UriRow.Tunnel(REQUIRE_ENCRYPTION, "0", NO_ENCRYPTION),
                    new UriRow.Tunnel(VIRT_DST_PORT, null, NO_VIRTUAL_PORTS),
                    new UriRow.Tunnel(VIRT_SRC_PORT, null, NO_VIRTUAL_PORTS));

    private TunnelParameters() {}
}
