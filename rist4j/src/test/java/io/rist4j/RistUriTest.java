package io.rist4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class RistUriTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    rist://example.org:5000      | false | example.org  | 5000
                    rist://192.0.2.1:2           | false | 192.0.2.1    | 2
                    RIST://192.0.2.1:65534       | false | 192.0.2.1    | 65534
                    rist://@192.0.2.1:5000       | true  | 192.0.2.1    | 5000
                    rist://@:5000                | true  | 0.0.0.0      | 5000
                    rist://@[]:5000              | true  | ::           | 5000
                    rist://[2001:db8::1]:5000    | false | 2001:db8::1  | 5000
                    rist://@[::]:5000            | true  | ::           | 5000
                    rist://[fe80::1%eth0]:5000   | false | fe80::1%eth0 | 5000
                    rist://@239.1.2.3:5000       | true  | 239.1.2.3    | 5000
                    rist://example.org:5000/     | false | example.org  | 5000
                    rist://my_host-1:5000?       | false | my_host-1    | 5000
                    """)
    void readsHostPortAndWhoSpeaksFirst(String text, boolean listening, String host, int port) {
        RistUri uri = RistUri.parse(text);

        assertThat(uri.isListening()).isEqualTo(listening);
        assertThat(uri.host()).isEqualTo(host);
        assertThat(uri.port()).isEqualTo(port);
        assertThat(uri.config()).isEqualTo(RistConfig.simple().build());
        assertThat(RistUri.parse(uri.toString())).isEqualTo(uri);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    udp://host:5000                 | scheme | begins with rist://
                    host:5000                       | scheme | found no scheme
                    host:5000?cname=a://b           | scheme | found no scheme
                    rist://host                     | port   | the port is missing
                    rist://host:                    | port   | the port is missing
                    rist://[::1]                    | port   | the port is missing
                    rist://[::1]x5000               | port   | no :port after the ]
                    rist://host:5001                | port   | port 5001 is odd; the simple profile takes an even port, 2..65534
                    rist://host:0                   | port   | port 0 is outside 1..65535
                    rist://host:65536               | port   | port 65536 is outside 1..65535
                    rist://host:5000x               | port   | port 5000x is outside
                    rist://host:-2                  | port   | port -2 is outside
                    rist://:5000                    | host   | the host is missing
                    rist://[]:5000                  | host   | the host is missing
                    rist://::1:5000                 | host   | goes in brackets
                    rist://[::1:5000                | host   | no closing ]
                    rist://[::g]:5000               | host   | is no IPv6 address
                    rist://[192.0.2.1]:5000         | host   | is no IPv6 address
                    rist://192.0.2.256:5000         | host   | is no IPv4 address
                    rist://192.0.2:5000             | host   | is no IPv4 address
                    rist://ho st:5000               | host   | which no host name does
                    rist://host:5000/live           | path   | has no path
                    rist://user:pw@host:5000        | user   | has no user before the host
                    rist://host:5000?=5             |        | unknown parameter
                    rist://host:5000?buffer         | buffer | buffer has no value
                    rist://host:5000?buffer=        | buffer | buffer has no value
                    rist://192.0.2.1:5000?source=192.0.2.9 | source | needs a multicast group
                    """)
    void refusesWhatIsNoRistUrl(String text, String field, String message) {
        assertThatThrownBy(() -> RistUri.parse(text))
                .isInstanceOfSatisfying(
                        RistConfigException.class,
                        e -> assertThat(e.field()).isEqualTo(field == null ? "" : field))
                .hasMessageContaining(message);
    }

    @Test
    void neverRepeatsAPasswordInFrontOfTheHost() {
        assertThatThrownBy(() -> RistUri.parse("rist://joe:hunter2@host:5000"))
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    bufer, buffer
                    bufferr, buffer
                    bufer-max, buffer-max
                    Buffer, buffer
                    band-width, bandwidth
                    sessiontimeout, session-timeout
                    keep-alive, keepalive
                    rttmin, rtt-min
                    cnmae, cname
                    """)
    void namesTheNearestOfAnUnknownParameter(String unknown, String nearest) {
        assertThatThrownBy(() -> RistUri.parse("rist://host:5000?" + unknown + "=1"))
                .hasMessage("unknown parameter " + unknown + "; the nearest is " + nearest);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    passphrase | here it is secret
                    latency    | here it is buffer, in ms
                    pkt_size   | datagrams are carried with the size that they have; leave it out
                    mode       | who listens is written rist://@HOST:PORT, who calls rist://HOST:PORT
                    """)
    void knowsTheWordsOfOtherTools(String word, String advice) {
        assertThatThrownBy(() -> RistUri.parse("rist://host:5000?" + word + "=1"))
                .hasMessage("unknown parameter " + word + "; " + advice);
    }

    @Test
    void letsTheLaterOfTwoWin() {
        var config = RistUri.parse("rist://host:5000?buffer=500&weight=5&buffer=200").config();

        assertThat(config.recoveryBuffer()).hasMillis(200);
        assertThat(config.weight()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    buffer=500&buffer-min=200, 200, 500
                    buffer-min=200&buffer=500, 200, 500
                    buffer-max=900&buffer=500, 500, 900
                    buffer-min=2000,           2000, 2000
                    buffer-max=400,            400, 400
                    buffer-min=400,            400, 1000
                    """)
    void prefersTheBoundsOverTheirAliasInAnyOrder(String query, long leastMs, long mostMs) {
        var config = RistUri.parse("rist://host:5000?" + query).config();

        assertThat(config.recoveryBufferMin()).hasMillis(leastMs);
        assertThat(config.recoveryBufferMax()).hasMillis(mostMs);
    }

    @Test
    void prefersKeepaliveIntervalOverItsAliasInAnyOrder() {
        assertThat(keepaliveMs("keepalive=50")).isEqualTo(50);
        assertThat(keepaliveMs("keepalive=50&keepalive-interval=80")).isEqualTo(80);
        assertThat(keepaliveMs("keepalive-interval=80&keepalive=50")).isEqualTo(80);
    }

    private static long keepaliveMs(String query) {
        return RistUri.parse("rist://host:5000?" + query).config().keepaliveInterval().toMillis();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    buffer-min=900&buffer-max=500             | buffer-min 900 ms is above buffer-max 500 ms
                    reorder-buffer=600&buffer=500             | reorder-buffer 600 ms is above buffer 500 ms
                    rtt-min=40&rtt-max=20                     | rtt-min 40 ms is above rtt-max 20 ms
                    min-retries=9&max-retries=5               | min-retries 9 is above max-retries 5
                    keepalive-interval=900&session-timeout=500 | keepalive-interval 900 ms is above session-timeout 500 ms
                    """)
    void refusesParametersThatContradictEachOther(String query, String message) {
        assertThatThrownBy(() -> RistUri.parse("rist://host:5000?" + query)).hasMessage(message);
    }

    @Test
    void takesParametersOverGivenSettings() {
        RistConfig base =
                RistConfig.simple()
                        .recoveryBuffer(ofMs(300))
                        .cname("base")
                        .forReceiver()
                        .rttMultiplier(9)
                        .build()
                        .asConfig();

        var config = RistUri.parse("rist://host:5000?buffer=600", base).config();

        assertThat(config.recoveryBufferMin()).hasMillis(600);
        assertThat(config.recoveryBufferMax()).hasMillis(600);
        assertThat(config.rttMultiplier()).isEqualTo(9);
        assertThat(config.cname()).contains("base");
    }

    @Test
    void readsListsOfPaths() {
        List<RistUri> paths =
                RistUri.parseList(
                        "rist://192.0.2.1:5000?weight=1, rist://192.0.2.2:5000?weight=2",
                        RistConfig.simple().build());

        assertThat(paths).extracting(RistUri::host).containsExactly("192.0.2.1", "192.0.2.2");
        assertThat(paths).extracting(p -> p.config().weight()).containsExactly(1, 2);
    }

    @Test
    void convertsSettingsToAUrlAndBack() {
        SenderConfig sending =
                RistConfig.simple()
                        .recoveryBuffer(ofMs(500))
                        .rttMin(ofMs(3))
                        .overflowPolicy(OverflowPolicy.DROP_NEWEST)
                        .forSender()
                        .maxBitrate(Bitrate.ofBits(2_500_500))
                        .congestionControl(CongestionControl.OFF)
                        .flowId(0xDEADBEEE)
                        .tailRepair(false)
                        .build();
        RistConfig config =
                sending.asConfig().toBuilder()
                        .forReceiver()
                        .playoutTolerance(java.time.Duration.ofNanos(250_000))
                        .requestFormat(RequestFormat.BITMASK)
                        .build()
                        .asConfig();

        RistUri uri = RistUri.dial("2001:db8::1", 5000, config);

        assertThat(uri)
                .hasToString(
                        "rist://[2001:db8::1]:5000?buffer=500&rtt-min=3&bandwidth=2500.5"
                                + "&congestion-control=off&flow-id=0xdeadbeee&request-format=bitmask"
                                + "&tail-repair=0&playout-tolerance=0.25&overflow=drop-newest");
        assertThat(RistUri.parse(uri.toString())).isEqualTo(uri);
    }

    @ParameterizedTest
    @CsvSource(textBlock = "0, simple\nsimple, simple\nSimple, simple\n1, main\nMain, main")
    void takesAProfileByNumberAndName(String written, String profile) {
        assertThat(RistUri.parse("rist://host:5000?profile=" + written).config().profile())
                .hasToString(profile);
    }

    @ParameterizedTest
    @CsvSource(textBlock = "2, advanced\nadvanced, advanced")
    void refusesProfilesThatAreNotAvailableByName(String written, String profile) {
        assertThatThrownBy(() -> RistUri.parse("rist://host:5000?profile=" + written))
                .hasMessage(
                        "profile "
                                + profile
                                + " is not available yet; this version speaks simple (0) and main"
                                + " (1)");
    }

    @Test
    void refusesAProfileThatIsNone() {
        assertThatThrownBy(() -> RistUri.parse("rist://host:5000?profile=3"))
                .hasMessage(
                        "profile=3 cannot be read; it takes 0 or simple | 1 or main | 2 or"
                                + " advanced");
    }

    private static java.time.Duration ofMs(long ms) {
        return java.time.Duration.ofMillis(ms);
    }
}
