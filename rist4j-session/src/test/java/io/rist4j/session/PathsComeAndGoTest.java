package io.rist4j.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.flow.ReceiverFlow;
import io.rist4j.core.flow.ReceiverSink.StartReason;
import io.rist4j.core.message.Verdict;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.crypto.psk.PskSealing;
import io.rist4j.session.MainNet.Host;
import io.rist4j.session.MainNet.Protection;
import io.rist4j.session.guard.SecurityConfig;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Paths are added and removed while media flow. */
class PathsComeAndGoTest {
    private static final Endpoint FIRST = Endpoint.ipv4(0x0A000001, 5_000);
    private static final Endpoint SECOND = Endpoint.ipv4(0x0A000003, 6_000);
    private static final Endpoint CALLER = Endpoint.ipv4(0x0A000002, 40_000);
    private static final Endpoint OTHER_CALLER = Endpoint.ipv4(0x0A000004, 41_000);

    private final MainNet net = new MainNet();
    private int number;

    private SessionConfig config(
            Profile profile, Role role, Protection protection, PathConfig... paths) {
        boolean dialling = paths[0].contact() == PathConfig.Contact.DIAL;
        return SessionConfig.of(profile, role, role.name(), List.of(paths))
                .withTunnel(TunnelConfig.of(protection.of(dialling)));
    }

    private static Endpoint[] socketsAt(Profile profile, Endpoint... media) {
        return Arrays.stream(media)
                .flatMap(at ->
                        profile == Profile.SIMPLE
                                ? Stream.of(at, at.withPort(at.port() + 1))
                                : Stream.of(at))
                .toArray(Endpoint[]::new);
    }

    /** What a host does: opens the sockets of an added path, then starts it. */
    private int addPath(Host host, Profile profile, PathConfig path, Endpoint at) {
        int index = host.session.addPath(path);
        Endpoint[] bound = socketsAt(profile, at);
        int next = 0;
        for (int socket = 0; socket < host.session.sockets().size(); socket++) {
            if (host.session.sockets().get(socket).path() == index) {
                if (socket == host.addresses.size()) {
                    host.addresses.add(bound[next++]);
                } else {
                    host.addresses.set(socket, bound[next++]);
                }
            }
        }
        host.session.startPath(net.nowNs, index);
        return index;
    }

    private void stream(Host sender, int packets) {
        for (int i = 0; i < packets; i++) {
            net.send(sender, number++);
            net.run(2);
        }
    }

    private void assertNothingLostOrRepeated(Host receiver, int flow) {
        List<Integer> delivered = Objects.requireNonNull(receiver.sink.numbersByFlow.get(flow));
        int first = delivered.getFirst();
        assertThat(first).isLessThan(20);
        assertThat(delivered).isEqualTo(IntStream.range(first, number).boxed().toList());
        assertThat(receiver.events(SessionEvent.FlowStarted.class))
                .extracting(SessionEvent.FlowStarted::reason)
                .isSubsetOf(StartReason.FIRST_PACKET, StartReason.AFTER_SILENCE); // of this test
    }

    @ParameterizedTest
    @CsvSource({
        "SIMPLE, SENDER, CLEAR",
        "MAIN, SENDER, CLEAR",
        "MAIN, SENDER, PSK_AND_SRP",
        "SIMPLE, RECEIVER, CLEAR",
        "MAIN, RECEIVER, PSK"
    })
    void oneIsAddedUnderMediaAndTheOtherRemoved(
            Profile profile, Role caller, Protection protection) {
        Host listener =
                net.add(
                        config(
                                profile,
                                MainNet.other(caller),
                                protection,
                                PathConfig.listen(FIRST),
                                PathConfig.listen(SECOND)),
                        0x4000,
                        socketsAt(profile, FIRST, SECOND));
        Host dialler =
                net.add(
                        config(profile, caller, protection, PathConfig.dial(FIRST)),
                        0x1000,
                        socketsAt(profile, CALLER));
        Host sender = caller == Role.SENDER ? dialler : listener;
        Host receiver = caller == Role.SENDER ? listener : dialler;
        var random = new SplittableRandom(11);
        net.run(1_500);
        net.loss = datagram -> random.nextInt(10) == 0;
        stream(sender, 300);

        int added = addPath(dialler, profile, PathConfig.dial(SECOND), OTHER_CALLER);
        assertThat(added).isEqualTo(1);
        stream(sender, 1_000);
        assertThat(receiver.session.pathTable().counters(1).receivedPackets()).isGreaterThan(400);
        ReceiverFlow flow = Objects.requireNonNull(receiver.session.receiving().flow(0));
        assertThat(flow.counters().duplicates).isGreaterThan(300);

        dialler.session.removePath(net.nowNs, 0);
        long before = net.sentBy(CALLER).size();
        assertThat(dialler.session.sockets().getFirst().path()).isEqualTo(SocketSpec.NO_PATH);
        assertThat(dialler.session.pathTable().isUsed(0)).isFalse();
        stream(sender, 1_000);
        net.run(3_000);
        assertNothingLostOrRepeated(receiver, sender.session.sending().flow(0).flowId());
        // what was said last before it closed is all that still leaves there
        assertThat(net.sentBy(CALLER).size() - before).isLessThan(5);
        assertThat(listener.events(SessionEvent.PeerLeft.class)).hasSize(1);
        assertThat(dialler.events(SessionEvent.TimedOut.class)).isEmpty();
        assertThat(listener.events(SessionEvent.TimedOut.class)).isEmpty();

        assertThat(addPath(dialler, profile, PathConfig.dial(FIRST), CALLER)).isZero();
        assertThat(dialler.session.sockets()).hasSize(profile == Profile.SIMPLE ? 4 : 2);
        stream(sender, 500);
        net.run(3_000);
        assertNothingLostOrRepeated(receiver, sender.session.sending().flow(0).flowId());
        assertThat(dialler.session.paths(net.nowNs)).allMatch(PathSnapshot::alive).hasSize(2);
    }

    @Test
    void aPathMayHaveASecretAndVirtualPortsOfItsOwn() {
        var own =
                new TunnelConfig(
                        SecurityConfig.ofSecret(
                                Passphrase.ofText("another secret".toCharArray()),
                                PskSealing.ofBits(128)),
                        3_001,
                        3_000,
                        TunnelConfig.DEFAULT.keepAliveIntervalNs(),
                        "");
        Host listener =
                net.add(
                        config(
                                Profile.MAIN,
                                Role.RECEIVER,
                                Protection.PSK,
                                PathConfig.listen(FIRST)),
                        0x4000,
                        FIRST);
        Host dialler =
                net.add(
                        config(Profile.MAIN, Role.SENDER, Protection.PSK, PathConfig.dial(FIRST)),
                        0x1000,
                        CALLER);
        net.run(500);
        stream(dialler, 100);
        addPath(listener, Profile.MAIN, PathConfig.listen(SECOND).withTunnel(own), SECOND);
        addPath(
                dialler,
                Profile.MAIN,
                PathConfig.dial(SECOND).withTunnel(own).withWeight(5),
                OTHER_CALLER);
        stream(dialler, 300);
        assertThat(dialler.session.pathTable().counters(1).sentPackets()).isGreaterThan(250);
        assertThat(listener.session.pathTable().counters(1).receivedPackets()).isGreaterThan(250);

        // the session's secret changes, the path's does not
        for (Host host : List.of(listener, dialler)) {
            host.session.changeSecret(net.nowNs, Passphrase.ofText("a third one".toCharArray()));
        }
        stream(dialler, 300);
        net.run(3_000);
        assertNothingLostOrRepeated(listener, 0x1000);
        assertThat(listener.session.pathTable().counters(1).receivedPackets()).isGreaterThan(550);
        assertThat(listener.session.counters().datagrams(Verdict.WRONG_SECRET)).isZero();

        listener.session.removePath(net.nowNs, 1);
        stream(dialler, 300);
        net.run(3_000);
        assertNothingLostOrRepeated(listener, 0x1000);
    }

    @Test
    void whatCannotBeIsRefused() {
        Host host =
                net.add(
                        config(
                                Profile.SIMPLE,
                                Role.SENDER,
                                Protection.CLEAR,
                                PathConfig.dial(FIRST)),
                        0x1000,
                        socketsAt(Profile.SIMPLE, CALLER));
        PathConfig odd = PathConfig.dial(FIRST.withPort(7_001));
        assertThatThrownBy(() -> host.session.addPath(odd)).hasMessageContaining("port 7001");
        assertThat(host.session.sockets()).hasSize(2);
        for (int i = 1; i < 32; i++) {
            host.session.addPath(PathConfig.dial(FIRST.withPort(7_000 + 2 * i)));
        }
        assertThatThrownBy(() -> host.session.addPath(PathConfig.dial(SECOND)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("paths 33 is outside 1..32 paths");
        host.session.removePath(net.nowNs, 17);
        assertThat(host.session.addPath(PathConfig.dial(SECOND))).isEqualTo(17);
        assertThatThrownBy(() -> host.session.removePath(net.nowNs, 40)).hasMessage("no path 40");
        host.session.close(net.nowNs);
        assertThatThrownBy(() -> host.session.addPath(PathConfig.dial(SECOND)))
                .hasMessage("the session is closed");
    }
}
