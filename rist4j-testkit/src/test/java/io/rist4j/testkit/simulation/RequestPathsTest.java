package io.rist4j.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.rtcp.RangeRequest;
import io.rist4j.codec.rtcp.RtcpReader;
import io.rist4j.codec.rtcp.RtcpWriter;
import io.rist4j.core.address.Endpoint;
import io.rist4j.core.time.SessionTime;
import io.rist4j.testkit.link.LinkConfig;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

final class RequestPathsTest {
    private static final long MS = SessionTime.MILLISECOND;
    private static final LinkConfig NEAR = LinkConfig.clean().delay(Duration.ofMillis(5));
    private static final LinkConfig FAR = LinkConfig.clean().delay(Duration.ofMillis(50));
    private static final int NEAR_PATH = 0;
    private static final int FAR_PATH = 1;

    private final Scenario scenario =
            Scenario.builder(1).packets(10).path(NEAR, NEAR, 0, 1).path(FAR, FAR, 0, 2).build();
    private final PacketLedger ledger = new PacketLedger(scenario, new Endpoint[2], () -> 0);
    private final RequestPaths paths = new RequestPaths(scenario, ledger);

    RequestPathsTest() {
        paths.onFlowStarted();
        for (int path = 0; path < 2; path++) {
            paths.onProven(path);
            paths.onHeard(0, path, false);
            paths.onHeard(0, path, true);
        }
        for (int i = 0; i < 10; i++) {
            ledger.onInput(i);
        }
    }

    private void ask(long atNs, int path, long sequence) {
        var buffer = ByteBuffer.allocate(100);
        int at = RtcpWriter.emptyReceiverReport(buffer, 0, 1);
        at += RtcpWriter.canonicalName(buffer, at, 1, new byte[] {'r', 'x'});
        RangeRequest.write(buffer, at, 1, scenario.flowId(), new long[] {sequence}, 0, 1, 1);
        paths.onControlSent(atNs, path, buffer, 0, at + RtcpReader.packetBytes(buffer, at));
    }

    private List<Violation> told() {
        var payloads = new NumberedPayloads(1, 1316, 1316);
        var invariants = new Invariants(scenario, ledger, payloads, ns -> ns);
        paths.tell(invariants);
        return invariants.violations();
    }

    @Test
    void isContentWhenTheFirstRequestTakesThePathOfHighestPriorityThoughItIsLong() {
        ask(MS, FAR_PATH, 3);

        assertThat(told()).isEmpty();
        assertThat(paths.haveActed()).isTrue();
    }

    @Test
    void noticesAFirstRequestOnAPathOfLowerPriority() {
        ask(MS, NEAR_PATH, 3);

        assertThat(told()).extracting(Violation::kind).containsExactly(Violation.Kind.PRIORITY);
        assertThat(paths.haveActed()).isFalse();
    }

    @Test
    void leavesLaterRequestsToAnyPath() {
        ask(MS, FAR_PATH, 3);
        ask(2 * MS, NEAR_PATH, 3);

        assertThat(told()).isEmpty();
    }

    @Test
    void doesNotInsistOnAPathThatIsSilent() {
        paths.onHeard(290 * MS, NEAR_PATH, true);
        ask(300 * MS, NEAR_PATH, 3);

        assertThat(told()).isEmpty();
    }
}
