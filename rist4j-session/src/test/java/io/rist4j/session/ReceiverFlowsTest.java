package io.rist4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.flow.ReceiverFlow;
import io.rist4j.core.flow.ReceiverFlowConfig;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.SessionTime;
import io.rist4j.core.time.Wake;
import io.rist4j.crypto.host.Worker;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** What a path tells reaches the flows that it brings, and no others. */
class ReceiverFlowsTest {
    private static final long MS = SessionTime.MILLISECOND;
    private static final ReceiverFlowConfig SIZED =
            ReceiverFlowConfig.builder().bufferMinNs(200 * MS).bufferMaxNs(2_000 * MS).build();

    private final RecordingSink sink = new RecordingSink();
    private long nowNs = SessionTime.SECOND;

    private SessionAssembly assembly(ReceiverFlowConfig receiver, int flows) {
        SessionConfig config =
                SessionConfig.of(
                                Profile.MAIN,
                                Role.RECEIVER,
                                "bob",
                                List.of(PathConfig.listen(MainNet.LISTENER)))
                        .withReceiver(receiver);
        return new SessionAssembly(
                flows == 1 ? config : config.withMaxFlows(flows),
                new SessionIdentity(0x4000, 100, 0x4001),
                new SessionServices(Worker.inline(), new Random(3)::nextBytes, n -> true),
                sink);
    }

    private static Path proven(SessionAssembly assembly, int number) {
        Endpoint from = Endpoint.ipv4(0x0A000001 + (number << 8), 40_000);
        Path path = assembly.directory.learned(0, from);
        path.media = from;
        path.control = from;
        assembly.directory.enter(path);
        path.onProven();
        return path;
    }

    private void media(SessionAssembly assembly, Path path, int flowId, int number) {
        var packet = new MediaPacket();
        packet.flowId = flowId;
        packet.sequence = number;
        packet.timestamp = 90L * 20 * number;
        packet.clockHz = 90_000;
        packet.payloadType = 33;
        packet.buffer = ByteBuffer.allocate(188);
        packet.payloadBytes = 188;
        packet.arrivalNs = nowNs;
        assertThat(assembly.end.onMedia(nowNs, path, packet)).isEqualTo(Verdict.OK);
    }

    private void run(SessionAssembly assembly, long untilNs) {
        while (nowNs < untilNs) {
            long nextNs = Wake.of(assembly.end::wakes).deadlineNs();
            nowNs = Math.min(untilNs, Math.max(nowNs + 1, nextNs));
            assembly.end.onDeadline(nowNs);
        }
    }

    private static ReceiverFlow flow(SessionAssembly assembly, int index) {
        return Objects.requireNonNull(assembly.receiving.flow(index));
    }

    @Test
    void aRoundTripSizesTheBuffersOfThePathsFlowsAlone() {
        SessionAssembly assembly = assembly(SIZED, 3);
        FlowEnd end = assembly.end;
        Path one = proven(assembly, 1);
        Path other = proven(assembly, 2);
        media(assembly, one, 0x1000, 1);
        media(assembly, other, 0x2000, 1);
        long startNs = flow(assembly, 0).targetBufferNs();
        assembly.table.rtt(one.row).onSample(20 * MS);
        end.onRoundTrip(nowNs, one);
        run(assembly, nowNs + 1_500 * MS);
        assertThat(flow(assembly, 0).targetBufferNs()).isLessThan(startNs);
        assertThat(flow(assembly, 1).targetBufferNs()).isEqualTo(startNs);
        assertThat(end.bufferMs()).as("the longest").isEqualTo(startNs / MS);
    }

    @Test
    void aBufferIsSizedWhereItsRangeIsNoSingleLength() {
        assertThat(assembly(SIZED, 3).end.sizesBuffer()).isTrue();
        var fixed = ReceiverFlowConfig.builder().bufferNs(200 * MS).build();
        assertThat(assembly(fixed, 3).end.sizesBuffer()).isFalse();
    }

    @Test
    void aFlowThatIsTheOnlyOneAndOneOfSeveralAreServedWhenTheirTimeComes() {
        for (int flows = 1; flows <= 3; flows += 2) {
            var fixed = ReceiverFlowConfig.builder().bufferNs(100 * MS).build();
            SessionAssembly assembly = assembly(fixed, flows);
            assertThat(assembly.end.takesSeveralFlows()).isEqualTo(flows > 1);
            int before = sink.delivered.size();
            media(assembly, proven(assembly, 1), 0x1000, 1);
            long dueNs = Wake.of(assembly.end::wakes).deadlineNs();
            assertThat(dueNs).as("%d flows", flows).isLessThanOrEqualTo(nowNs + 100 * MS);
            run(assembly, nowNs + 100 * MS);
            assertThat(sink.delivered).as("%d flows", flows).hasSize(before + 1);
        }
    }

    @Test
    void aFlowThatWasClosedIsPassedOver() {
        SessionAssembly assembly = assembly(SIZED, 3);
        FlowEnd end = assembly.end;
        Path path = proven(assembly, 1);
        media(assembly, path, 0x1000, 1);
        media(assembly, path, 0x2000, 1);
        assembly.receiving.close(0);
        end.onRoundTrip(nowNs, path);
        end.onSenderKeeps(path, 300 * MS);
        end.onPathRemoved(path.row + 1);
        assertThat(end.bufferMs()).isEqualTo(flow(assembly, 1).targetBufferNs() / MS);
        assertThat(end.shortestBufferNs()).isEqualTo(flow(assembly, 1).bufferNs());
        assertThat(end.longestBufferNs()).isEqualTo(flow(assembly, 1).bufferNs());
        assertThat(end.isDrained(nowNs)).isFalse();
        end.release();
        assertThat(flow(assembly, 1).payloadMemoryBytes()).isZero();
    }
}
