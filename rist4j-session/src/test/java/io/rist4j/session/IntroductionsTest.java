package io.rist4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.control.KeepAlive;
import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.host.Worker;
import io.rist4j.session.link.OpenDatagram;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** Of whom a session that listens makes a peer, and whose row he gets. */
class IntroductionsTest {
    private static final int MEDIA = 0;
    private static final int CONTROL = 1;
    private static final int SSRC = 0x1000;
    private static final long MOVED_NS = 500 * SessionTime.MILLISECOND;
    private static final Endpoint HERE = Endpoint.ipv4(0x0A000001, 5_000);

    private final RecordingSink sink = new RecordingSink();
    private boolean admits = true;
    private int packets;
    private SessionAssembly assembly = assembly(Profile.SIMPLE, Role.RECEIVER);
    private long nowNs = 100 * SessionTime.SECOND;

    private SessionAssembly assembly(Profile profile, Role role) {
        return new SessionAssembly(
                SessionConfig.of(profile, role, "bob", List.of(PathConfig.listen(HERE))),
                new SessionIdentity(0x4000, 100, 0x4001),
                new SessionServices(Worker.inline(), new Random(3)::nextBytes, newcomer -> admits),
                sink);
    }

    private static Endpoint address(int number, int port) {
        return Endpoint.ipv4(0x0B000001 + (number << 8), port);
    }

    private static OpenDatagram report(int ssrc) {
        return (carrier, handler) -> {
            byte[] name = "alice".getBytes(StandardCharsets.US_ASCII);
            handler.onEmptyReceiverReport(ssrc);
            handler.onCanonicalName(ssrc, ByteBuffer.wrap(name), 0, name.length);
            return Verdict.OK;
        };
    }

    /** The next packet of anybody. */
    private OpenDatagram media(int ssrc) {
        long sequence = packets++;
        return (carrier, handler) -> {
            var packet = new MediaPacket();
            packet.flowId = ssrc;
            packet.sequence = sequence;
            return handler.onMedia(packet);
        };
    }

    private @Nullable Path learn(OpenDatagram datagram, int socket, Endpoint from) {
        return assembly.introductions.learn(
                nowNs,
                assembly.end,
                assembly.directory.anybody(),
                datagram,
                false,
                socket,
                from,
                ByteBuffer.allocate(40),
                0,
                40);
    }

    private Path learned(OpenDatagram datagram, int socket, Endpoint from) {
        return Objects.requireNonNull(learn(datagram, socket, from));
    }

    private Verdict refused(OpenDatagram datagram, int socket, Endpoint from) {
        assertThat(learn(datagram, socket, from)).isNull();
        return assembly.introductions.refusal();
    }

    private int rows() {
        return assembly.directory.snapshots(nowNs).size();
    }

    @Test
    void aReportWithANameMakesAPeer() {
        Path path = learned(report(SSRC), CONTROL, address(1, 7_001));
        assertThat(path.row).isNotEqualTo(Path.NO_ROW);
        assertThat(path.control).isEqualTo(address(1, 7_001));
        assertThat(path.media).isNull();
        assertThat(path.peerSsrc).isEqualTo(SSRC);
        assertThat(path.nextReportNs).isEqualTo(nowNs);
        assertThat(path.knownNs).isEqualTo(nowNs);
        assertThat(path.isProven()).isFalse();
    }

    @Test
    void nothingElseDoes() {
        List<OpenDatagram> others =
                List.of(
                        (carrier, handler) -> Verdict.OK,
                        (carrier, handler) -> {
                            handler.onEmptyReceiverReport(SSRC);
                            return Verdict.OK;
                        },
                        (carrier, handler) -> {
                            handler.onCanonicalName(SSRC, ByteBuffer.allocate(4), 0, 4);
                            return Verdict.OK;
                        },
                        (carrier, handler) -> {
                            handler.onEchoRequest(SSRC, 7, 0);
                            return Verdict.OK;
                        });
        for (OpenDatagram other : others) {
            assertThat(refused(other, CONTROL, address(1, 7_001))).isEqualTo(Verdict.STRANGER);
        }
        assertThat(refused((carrier, handler) -> Verdict.TRUNCATED, CONTROL, address(1, 7_001)))
                .isEqualTo(Verdict.TRUNCATED);
        assertThat(rows()).isZero();
    }

    @Test
    void mediaThatRepeatsDoes() {
        assertThat(refused(media(SSRC), MEDIA, address(1, 7_000))).isEqualTo(Verdict.STRANGER);
        Path path = learned(media(SSRC), MEDIA, address(1, 7_000));
        assertThat(path.media).isEqualTo(address(1, 7_000));
        assertThat(path.control).isNull();
        assertThat(path.peerSsrc).isEqualTo(SSRC);
    }

    @Test
    void aSenderLearnsNobodyByMedia() {
        assembly = assembly(Profile.SIMPLE, Role.SENDER);
        for (int i = 0; i < 3; i++) {
            assertThat(refused(media(SSRC), MEDIA, address(1, 7_000))).isEqualTo(Verdict.MISPLACED);
        }
        Path path = learned(report(SSRC), CONTROL, address(1, 7_001));
        assertThat(path.media).as("where media is to go").isEqualTo(address(1, 7_000));
    }

    @Test
    void mediaAndReportsOfOneAddressAreOnePeers() {
        Path path = learned(report(SSRC), CONTROL, address(1, 7_001));
        assertThat(learned(media(SSRC), MEDIA, address(1, 9_000))).isSameAs(path);
        assertThat(path.media).isEqualTo(address(1, 9_000));
        assertThat(refused(media(SSRC), MEDIA, address(2, 9_000))).isEqualTo(Verdict.STRANGER);
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void reportsFollowTheMediaOfTheirAddress() {
        learn(media(SSRC), MEDIA, address(1, 7_000));
        Path path = learned(media(SSRC), MEDIA, address(1, 7_000));
        assertThat(learned(report(SSRC), CONTROL, address(1, 9_001))).isSameAs(path);
        assertThat(path.control).isEqualTo(address(1, 9_001));
        assertThat(learned(report(0x2000), CONTROL, address(2, 9_001))).isNotSameAs(path);
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void mediaOfAnotherFlowThanThePeerNamedIsNotPaired() {
        Path path = learned(report(SSRC), CONTROL, address(1, 7_001));
        assertThat(refused(media(0x2000), MEDIA, address(1, 7_000))).isEqualTo(Verdict.STRANGER);
        path.onFlowNamed(0x2000);
        assertThat(learned(media(0x2000), MEDIA, address(1, 7_000))).isSameAs(path);
    }

    @Test
    void aPeerMovesToAnotherPortOnceTheOldOneIsQuiet() {
        Path path = learned(report(SSRC), CONTROL, address(1, 7_001));
        assembly.introductions.onControlHeard(nowNs, path);
        nowNs += MOVED_NS;
        Path second = learned(report(SSRC), CONTROL, address(1, 8_001));
        assertThat(second).as("a second path").isNotSameAs(path);
        assembly.directory.leave(second.row);
        nowNs++;
        assertThat(learned(report(0x2000), CONTROL, address(1, 8_001)))
                .as("another source")
                .isNotSameAs(path);
        assertThat(learned(report(SSRC), CONTROL, address(2, 8_001)))
                .as("another address")
                .isNotSameAs(path);
        assertThat(learned(report(SSRC), CONTROL, address(1, 8_001))).isSameAs(path);
        assertThat(path.control).isEqualTo(address(1, 8_001));
    }

    @Test
    void mediaMovesToAnotherPortOnceTheOldOneIsQuiet() {
        Path path = learned(report(SSRC), CONTROL, address(1, 7_001));
        learned(media(SSRC), MEDIA, address(1, 7_000));
        path.onSpeaker(nowNs, address(1, 7_000));
        nowNs += MOVED_NS;
        assertThat(learned(media(SSRC), MEDIA, address(1, 8_000))).isSameAs(path);
        assertThat(path.media).as("the port that is heard stays").isEqualTo(address(1, 7_000));
        nowNs++;
        learned(media(SSRC), MEDIA, address(1, 8_000));
        assertThat(path.media).isEqualTo(address(1, 8_000));
    }

    @Test
    void whoIsNotAdmittedIsToldOfEveryTenSeconds() {
        admits = false;
        assertThat(refused(report(SSRC), CONTROL, address(1, 7_001)))
                .isEqualTo(Verdict.NOT_ADMITTED);
        nowNs += 10 * SessionTime.SECOND - 1;
        refused(report(SSRC), CONTROL, address(1, 7_001));
        assertThat(sink.events).hasSize(1).allMatch(e -> e instanceof SessionEvent.NotAdmitted);
        nowNs++;
        refused(report(SSRC), CONTROL, address(1, 7_001));
        assertThat(sink.events).hasSize(2);
        assertThat(rows()).isZero();
    }

    @Test
    void rowsThatAPeerLeftAreFreedOnceItIsHeardElsewhere() {
        Path old = learned(report(SSRC), CONTROL, address(1, 7_001));
        Path another = learned(report(0x2000), CONTROL, address(1, 7_003));
        Path elsewhere = learned(report(SSRC), CONTROL, address(2, 7_001));
        assembly.introductions.onControlHeard(nowNs, old);
        Path present = learned(report(SSRC), CONTROL, address(1, 8_001));
        assembly.table.onHeard(nowNs, old.row);
        assembly.introductions.onControlHeard(nowNs, present);
        assertThat(rows()).as("it is heard there too").isEqualTo(4);
        nowNs += 2 * assembly.config.sessionTimeoutNs();
        assembly.table.onHeard(nowNs, another.row);
        old.user = "alice";
        assembly.introductions.onControlHeard(nowNs, present);
        assertThat(rows()).as("another user's").isEqualTo(4);
        old.user = "";
        assembly.introductions.onControlHeard(nowNs, present);
        assertThat(rows()).isEqualTo(3);
        assertThat(assembly.directory.row(elsewhere.row)).isSameAs(elsewhere);
        assertThat(assembly.directory.row(another.row)).isSameAs(another);
    }

    /** Fills the table with peers of as many networks. */
    private Path[] fill() {
        Path[] paths = new Path[assembly.directory.capacity()];
        for (int i = 0; i < paths.length; i++) {
            paths[i] = learned(report(0x2000 + 2 * i), CONTROL, address(10 + i, 7_001));
            assembly.table.onHeard(nowNs, paths[i].row);
        }
        return paths;
    }

    private void makeAllMatter(Path[] paths) {
        for (Path path : paths) {
            path.onProven();
            assembly.table.setServing(path.row, true);
        }
    }

    @Test
    void nobodyIsTurnedOutWhereAllMatterAndNobodyHoldsMore() {
        makeAllMatter(fill());
        assertThat(refused(report(SSRC), CONTROL, address(1, 7_001))).isEqualTo(Verdict.NO_PLACE);
        assertThat(rows()).isEqualTo(assembly.directory.capacity());
    }

    @Test
    void whoHoldsMoreThanTheNewcomerLosesOneThoughItIsLookedForEveryTenMillisecondsOnly() {
        Path[] paths = fill();
        makeAllMatter(paths);
        refused(report(SSRC), CONTROL, address(1, 7_001));
        paths[4].control = address(10 + 5, 7_003);
        nowNs += 10 * SessionTime.MILLISECOND - 1;
        assertThat(refused(report(SSRC), CONTROL, address(1, 7_001))).isEqualTo(Verdict.NO_PLACE);
        nowNs++;
        Path fresh = learned(report(SSRC), CONTROL, address(1, 7_001));
        assertThat(fresh.row).isIn(paths[4].row, paths[5].row);
        assembly.table.onHeard(nowNs, fresh.row);
        makeAllMatter(new Path[] {fresh});
        assertThat(refused(report(SSRC + 2), CONTROL, address(2, 7_001)))
                .as("now all hold one")
                .isEqualTo(Verdict.NO_PLACE);
    }

    private int rowOfNext(int number) {
        return learned(report(0x8000 + 2 * number), CONTROL, address(100 + number, 7_001)).row;
    }

    @Test
    void whoMattersLeastToAReceiverMakesWay() {
        Path[] paths = fill();
        makeAllMatter(paths);
        long silentNs = nowNs;
        nowNs += 2 * assembly.config.sessionTimeoutNs();
        for (int i = 0; i < paths.length; i++) {
            if (i != 7 && i != 9) {
                assembly.table.onHeard(nowNs, paths[i].row);
            }
        }
        assertThat(silentNs).isLessThan(nowNs);
        assembly.table.setServing(paths[9].row, false); // silent, and brought nothing
        assembly.table.setServing(paths[11].row, false); // brought nothing
        int gone = rowOfNext(1);
        assertThat(gone).isEqualTo(paths[9].row);
        assembly.table.onHeard(nowNs, gone);
        assembly.table.setServing(gone, true);
        Objects.requireNonNull(assembly.directory.row(gone)).onProven();
        assertThat(rowOfNext(2)).isEqualTo(paths[11].row);
        Path second = Objects.requireNonNull(assembly.directory.row(paths[11].row));
        second.onProven();
        assembly.table.onHeard(nowNs, second.row);
        assembly.table.setServing(second.row, true);
        assertThat(rowOfNext(3)).as("silent, though it brought the flow").isEqualTo(paths[7].row);
    }

    @Test
    void aSenderKeepsEveryPeerThatIsThere() {
        assembly = assembly(Profile.SIMPLE, Role.SENDER);
        Path[] paths = fill();
        for (Path path : paths) {
            path.onProven();
        }
        assertThat(refused(report(SSRC), CONTROL, address(1, 7_001))).isEqualTo(Verdict.NO_PLACE);
        nowNs += 2 * assembly.config.sessionTimeoutNs();
        for (int i = 0; i < paths.length; i++) {
            if (i != 5) {
                assembly.table.onHeard(nowNs, paths[i].row);
            }
        }
        assertThat(rowOfNext(1)).isEqualTo(paths[5].row);
    }

    @Test
    void ofStrangersWhoAreTheSameToAReceiverEachMakesWayInItsTurn() {
        Path[] paths = fill();
        int first = rowOfNext(1);
        assembly.table.onHeard(nowNs, first);
        int second = rowOfNext(2);
        assembly.table.onHeard(nowNs, second);
        assertThat(List.of(first, second)).containsExactly(paths[1].row, paths[2].row);
    }

    private Verdict recognized(Path path, OpenDatagram datagram, Endpoint from) {
        return assembly.introductions.recognize(assembly.end, path, datagram, from);
    }

    @Test
    void aKnownPeersDatagramThatMayBeNoiseShowsWhatItIs() {
        Path path = learned(report(SSRC), CONTROL, address(1, 7_001));
        Endpoint from = address(1, 7_001);
        assertThat(recognized(path, report(SSRC), from)).isEqualTo(Verdict.OK);
        assertThat(recognized(path, media(SSRC), from)).isEqualTo(Verdict.OK);
        assertThat(recognized(path, media(0x3000), from)).isEqualTo(Verdict.STRANGER);
        assertThat(recognized(path, media(0x3000), from)).as("again").isEqualTo(Verdict.OK);
        assertThat(recognized(path, (carrier, handler) -> Verdict.BAD_LENGTH, from))
                .isEqualTo(Verdict.BAD_LENGTH);
        assertThat(recognized(path, keepAlive(), from)).isEqualTo(Verdict.STRANGER);
    }

    private static OpenDatagram keepAlive() {
        return (carrier, handler) -> {
            handler.onControl(new KeepAlive(1, 0));
            return Verdict.OK;
        };
    }

    private @Nullable Path stranger(ByteBuffer b, Endpoint from) {
        return assembly.introductions.stranger(nowNs, 0, from, b, 0, b.capacity());
    }

    private @Nullable Path takenIn(Path unknown, OpenDatagram datagram, boolean isDoubtful) {
        return assembly.introductions.learn(
                nowNs,
                assembly.end,
                unknown,
                datagram,
                isDoubtful,
                0,
                unknown.peer(),
                ByteBuffer.allocate(40),
                0,
                40);
    }

    @Test
    void aTunnelsStrangerIsRememberedUntilHeIsTakenIn() {
        assembly = assembly(Profile.MAIN, Role.RECEIVER);
        Endpoint from = address(1, 7_000);
        Path unknown = Objects.requireNonNull(stranger(Frames.report(1, SSRC), from));
        assertThat(stranger(Frames.report(1, SSRC), from)).isSameAs(unknown);
        assertThat(unknown.row).isEqualTo(Path.NO_ROW);
        assertThat(takenIn(unknown, keepAlive(), true)).as("any noise is one").isNull();
        assertThat(assembly.introductions.refusal()).isEqualTo(Verdict.STRANGER);
        assertThat(takenIn(unknown, keepAlive(), false)).isSameAs(unknown);
        assertThat(unknown.row).isNotEqualTo(Path.NO_ROW);
        assertThat(unknown.knownNs).isEqualTo(nowNs);
        assertThat(unknown.nextReportNs).isEqualTo(nowNs);
        assertThat(stranger(Frames.report(1, SSRC), from)).as("another").isNotSameAs(unknown);
    }

    @Test
    void aTunnelsStrangerIsTakenInByMediaThatRepeatsOrAtOnceWhenHeProvedHisName() {
        assembly = assembly(Profile.MAIN, Role.RECEIVER);
        Path unknown =
                Objects.requireNonNull(stranger(Frames.media(1, SSRC, 1), address(1, 7_000)));
        assertThat(takenIn(unknown, media(SSRC), false)).isNull();
        assertThat(takenIn(unknown, media(SSRC), false)).isSameAs(unknown);
        assertThat(unknown.peerSsrc).isEqualTo(SSRC);
        Path named = Objects.requireNonNull(stranger(Frames.media(1, 2, 1), address(2, 7_000)));
        named.user = "alice";
        assertThat(takenIn(named, media(0x3000), false)).isSameAs(named);
    }

    @Test
    void whoCallsNobodyInListensToNobody() {
        assembly =
                new SessionAssembly(
                        SessionConfig.of(
                                Profile.MAIN,
                                Role.RECEIVER,
                                "bob",
                                List.of(PathConfig.dial(MainNet.LISTENER))),
                        new SessionIdentity(0x4000, 100, 0x4001),
                        new SessionServices(Worker.inline(), new Random(3)::nextBytes, n -> true),
                        sink);
        assertThat(stranger(Frames.report(1, SSRC), address(1, 7_000))).isNull();
        assertThat(assembly.introductions.refusal()).isEqualTo(Verdict.STRANGER);
    }

    @Test
    void strangersBeyondTheirBoundAreOverTheLimit() {
        assembly = assembly(Profile.MAIN, Role.RECEIVER);
        int met = 0;
        while (met < 200 && stranger(Frames.report(1, SSRC), address(met, 7_000)) != null) {
            met++;
        }
        assertThat(met).isEqualTo(Newcomers.PLACES);
        assertThat(assembly.introductions.refusal()).isEqualTo(Verdict.OVER_LIMIT);
    }

    @Test
    void whoProvedHisNameWhereASecretMayBeAnotherRepeatsHisMediaLikeAnybody() {
        assembly = assembly(Profile.MAIN, Role.RECEIVER);
        Path named = Objects.requireNonNull(stranger(Frames.media(1, 2, 1), address(2, 7_000)));
        named.user = "alice";
        named.relink(
                new FixedLink() {
                    @Override
                    public boolean hasSecret() {
                        return true;
                    }
                });
        assertThat(takenIn(named, media(SSRC), false)).isNull();
        assertThat(assembly.introductions.refusal()).isEqualTo(Verdict.STRANGER);
        assertThat(takenIn(named, media(SSRC), false)).isSameAs(named);
    }

    @Test
    void besideAFlowThatRunsATunnelsStrangerIsTakenInByItsMediaAlone() {
        assembly = assembly(Profile.MAIN, Role.RECEIVER);
        Path first = Objects.requireNonNull(stranger(Frames.media(1, 2, 1), address(1, 7_000)));
        takenIn(first, media(SSRC), false);
        run(Objects.requireNonNull(takenIn(first, media(SSRC), false)));
        Path named = Objects.requireNonNull(stranger(Frames.media(1, 2, 1), address(2, 7_000)));
        named.user = "alice";
        Path nobody = Objects.requireNonNull(stranger(Frames.media(1, 2, 1), address(3, 7_000)));
        for (int i = 0; i < 3; i++) {
            assertThat(takenIn(named, media(0x3000), false)).isNull();
            assertThat(assembly.introductions.refusal()).isEqualTo(Verdict.STRANGER);
            assertThat(takenIn(nobody, media(0x3000), false)).isNull();
            assertThat(assembly.introductions.refusal()).isEqualTo(Verdict.STRANGER);
        }
        assertThat(takenIn(named, media(SSRC), false)).isSameAs(named);
        assertThat(takenIn(nobody, media(SSRC), false)).isNull();
        assertThat(takenIn(nobody, media(SSRC), false)).isSameAs(nobody);
    }

    private void severalFlows() {
        assembly =
                new SessionAssembly(
                        SessionConfig.of(
                                        Profile.SIMPLE,
                                        Role.RECEIVER,
                                        "bob",
                                        List.of(PathConfig.listen(HERE)))
                                .withMaxFlows(8),
                        new SessionIdentity(0x4000, 100, 0x4001),
                        SessionServices.NONE,
                        sink);
    }

    @Test
    void ofSeveralFlowsOneThatNobodyNamedIsTheOnlyWaitingPeers() {
        severalFlows();
        Path first = learned(report(0x2000), CONTROL, address(1, 7_001));
        assertThat(learned(media(SSRC), MEDIA, address(1, 7_000))).isSameAs(first);
        Path second = learned(report(0x2002), CONTROL, address(1, 8_001));
        Path third = learned(report(0x2004), CONTROL, address(1, 9_001));
        assertThat(refused(media(0x3000), MEDIA, address(1, 8_000)))
                .as("two wait")
                .isEqualTo(Verdict.STRANGER);
        assertThat(learned(media(0x2004), MEDIA, address(1, 9_000))).isSameAs(third);
        assertThat(learned(media(0x3002), MEDIA, address(1, 8_000))).isSameAs(second);
    }

    @Test
    void ofSeveralFlowsAReportIsOfTheMediaWithItsSsrc() {
        severalFlows();
        learn(media(SSRC), MEDIA, address(1, 7_000));
        Path path = learned(media(SSRC), MEDIA, address(1, 7_000));
        assertThat(learned(report(0x2000), CONTROL, address(1, 9_001)))
                .as("another flow's")
                .isNotSameAs(path);
        assertThat(learned(report(SSRC | 1), CONTROL, address(1, 7_001))).isSameAs(path);
    }

    /** A flow is running on this path. */
    private Path busy() {
        learn(media(SSRC), MEDIA, address(1, 7_000));
        return run(learned(media(SSRC), MEDIA, address(1, 7_000)));
    }

    private Path run(Path path) {
        path.onProven();
        assembly.table.onHeard(nowNs, path.row);
        var packet = new MediaPacket();
        packet.flowId = SSRC;
        packet.clockHz = 90_000;
        packet.buffer = ByteBuffer.allocate(188);
        packet.payloadBytes = 188;
        packet.arrivalNs = nowNs;
        assertThat(assembly.end.onMedia(nowNs, path, packet)).isEqualTo(Verdict.OK);
        assertThat(assembly.end.isBusy()).isTrue();
        return path;
    }

    @Test
    void besideAFlowThatRunsOnlyItsOwnMediaMakesAPeer() {
        Path path = busy();
        for (int i = 0; i < 3; i++) {
            assertThat(refused(media(0x2000), MEDIA, address(2, 7_000)))
                    .isEqualTo(Verdict.STRANGER);
        }
        assertThat(refused(media(SSRC), MEDIA, address(3, 7_000))).isEqualTo(Verdict.STRANGER);
        assertThat(learned(media(SSRC), MEDIA, address(3, 7_000)))
                .as("a second path of it")
                .isNotSameAs(path);
    }

    @Test
    void mediaOfTheFlowThatRunsIsRecognizedOnAnyPath() {
        Path other = learned(report(0x2000), CONTROL, address(2, 7_001));
        assertThat(recognized(other, media(SSRC), address(2, 7_000))).isEqualTo(Verdict.STRANGER);
        busy();
        Path third = learned(report(0x3000), CONTROL, address(4, 7_001));
        assertThat(recognized(third, media(SSRC), address(4, 7_000))).isEqualTo(Verdict.OK);
        assertThat(recognized(third, media(0x3002), address(4, 7_000))).isEqualTo(Verdict.STRANGER);
    }

    @Test
    void whatWasKeptOfOneSourceIsNotHandedToTheNext() {
        learn(media(SSRC), MEDIA, address(1, 7_000));
        learned(media(SSRC), MEDIA, address(1, 7_000));
        learned(report(0x2000), CONTROL, address(2, 7_001));
        assertThat(assembly.introductions.candidates().takeFirst()).isNull();
        learn(media(0x3000), MEDIA, address(3, 7_000));
        learned(media(0x3000), MEDIA, address(3, 7_000));
        assertThat(assembly.introductions.candidates().takeFirst()).isNotNull();
    }

    @Test
    void withoutATunnelNothingIsRememberedOfAStranger() {
        assertThat(stranger(ByteBuffer.allocate(40), address(1, 7_000)))
                .isSameAs(assembly.directory.anybody());
    }

    @Test
    void aTunnelsPeerThatMovedLeavesItsRow() {
        assembly = assembly(Profile.MAIN, Role.RECEIVER);
        Path old = Objects.requireNonNull(stranger(Frames.report(1, SSRC), address(1, 7_000)));
        takenIn(old, report(SSRC), false);
        assembly.introductions.onControlHeard(nowNs, old);
        Path second = Objects.requireNonNull(stranger(Frames.report(1, SSRC), address(1, 7_002)));
        int[] told = new int[1];
        second.relink(
                new FixedLink() {
                    @Override
                    public void onTakenIn() {
                        told[0]++;
                    }
                });
        takenIn(second, report(SSRC), false);
        assertThat(told[0]).isEqualTo(1);
        assertThat(rows()).as("it was just heard there").isEqualTo(2);
        nowNs += MOVED_NS + 1;
        assembly.introductions.onControlHeard(nowNs, second);
        Path third = Objects.requireNonNull(stranger(Frames.report(1, SSRC), address(1, 7_004)));
        third.user = "alice";
        takenIn(third, report(SSRC), false);
        assertThat(rows()).as("another user").isEqualTo(3);
        Path fourth = Objects.requireNonNull(stranger(Frames.report(1, SSRC), address(1, 7_006)));
        takenIn(fourth, report(SSRC), false);
        assertThat(rows()).as("it left the first").isEqualTo(3);
        assertThat(assembly.directory.find(0, address(1, 7_000))).isNull();
    }
}
