package io.rist4j;

import static io.rist4j.Parameter.Acts.SENDER;
import static io.rist4j.Parameter.row;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The settings that a profile with a tunnel has beyond those of every profile. */
final class TunnelParameters {
    private static final ParameterGroup GROUP = new ParameterGroup();
    private static final Set<RistProfile> WITH_TUNNEL = EnumSet.of(RistProfile.MAIN);
    private static final String NO_ENCRYPTION = "needs the main profile; simple cannot encrypt";
    private static final String NO_AUTHENTICATION =
            "needs the main profile; simple cannot authenticate";
    private static final String NO_VIRTUAL_PORTS =
            "needs the main profile; simple has no virtual ports";

    static final Parameter<RistSecret> SECRET =
            GROUP.add(
                    row(
                                    "secret",
                                    "secret",
                                    new SecretKind(127),
                                    "pre-shared secret; everything is encrypted under it")
                            .unset("none: in clear")
                            .only(WITH_TUNNEL, NO_ENCRYPTION)
                            .elsewhere("passphrase", "psk", "key")
                            .on((session, secret) -> session.tunnel.secret = secret));
    static final Parameter<Integer> AES_TYPE =
            GROUP.add(
                    row(
                                    "aes-type",
                                    "aesBits",
                                    AesKind.BITS,
                                    "length of the keys that this end encrypts with; peers may use"
                                            + " the other")
                            .usually(256)
                            .only(WITH_TUNNEL, NO_ENCRYPTION)
                            .noWish("0")
                            .elsewhere("pbkeylen", "encryption")
                            .on((session, bits) -> session.tunnel.seals256Bits = bits == 256));
    static final Parameter<Integer> KEY_ROTATION =
            GROUP.add(
                    row(
                                    "key-rotation",
                                    "keyRotationPackets",
                                    new IntKind(0, Integer.MAX_VALUE, "packets", 1),
                                    "packets after which this end takes a new key")
                            .usually(0, "when sequence numbers run out")
                            .off(0)
                            .only(WITH_TUNNEL, NO_ENCRYPTION)
                            .on((session, packets) -> session.tunnel.keyRotationPackets = packets));
    static final Parameter<String> USERNAME =
            GROUP.add(
                    row(
                                    "username",
                                    "username",
                                    new TextKind(255),
                                    "user name of EAP-SRP: who dials proves it, who listens asks for"
                                            + " it")
                            .unset("none: no authentication")
                            .only(WITH_TUNNEL, NO_AUTHENTICATION)
                            .elsewhere("user")
                            .on((session, name) -> session.tunnel.username = name));
    static final Parameter<RistSecret> PASSWORD =
            GROUP.add(
                    row("password", "password", new SecretKind(255), "the user's password")
                            .unset("none")
                            .only(WITH_TUNNEL, NO_AUTHENTICATION)
                            .elsewhere("pass")
                            .on((session, password) -> session.tunnel.password = password));
    static final Parameter<SrpCompat> SRP_COMPAT =
            GROUP.add(
                    row(
                                    "srp-compat",
                                    "srpCompat",
                                    ChoiceKind.numbered(SrpCompat.values()),
                                    "how EAP-SRP hashes; auto finds out what the peer does")
                            .usually(SrpCompat.AUTO)
                            .off(SrpCompat.AUTO)
                            .only(WITH_TUNNEL, NO_AUTHENTICATION)
                            .on((session, compat) -> session.tunnel.srpCompat = compat));
    static final Parameter<Boolean> REQUIRE_ENCRYPTION =
            GROUP.add(
                    row(
                                    "require-encryption",
                                    "requireEncryption",
                                    new SwitchKind(),
                                    "with username and no secret: refuse peers that leave a"
                                            + " direction in clear, as libRIST's do")
                            .usually(false)
                            .off(false)
                            .only(WITH_TUNNEL, NO_ENCRYPTION)
                            .on((session, require) -> session.tunnel.requiresEncryption = require));
    static final Parameter<Integer> VIRT_DST_PORT =
            GROUP.add(
                    row(
                                    "virt-dst-port",
                                    "virtualDestinationPort",
                                    new IntKind(2, 65_534, "", 2),
                                    "port inside the tunnel that media goes to; control goes to the"
                                            + " next one")
                            .usually(1_968)
                            .only(WITH_TUNNEL, NO_VIRTUAL_PORTS)
                            .elsewhere("streamid")
                            .on((session, port) -> session.tunnel.virtualDestinationPort = port));
    static final Parameter<Integer> VIRT_SRC_PORT =
            GROUP.add(
                    row(
                                    "virt-src-port",
                                    "virtualSourcePort",
                                    IntKind.count(1, 65_535),
                                    "port inside the tunnel that media comes from")
                            .usually(32_769)
                            .actsAt(SENDER)
                            .only(WITH_TUNNEL, NO_VIRTUAL_PORTS)
                            .on((session, port) -> session.tunnel.virtualSourcePort = port));

    /** In the order of help. */
    static final List<UriRow> ROWS = GROUP.rows();

    private TunnelParameters() {}
}
