package io.rist4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.gre.GreHeader;
import io.rist4j.codec.gre.GrePacket;
import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.Verdict;
import io.rist4j.session.MainNet.Host;
import io.rist4j.session.MainNet.Protection;
import io.rist4j.session.MainNet.Seen;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.List;

/** What was recorded under a secret and is sent again by somebody who does not know it. */
class PlayedBackTest {
    private static final Endpoint ATTACKER = Endpoint.ipv4(0x0B000001, 9_000);
    private static final Endpoint ELSEWHERE = Endpoint.ipv4(0x0A000002, 50_000);
    private static final Endpoint SECOND_DIALLER = Endpoint.ipv4(0x0A000003, 40_000);
    private static final Endpoint SECOND_LISTENER = Endpoint.ipv4(0x0A000011, 5_000);

    private final MainNet net = new MainNet();

    private static long sealed(List<Seen> datagrams) {
        var packet = new GrePacket();
        return datagrams.stream()
                .filter(s ->
                        GreHeader.read(s.bytes(), 0, s.bytes().capacity(), packet) == Verdict.OK
                                && packet.isEncrypted())
                .count();
    }

    private static long replayed(Host host) {
        return host.session.counters().datagrams(Verdict.REPLAYED);
    }

    /** Everything of a session that is over, up to its goodbye and beyond. */
    private List<Seen> recordSession(Host first) {
        net.run(1_500);
        net.stream(first, 300, () -> {});
        first.session.close(net.nowNs);
        net.run(4_000);
        net.hosts.remove(first);
        List<Seen> recorded =
                net.seen.stream().filter(s -> s.to().equals(MainNet.LISTENER)).toList();
        net.seen.clear();
        return recorded;
    }

    @ParameterizedTest
    @EnumSource(names = {"PSK", "PSK_AND_SRP"})
    void aRecordedSessionMakesNoPeerOfWhoPlaysItBack(Protection protection) {
        Host receiver = net.listener(Role.RECEIVER, protection);
        List<Seen> recorded =
                recordSession(net.dialler(Role.SENDER, protection, 0x1000, MainNet.DIALLER));
        int events = receiver.sink.events.size();
        int delivered = receiver.sink.delivered.size();
        long computations = receiver.computations;
        long accepted = receiver.session.counters().datagrams(Verdict.OK);
        for (Seen seen : recorded) {
            net.inject(receiver, ATTACKER, seen.bytes());
            net.run(2);
        }
        net.run(1_500);

        assertThat(receiver.session.paths(net.nowNs))
                .noneMatch(path -> path.peer().equals(ATTACKER));
        assertThat(receiver.sink.events).hasSize(events);
        assertThat(receiver.sink.delivered).hasSize(delivered);
        if (protection == Protection.PSK) {
            // some do not even look like a first word
            assertThat(replayed(receiver)).isBetween(sealed(recorded) - 20, sealed(recorded));
            assertThat(receiver.session.counters().datagrams(Verdict.OK)).isEqualTo(accepted);
            assertThat(receiver.computations - computations).isLessThan(10);
        }
        assertThat(net.bytesTo(ATTACKER)).isLessThan(3 * 200 * 300);
    }

    @ParameterizedTest
    @EnumSource(names = {"PSK", "PSK_AND_SRP"})
    void aRecordedSessionDoesNotDisturbTheNextOne(Protection protection) {
        Host receiver = net.listener(Role.RECEIVER, protection);
        List<Seen> recorded =
                recordSession(net.dialler(Role.SENDER, protection, 0x1000, MainNet.DIALLER));
        int delivered = receiver.sink.delivered.size();
        Host second = net.dialler(Role.SENDER, protection, 0x2000, MainNet.DIALLER);
        net.run(3_000);
        net.stream(second, 20, () -> {});
        net.run(100);
        receiver.sink.events.clear();
        long before = replayed(receiver);
        var next = recorded.iterator();
        net.stream(
                second,
                recorded.size(),
                () -> {
                    Seen seen = next.next();
                    net.inject(receiver, MainNet.DIALLER, seen.bytes());
                    net.inject(receiver, ATTACKER, seen.bytes());
                });
        net.run(1_500);

        assertThat(receiver.sink.delivered).hasSize(delivered + 20 + recorded.size());
        assertThat(receiver.sink.events).isEmpty();
        assertThat(second.events(SessionEvent.PathDown.class)).isEmpty();
        assertThat(replayed(receiver) - before).isGreaterThanOrEqualTo(sealed(recorded));
    }

    /** The session goes on meanwhile, as it does where keys are rotated. */
    @Test
    void whatTheSamePeerSentLongAgoIsNotOpenedAgain() {
        Host receiver = net.listener(Role.RECEIVER, Protection.PSK);
        Host sender = net.dialler(Role.SENDER, Protection.PSK, 0x1000, MainNet.DIALLER);
        net.run(1_500);
        net.stream(sender, 100, () -> {});
        List<Seen> early = List.copyOf(net.sentBy(MainNet.DIALLER));
        net.stream(sender, 6_000, () -> {});
        long accepted = receiver.session.counters().datagrams(Verdict.OK);
        for (Seen seen : early) {
            net.inject(receiver, MainNet.DIALLER, seen.bytes());
        }

        assertThat(receiver.session.counters().datagrams(Verdict.OK)).isEqualTo(accepted);
        assertThat(replayed(receiver)).isEqualTo(early.size());
    }

    @ParameterizedTest
    @EnumSource(names = {"PSK", "PSK_AND_SRP"})
    void aPeerWhoseAddressChangesGoesOn(Protection protection) {
        for (Role role : Role.values()) {
            var moved = new MainNet();
            Role other = MainNet.other(role);
            Host listener = moved.listener(other, protection);
            Host dialler = moved.dialler(role, protection, 0x1000, MainNet.DIALLER);
            moved.run(1_500);
            Host sender = role == Role.SENDER ? dialler : listener;
            Host receiver = role == Role.SENDER ? listener : dialler;
            moved.stream(sender, 200, () -> {});
            dialler.addresses.set(0, ELSEWHERE);
            moved.run(4_000); // authentication starts anew after a silence
            int before = receiver.sink.delivered.size();
            moved.stream(sender, 500, () -> {});
            moved.run(1_500);

            assertThat(receiver.sink.delivered.size() - before)
                    .as("%s %s", role, protection)
                    .isEqualTo(500);
        }
    }

    /** As a libRIST sender does that waits for its receiver: nonce and sequence are as before. */
    @ParameterizedTest
    @ValueSource(longs = {3_000, 60_000})
    void aPeerThatComesBackWithItsNonceIsTakenIn(long silenceMs) {
        Host receiver = net.listener(Role.RECEIVER, Protection.PSK);
        Host sender = net.dialler(Role.SENDER, Protection.PSK, 0x1000, MainNet.DIALLER);
        net.run(1_500);
        net.stream(sender, 200, () -> {});
        net.loss = datagram -> true;
        net.run(silenceMs);
        net.loss = datagram -> false;
        sender.addresses.set(0, ELSEWHERE);
        net.run(3_000);
        int before = receiver.sink.delivered.size();
        net.stream(sender, 300, () -> {});
        net.run(1_500);

        assertThat(receiver.sink.delivered.size() - before).isEqualTo(300);
    }

    /** As ristgo sends them: sealed once, for all paths. */
    @Test
    void identicalDatagramsOnASecondPathReplaceThoseLostOnTheFirst() {
        Host receiver =
                net.add(
                        MainNet.config(
                                Role.RECEIVER,
                                "bob",
                                Protection.PSK,
                                PathConfig.listen(MainNet.LISTENER),
                                PathConfig.listen(SECOND_LISTENER)),
                        0x4000,
                        MainNet.LISTENER,
                        SECOND_LISTENER);
        Host sender = net.dialler(Role.SENDER, Protection.PSK, 0x1000, MainNet.DIALLER);
        int[] copied = {0};
        long[] cut = {Long.MAX_VALUE};
        net.loss = datagram -> net.nowNs >= cut[0] && datagram.bytes().capacity() > 200;
        Runnable copy =
                () -> {
                    net.run(30); // the second path is slower
                    while (copied[0] < net.seen.size()) {
                        Seen seen = net.seen.get(copied[0]++);
                        if (seen.from().equals(MainNet.DIALLER)) {
                            deliver(receiver, 1, SECOND_DIALLER, seen.bytes());
                        }
                    }
                };
        for (int i = 0; i < 20; i++) {
            net.run(50);
            copy.run();
        }
        net.stream(sender, 50, copy);
        assertThat(receiver.events(SessionEvent.PathUp.class))
                .anyMatch(up -> up.peer().equals(SECOND_DIALLER));
        cut[0] = net.nowNs;
        net.stream(sender, 100, copy);
        net.run(1_500);

        assertThat(receiver.sink.delivered).hasSize(150);
    }

    private void deliver(Host to, int socket, Endpoint from, ByteBuffer datagram) {
        ByteBuffer copy =
                ByteBuffer.allocate(datagram.capacity()).put(0, datagram, 0, datagram.capacity());
        to.session.onDatagram(net.nowNs, net.nowNs, socket, from, copy, 0, copy.capacity());
    }

    @Test
    void aSocketThatHadNoneOfItTakesNoRecording() {
        Host receiver =
                net.add(
                        MainNet.config(
                                Role.RECEIVER,
                                "bob",
                                Protection.PSK,
                                PathConfig.listen(MainNet.LISTENER),
                                PathConfig.listen(SECOND_LISTENER)),
                        0x4000,
                        MainNet.LISTENER,
                        SECOND_LISTENER);
        List<Seen> recorded =
                recordSession(net.dialler(Role.SENDER, Protection.PSK, 0x1000, MainNet.DIALLER));
        for (Seen seen : recorded) {
            deliver(receiver, 1, ATTACKER, seen.bytes());
        }

        assertThat(replayed(receiver)).isBetween(recorded.size() - 20L, (long) recorded.size());
    }
}
