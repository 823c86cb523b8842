package io.rist4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.gre.ProtocolTypes;
import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.Verdict;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.crypto.psk.PskSealing;
import io.rist4j.session.MainNet.Host;
import io.rist4j.session.MainNet.Protection;
import io.rist4j.session.guard.SecurityConfig;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/** Who dials, how many come, who moves and who starts again. */
class MainRolesTest {
    private static final int ANNOUNCEMENT_BYTES = 20; // 12 of GRE, 4 of VSF, the nonce

    @ParameterizedTest
    @EnumSource(names = {"CLEAR", "PSK", "SRP"})
    void whoDialsAStreamGetsAllOfItSinceItsFirstReport(Protection protection) {
        var net = new MainNet();
        net.delayNs = 60 * MainNet.MS;
        Host sender = net.listener(Role.SENDER, protection);
        int fed = 0;
        while (fed < 200) {
            net.send(sender, fed++);
            net.run(1);
        }
        Host receiver = net.dialler(Role.RECEIVER, protection, 0x1000, MainNet.DIALLER);
        int known = 0;
        while (fed < 1_500) {
            net.send(sender, fed++);
            net.run(1);
            known = sender.session.paths(net.nowNs).isEmpty() ? fed : known;
        }
        net.run(2_000);

        long first = (65_500L + known) & 0xFFFF;
        assertThat(known).isLessThan(800);
        assertThat(receiver.sink.delivered)
                .containsSequence(LongStream.range(first, first + fed - known).boxed().toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 300})
    void aSenderThatRotatesItsKeysAnnouncesTheNextNonceOnceASecond(int rotationPackets) {
        var sealing = new PskSealing(true, rotationPackets, false);
        var security =
                SecurityConfig.ofSecret(Passphrase.ofText("a secret".toCharArray()), sealing);
        var net = new MainNet();
        Host receiver = net.listener(Role.RECEIVER, Protection.PSK);
        Host sender =
                net.add(
                        MainNet.config(
                                        Role.SENDER,
                                        "alice",
                                        Protection.PSK,
                                        PathConfig.dial(MainNet.LISTENER))
                                .withTunnel(TunnelConfig.of(security)),
                        0x1000,
                        MainNet.DIALLER);
        net.run(500);
        net.stream(sender, 2_500, () -> {});
        net.run(1_500);

        assertThat(net.sentBy(MainNet.DIALLER))
                .filteredOn(s ->
                        s.bytes().capacity() == ANNOUNCEMENT_BYTES
                                && Frames.protocolType(s.bytes()) == ProtocolTypes.VSF)
                .hasSizeBetween(rotationPackets == 0 ? 0 : 5, rotationPackets == 0 ? 0 : 8);
        assertThat(receiver.sink.delivered).hasSize(2_500);
        assertThat(receiver.session.counters().datagrams(Verdict.UNKNOWN)).isZero();
    }

    private static final Endpoint MOVED = MainNet.DIALLER.withPort(41_000);

    private final MainNet net = new MainNet();

    @ParameterizedTest
    @EnumSource(Protection.class)
    void aListeningSenderServesThreeReceiversEachWithItsOwnLoss(Protection protection) {
        Host sender = net.listener(Role.SENDER, protection);
        var receivers = new ArrayList<Host>();
        for (int i = 0; i < 3; i++) {
            Endpoint from = Endpoint.ipv4(0x0A000010 + i, 40_000 + i);
            receivers.add(net.dialler(Role.RECEIVER, protection, 0x100 * (i + 1), from));
        }
        net.run(2_000);
        var random = new Random(3);
        net.loss =
                datagram -> {
                    int port = Math.max(datagram.from().port(), datagram.to().port());
                    return random.nextInt(100) < 10 * (port - 39_999);
                };
        net.stream(sender, 1_000, () -> {});
        net.run(1_500);

        for (Host receiver : receivers) {
            assertThat(receiver.sink.delivered).hasSize(1_000);
        }
    }

    @Test
    void theOthersGoOnWhenOneOfThreeReceiversDies() {
        Host sender = net.listener(Role.SENDER, Protection.PSK);
        var receivers = new ArrayList<Host>();
        for (int i = 0; i < 3; i++) {
            Endpoint from = Endpoint.ipv4(0x0A000010 + i, 40_000);
            receivers.add(net.dialler(Role.RECEIVER, Protection.PSK, 0x100 * (i + 1), from));
        }
        net.run(1_000);
        net.stream(sender, 300, () -> {});
        receivers.get(1).isOn = false;
        net.stream(sender, 2_000, () -> {});
        net.run(1_500);

        assertThat(receivers.get(0).sink.delivered).hasSize(2_300);
        assertThat(receivers.get(2).sink.delivered).hasSize(2_300);
        assertThat(sender.events(SessionEvent.PathDown.class)).hasSize(1);
        assertThat(sender.events(SessionEvent.TimedOut.class)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Protection.class)
    void aReceiverDialsAListeningSenderOverTwoPaths(Protection protection) {
        Host sender = net.listener(Role.SENDER, protection);
        var config =
                MainNet.config(
                        Role.RECEIVER,
                        "alice",
                        protection,
                        PathConfig.dial(MainNet.LISTENER),
                        PathConfig.dial(MainNet.LISTENER));
        Endpoint second = Endpoint.ipv4(0x0A000003, 40_001);
        Host receiver = net.add(config, 0x100, MainNet.DIALLER, second);
        net.run(2_000);
        net.stream(sender, 300, () -> {});
        net.loss = datagram -> datagram.from().equals(second) || datagram.to().equals(second);
        net.stream(sender, 1_500, () -> {});
        net.run(1_500);

        assertThat(receiver.sink.delivered).hasSize(1_800);
        assertThat(receiver.session.paths(net.nowNs)).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(Protection.class)
    void aSenderWhosePortChangesIsHeardOn(Protection protection) {
        Host receiver = net.listener(Role.RECEIVER, protection);
        Host sender = net.dialler(Role.SENDER, protection, 0x1000, MainNet.DIALLER);
        net.run(1_000);
        net.stream(sender, 500, () -> {});
        sender.addresses.set(0, MOVED);
        net.stream(sender, 2_000, () -> {});
        net.run(1_500);

        assertThat(receiver.sink.delivered).hasSize(2_500);
        assertThat(receiver.session.paths(net.nowNs))
                .singleElement()
                .satisfies(path -> assertThat(path.peer()).isEqualTo(MOVED));
    }

    @ParameterizedTest
    @EnumSource(Protection.class)
    void aReceiverWhosePortChangesIsServedOn(Protection protection) {
        Host sender = net.listener(Role.SENDER, protection);
        Host receiver = net.dialler(Role.RECEIVER, protection, 0x100, MainNet.DIALLER);
        net.run(1_000);
        net.stream(sender, 500, () -> {});
        receiver.addresses.set(0, MOVED);
        net.stream(sender, 2_000, () -> {});
        net.run(1_500);

        assertThat(receiver.sink.delivered).hasSize(2_500);
        assertThat(sender.session.paths(net.nowNs))
                .singleElement()
                .satisfies(path -> assertThat(path.peer()).isEqualTo(MOVED));
    }

    @ParameterizedTest
    @EnumSource(Protection.class)
    void aSenderThatStartsAgainIsTakenOver(Protection protection) {
        Host receiver = net.listener(Role.RECEIVER, protection);
        Host first = net.dialler(Role.SENDER, protection, 0x1000, MainNet.DIALLER);
        net.run(1_000);
        net.stream(first, 200, () -> {});
        first.isOn = false;
        net.run(200);
        net.hosts.remove(first);
        Host second = net.dialler(Role.SENDER, protection, 0x2000, MainNet.DIALLER);
        net.run(3_000);
        net.stream(second, 500, () -> {});
        net.run(1_500);

        assertThat(receiver.sink.delivered).hasSizeGreaterThanOrEqualTo(698);
        assertThat(receiver.events(SessionEvent.FlowStarted.class)).hasSize(2);
    }

    /** Long before its session would end: it says nothing, and who comes is at its address. */
    @ParameterizedTest
    @EnumSource(Protection.class)
    void aSenderThatWasKilledIsFollowedOnceItIsBack(Protection protection) {
        Host receiver = net.listener(Role.RECEIVER, protection);
        Host first = net.dialler(Role.SENDER, protection, 0x1000, MainNet.DIALLER);
        net.run(1_000);
        net.stream(first, 200, () -> {});
        first.isOn = false;
        net.hosts.remove(first);
        net.run(600);
        Host second = net.dialler(Role.SENDER, protection, 0x2000, MOVED);
        net.run(400);
        net.stream(second, 200, () -> {});
        net.run(1_500);

        assertThat(receiver.sink.delivered).hasSizeGreaterThanOrEqualTo(398);
        assertThat(receiver.events(SessionEvent.FlowStarted.class)).hasSize(2);
    }

    /** It is there, and so is somebody else of its host. */
    @ParameterizedTest
    @EnumSource(Protection.class)
    void aSenderThatPausesKeepsItsPlace(Protection protection) {
        Host receiver = net.listener(Role.RECEIVER, protection);
        Host first = net.dialler(Role.SENDER, protection, 0x1000, MainNet.DIALLER);
        net.run(1_000);
        net.stream(first, 200, () -> {});
        Host second = net.dialler(Role.SENDER, protection, 0x2000, MOVED);
        net.run(1_000);
        net.stream(second, 200, () -> {});
        net.run(1_500);

        assertThat(receiver.events(SessionEvent.FlowStarted.class)).hasSize(1);
    }

    @Test
    void aSenderThatSaidGoodbyeMakesWayForTheNextOnceItIsQuiet() {
        Host receiver = net.listener(Role.RECEIVER, Protection.CLEAR);
        Host first = net.dialler(Role.SENDER, Protection.CLEAR, 0x1000, MainNet.DIALLER);
        net.run(500);
        net.stream(first, 10, () -> {});
        first.session.close(net.nowNs);
        net.run(25);
        Host second = net.dialler(Role.SENDER, Protection.CLEAR, 0x2000, MOVED);
        net.run(250);
        net.stream(second, 10, () -> {});
        net.run(1_500);

        assertThat(receiver.sink.delivered).hasSize(20);
    }

    @ParameterizedTest
    @EnumSource(Protection.class)
    void aListenerThatStartsAgainIsFoundAgain(Protection protection) {
        Host first = net.listener(Role.RECEIVER, protection);
        Host sender = net.dialler(Role.SENDER, protection, 0x1000, MainNet.DIALLER);
        net.run(1_000);
        net.stream(sender, 200, () -> {});
        first.isOn = false;
        net.run(300);
        net.hosts.remove(first);
        Host second = net.listener(Role.RECEIVER, protection);
        net.run(10_000);
        net.stream(sender, 500, () -> {});
        net.run(1_500);

        assertThat(second.sink.delivered).hasSizeGreaterThanOrEqualTo(500);
    }

    @ParameterizedTest
    @EnumSource(Protection.class)
    void aPeerThatLeavesIsAnsweredAndItsPathIsDown(Protection protection) {
        Host receiver = net.listener(Role.RECEIVER, protection);
        Host sender = net.dialler(Role.SENDER, protection, 0x1000, MainNet.DIALLER);
        net.run(2_000);
        sender.session.close(net.nowNs);
        net.run(600);

        assertThat(receiver.events(SessionEvent.PeerLeft.class)).hasSize(1);
        assertThat(receiver.events(SessionEvent.PathDown.class)).hasSize(1);
        assertThat(receiver.session.isConnected()).isFalse();
    }

    @Test
    void aDisconnectIsAnsweredThreeTimesAtMost() {
        Host receiver = net.listener(Role.RECEIVER, Protection.CLEAR);
        net.dialler(Role.SENDER, Protection.CLEAR, 0x1000, MainNet.DIALLER);
        net.run(2_000);
        net.seen.clear();
        for (int i = 0; i < 50; i++) {
            net.inject(receiver, MainNet.DIALLER, Frames.keepAlive(2, i, 0x0080));
        }

        assertThat(net.sentBy(MainNet.LISTENER)).hasSizeBetween(1, 3);
    }

    @Test
    void aReconnectIsAnsweredOnceInKindAndHarmsNothing() {
        Host receiver = net.listener(Role.RECEIVER, Protection.CLEAR);
        Host sender = net.dialler(Role.SENDER, Protection.CLEAR, 0x1000, MainNet.DIALLER);
        net.run(2_000);
        net.seen.clear();
        net.inject(receiver, MainNet.DIALLER, Frames.keepAlive(2, 0, 0x0040));
        List<MainNet.Seen> answers = net.sentBy(MainNet.LISTENER);
        net.stream(sender, 200, () -> {});
        net.run(1_200);

        assertThat(answers).hasSize(1);
        assertThat(Frames.keepAliveFlags(answers.get(0).bytes()) & 0x0040).isNotZero();
        assertThat(receiver.sink.delivered).hasSize(200);
        assertThat(receiver.events(SessionEvent.PathDown.class)).isEmpty();
    }

    @Test
    void aPeerOfTheEditionOf2020IsAnsweredByIt() {
        Host receiver = net.listener(Role.RECEIVER, Protection.CLEAR);
        net.run(100);
        Endpoint old = Endpoint.ipv4(0x0A000009, 6_000);
        ByteBuffer report = Frames.report(0, 0x3000);
        for (int i = 0; i < 30; i++) {
            net.inject(receiver, old, report);
            net.inject(receiver, old, Frames.media(0, 0x3000, i));
            net.run(20);
        }
        net.run(1_200);

        assertThat(receiver.sink.delivered).hasSizeGreaterThanOrEqualTo(28);
        List<MainNet.Seen> answers = net.seen.stream().filter(s -> s.to().equals(old)).toList();
        assertThat(answers).anySatisfy(s -> assertThat(Frames.version(s.bytes())).isZero());
        assertThat(answers)
                .filteredOn(s -> !Frames.isKeepAlive(s.bytes()))
                .allSatisfy(s -> assertThat(Frames.version(s.bytes())).isZero());
    }

    @Test
    void aPeerThatShowsANewerEditionInMidSessionIsSpokenToByIt() {
        Host receiver = net.listener(Role.RECEIVER, Protection.CLEAR);
        Endpoint peer = Endpoint.ipv4(0x0A000009, 6_000);
        for (int version = 0; version <= 2; version++) {
            for (int i = 0; i < 20; i++) {
                net.inject(receiver, peer, Frames.report(version, 0x3000));
                net.inject(receiver, peer, Frames.media(version, 0x3000, 20 * version + i));
                net.run(20);
            }
            int spoken = version;
            net.run(100);
            net.seen.clear();
            net.run(300);
            assertThat(net.seen)
                    .filteredOn(s -> s.to().equals(peer) && !Frames.isKeepAlive(s.bytes()))
                    .isNotEmpty()
                    .allSatisfy(s -> assertThat(Frames.version(s.bytes())).isEqualTo(spoken));
        }
        net.run(1_200);
        assertThat(receiver.sink.delivered).hasSizeGreaterThanOrEqualTo(58);
    }
}
