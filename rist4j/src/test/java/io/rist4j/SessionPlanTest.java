package io.rist4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rist4j.core.flow.ReceiverFlowConfig;
import io.rist4j.session.PathConfig;
import io.rist4j.session.Role;
import io.rist4j.session.SessionConfig;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

class SessionPlanTest {
    private static List<RistUri> uris(String... uris) {
        return Arrays.stream(uris).map(RistUri::parse).toList();
    }

    private static SessionPlan plan(Role role, String... uris) throws RistException {
        return SessionPlan.of(role, uris(uris));
    }

    @Test
    void handsEverySettingToTheSession() throws Exception {
        SessionConfig config =
                plan(
                                Role.RECEIVER,
                                "rist://@127.0.0.1:5000?buffer-min=200&buffer-max=800&reorder-buffer=20"
                                        + "&rtt-min=7&rtt-max=400&rtt-multiplier=9&max-retries=30"
                                        + "&memory=64&bandwidth=20000&return-bandwidth=300&congestion-control=2"
                                        + "&timing-mode=arrival&session-timeout=3000&keepalive=50"
                                        + "&cname=studio&request-format=bitmask&request-redundancy=0"
                                        + "&tail-repair=0&start-repair=0&playout-tolerance=2&weight=5"
                                        + "&recovery-priority=6")
                        .config();

        ReceiverFlowConfig receiver = config.receiver();
        assertThat(receiver.bufferMinNs()).isEqualTo(200_000_000);
        assertThat(receiver.bufferMaxNs()).isEqualTo(800_000_000);
        assertThat(receiver.reorderNs()).isEqualTo(20_000_000);
        assertThat(receiver.rttMinNs()).isEqualTo(7_000_000);
        assertThat(receiver.rttMaxNs()).isEqualTo(400_000_000);
        assertThat(receiver.rttMultiplier()).isEqualTo(9);
        assertThat(receiver.maxRetries()).isEqualTo(30);
        assertThat(receiver.maxMemoryBytes()).isEqualTo(64L << 20);
        assertThat(config.sender().maxMemoryBytes()).isEqualTo(64L << 20);
        assertThat(receiver.returnBitrate()).isEqualTo(300_000);
        assertThat(receiver.timing()).isEqualTo(ReceiverFlowConfig.Timing.ARRIVAL);
        assertThat(receiver.requestRedundancy()).isFalse();
        assertThat(receiver.startRepair()).isFalse();
        assertThat(receiver.playoutToleranceNs()).isEqualTo(2_000_000);
        assertThat(config.sender().bufferMaxNs()).isEqualTo(800_000_000);
        assertThat(config.sender().rttMinNs()).isEqualTo(7_000_000);
        assertThat(config.sender().rttMaxNs()).isEqualTo(400_000_000);
        assertThat(config.sender().maxRetries()).isEqualTo(30);
        assertThat(config.sender().maxBitrate()).isEqualTo(20_000_000);
        assertThat(config.sender().congestionControl())
                .isEqualTo(io.rist4j.core.flow.CongestionControl.AGGRESSIVE);
        assertThat(config.sender().tailRepair()).isFalse();
        assertThat(config.sessionTimeoutNs()).isEqualTo(3_000_000_000L);
        assertThat(config.reportIntervalNs()).isEqualTo(50_000_000);
        assertThat(config.canonicalName()).isEqualTo("studio");
        assertThat(config.requestFormat()).isEqualTo(io.rist4j.session.RequestFormat.BITMASK);
        PathConfig path = config.paths().get(0);
        assertThat(path.contact()).isEqualTo(PathConfig.Contact.LISTEN);
        assertThat(path.endpoint()).hasToString("127.0.0.1:5000");
        assertThat(path.weight()).isEqualTo(5);
        assertThat(path.priority()).isEqualTo(6);
    }

    @Test
    void makesTheBufferLongEnoughForTheLeastRetries() throws Exception {
        assertThat(multiplier("rist://@127.0.0.1:5000")).isEqualTo(7);
        assertThat(multiplier("rist://@127.0.0.1:5000?min-retries=10")).isEqualTo(11);
        assertThat(multiplier("rist://@127.0.0.1:5000?min-retries=100")).isEqualTo(100);
    }

    private static int multiplier(String uri) throws RistException {
        return plan(Role.RECEIVER, uri).config().receiver().rttMultiplier();
    }

    @Test
    void acceptsEveryLimitThatTheSettingsAccept() throws Exception {
        for (String limits :
                List.of(
                        "buffer=50&rtt=1&bandwidth=1&return-bandwidth=0.001&keepalive=10"
                                + "&session-timeout=250&max-retries=2&playout-tolerance=0"
                                + "&reorder-buffer=0&rtt-multiplier=1",
                        "buffer=30000&rtt=1000&bandwidth=100000000&return-bandwidth=10000000"
                                + "&keepalive=10000&session-timeout=600000&max-retries=100"
                                + "&playout-tolerance=20&reorder-buffer=10000&rtt-multiplier=100",
                        "rtt-max=10000&weight=1000000&recovery-priority=1000000")) {
            assertThat(plan(Role.SENDER, "rist://127.0.0.1:5000?" + limits).uris()).hasSize(1);
        }
    }

    @Test
    void drawsItsIdentityAnewForEachSession() throws Exception {
        Set<Integer> flowIds = new HashSet<>();
        Set<Long> sequences = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            SessionPlan plan = plan(Role.SENDER, "rist://127.0.0.1:5000");
            flowIds.add(plan.identity().flowId());
            sequences.add(plan.identity().firstSequence());
            names.add(plan.config().canonicalName());
        }

        assertThat(flowIds).hasSize(20).allSatisfy(id -> assertThat(id & 1).isZero());
        assertThat(sequences)
                .hasSizeGreaterThan(10)
                .allSatisfy(s -> assertThat(s).isBetween(0L, 65_535L));
        assertThat(names).hasSize(20);
        assertThat(plan(Role.SENDER, "rist://127.0.0.1:5000?flow-id=8").identity().flowId())
                .isEqualTo(8);
    }

    @Test
    void keepsWhatIsPerPathApart() throws Exception {
        SessionConfig config =
                plan(
                                Role.SENDER,
                                "rist://127.0.0.1:5000?buffer=300&weight=1&local-port=7000",
                                "rist://@127.0.0.1:6000?weight=2",
                                "rist://127.0.0.1:7000?buffer=300")
                        .config();

        assertThat(config.paths()).extracting(PathConfig::weight).containsExactly(1, 2, 0);
        assertThat(config.paths().get(0).local()).hasToString("0.0.0.0:7000");
        assertThat(config.paths().get(1).contact()).isEqualTo(PathConfig.Contact.LISTEN);
    }

    @Test
    void refusesPathsThatContradictEachOther() {
        assertThatThrownBy(() ->
                        plan(
                                Role.SENDER,
                                "rist://127.0.0.1:5000",
                                "rist://127.0.0.1:6000?buffer=300"))
                .isInstanceOf(RistConfigException.class)
                .hasMessage(
                        "buffer 300 ms of 127.0.0.1:6000 is not the 1 s of 127.0.0.1:5000; it"
                                + " is one for all paths of a session");
    }

    @Test
    void refusesNoPathAndTooMany() {
        assertThatThrownBy(() -> SessionPlan.of(Role.SENDER, List.of()))
                .isInstanceOf(RistConfigException.class)
                .hasMessage("path count 0 is outside 1..32");
        String[] many = new String[33];
        Arrays.fill(many, "rist://127.0.0.1:5000");
        assertThatThrownBy(() -> plan(Role.SENDER, many))
                .hasMessage("path count 33 is outside 1..32");
    }

    @Test
    void refusesToDialEverybody() {
        assertThatThrownBy(() -> plan(Role.SENDER, "rist://0.0.0.0:5000"))
                .hasMessage("host 0.0.0.0 is no address to dial; did you mean @?");
    }

    @Test
    void refusesToRequireEncryptionWithNothingToEncryptBy() throws Exception {
        String required = "127.0.0.1:5000?profile=main&require-encryption=1";
        for (String uri : List.of("rist://@" + required, "rist://" + required)) {
            assertThatThrownBy(() -> plan(Role.SENDER, uri))
                    .isInstanceOf(RistConfigException.class)
                    .hasMessageContaining("require-encryption=1")
                    .hasMessageContaining("neither a secret nor a user");
            assertThat(plan(Role.SENDER, uri + "&secret=sixteen-octets-or-more").config())
                    .isNotNull();
            assertThat(plan(Role.SENDER, uri + "&username=a&password=b").config()).isNotNull();
        }
    }

    @Test
    void refusesASourceOfAnotherFamily() {
        assertThatThrownBy(() -> plan(Role.RECEIVER, "rist://@239.1.1.1:5000?source=2001:db8::1"))
                .isInstanceOf(RistConfigException.class)
                .hasMessageContaining("needs a multicast group of its family");
    }

    @Test
    void namesAHostThatIsUnknown() {
        assertThatThrownBy(() -> plan(Role.SENDER, "rist://no-such-host.invalid:5000"))
                .isInstanceOfSatisfying(
                        RistUnknownHostException.class,
                        e -> assertThat(e.host()).isEqualTo("no-such-host.invalid"))
                .hasMessage("unknown host no-such-host.invalid");
    }
}
