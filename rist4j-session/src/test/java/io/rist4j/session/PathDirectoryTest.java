package io.rist4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.address.Endpoint;
import io.rist4j.crypto.host.Worker;
import io.rist4j.crypto.psk.Passphrase;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** Whose datagram it is, who has which row, and whom a change reaches. */
class PathDirectoryTest {
    private static final Endpoint HERE = Endpoint.ipv4(0x0A000001, 5_000);
    private static final Endpoint THERE = Endpoint.ipv4(0x0A000002, 6_000);
    private static final int MEDIA = 2;
    private static final int CONTROL = 3;

    private final List<Integer> removed = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final SessionAssembly assembly = assembly(Profile.SIMPLE, THERE);
    private final PathDirectory directory = assembly.directory;

    /** A path that is dialled, and one where strangers come to: sockets 0 and 1, and 2 and 3. */
    private SessionAssembly assembly(Profile profile, Endpoint dialled) {
        return assembly(profile, PathConfig.dial(dialled), PathConfig.listen(HERE));
    }

    private SessionAssembly assembly(Profile profile, PathConfig... paths) {
        var made =
                new SessionAssembly(
                        SessionConfig.of(profile, Role.RECEIVER, "bob", List.of(paths)),
                        new SessionIdentity(0x4000, 100, 0x4001),
                        new SessionServices(
                                Worker.inline(),
                                new Random(3)::nextBytes,
                                SessionServices.Admission.everybody()),
                        new RecordingSink());
        made.directory.setOnRemoved(removed::add);
        return made;
    }

    private static Endpoint address(int number, int port) {
        return Endpoint.ipv4(0x0B000001 + (number << 8), port);
    }

    private Path enter(int number) {
        Path path = directory.learned(1, address(number, 7_000));
        path.media = address(number, 7_000);
        path.control = address(number, 7_001);
        directory.enter(path);
        return path;
    }

    @Test
    void whoIsDialledHasTheFirstRowAndIsKnownBefore() {
        Path path = Objects.requireNonNull(directory.row(0));
        assertThat(directory.dialled(0)).isSameAs(path);
        assertThat(directory.dialled(1)).isNull();
        assertThat(directory.isDialled(path)).isTrue();
        assertThat(path.isProven()).isTrue();
        assertThat(path.media).isEqualTo(THERE);
        assertThat(path.control).isEqualTo(THERE.withPort(6_001));
        assertThat(directory.isServing(path)).isTrue();
        assertThat(directory.end()).isEqualTo(1);
        directory.redirect(path, THERE.withPort(8_000));
        assertThat(path.media).isEqualTo(THERE.withPort(8_000));
        assertThat(path.control).isEqualTo(THERE.withPort(8_001));
        assertThat(directory.isDialled(enter(1))).isFalse();
        assertThat(directory.dialled(1)).as("whoever came by himself").isNull();
    }

    @Test
    void aDatagramIsItsSourcesOnTheSocketsOfItsPath() {
        Path one = enter(1);
        Path other = enter(2);
        for (int i = 0; i < 3; i++) {
            assertThat(directory.find(MEDIA, address(1, 7_000))).isSameAs(one);
            assertThat(directory.find(CONTROL, address(1, 7_001))).isSameAs(one);
            assertThat(directory.find(MEDIA, address(2, 7_000))).isSameAs(other);
            assertThat(directory.find(0, address(1, 7_000))).isNull();
            assertThat(directory.find(MEDIA, address(1, 7_002))).isNull();
            assertThat(directory.find(MEDIA, address(3, 7_000))).isNull();
        }
        one.media = address(1, 9_000);
        assertThat(directory.find(MEDIA, address(1, 7_000))).isNull();
        assertThat(directory.find(MEDIA, address(1, 9_000))).isSameAs(one);
    }

    @Test
    void whoLeavesIsFoundNoMoreAndHisRowIsFree() {
        Path one = enter(1);
        Path other = enter(2);
        var link = new FixedLink();
        one.relink(link);
        assertThat(directory.end()).isEqualTo(3);
        directory.find(MEDIA, address(1, 7_000));
        directory.leave(one.row);
        assertThat(directory.find(MEDIA, address(1, 7_000))).isNull();
        assertThat(directory.row(one.row)).isNull();
        assertThat(link.isClosed).isTrue();
        assertThat(removed).containsExactly(one.row);
        assertThat(directory.end()).as("another is behind it").isEqualTo(3);
        directory.leave(one.row);
        assertThat(removed).as("once").hasSize(1);
        directory.leave(other.row);
        assertThat(directory.end()).isEqualTo(1);
        assertThat(enter(3).row).isEqualTo(one.row);
        assertThat(directory.end()).isEqualTo(2);
    }

    @Test
    void whoeverHoldsMostMakesWayAndNobodyWhoIsDialled() {
        Endpoint next = address(9, 7_000);
        enter(1);
        assertThat(directory.giving(next, "")).isEqualTo(-1);
        Path first = directory.learned(1, address(2, 7_000));
        first.media = address(2, 7_000);
        first.knownNs = 1;
        directory.enter(first);
        Path latest = directory.learned(1, address(2, 7_002));
        latest.media = address(2, 7_002);
        latest.knownNs = 2;
        directory.enter(latest);
        assertThat(directory.giving(next, "")).isEqualTo(latest.row);
        first.user = "alice";
        assertThat(directory.giving(next, "")).as("of the other users").isNotEqualTo(first.row);
        first.knownNs = 3;
        first.user = "";
        assertThat(directory.giving(next, "")).isEqualTo(first.row);
    }

    @Test
    void onlyDialledPeersAreAskedBeforeOthersBringAnything() {
        Path dialled = Objects.requireNonNull(directory.row(0));
        Path learned = enter(1);
        assertThat(directory.isServing(learned)).isFalse();
        assembly.table.setServing(learned.row, true);
        assembly.table.setServing(dialled.row, false);
        directory.askOnlyDialled();
        assertThat(directory.isServing(dialled)).isTrue();
        assertThat(directory.isServing(learned)).isFalse();
    }

    private FixedLink telling(String name) {
        return new FixedLink() {
            @Override
            public void prepare(long nowNs) {
                told.add(name + " prepared");
            }

            @Override
            public void changeSecret(long nowNs, Passphrase secret) {
                told.add(name + " changed");
            }

            @Override
            public void onUsersChanged(long nowNs) {
                told.add(name + " users");
            }

            @Override
            public void close() {
                told.add(name + " closed");
            }
        };
    }

    @Test
    void aChangeReachesEveryPath() {
        Objects.requireNonNull(directory.row(0)).relink(telling("dialled"));
        enter(1).relink(telling("learned"));
        directory.prepare(0);
        directory.changeSecret(0, Passphrase.ofText("another".toCharArray()));
        directory.onUsersChanged(0);
        directory.close();
        assertThat(told)
                .containsExactly(
                        "dialled prepared",
                        "learned prepared",
                        "dialled changed",
                        "learned changed",
                        "dialled users",
                        "learned users",
                        "dialled closed",
                        "learned closed");
    }

    @Test
    void asItStandsIsTold() {
        Path path = enter(1);
        path.user = "alice";
        path.peerName = "her encoder";
        List<PathSnapshot> snapshots = directory.snapshots(0);
        assertThat(snapshots).hasSize(2);
        assertThat(snapshots.get(1).row()).isEqualTo(path.row);
        assertThat(snapshots.get(1).peer()).isEqualTo(address(1, 7_000));
        assertThat(snapshots.get(1).peerName()).isEqualTo("her encoder");
        assertThat(snapshots.get(1).user()).isEqualTo("alice");
        assertThat(directory.anybody().row).isEqualTo(Path.NO_ROW);
    }

    @Test
    void whoIsUnknownIsLookedForInEveryRowOfAFullTable() {
        for (int number = 1; directory.end() < directory.capacity(); number++) {
            enter(number);
        }
        assertThat(directory.find(MEDIA, address(200, 7_000))).isNull();
        Path last = Objects.requireNonNull(directory.row(directory.capacity() - 1));
        assertThat(directory.find(MEDIA, last.peer())).isSameAs(last);
    }

    @Test
    void theLastRowMayBeLeft() {
        var listening = assembly(Profile.SIMPLE, PathConfig.listen(HERE)).directory;
        Path path = listening.learned(0, address(1, 7_000));
        listening.enter(path);
        assertThat(listening.end()).isEqualTo(1);
        listening.leave(path.row);
        assertThat(listening.end()).isZero();
        assertThat(listening.snapshots(0)).isEmpty();
    }

    @Test
    void aGroupThatIsDialledAnswersFromAnywhere() {
        Endpoint group = Endpoint.ipv4(0xEF000001, 6_000);
        assertThat(Objects.requireNonNull(directory.row(0)).multicast).isFalse();
        var dialling = assembly(Profile.SIMPLE, PathConfig.dial(group)).directory;
        Path path = Objects.requireNonNull(dialling.row(0));
        assertThat(path.multicast).isTrue();
        assertThat(dialling.find(1, address(5, 9_000))).isSameAs(path);
        assertThat(enter(1).multicast).isFalse();
    }

    @Test
    void strangersOfATunnelAreReachedByChangesToo() {
        var tunnel = assembly(Profile.MAIN, PathConfig.listen(HERE)).directory;
        Path stranger =
                Objects.requireNonNull(tunnel.newcomers().of(0, 0, address(1, 7_000), false));
        assertThat(stranger.media).isEqualTo(address(1, 7_000));
        assertThat(stranger.control).isEqualTo(address(1, 7_000));
        stranger.relink(telling("stranger"));
        tunnel.changeSecret(0, Passphrase.ofText("another".toCharArray()));
        tunnel.onUsersChanged(0);
        tunnel.close();
        assertThat(told).containsExactly("stranger changed", "stranger users", "stranger closed");
    }
}
