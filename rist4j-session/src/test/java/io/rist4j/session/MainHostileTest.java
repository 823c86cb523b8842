package io.rist4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.gre.GreHeader;
import io.rist4j.codec.gre.ProtocolTypes;
import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.Verdict;
import io.rist4j.session.MainNet.Host;
import io.rist4j.session.MainNet.Protection;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;

/** What forged, repeated and mangled datagrams do to a session: nothing that a viewer would see. */
class MainHostileTest {
    private static final int DISCONNECT = 0x0080;

    private static final int[] FORGED_TYPES = {
        ProtocolTypes.REDUCED_OVERHEAD,
        ProtocolTypes.KEEP_ALIVE,
        ProtocolTypes.IP,
        ProtocolTypes.VSF
    };

    private final MainNet net = new MainNet();
    private final Random random = new Random(17);

    private static Endpoint stranger(int number) {
        return Endpoint.ipv4(0x0B000000 + number, 1_024 + (number & 0x7FFF));
    }

    private ByteBuffer forged(int sequence) {
        var b = ByteBuffer.allocate(64 + random.nextInt(200));
        random.nextBytes(b.array());
        int type = FORGED_TYPES[random.nextInt(FORGED_TYPES.length)];
        GreHeader.writeEncrypted(b, 0, 1, type, true, random.nextInt(), sequence);
        return b;
    }

    @ParameterizedTest
    @EnumSource(names = {"PSK", "PSK_AND_SRP"})
    void aFloodOfForgedNoncesLosesNoMediaAndDerivesFewKeys(Protection protection) {
        Host receiver = net.listener(Role.RECEIVER, protection);
        Host sender = net.dialler(Role.SENDER, protection, 0x1000, MainNet.DIALLER);
        net.run(1_000);
        long before = receiver.computations;
        long[] forged = {0};
        net.stream(
                sender,
                1_000,
                () -> {
                    int near = net.seen.get(net.seen.size() - 1).bytes().getInt(8);
                    for (int i = 0; i < 10; i++) {
                        net.inject(receiver, MainNet.DIALLER, forged(random.nextInt()));
                        net.inject(receiver, MainNet.DIALLER, forged(near + random.nextInt(50)));
                        net.inject(receiver, stranger(random.nextInt(100_000)), forged(i));
                        forged[0] += 3;
                    }
                });
        net.run(1_500);

        assertThat(receiver.sink.delivered).hasSize(1_000);
        // in 2 s: near the stream 32 and 100 a second, elsewhere 50 and 200 a second
        assertThat(receiver.computations - before).isLessThan(82 + 2 * 300 + 10);
        assertThat(forged[0]).isEqualTo(30_000);
        assertThat(receiver.session.paths(net.nowNs)).hasSize(1);
        assertThat(receiver.events(SessionEvent.FlowStarted.class)).hasSize(1);
        assertThat(receiver.events(SessionEvent.PeerCapable.class)).hasSizeLessThan(3);
        assertThat(receiver.sink.outOfBand).isEmpty();
    }

    @Test
    void aFloodOfForgedSourcesLeavesKnownPeersAlone() {
        for (Protection protection : Protection.values()) {
            var flooded = new MainNet();
            Host sender = flooded.listener(Role.SENDER, protection);
            Host receiver = flooded.dialler(Role.RECEIVER, protection, 0x100, MainNet.DIALLER);
            flooded.run(2_000);
            int[] number = {0};
            flooded.stream(
                    sender,
                    500,
                    () -> {
                        for (int i = 0; i < 3; i++) {
                            Endpoint from = stranger(number[0]++);
                            flooded.inject(sender, from, Frames.keepAlive(1, i, 0));
                            flooded.inject(sender, from, Frames.report(1, 0x3000 + number[0]));
                            flooded.inject(sender, from, Frames.media(1, 0x5000, i));
                        }
                    });
            flooded.run(1_500);

            assertThat(receiver.sink.delivered).as("%s", protection).hasSize(500);
            assertThat(sender.session.paths(flooded.nowNs))
                    .hasSizeLessThanOrEqualTo(SessionConfig.MOST_PATHS);
            long sent =
                    (long) Frames.keepAlive(1, 0, 0).capacity()
                            + Frames.report(1, 1).capacity()
                            + Frames.media(1, 1, 1).capacity();
            for (int i = 0; i < number[0]; i++) {
                Endpoint from = stranger(i);
                assertThat(flooded.bytesTo(from)).isLessThanOrEqualTo(sent);
                assertThat(flooded.seen)
                        .filteredOn(s -> s.to().equals(from))
                        .hasSizeLessThanOrEqualTo(3);
            }
        }
    }

    @Test
    void aReceiverGetsInWhileForgedSourcesFillEveryRow() {
        Host sender = net.listener(Role.SENDER, Protection.CLEAR);
        int[] number = {0};
        Runnable flood = () -> net.inject(sender, stranger(number[0]++), Frames.keepAlive(1, 0, 0));
        for (int i = 0; i < 100; i++) {
            flood.run();
            net.run(10);
        }
        Host receiver = net.dialler(Role.RECEIVER, Protection.CLEAR, 0x100, MainNet.DIALLER);
        for (int i = 0; i < 100; i++) {
            flood.run();
            net.run(10);
        }
        net.stream(sender, 300, flood);
        net.run(1_500);

        assertThat(receiver.sink.delivered).hasSize(300);
    }

    /** The attacker hears what goes to himself, and guesses from it what a victim is asked. */
    @Test
    void anEchoRequestOfOnePathProvesNoOther() {
        Host sender = net.listener(Role.SENDER, Protection.CLEAR);
        Endpoint attacker = stranger(1);
        Endpoint victim = stranger(2);
        long sent = 0;
        for (int i = 0; i < 20; i++) {
            net.inject(sender, attacker, Frames.report(1, 0x3000));
            net.inject(sender, victim, Frames.report(1, 0x3000));
            sent += Frames.report(1, 0x3000).capacity();
            net.seen.clear();
            net.run(50);
            for (MainNet.Seen heard : List.copyOf(net.seen)) {
                int at = heard.bytes().capacity() - 24;
                boolean asks = at > 0 && (heard.bytes().getInt(at) >>> 16) == 0x82CC;
                if (heard.to().equals(attacker) && asks) {
                    int ssrc = heard.bytes().getInt(at + 4);
                    long timestamp = heard.bytes().getLong(at + 12);
                    ByteBuffer echo = Frames.echoResponse(1, 0x3000, ssrc, timestamp);
                    net.inject(sender, victim, echo);
                    sent += echo.capacity();
                }
            }
        }
        net.seen.clear();
        net.stream(sender, 500, () -> {});

        assertThat(net.bytesTo(victim)).isLessThanOrEqualTo(sent);
    }

    @ParameterizedTest
    @EnumSource(names = {"PSK", "PSK_AND_SRP"})
    void whatComesBackToItsSenderIsNotThePeers(Protection protection) {
        for (Role role : Role.values()) {
            var reflecting = new MainNet();
            Role other = MainNet.other(role);
            Host listener = reflecting.listener(other, protection);
            Host dialler = reflecting.dialler(role, protection, 0x1000, MainNet.DIALLER);
            reflecting.run(1_500);
            Host sender = role == Role.SENDER ? dialler : listener;
            reflecting.stream(sender, 100, () -> {});
            long accepted =
                    dialler.session.counters().datagrams(Verdict.OK)
                            + listener.session.counters().datagrams(Verdict.OK);
            int events = dialler.sink.events.size() + listener.sink.events.size();
            for (MainNet.Seen seen : List.copyOf(reflecting.seen)) {
                boolean fromDialler = seen.from().equals(MainNet.DIALLER);
                reflecting.inject(fromDialler ? dialler : listener, seen.to(), seen.bytes());
            }

            assertThat(
                            dialler.session.counters().datagrams(Verdict.OK)
                                    + listener.session.counters().datagrams(Verdict.OK))
                    .as("%s %s", role, protection)
                    .isEqualTo(accepted);
            assertThat(dialler.sink.events.size() + listener.sink.events.size()).isEqualTo(events);
        }
    }

    @ParameterizedTest
    @EnumSource(Protection.class)
    void whatIsPlayedBackChangesNothing(Protection protection) {
        Host receiver = net.listener(Role.RECEIVER, protection);
        Host sender = net.dialler(Role.SENDER, protection, 0x1000, MainNet.DIALLER);
        net.run(1_500);
        net.stream(sender, 200, () -> {});
        net.run(100);
        int events = receiver.sink.events.size() + sender.sink.events.size();
        for (MainNet.Seen seen : List.copyOf(net.seen)) {
            boolean toReceiver = seen.to().equals(MainNet.LISTENER);
            net.inject(toReceiver ? receiver : sender, seen.from(), seen.bytes());
        }
        net.stream(sender, 200, () -> {});
        net.run(1_500);

        assertThat(receiver.sink.delivered).hasSize(400);
        assertThat(receiver.sink.events.size() + sender.sink.events.size()).isEqualTo(events);
        assertThat(receiver.session.counters().datagrams(Verdict.DUPLICATE)).isGreaterThan(199);
    }

    @Test
    void aForgedDisconnectDoesNotEndASession() {
        Host receiver = net.listener(Role.RECEIVER, Protection.CLEAR);
        Host sender = net.dialler(Role.SENDER, Protection.CLEAR, 0x1000, MainNet.DIALLER);
        net.run(1_000);
        net.seen.clear();
        net.stream(
                sender,
                1_000,
                () -> {
                    net.inject(receiver, MainNet.DIALLER, Frames.keepAlive(2, 1, DISCONNECT));
                    net.inject(sender, MainNet.LISTENER, Frames.keepAlive(2, 1, DISCONNECT));
                    net.inject(receiver, stranger(1), Frames.keepAlive(2, 1, DISCONNECT | 0x40));
                });
        net.run(1_500);

        assertThat(receiver.sink.delivered).hasSize(1_000);
        assertThat(receiver.events(SessionEvent.PeerLeft.class)).isEmpty();
        assertThat(sender.events(SessionEvent.PathDown.class)).isEmpty();
        assertThat(net.sentBy(MainNet.DIALLER)).hasSizeLessThan(1_200);
    }

    @ParameterizedTest
    @EnumSource(names = {"PSK", "PSK_AND_SRP"})
    void aDisconnectOfAnEarlierSessionDoesNotEndThisOne(Protection protection) {
        Host receiver = net.listener(Role.RECEIVER, protection);
        Host first = net.dialler(Role.SENDER, protection, 0x1000, MainNet.DIALLER);
        net.run(1_500);
        net.seen.clear();
        first.session.close(net.nowNs);
        net.run(3_000);
        List<MainNet.Seen> farewell = net.sentBy(MainNet.DIALLER);
        net.hosts.remove(first);
        Host second = net.dialler(Role.SENDER, protection, 0x2000, MainNet.DIALLER);
        net.run(3_000);
        receiver.sink.events.clear();
        net.stream(
                second,
                300,
                () -> farewell.forEach(s -> net.inject(receiver, s.from(), s.bytes())));
        net.run(1_500);

        assertThat(farewell).isNotEmpty();
        assertThat(receiver.sink.delivered).hasSize(300);
        assertThat(receiver.events(SessionEvent.PeerLeft.class)).isEmpty();
        assertThat(receiver.events(SessionEvent.PathDown.class)).isEmpty();
    }

    @Test
    void extremeBufferNegotiationsStayWithinTheConfiguredBuffer() {
        Host receiver = net.listener(Role.RECEIVER, Protection.CLEAR);
        Host sender = net.dialler(Role.SENDER, Protection.CLEAR, 0x1000, MainNet.DIALLER);
        net.run(500);
        int[] extremes = {0, 1, 65_535, 50};
        int[] round = {0};
        net.stream(
                sender,
                500,
                () -> {
                    int keeps = extremes[round[0] % 4];
                    int buffers = extremes[(round[0]++ / 4) % 4];
                    net.inject(receiver, MainNet.DIALLER, Frames.negotiation(1, keeps, buffers));
                    net.inject(sender, MainNet.LISTENER, Frames.negotiation(1, buffers, keeps));
                });
        net.run(1_500);

        assertThat(receiver.sink.delivered).hasSize(500);
        long bufferNs = receiver.session.receiving().only().targetBufferNs();
        assertThat(bufferNs)
                .isBetween(
                        receiver.session.config().receiver().bufferMinNs(),
                        receiver.session.config().receiver().bufferMaxNs());
        assertThat(receiver.events(SessionEvent.BufferTold.class)).hasSizeLessThan(20);
    }

    @ParameterizedTest
    @EnumSource(Protection.class)
    void aRequestForEverythingFromAStrangerSendsNothing(Protection protection) {
        Host sender = net.listener(Role.SENDER, protection);
        Host receiver = net.dialler(Role.RECEIVER, protection, 0x100, MainNet.DIALLER);
        net.run(1_500);
        Endpoint from = stranger(1);
        ByteBuffer greedy = Frames.greedyRequest(1, 0x3000, 0x4000);
        net.stream(sender, 300, () -> net.inject(sender, from, greedy));
        net.run(1_500);

        assertThat(receiver.sink.delivered).hasSize(300);
        assertThat(sender.session.sending().flow(0).counters().requested()).isLessThan(1_000);
        assertThat(net.bytesTo(from)).isLessThanOrEqualTo(300L * greedy.capacity());
        assertThat(net.seen)
                .filteredOn(s -> s.to().equals(from))
                .allSatisfy(s -> assertThat(s.bytes().capacity()).isLessThan(188));
    }

    @ParameterizedTest
    @EnumSource(Protection.class)
    void everyPrefixAndEveryLyingLengthIsCountedAndDropped(Protection protection) {
        Host receiver = net.listener(Role.RECEIVER, protection);
        Host sender = net.dialler(Role.SENDER, protection, 0x1000, MainNet.DIALLER);
        net.run(1_100);
        net.stream(sender, 5, () -> {});
        net.run(100);
        List<MainNet.Seen> known = List.copyOf(net.seen);
        for (MainNet.Seen seen : known.subList(0, Math.min(known.size(), 60))) {
            Host target = seen.to().equals(MainNet.LISTENER) ? receiver : sender;
            for (int bytes = 0; bytes < seen.bytes().capacity(); bytes++) {
                var cut = ByteBuffer.allocate(bytes).put(0, seen.bytes(), 0, bytes);
                counted(target, seen.from(), cut);
                counted(target, stranger(bytes & 3), cut);
            }
            for (int at = 0; at + 2 <= Math.min(48, seen.bytes().capacity()); at++) {
                for (int value : new int[] {0, 1, 0x7FFF, 0x8000, 0xFFFF}) {
                    ByteBuffer lie = ByteBuffer.allocate(seen.bytes().capacity());
                    lie.put(0, seen.bytes(), 0, lie.capacity()).putShort(at, (short) value);
                    counted(target, seen.from(), lie);
                    counted(target, stranger(at & 3), lie);
                }
            }
            net.run(1);
        }
        net.run(2_500);
        int before = receiver.sink.delivered.size();
        net.stream(sender, 200, () -> {});
        net.run(1_500);

        assertThat(receiver.sink.delivered.size() - before).isGreaterThanOrEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void aKeepAliveOfAnUnprovenAddressDrawsNoMoreThanItself(Role role) {
        Host listener = net.listener(role, Protection.CLEAR);
        ByteBuffer greeting = Frames.keepAlive(1, 0, DISCONNECT | 0x40);
        net.inject(listener, stranger(1), greeting);
        net.run(3_000);

        assertThat(net.bytesTo(stranger(1))).isLessThanOrEqualTo(greeting.capacity());
        assertThat(net.sentBy(MainNet.LISTENER)).hasSizeLessThanOrEqualTo(1);

        for (int i = 1; i < 50; i++) {
            net.inject(listener, stranger(1), Frames.keepAlive(1, i, DISCONNECT | 0x40));
            net.run(20);
        }
        assertThat(net.bytesTo(stranger(1)))
                .isPositive()
                .isLessThanOrEqualTo(50L * greeting.capacity());
        assertThat(net.sentBy(MainNet.LISTENER)).hasSizeLessThanOrEqualTo(50);
    }

    /** What is left over for an address that is not proven asks for the echo that proves it. */
    @ParameterizedTest
    @EnumSource
    void anAddressIsProvenThoughThePeerSaysLittle(Role role) {
        net.listener(role, Protection.CLEAR);
        Role other = MainNet.other(role);
        Host dialler = net.dialler(other, Protection.CLEAR, 0x1000, MainNet.DIALLER);
        int[] heard = {0};
        net.loss = seen -> seen.from().equals(MainNet.DIALLER) && heard[0]++ % 4 != 0;
        net.run(3_000);
        net.loss = seen -> false;
        net.seen.clear();
        net.run(1_000);

        assertThat(dialler.session.isConnected()).isTrue();
        assertThat(net.sentBy(MainNet.LISTENER)).anyMatch(s -> Frames.isKeepAlive(s.bytes()));
    }

    /** libRIST 0.2.7 reads no newer framing: one forged word must not silence its sender. */
    @Test
    void aForgedNewerVersionIsTakenBackWhenThePeerDoesNotSpeakIt() {
        Host sender = net.listener(Role.SENDER, Protection.CLEAR);
        Endpoint old = stranger(1);
        net.inject(sender, old, Frames.report(1, 0x3000));
        net.inject(sender, old, Frames.keepAlive(2, 1, 0));
        assertThat(versionTo(sender, old)).isEqualTo(2);
        for (int i = 0; i < 10; i++) {
            net.inject(sender, old, Frames.report(1, 0x3000));
            net.run(100);
        }
        assertThat(versionTo(sender, old)).isEqualTo(1);

        net.inject(sender, old, Frames.keepAlive(2, 2, 0)); // once mistaken
        assertThat(versionTo(sender, old)).isEqualTo(1);
    }

    private int versionTo(Host host, Endpoint peer) {
        for (int i = 0; i < 4; i++) {
            net.inject(host, peer, Frames.report(1, 0x3000));
        }
        net.seen.clear();
        net.run(120);
        return Frames.version(
                net.seen.stream()
                        .filter(s -> s.to().equals(peer))
                        .reduce((first, second) -> second)
                        .orElseThrow()
                        .bytes());
    }

    private void counted(Host target, Endpoint from, ByteBuffer datagram) {
        long before = total(target);
        net.inject(target, from, datagram);
        assertThat(total(target) - before).isEqualTo(1);
    }

    private static long total(Host host) {
        long total = 0;
        for (Verdict verdict : Verdict.values()) {
            total += host.session.counters().datagrams(verdict);
        }
        return total;
    }
}
