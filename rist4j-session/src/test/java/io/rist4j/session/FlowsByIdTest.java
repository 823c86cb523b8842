package io.rist4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.SessionTime;
import io.rist4j.core.time.Wake;
import io.rist4j.crypto.host.Worker;
import io.rist4j.session.link.Report;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** Which of several flows begin, whose places they take, and when they end. */
class FlowsByIdTest {
    private static final int PLACES = 3;
    private static final long SECOND = SessionTime.SECOND;

    private final RecordingSink sink = new RecordingSink();
    private final SessionAssembly assembly = assembly();
    private final FlowEnd end = assembly.end;
    private final ReceivingFlows flows = assembly.receiving;
    private final long timeoutNs = assembly.config.sessionTimeoutNs();
    private boolean admits = true;
    private int asked;
    private long nowNs = SECOND;

    private final SessionServices.Admission admission =
            new SessionServices.Admission() {
                @Override
                public boolean admits(Newcomer newcomer) {
                    return true;
                }

                @Override
                public boolean admitsFlow(FlowIdentity identity) {
                    asked++;
                    return admits;
                }
            };

    private SessionAssembly assembly() {
        SessionConfig config =
                SessionConfig.of(
                                Profile.MAIN,
                                Role.RECEIVER,
                                "bob",
                                List.of(PathConfig.listen(MainNet.LISTENER)))
                        .withMaxFlows(PLACES);
        var services =
                new SessionServices(
                        Worker.inline(),
                        new Random(3)::nextBytes,
                        new SessionServices.Admission() {
                            @Override
                            public boolean admits(Newcomer newcomer) {
                                return admission.admits(newcomer);
                            }

                            @Override
                            public boolean admitsFlow(FlowIdentity identity) {
                                return admission.admitsFlow(identity);
                            }
                        });
        return new SessionAssembly(
                config, new SessionIdentity(0x4000, 100, 0x4001), services, sink);
    }

    private Path path(int number) {
        Endpoint from = Endpoint.ipv4(0x0A000001 + (number << 8), 40_000);
        Path path = assembly.directory.learned(0, from);
        path.media = from;
        path.control = from;
        assembly.directory.enter(path);
        return path;
    }

    private Path proven(int number) {
        Path path = path(number);
        path.onProven();
        return path;
    }

    private Verdict media(Path path, int flowId, int number) {
        var packet = new MediaPacket();
        packet.flowId = flowId;
        packet.sequence = number;
        packet.timestamp = 90L * 20 * number;
        packet.clockHz = 90_000;
        packet.payloadType = 33;
        packet.buffer = ByteBuffer.allocate(188);
        packet.payloadBytes = 188;
        packet.arrivalNs = nowNs;
        return end.onMedia(nowNs, path, packet);
    }

    private void run(long untilNs) {
        while (nowNs < untilNs) {
            nowNs = Math.min(untilNs, Math.max(nowNs, Wake.of(end::wakes).deadlineNs()));
            end.onDeadline(nowNs);
        }
    }

    private <E extends SessionEvent> List<E> events(Class<E> type) {
        return sink.events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private boolean is(int flowId) {
        for (int i = 0; i < flows.capacity(); i++) {
            var flow = flows.flow(i);
            if (flow != null && flow.flowId() == flowId) {
                return true;
            }
        }
        return false;
    }

    @Test
    void aProvenPathBeginsFlowsAtOnce() {
        Path path = proven(1);
        assertThat(media(path, 0x1000, 1)).isEqualTo(Verdict.OK);
        assertThat(media(path, 0x2000, 1)).isEqualTo(Verdict.OK);
        List<SessionEvent.FlowOpened> opened = events(SessionEvent.FlowOpened.class);
        assertThat(opened).hasSize(2);
        FlowIdentity identity = Objects.requireNonNull(flows.identity(opened.get(1).flow()));
        assertThat(identity.flowId()).isEqualTo(0x2000);
        assertThat(identity).isEqualTo(opened.get(1).identity());
        assertThat(flows.isBroughtBy(opened.get(1).flow(), path.row)).isTrue();
        assertThat(flows.isBroughtBy(opened.get(1).flow(), proven(2).row)).isFalse();
        assertThat(flows.isBroughtBy(2, path.row)).isFalse();
    }

    @Test
    void aPathThatIsNotProvenBringsOne() {
        Path path = path(1);
        assertThat(media(path, 0x1000, 1)).isEqualTo(Verdict.FOREIGN_FLOW);
        assertThat(media(path, 0x1000, 2)).isEqualTo(Verdict.OK);
        assertThat(media(path, 0x2000, 1)).isEqualTo(Verdict.FOREIGN_FLOW);
        assertThat(media(path, 0x2000, 2)).isEqualTo(Verdict.FOREIGN_FLOW);
        path.onFlowNamed(0x3000);
        assertThat(media(path, 0x3000, 1)).isEqualTo(Verdict.OK);
    }

    @Test
    void whoProvedAnotherNameAddsNothingAndKeepsNothing() {
        Path alices = proven(1);
        alices.user = "alice";
        Path carols = proven(2);
        carols.user = "carol";
        media(alices, 0x1000, 1);
        assertThat(media(carols, 0x1000, 2)).isEqualTo(Verdict.FOREIGN_FLOW);
        assertThat(end.onSenderReport(nowNs, carols, 0x1000, 1L << 32, 1)).isFalse();
        assertThat(end.onSenderReport(nowNs, alices, 0x1000, 1L << 32, 1)).isTrue();
        assertThat(end.onSenderReport(nowNs, alices, 0x1001, 1L << 32, 1)).isTrue();
        assertThat(end.onSenderReport(nowNs, alices, 0x2000, 1L << 32, 1)).isFalse();
    }

    @Test
    void whoOnlyReportsAFlowThatAnotherBringsDoesNotKeepIt() {
        media(proven(1), 0x1000, 1);
        Path other = proven(2);
        assertThat(end.onSenderReport(nowNs, other, 0x1000, 1L << 32, 1)).isFalse();
        run(nowNs + timeoutNs - 1);
        end.onSenderReport(nowNs, other, 0x1000, 1L << 32, 1);
        run(nowNs + timeoutNs / 4 + 1);
        assertThat(events(SessionEvent.FlowEnded.class)).hasSize(1);
    }

    @Test
    void aFlowEndsOnceItWasSilentForTheSessionTimeout() {
        Path path = proven(1);
        media(path, 0x1000, 1);
        long silentNs = nowNs + timeoutNs;
        run(silentNs - 1);
        assertThat(end.isBusy()).isTrue();
        assertThat(events(SessionEvent.FlowEnded.class)).isEmpty();
        run(silentNs + timeoutNs / 4);
        assertThat(events(SessionEvent.FlowEnded.class))
                .singleElement()
                .satisfies(ended -> assertThat(ended.flowId()).isEqualTo(0x1000));
        assertThat(is(0x1000)).isFalse();
        assertThat(end.isBusy()).isFalse();
        assertThat(end.accepts(0x9000)).isTrue();
        assertThat(Wake.of(end::wakes).deadlineNs()).isEqualTo(SessionTime.NEVER);
    }

    @Test
    void reportsOfItsSenderKeepAFlow() {
        Path path = proven(1);
        media(path, 0x1000, 1);
        for (int i = 0; i < 4; i++) {
            run(nowNs + timeoutNs - 1);
            assertThat(end.onSenderReport(nowNs, path, 0x1000, 1L << 32, 1)).isTrue();
        }
        assertThat(events(SessionEvent.FlowEnded.class)).isEmpty();
    }

    @Test
    void onlyKnownFlowsAreAcceptedWhileThereIsOne() {
        assertThat(end.accepts(0x9000)).isTrue();
        assertThat(end.isBusy()).isFalse();
        media(proven(1), 0x1000, 1);
        assertThat(end.accepts(0x9000)).isFalse();
        assertThat(end.accepts(0x1000)).isTrue();
        assertThat(end.accepts(0x1001)).isTrue();
        assertThat(end.isBusy()).isTrue();
    }

    private Path fill() {
        Path path = proven(1);
        for (int i = 0; i < PLACES; i++) {
            assertThat(media(path, 0x1000 + 2 * i, 1)).isEqualTo(Verdict.OK);
        }
        return path;
    }

    @Test
    void whereNoPlaceIsLeftAFlowIsRefusedAndToldOfEveryTenSeconds() {
        Path path = fill();
        assertThat(media(path, 0x2000, 1)).isEqualTo(Verdict.FOREIGN_FLOW);
        assertThat(events(SessionEvent.FlowRefused.class)).hasSize(1);
        nowNs += 10 * SECOND - 1;
        for (int i = 0; i < PLACES; i++) {
            media(path, 0x1000 + 2 * i, 2);
        }
        media(path, 0x2000, 2);
        assertThat(events(SessionEvent.FlowRefused.class)).hasSize(1);
        nowNs++;
        media(path, 0x2000, 3);
        assertThat(events(SessionEvent.FlowRefused.class)).hasSize(2);
        assertThat(events(SessionEvent.FlowEnded.class)).isEmpty();
    }

    @Test
    void whoHoldsMoreThanTheNewcomerWouldLosesTheLatest() {
        fill();
        assertThat(media(proven(2), 0x2000, 1)).isEqualTo(Verdict.OK);
        assertThat(events(SessionEvent.FlowEnded.class))
                .singleElement()
                .satisfies(ended -> assertThat(ended.flowId()).isEqualTo(0x1000 + 2 * 2));
        Path third = path(3);
        media(third, 0x3000, 1);
        assertThat(media(third, 0x3000, 2)).as("not proven").isEqualTo(Verdict.FOREIGN_FLOW);
        assertThat(is(0x2000)).isTrue();
    }

    @Test
    void theFlowOfAPathThatIsNotProvenMakesWayForOneThatIs() {
        Path stranger = path(1);
        media(stranger, 0x1000, 1);
        media(stranger, 0x1000, 2);
        Path other = proven(2);
        media(other, 0x2000, 1);
        media(other, 0x3000, 1);
        assertThat(media(other, 0x4000, 1)).isEqualTo(Verdict.OK);
        assertThat(is(0x1000)).isFalse();
        assertThat(is(0x2000)).isTrue();
        assertThat(is(0x3000)).isTrue();
    }

    @Test
    void theFlowOfAPathThatIsGoneMakesWayToo() {
        Path gone = proven(1);
        media(gone, 0x1000, 1);
        Path other = proven(2);
        media(other, 0x2000, 1);
        media(other, 0x3000, 1);
        assembly.directory.leave(gone.row);
        assertThat(media(other, 0x4000, 1)).isEqualTo(Verdict.OK);
        assertThat(is(0x1000)).isFalse();
    }

    @Test
    void aFlowThatIsSilentMakesWayForAnybodys() {
        Path path = fill();
        run(nowNs + timeoutNs - 1);
        media(path, 0x1000, 2);
        media(path, 0x1002, 2);
        nowNs++;
        assertThat(media(path, 0x2000, 1)).isEqualTo(Verdict.OK);
        assertThat(is(0x1004)).isFalse();
    }

    @Test
    void aFlowThatIsNotAdmittedIsAskedAboutOnceAndKeepsItsPlace() {
        admits = false;
        Path path = proven(1);
        for (int number = 1; number < 5; number++) {
            assertThat(media(path, 0x1000, number)).isEqualTo(Verdict.FOREIGN_FLOW);
        }
        assertThat(asked).isEqualTo(1);
        assertThat(events(SessionEvent.FlowOpened.class)).isEmpty();
        assertThat(events(SessionEvent.FlowRefused.class)).hasSize(1);
        assertThat(end.isBusy()).isFalse();
        assertThat(end.onSenderReport(nowNs, path, 0x1000, 1, 1)).as("of its own path").isTrue();
        assertThat(end.onSenderReport(nowNs, proven(2), 0x1000, 1, 1)).isFalse();
        run(nowNs + timeoutNs + timeoutNs / 4);
        assertThat(events(SessionEvent.FlowEnded.class)).as("nobody knew of it").isEmpty();
        admits = true;
        assertThat(media(path, 0x1000, 9)).isEqualTo(Verdict.OK);
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void aFlowThatTheApplicationClosedStaysOut() {
        Path path = proven(1);
        media(path, 0x1000, 1);
        flows.close(0);
        assertThat(media(path, 0x1000, 2)).isEqualTo(Verdict.FOREIGN_FLOW);
        assertThat(flows.flow(0)).isNull();
        assertThat(media(path, 0x2000, 1)).as("another may come").isEqualTo(Verdict.OK);
    }

    @Test
    void reportsAreOfTheFlowsThatAPathBrings() {
        Path one = proven(1);
        Path other = proven(2);
        media(one, 0x1000, 1);
        media(other, 0x2000, 1);
        media(one, 0x3000, 1);
        var report = new Report();
        end.fillReport(nowNs, one, report);
        assertThat(report.hasBlock).isTrue();
        assertThat(report.sourceSsrc).isEqualTo(0x1000);
        assertThat(end.fillNextReport(nowNs, one, report)).isTrue();
        assertThat(report.sourceSsrc).isEqualTo(0x3000);
        assertThat(end.fillNextReport(nowNs, one, report)).isFalse();
        report.hasBlock = true;
        report.fromSender = true;
        report.peerPort = 7;
        end.fillReport(nowNs, proven(3), report);
        assertThat(report.hasBlock).isFalse();
        assertThat(report.fromSender).isFalse();
        assertThat(report.peerPort).isZero();
    }

    @Test
    void anEmptyReceiverIsDrainedAndOneThatPlaysIsNot() {
        assertThat(end.isDrained(nowNs)).isTrue();
        media(proven(1), 0x1000, 1);
        assertThat(end.isDrained(nowNs)).isFalse();
        run(nowNs + 3 * SECOND);
        assertThat(end.isDrained(nowNs)).isTrue();
        assertThat(sink.delivered).hasSize(1);
    }

    @Test
    void aReceiverIsNobodysSender() {
        Path path = proven(1);
        media(path, 0x1000, 1);
        assertThat(end.sendsMedia()).isFalse();
        assertThat(end.onReceptionReport(nowNs, path, 0x1000, 1, 0)).isFalse();
        assertThat(end.takesSeveralFlows()).isTrue();
        assertThat(end.controlSsrc()).isEqualTo(0x4001);
        assertThat(flows.capacity()).isEqualTo(PLACES);
    }

    @Test
    void buffersAreOfTheFlowsThatThereAre() {
        long startNs = assembly.config.receiver().bufferStartNs();
        assertThat(end.bufferMs()).isEqualTo(startNs / SessionTime.MILLISECOND);
        assertThat(end.shortestBufferNs()).isEqualTo(startNs);
        assertThat(end.longestBufferNs()).isZero();
        media(proven(1), 0x1000, 1);
        var flow = Objects.requireNonNull(flows.flow(0));
        assertThat(end.longestBufferNs()).isEqualTo(flow.bufferNs());
        assertThat(end.bufferMs()).isEqualTo(flow.targetBufferNs() / SessionTime.MILLISECOND);
    }

    private boolean isRefused(Path path, int flowId) {
        return media(path, flowId, 1) == Verdict.FOREIGN_FLOW;
    }

    @Test
    void aUserHoldsWhatHisPathsHoldTogether() {
        Path alices = proven(1);
        alices.user = "alice";
        media(alices, 0x1000, 1);
        media(alices, 0x1002, 1);
        Path bobs = proven(2);
        bobs.user = "bob";
        media(bobs, 0x2000, 1);
        Path bobsOther = proven(3);
        bobsOther.user = "bob";
        assertThat(isRefused(bobsOther, 0x3000)).as("he would hold as many").isTrue();
        assertThat(events(SessionEvent.FlowEnded.class)).isEmpty();
    }

    @Test
    void whoHoldsWhatIsCountedAnewWithEachFlow() {
        fill();
        assertThat(isRefused(proven(2), 0x2000)).isFalse();
        assertThat(isRefused(proven(3), 0x3000)).isFalse();
        assertThat(isRefused(proven(4), 0x4000)).as("each holds one").isTrue();
        assertThat(events(SessionEvent.FlowEnded.class)).hasSize(2);
        assertThat(is(0x1000)).isTrue();
    }

    @Test
    void thoseThatStayAreFoundWhereTheyWere() {
        Path path = fill();
        run(nowNs + timeoutNs - 1);
        media(path, 0x1002, 2);
        media(path, 0x1004, 2);
        run(nowNs + timeoutNs / 4);
        assertThat(events(SessionEvent.FlowEnded.class))
                .singleElement()
                .satisfies(ended -> assertThat(ended.flow()).isZero());
        assertThat(media(path, 0x1002, 3)).isEqualTo(Verdict.OK);
        assertThat(media(path, 0x1004, 3)).isEqualTo(Verdict.OK);
        assertThat(events(SessionEvent.FlowOpened.class)).hasSize(PLACES);
        Path other = proven(2);
        assertThat(media(other, 0x2000, 1)).as("in the free place").isEqualTo(Verdict.OK);
        assertThat(events(SessionEvent.FlowEnded.class)).hasSize(1);
        assertThat(Objects.requireNonNull(flows.flow(0)).flowId()).isEqualTo(0x2000);
    }

    @Test
    void whereAPlaceIsFreeNobodyLosesHis() {
        Path leaving = proven(1);
        media(leaving, 0x1000, 1);
        Path stranger = path(2);
        media(stranger, 0x2000, 1);
        media(stranger, 0x2000, 2);
        run(nowNs + timeoutNs - 1);
        media(stranger, 0x2000, 3);
        run(nowNs + timeoutNs / 4);
        assertThat(is(0x1000)).isFalse();
        assertThat(media(proven(3), 0x3000, 1)).isEqualTo(Verdict.OK);
        assertThat(is(0x2000)).isTrue();
        assertThat(events(SessionEvent.FlowEnded.class)).hasSize(1);
    }

    @Test
    void whoseFlowMakesWayIsToldThatItEnded() {
        Path stranger = path(1);
        media(stranger, 0x1000, 1);
        media(stranger, 0x1000, 2);
        Path other = proven(2);
        media(other, 0x2000, 1);
        media(other, 0x3000, 1);
        media(other, 0x4000, 1);
        assertThat(events(SessionEvent.FlowEnded.class))
                .singleElement()
                .satisfies(ended -> assertThat(ended.flowId()).isEqualTo(0x1000));
        assertThat(end.accepts(0x1000)).isFalse();
    }

    @Test
    void packetsOfStrangersKeepNobodysFlow() {
        media(proven(1), 0x1000, 1);
        Path stranger = path(2);
        for (int i = 0; i < 5; i++) {
            run(nowNs + timeoutNs / 4);
            assertThat(isRefused(stranger, 0x5000 + 2 * i)).isTrue();
        }
        run(nowNs + 1);
        assertThat(events(SessionEvent.FlowEnded.class)).hasSize(1);
    }

    @Test
    void silentFlowsAreLookedForFourTimesInASessionTimeout() {
        Path path = proven(1);
        media(path, 0x1000, 1);
        run(nowNs + timeoutNs - timeoutNs / 8);
        assertThat(end.isDrained(nowNs)).isTrue();
        long nextNs = Wake.of(end::wakes).deadlineNs();
        assertThat(nextNs).isGreaterThan(nowNs).isLessThanOrEqualTo(nowNs + timeoutNs / 4);
    }

    @Test
    void aFlowIsBusyUntilTheSessionTimeoutToTheMoment() {
        Path path = proven(1);
        media(path, 0x1000, 1);
        nowNs += timeoutNs - 1;
        assertThat(isRefused(path(2), 0x9000)).isTrue();
        assertThat(end.isBusy()).isTrue();
        nowNs++;
        isRefused(path(3), 0x9002);
        assertThat(end.isBusy()).isFalse();
    }

    /** Of each that there is, and of no more. */
    @Test
    void aFullSetIsAskedAndToldLikeAnyOther() {
        Path path = fill();
        Path other = proven(2);
        long startNs = assembly.config.receiver().bufferStartNs();
        assertThat(end.bufferMs()).isPositive();
        assertThat(end.shortestBufferNs()).isBetween(1L, startNs);
        assertThat(end.longestBufferNs()).isGreaterThanOrEqualTo(end.shortestBufferNs());
        assertThat(end.sizesBuffer())
                .isEqualTo(
                        assembly.config.receiver().bufferMinNs()
                                != assembly.config.receiver().bufferMaxNs());
        end.onSenderKeeps(path, SECOND);
        end.onSenderKeeps(other, SECOND);
        end.onRoundTrip(nowNs, path);
        end.onRoundTrip(nowNs, other);
        end.onPathRemoved(other.row);
        var report = new Report();
        end.fillReport(nowNs, path, report);
        assertThat(end.fillNextReport(nowNs, path, report)).isTrue();
        assertThat(end.fillNextReport(nowNs, path, report)).isTrue();
        assertThat(end.fillNextReport(nowNs, path, report)).isFalse();
        run(nowNs + timeoutNs - 1);
        assertThat(end.isDrained(nowNs)).isTrue();
        assertThat(sink.delivered).hasSize(PLACES);
        assertThat(end.isBusy()).isTrue();
        end.release();
        for (int i = 0; i < PLACES; i++) {
            assertThat(Objects.requireNonNull(flows.flow(i)).payloadMemoryBytes()).isZero();
        }
    }

    @Test
    void aRowThatAnotherGetsBringsNothingOfItsFormerPeers() {
        Path gone = proven(1);
        media(gone, 0x1000, 1);
        int row = gone.row;
        assertThat(flows.isBroughtBy(0, row)).isTrue();
        assembly.directory.leave(row);
        Path next = proven(2);
        assertThat(next.row).isEqualTo(row);
        assertThat(flows.isBroughtBy(0, row)).isFalse();
    }
}
