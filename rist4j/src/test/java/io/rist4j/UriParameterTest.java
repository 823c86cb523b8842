package io.rist4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every parameter of the URL: what it takes, its limits, what it refuses. */
class UriParameterTest {
    /**
     * What one parameter does.
     *
     * @param accepted pairs {@code text=what the setting then says}
     * @param refused texts, each with a part of the message after {@code ->}
     */
    record Row(
            String key,
            Function<RistConfig, Object> setting,
            List<String> accepted,
            List<String> refused) {
        @Override
        public String toString() {
            return key;
        }
    }

    private static final String HUGE = "99999999999999999999999999";

    static Stream<Row> settings() {
        return Stream.of(
                row(
                        "buffer",
                        c -> c.recoveryBuffer().toMillis(),
                        "50=50 500=500 30000=30000",
                        "49->buffer 49 ms is outside 50 ms..30 s;30001->buffer 30001 ms is outside;-1->-1 ms is outside;1s->buffer=1s cannot be read; it takes 50 ms..30 s in ms;"
                                + HUGE
                                + "->cannot be read"),
                row(
                        "buffer-min",
                        c -> c.recoveryBufferMin().toMillis(),
                        "50=50 1500=1500 30000=30000",
                        "49->buffer-min 49 ms is outside 50 ms..30 s;30001->is outside"),
                row(
                        "buffer-max",
                        c -> c.recoveryBufferMax().toMillis(),
                        "50=50 300=300 30000=30000",
                        "49->buffer-max 49 ms is outside 50 ms..30 s;30001->is outside"),
                row(
                        "reorder-buffer",
                        c -> c.reorderBuffer().toMillis(),
                        "0=0 70=70 1000=1000",
                        "-1->reorder-buffer -1 ms is outside 0 ms..10 s;10001->is outside;1001->reorder-buffer 1001 ms is above buffer-min 1 s"),
                row(
                        "rtt",
                        c -> c.rttMin() + ".." + c.rttMax(),
                        "1=PT0.001S..PT0.001S 1000=PT1S..PT1S",
                        "0->rtt 0 ms is outside 1 ms..1 s;1001->is outside"),
                row(
                        "rtt-min",
                        c -> c.rttMin().toMillis(),
                        "1=1 5=5 800=800 1000=1000",
                        "0.9->rtt-min 0.9 ms is outside 1 ms..1 s;1001->is outside"),
                row(
                        "rtt-max",
                        c -> c.rttMax().toMillis(),
                        "1=1 500=500 10000=10000",
                        "0->rtt-max 0 ms is outside;10001->is outside"),
                row(
                        "rtt-multiplier",
                        RistConfig::rttMultiplier,
                        "1=1 100=100",
                        "0->rtt-multiplier 0 is outside 1..100;101->is outside;1.5->cannot be read"),
                row(
                        "min-retries",
                        RistConfig::minRetries,
                        "2=2 20=20 100=100",
                        "1->min-retries 1 is outside 2..100;101->is outside"),
                row(
                        "max-retries",
                        RistConfig::maxRetries,
                        "2=2 100=100",
                        "1->max-retries 1 is outside 2..100;101->is outside;ten->max-retries=ten cannot be read; it takes 2..100"),
                row(
                        "bandwidth",
                        c -> c.maxBitrate().orElseThrow().bitsPerSecond(),
                        "1=1000 2500.5=2500500 100000000=100000000000",
                        "0->bandwidth 0 b/s is outside 1 kb/s..100 Gb/s;-5->bandwidth -5 kb/s is outside;100000001->is outside;8M->cannot be read; it takes 1 kb/s..100 Gb/s in kb/s"),
                row(
                        "return-bandwidth",
                        c -> c.returnBitrate().bitsPerSecond(),
                        "0=0 500=500000 10000000=10000000000",
                        "-1->is outside;10000001->is outside"),
                row(
                        "congestion-control",
                        RistConfig::congestionControl,
                        "0=off 1=normal 2=aggressive normal=normal",
                        "3->congestion-control=3 cannot be read; it takes 0 or off | 1 or normal | 2 or aggressive"),
                row(
                        "timing-mode",
                        RistConfig::timingMode,
                        "0=source 1=arrival 2=rtc RTC=rtc",
                        "3->timing-mode=3 cannot be read"),
                row(
                        "session-timeout",
                        c -> c.sessionTimeout().toMillis(),
                        "250=250 2000=2000 600000=600000",
                        "249->session-timeout 249 ms is outside 250 ms..600 s;600001->is outside"),
                row(
                        "keepalive-interval",
                        c -> c.keepaliveInterval().toMillis(),
                        "10=10 100=100 10000=10000",
                        "9->keepalive-interval 9 ms is outside 10 ms..10 s;10001->is outside"),
                row(
                        "keepalive",
                        c -> c.keepaliveInterval().toMillis(),
                        "10=10 10000=10000",
                        "9->keepalive 9 ms is outside 10 ms..10 s;10001->is outside"),
                row(
                        "cname",
                        c -> c.cname().orElseThrow(),
                        "a=a studio@ü=studio@ü " + "x".repeat(127) + "=" + "x".repeat(127),
                        "x".repeat(128)
                                + "->cname of 128 bytes is outside 1..127 bytes of text;a\u0007b->a control character"),
                row(
                        "flow-id",
                        c -> Integer.toHexString(c.flowId().orElseThrow()),
                        "0=0 4294967294=fffffffe 0xdeadbeee=deadbeee",
                        "1->flow-id 0x00000001 is outside the even numbers;4294967296->cannot be read;0xdeadbeeef0->cannot be read;-2->cannot be read;0x->cannot be read"),
                row(
                        "request-format",
                        RistConfig::requestFormat,
                        "range=range bitmask=bitmask",
                        "0->request-format=0 cannot be read; it takes range | bitmask"),
                row(
                        "request-redundancy",
                        RistConfig::requestRedundancy,
                        "0=false 1=true on=true off=false",
                        "2->cannot be read"),
                row(
                        "tail-repair",
                        RistConfig::tailRepair,
                        "0=false 1=true",
                        "yes->tail-repair=yes cannot be read; it takes 0 or off | 1 or on"),
                row("start-repair", RistConfig::startRepair, "0=false 1=true", "2->cannot be read"),
                row(
                        "playout-tolerance",
                        c -> c.playoutTolerance().toNanos(),
                        "0=0 0.25=250000 20=20000000",
                        "20.1->playout-tolerance 20.1 ms is outside 0 ms..20 ms;0.0000001->cannot be read"),
                row(
                        "overflow",
                        c -> c.overflowPolicy().orElseThrow(),
                        "block=block fail=fail drop-oldest=drop-oldest drop-newest=drop-newest",
                        "wait->overflow=wait cannot be read; it takes block | fail | drop-oldest | drop-newest"),
                row(
                        "queue",
                        RistConfig::queuePackets,
                        "16=16 65536=65536",
                        "15->queue 15 packets is outside 16..65536;65537->is outside"),
                row(
                        "memory",
                        RistConfig::memoryMiB,
                        "1=1 65536=65536",
                        "0->memory 0 MiB is outside 1..65536;65537->is outside"),
                row(
                        "weight",
                        RistConfig::weight,
                        "0=0 5=5 1000000=1000000",
                        "-1->weight -1 is outside 0..1000000;1000001->is outside"),
                row(
                        "recovery-priority",
                        RistConfig::recoveryPriority,
                        "0=0 1000000=1000000",
                        "-1->is outside;1000001->is outside"),
                row(
                        "miface",
                        c -> c.networkInterface().orElseThrow(),
                        "eth0=eth0 192.0.2.1=192.0.2.1",
                        "x".repeat(128) + "->miface of 128 bytes is outside"),
                row(
                        "ttl",
                        c -> c.multicastTtl().orElseThrow(),
                        "0=0 255=255",
                        "-1->ttl -1 is outside 0..255;256->is outside"),
                row(
                        "source",
                        c -> c.multicastSource().orElseThrow().getHostAddress(),
                        "192.0.2.1=192.0.2.1 2001:db8::1=2001:db8:0:0:0:0:0:1",
                        "example.org->source example.org is no IP address;1.2.3->is no IP address"),
                row(
                        "multicast-loopback",
                        RistConfig::multicastLoopback,
                        "0=false 1=true",
                        "2->cannot be read"),
                row(
                        "local-port",
                        RistConfig::localPort,
                        "0=0 2=2 65534=65534",
                        "5001->local-port 5001 is outside the even numbers 0..65534;65535->is outside;-2->is outside"),
                row(
                        "fragment-packets",
                        RistConfig::fragmentPackets,
                        "0=false 1=true",
                        "2->cannot be read"),
                row("redial", RistConfig::redial, "0=false 1=true", "2->cannot be read"),
                row(
                        "null-packet-deletion",
                        RistConfig::nullPacketDeletion,
                        "0=false 1=true",
                        "2->cannot be read"),
                row(
                        "null-packet-rule",
                        RistConfig::nullPacketRule,
                        "exact=exact every=every",
                        "all->null-packet-rule=all cannot be read; it takes exact | every"),
                row(
                        "extended-sequence",
                        RistConfig::extendedSequence,
                        "0=false 1=true",
                        "2->cannot be read"),
                main(
                        "aes-type",
                        MainConfig::aesBits,
                        "128=128 256=256",
                        "192->aes-type 192 cannot be told to a peer;64->aes-type 64 is outside 128 | 256;x->aes-type=x cannot be read"),
                main(
                        "key-rotation",
                        MainConfig::keyRotationPackets,
                        "1=1 1000=1000 2147483647=2147483647",
                        "-1->key-rotation -1 packets is outside 0..2147483647;2147483648->is outside"),
                main(
                        "srp-compat",
                        MainConfig::srpCompat,
                        "1=nopad 2=pad pad=pad legacy=legacy auto=auto",
                        "4->srp-compat=4 cannot be read"),
                main(
                        "require-encryption",
                        MainConfig::requireEncryption,
                        "1=true off=false",
                        "2->cannot be read"),
                main(
                        "virt-dst-port",
                        MainConfig::virtualDestinationPort,
                        "2=2 1968=1968 65534=65534",
                        "1969->virt-dst-port 1969 is outside the even numbers 2..65534;65536->is outside"),
                main(
                        "virt-src-port",
                        MainConfig::virtualSourcePort,
                        "1=1 1971=1971 65535=65535",
                        "0->virt-src-port 0 is outside 1..65535;65536->is outside"));
    }

    /** Parameters whose values are not shown, or go in pairs; tested one by one. */
    private static final Set<String> HIDDEN = Set.of("secret", "username", "password");

    private static Row main(
            String key, Function<MainConfig, Object> setting, String accepted, String refused) {
        return row("profile=main&" + key, c -> setting.apply((MainConfig) c), accepted, refused);
    }

    @Test
    void keepsSecretsAndShowsNone() {
        RistUri uri =
                RistUri.parse(
                        "rist://host:5001?profile=main&secret=hunter2hunter2&username=joe&password=pa55");
        MainConfig config = (MainConfig) uri.config();

        assertThat(config.secret().orElseThrow().chars())
                .containsExactly("hunter2hunter2".toCharArray());
        assertThat(config.username()).contains("joe");
        assertThat(config.password().orElseThrow().chars()).containsExactly("pa55".toCharArray());
        assertThat(uri.toString() + config + config.secret() + config.password())
                .doesNotContain("hunter2")
                .doesNotContain("pa55")
                .contains("secret=***");
    }

    @Test
    void doesNotTakeWhatStandsForASecretAsOne() {
        String shown = RistUri.parse("rist://host:5001?profile=main&secret=hunter2").toString();
        assertThatThrownBy(() -> RistUri.parse(shown))
                .hasMessage(
                        "secret is ***, which stands for one that is not shown; give the secret"
                                + " itself");
        assertThatThrownBy(() ->
                        RistUri.parse("rist://host:5001?profile=main&username=joe&password=***"))
                .hasMessage(
                        "password is ***, which stands for one that is not shown; give the"
                                + " password itself");
    }

    @Test
    void refusesSecretsOutOfRangeWithoutShowingThem() {
        assertThatThrownBy(() ->
                        RistUri.parse(
                                "rist://host:5001?profile=main&secret=" + "hunter2".repeat(20)))
                .hasMessage("secret of 140 bytes is outside 1..127 bytes of text");
        assertThatThrownBy(() -> RistUri.parse("rist://host:5001?profile=main&username=joe"))
                .hasMessage("password is missing; it goes together with username");
        assertThatThrownBy(() -> RistUri.parse("rist://host:5001?profile=main&password=hunter2"))
                .hasMessage("username is missing; it goes together with password");
    }

    private static Row row(
            String key, Function<RistConfig, Object> setting, String accepted, String refused) {
        return new Row(
                key,
                setting,
                Arrays.asList(accepted.split(" ")),
                Arrays.asList(refused.split(";(?=[^ ])")));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void takesWhatItsRangeHolds(Row row) {
        for (String pair : row.accepted()) {
            String text = pair.substring(0, pair.indexOf('='));
            RistUri uri = RistUri.parse("rist://@239.1.2.3:5000?" + row.key() + "=" + text);

            assertThat(row.setting().apply(uri.config()))
                    .as(row.key() + "=" + text)
                    .hasToString(pair.substring(pair.indexOf('=') + 1));
            assertThat(RistUri.parse(uri.toString())).isEqualTo(uri);
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void refusesWhatItsRangeLacks(Row row) {
        for (String pair : row.refused()) {
            String[] textAndMessage = pair.split("->", 2);
            assertThatThrownBy(() ->
                            RistUri.parse(
                                    "rist://@239.1.2.3:5000?"
                                            + row.key()
                                            + "="
                                            + textAndMessage[0]))
                    .as(row.key() + "=" + textAndMessage[0])
                    .isInstanceOf(RistConfigException.class)
                    .hasMessageStartingWith(row.key().replace("profile=main&", ""))
                    .hasMessageContaining(textAndMessage[1]);
        }
    }

    @Test
    void isTestedForEveryParameterThatActs() {
        var tested =
                settings()
                        .map(r -> r.key().replace("profile=main&", ""))
                        .collect(Collectors.toCollection(TreeSet::new));
        tested.add("profile"); // in RistUriTest
        tested.addAll(HIDDEN);

        assertThat(tested)
                .isEqualTo(
                        RistUri.parameters().stream()
                                .filter(RistParameter::available)
                                .map(RistParameter::name)
                                .collect(Collectors.toCollection(TreeSet::new)));
    }

    static Stream<String> refusedByName() {
        return Stream.of(
                "compression=1|compression needs the advanced profile",
                "recovery-depth=3|recovery-depth needs the advanced profile",
                "split=auto|split is not available yet",
                "merge=pairs|merge is not available yet",
                "reflector=1|reflector is not available yet",
                "rtt-drop=200|rtt-drop is not available yet",
                "rtt-restore=80|rtt-restore is not available yet",
                "rtt-drop-settle=2000|rtt-drop-settle is not available yet",
                "rtt-drop-trickle=100|rtt-drop-trickle is not available yet",
                "verbose-level=7|verbose-level is not set in a URL",
                "stream-id=1000|stream-id belongs to udp:// and rtp:// URLs",
                "multiplex-mode=0|multiplex-mode belongs to udp:// and rtp:// URLs",
                "multiplex-filter=0|multiplex-filter belongs to udp:// and rtp:// URLs",
                "rtp-timestamp=1|rtp-timestamp belongs to udp:// and rtp:// URLs",
                "rtp-sequence=1|rtp-sequence belongs to udp:// and rtp:// URLs",
                "rtp-ptype=33|rtp-ptype belongs to udp:// and rtp:// URLs",
                "cbr-output=1|cbr-output belongs to udp:// and rtp:// URLs");
    }

    @ParameterizedTest
    @MethodSource("refusedByName")
    void refusesByNameWhatCannotAct(String pairAndMessage) {
        String pair = pairAndMessage.substring(0, pairAndMessage.indexOf('|'));
        String message = pairAndMessage.substring(pairAndMessage.indexOf('|') + 1);

        assertThatThrownBy(() -> RistUri.parse("rist://host:5000?profile=simple&" + pair))
                .isInstanceOf(RistConfigException.class)
                .hasMessageStartingWith(message)
                .hasMessageNotContaining("hunter2");
    }

    static Stream<String> refusedBySimple() {
        return Stream.of(
                "secret=hunter2hunter2|secret needs the main profile; simple cannot encrypt",
                "aes-type=128|aes-type needs the main profile; simple cannot encrypt",
                "key-rotation=50|key-rotation needs the main profile; simple cannot encrypt",
                "username=joe|username needs the main profile; simple cannot authenticate",
                "password=hunter2|password needs the main profile; simple cannot authenticate",
                "srp-compat=1|srp-compat needs the main profile; simple cannot authenticate",
                "require-encryption=1|require-encryption needs the main profile",
                "virt-dst-port=1968|virt-dst-port needs the main profile; simple has no virtual ports",
                "virt-src-port=1971|virt-src-port needs the main profile; simple has no virtual ports");
    }

    @ParameterizedTest
    @MethodSource("refusedBySimple")
    void refusesByNameWhatOnlyATunnelHas(String pairAndMessage) {
        refusesByNameWhatCannotAct(pairAndMessage);
    }

    @Test
    void namesEveryRefusedParameter() {
        assertThat(refusedByName().map(r -> r.substring(0, r.indexOf('='))))
                .containsExactlyInAnyOrderElementsOf(
                        RistUri.parameters().stream()
                                .filter(p -> !p.available())
                                .map(RistParameter::name)
                                .toList());
    }

    @Test
    void takesARefusedParameterWhenItsValueAsksForNothing() {
        RistUri uri =
                RistUri.parse(
                        "rist://host:5000?compression=0&split=off&merge=off&aes-type=0&reflector=0"
                                + "&srp-compat=0&rtt-drop=0&cbr-output=0");

        assertThat(uri).isEqualTo(RistUri.parse("rist://host:5000"));
    }
}
