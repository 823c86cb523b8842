package io.rist4j.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.util.Objects.requireNonNull;

import io.rist4j.codec.rtp.RtpHeader;
import io.rist4j.core.address.Endpoint;
import io.rist4j.core.flow.ReceiverFlow;
import io.rist4j.core.flow.ReceiverFlowConfig;
import io.rist4j.core.flow.SenderCounters;
import io.rist4j.core.message.Verdict;
import io.rist4j.crypto.eap.EapCredentials;
import io.rist4j.crypto.host.Worker;
import io.rist4j.session.MainNet.Host;
import io.rist4j.session.MainNet.Protection;
import io.rist4j.session.guard.SecurityConfig;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** One session receives many flows, each by itself. */
class SeveralFlowsTest {
    private static final int PACKETS = 1_000;

    /** Profile and protection. */
    enum Way {
        SIMPLE(Profile.SIMPLE, Protection.CLEAR),
        MAIN(Profile.MAIN, Protection.CLEAR),
        PSK(Profile.MAIN, Protection.PSK),
        SRP(Profile.MAIN, Protection.SRP),
        PSK_AND_SRP(Profile.MAIN, Protection.PSK_AND_SRP);

        private final Profile profile;
        private final Protection protection;

        Way(Profile profile, Protection protection) {
            this.profile = profile;
            this.protection = protection;
        }
    }

    private final MainNet net = new MainNet();
    private final Random random = new Random(23);

    private static SessionConfig config(Way way, Role role, String name, PathConfig... paths) {
        boolean dialling = paths[0].contact() == PathConfig.Contact.DIAL;
        return SessionConfig.of(way.profile, role, name, List.of(paths))
                .withTunnel(TunnelConfig.of(way.protection.of(dialling)));
    }

    private static Endpoint[] sockets(Way way, Endpoint... media) {
        return way.profile == Profile.MAIN
                ? media
                : List.of(media).stream()
                        .flatMap(m -> List.of(m, m.withPort(m.port() + 1)).stream())
                        .toArray(Endpoint[]::new);
    }

    private Host receiver(Way way, int maxFlows) {
        SessionConfig config =
                config(way, Role.RECEIVER, "bob", PathConfig.listen(MainNet.LISTENER));
        return net.add(config.withMaxFlows(maxFlows), 0x4000, sockets(way, MainNet.LISTENER));
    }

    private Host sender(Way way, int ssrc, Endpoint at) {
        SessionConfig config = config(way, Role.SENDER, "alice", PathConfig.dial(MainNet.LISTENER));
        return net.add(config, ssrc, sockets(way, at));
    }

    @Test
    void theBuffersOfAllFlowsHaveOneBoundOfMemory() {
        long most = 1 << 20;
        SessionConfig config =
                config(Way.MAIN, Role.RECEIVER, "bob", PathConfig.listen(MainNet.LISTENER));
        Host receiver =
                net.add(
                        config.withReceiver(
                                        ReceiverFlowConfig.builder().maxMemoryBytes(most).build())
                                .withMaxFlows(8),
                        0x4000,
                        MainNet.LISTENER);
        int count = 5;
        for (int i = 0; i < count; i++) {
            Host sender = sender(Way.MAIN, 0x1000 * (i + 1), address(i));
            net.run(500);
            for (int k = 0; k < 900; k++) {
                ByteBuffer payload = ByteBuffer.allocate(1_316);
                sender.session.send(net.nowNs, net.nowNs, payload, 0, payload.limit());
                net.run(1);
            }
        }

        long held = 0;
        long early = 0;
        for (int i = 0; i < count; i++) {
            ReceiverFlow flow = requireNonNull(receiver.session.receiving().flow(i));
            held += flow.payloadMemoryBytes();
            early += flow.counters().earlyForMemory;
        }
        assertThat(held).isLessThanOrEqualTo(most + (2 + 2 * count) * (128L << 10));
        assertThat(early).isPositive();
    }

    private static Endpoint address(int number) {
        return MainNet.DIALLER.withPort(40_000 + 10 * number);
    }

    private static List<Integer> numbers(int first, int end) {
        return IntStream.range(first, end).boxed().toList();
    }

    private List<Integer> got(Host receiver, int flowId) {
        return receiver.sink.numbersByFlow.getOrDefault(flowId, List.of());
    }

    private static long duplicates(Host receiver, int index) {
        return requireNonNull(receiver.session.receiving().flow(index)).counters().duplicates;
    }

    @ParameterizedTest
    @EnumSource
    void everyFlowOfOnePortArrivesByItselfOverALossyLink(Way way) {
        Host receiver = receiver(way, 8);
        Host[] senders = new Host[3];
        for (int i = 0; i < senders.length; i++) {
            senders[i] = sender(way, 0x1000 * (i + 1), address(i));
        }
        net.run(1_000);
        net.loss = datagram -> random.nextInt(100) < 10;
        for (int i = 0; i < PACKETS; i++) {
            for (Host sender : senders) {
                net.send(sender, i);
            }
            net.run(2);
        }
        net.run(1_500);

        for (int i = 0; i < senders.length; i++) {
            assertThat(got(receiver, 0x1000 * (i + 1))).isEqualTo(numbers(0, PACKETS));
        }
        List<SessionEvent.FlowOpened> opened = receiver.events(SessionEvent.FlowOpened.class);
        assertThat(opened).hasSize(3);
        assertThat(opened).extracting(SessionEvent.FlowOpened::flow).containsExactly(0, 1, 2);
        String user = way.protection.of(true).credentials() == null ? "" : "alice";
        assertThat(opened).allSatisfy(o -> assertThat(o.identity().user()).isEqualTo(user));
        assertThat(receiver.events(SessionEvent.FlowRefused.class)).isEmpty();
        for (Host sender : senders) {
            assertThat(sender.session.sending().flow(0).counters().retransmitted()).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFlowOverTwoPathsIsOneFlowBesideAnother(Way way) {
        Endpoint second = MainNet.LISTENER.withPort(5_010);
        SessionConfig receiving =
                config(
                        way,
                        Role.RECEIVER,
                        "bob",
                        PathConfig.listen(MainNet.LISTENER),
                        PathConfig.listen(second));
        Host receiver =
                net.add(receiving.withMaxFlows(4), 0x4000, sockets(way, MainNet.LISTENER, second));
        SessionConfig bonded =
                config(
                        way,
                        Role.SENDER,
                        "alice",
                        PathConfig.dial(MainNet.LISTENER),
                        PathConfig.dial(second));
        Host twice = net.add(bonded, 0x1000, sockets(way, address(0), address(1)));
        Host once = sender(way, 0x2000, address(2));
        net.run(1_000);
        net.loss = datagram -> random.nextInt(100) < 5;
        for (int i = 0; i < PACKETS; i++) {
            net.send(twice, i);
            net.send(once, i);
            net.run(2);
        }
        net.run(1_500);

        assertThat(got(receiver, 0x1000)).isEqualTo(numbers(0, PACKETS));
        assertThat(got(receiver, 0x2000)).isEqualTo(numbers(0, PACKETS));
        assertThat(receiver.events(SessionEvent.FlowOpened.class)).hasSize(2);
        assertThat(duplicates(receiver, 0)).isPositive();
        assertThat(duplicates(receiver, 1)).isLessThan(PACKETS / 10);
    }

    @Test
    void aFlowThatFellSilentEndsAndComesAgain() {
        Host receiver = receiver(Way.MAIN, 4);
        Host first = sender(Way.MAIN, 0x1000, address(0));
        Host second = sender(Way.MAIN, 0x2000, address(1));
        net.run(500);
        for (int i = 0; i < 100; i++) {
            net.send(first, i);
            net.send(second, i);
            net.run(2);
        }
        first.isOn = false;
        for (int i = 100; i < 1_600; i++) {
            net.send(second, i);
            net.run(2);
        }
        assertThat(receiver.events(SessionEvent.FlowEnded.class))
                .containsExactly(new SessionEvent.FlowEnded(0, 0x1000));
        assertThat(got(receiver, 0x1000)).isEqualTo(numbers(0, 100));

        first.isOn = true;
        for (int i = 1_600; i < 2_600; i++) {
            net.send(first, i);
            net.send(second, i);
            net.run(2);
        }
        net.run(1_500);

        assertThat(receiver.events(SessionEvent.FlowOpened.class)).hasSize(3);
        assertThat(got(receiver, 0x1000)).endsWith(2_598, 2_599);
        assertThat(got(receiver, 0x2000)).isEqualTo(numbers(0, 2_600));
    }

    @Test
    void aFlowThatIsClosedStaysOutUntilItIsSilentAndLeavesOthersAlone() {
        Host receiver = receiver(Way.PSK, 4);
        Host first = sender(Way.PSK, 0x1000, address(0));
        Host second = sender(Way.PSK, 0x2000, address(1));
        net.run(500);
        for (int i = 0; i < 1_500; i++) {
            if (i == 1_000) {
                receiver.session.receiving().close(0);
            }
            net.send(first, i);
            net.send(second, i);
            net.run(2);
        }
        int taken = got(receiver, 0x1000).size();
        assertThat(taken).isBetween(400, 600);
        assertThat(receiver.session.receiving().flow(0)).isNull();
        assertThat(receiver.events(SessionEvent.FlowEnded.class)).isEmpty();
        first.isOn = false;
        net.run(3_000);
        assertThat(receiver.events(SessionEvent.FlowEnded.class))
                .contains(new SessionEvent.FlowEnded(0, 0x1000));
        first.isOn = true;
        for (int i = 0; i < 500; i++) {
            net.send(first, i);
            net.run(2);
        }
        net.run(1_500);

        assertThat(got(receiver, 0x1000).size()).isGreaterThan(taken + 400);
        assertThat(got(receiver, 0x2000)).isEqualTo(numbers(0, 1_500));
    }

    private void injectFlow(Host receiver, Endpoint from, int ssrc, int number) {
        net.inject(receiver, from, Frames.media(1, ssrc, number));
    }

    @Test
    void severalFlowsOfOneTunnelAreAskedForByTheirOwnNameAndPorts() {
        Host receiver = receiver(Way.MAIN, 4);
        Host sender = sender(Way.MAIN, 0x1000, address(0));
        net.run(500);
        net.seen.clear();
        for (int i = 0; i < 200; i++) {
            net.send(sender, i);
            if (i % 10 != 5) {
                injectFlow(receiver, address(0), 0x2000, i);
                net.inject(receiver, address(0), Frames.media(1, 0x3000, i, 2_000));
            }
            net.run(20);
        }
        net.run(1_500);

        assertThat(got(receiver, 0x1000)).isEqualTo(numbers(0, 200));
        assertThat(got(receiver, 0x2000)).hasSize(180);
        assertThat(got(receiver, 0x3000)).hasSize(180);
        List<ByteBuffer> reports =
                net.sentBy(MainNet.LISTENER).stream()
                        .map(MainNet.Seen::bytes)
                        .filter(SeveralFlowsTest::isControl)
                        .toList();
        assertThat(requestsFor(reports, 0x2000, 1_969)).isPositive();
        assertThat(requestsFor(reports, 0x3000, 2_001)).isPositive();
        assertThat(requestsFor(reports, 0x3000, 1_969)).isZero();
        assertThat(blocksFor(reports, 0x1000)).isGreaterThan(9);
        assertThat(blocksFor(reports, 0x2000)).isGreaterThan(9);
        assertThat(blocksFor(reports, 0x3000)).isGreaterThan(9);
    }

    private static int rtcpAt(ByteBuffer datagram) {
        int gre = (datagram.getShort(0) & 0x1000) != 0 ? 8 : 4;
        return gre + (Frames.version(datagram) < 2 ? 4 : 8);
    }

    private static boolean isControl(ByteBuffer datagram) {
        int at = rtcpAt(datagram);
        return datagram.capacity() > at + 8
                && !Frames.isKeepAlive(datagram)
                && RtpHeader.isRtcp(datagram, at, datagram.capacity() - at);
    }

    /** Requests that name a flow and leave from a virtual port. */
    private static long requestsFor(List<ByteBuffer> reports, int flowId, int port) {
        return reports.stream()
                .filter(b -> (b.getShort(rtcpAt(b) - 4) & 0xFFFF) == port)
                .filter(b -> has(b, 204, 4, flowId))
                .count();
    }

    /** Whether a packet of a type has this word. */
    private static boolean has(ByteBuffer b, int type, int offset, int word) {
        for (int at = rtcpAt(b);
                at + 12 <= b.capacity();
                at += 4 * ((b.getShort(at + 2) & 0xFFFF) + 1)) {
            if ((b.get(at + 1) & 0xFF) == type && b.getInt(at + offset) == word) {
                return true;
            }
        }
        return false;
    }

    private static long blocksFor(List<ByteBuffer> reports, int flowId) {
        return reports.stream().filter(b -> has(b, 201, 8, flowId)).count();
    }

    @Test
    void aThousandPeersBringAFlowEachToOnePort() {
        int peers = 1_000;
        Host receiver = receiver(Way.MAIN, peers);
        for (int i = 0; i < peers; i++) {
            Endpoint peer = Endpoint.ipv4(0x0B00_0001 + i, 7_000);
            net.inject(receiver, peer, Frames.report(1, 0x9000 + 2 * i));
            injectFlow(receiver, peer, 0x9000 + 2 * i, 0);
            injectFlow(receiver, peer, 0x9000 + 2 * i, 1);
            if (i % 50 == 49) {
                net.run(600); // strangers are let in one after the other
                keepAlive(receiver, i, 2 + i / 50);
            }
        }
        assertThat(receiver.events(SessionEvent.FlowOpened.class)).hasSize(peers);
        assertThat(receiver.session.paths(net.nowNs)).hasSize(peers);
        for (int i = 0; i < peers; i++) {
            assertThat(receiver.session.receiving().isBroughtBy(i, i)).as("peer %d", i).isTrue();
        }
        net.run(1_500);

        assertThat(receiver.sink.paths).hasSize(peers);
    }

    /** All peers so far go on, so that none of them is taken for gone. */
    private void keepAlive(Host receiver, int last, int number) {
        for (int i = 0; i <= last; i++) {
            Endpoint peer = Endpoint.ipv4(0x0B00_0001 + i, 7_000);
            injectFlow(receiver, peer, 0x9000 + 2 * i, number);
        }
    }

    @Test
    void aPeerWhoseAddressIsNotProvenBringsOneFlow() {
        Host receiver = receiver(Way.MAIN, 16);
        Endpoint stranger = Endpoint.ipv4(0x0B00_0001, 7_000);
        net.inject(receiver, stranger, Frames.report(1, 0x9000));
        for (int number = 0; number < 10; number++) {
            for (int flow = 0; flow < 8; flow++) {
                injectFlow(receiver, stranger, 0x9000 + 2 * flow, number);
            }
        }
        assertThat(receiver.events(SessionEvent.FlowOpened.class)).hasSize(1);
    }

    @Test
    void aFloodOfFlowsFromAProvenPeerIsBoundedAndLosesNoLiveFlow() {
        Host receiver = receiver(Way.MAIN, 8);
        Host sender = sender(Way.MAIN, 0x1000, address(0));
        Host flooder = sender(Way.MAIN, 0x2000, address(1));
        net.run(500);
        long[] refused = {0};
        for (int i = 0; i < PACKETS; i++) {
            net.send(sender, i);
            for (int flow = 0; flow < (i < 50 ? 0 : 10); flow++) {
                ByteBuffer media = Frames.media(1, random.nextInt() & ~1, i);
                if (net.inject(receiver, address(1), media) == Verdict.FOREIGN_FLOW) {
                    refused[0]++;
                }
            }
            net.run(2);
        }
        net.run(1_500);

        assertThat(got(receiver, 0x1000)).isEqualTo(numbers(0, PACKETS));
        assertThat(refused[0]).isGreaterThan(10 * (PACKETS - 50) - 100);
        assertThat(receiver.events(SessionEvent.FlowRefused.class)).hasSizeLessThan(3);
        assertThat(flooder.isOn).isTrue();
    }

    @Test
    void aFloodOfFlowsFromForgedSourcesLosesNoFlowOfAProvenPeer() {
        Host receiver = receiver(Way.MAIN, 8);
        Host sender = sender(Way.MAIN, 0x1000, address(0));
        net.run(500);
        for (int i = 0; i < PACKETS; i++) {
            net.send(sender, i);
            Endpoint forged = Endpoint.ipv4(0x0B00_0000 + i % 300, 7_000);
            int flowId = 0x10_0000 + 2 * (i % 300);
            net.inject(receiver, forged, Frames.report(1, flowId));
            injectFlow(receiver, forged, flowId, i);
            injectFlow(receiver, forged, flowId, i + 1);
            net.run(2);
        }
        Host late = sender(Way.MAIN, 0x2000, address(1));
        net.run(500);
        for (int i = 0; i < PACKETS; i++) {
            net.send(sender, PACKETS + i);
            net.send(late, i);
            net.run(2);
        }
        net.run(1_500);

        assertThat(got(receiver, 0x1000)).isEqualTo(numbers(0, 2 * PACKETS));
        assertThat(got(receiver, 0x2000)).isEqualTo(numbers(0, PACKETS));
    }

    @Test
    void whoeverProvedAnotherNameDoesNotAddToAFlow() {
        Host receiver = receiver(Way.SRP, 4);
        Host alice = sender(Way.SRP, 0x1000, address(0));
        net.run(500);
        for (int i = 0; i < 50; i++) {
            net.send(alice, i);
            net.run(2);
        }
        var proof = new EapCredentials("carol".toCharArray(), "mainprofile".toCharArray());
        SessionConfig config =
                config(Way.SRP, Role.SENDER, "carol", PathConfig.dial(MainNet.LISTENER))
                        .withTunnel(TunnelConfig.of(SecurityConfig.NONE.withCredentials(proof)));
        Host carol = net.add(config, 0x1000, address(1));
        net.run(500);
        for (int i = 50; i < 200; i++) {
            net.send(alice, i);
            net.send(carol, 10_000 + i);
            net.run(2);
        }
        net.run(1_500);

        assertThat(receiver.session.paths(net.nowNs))
                .extracting(PathSnapshot::user)
                .containsExactlyInAnyOrder("alice", "carol");
        assertThat(got(receiver, 0x1000)).isEqualTo(numbers(0, 200));
        assertThat(receiver.session.counters().datagrams(Verdict.FOREIGN_FLOW))
                .isGreaterThanOrEqualTo(150);
        assertThat(receiver.session.counters().datagrams(Verdict.DUPLICATE)).isLessThan(10);
    }

    @Test
    void aFlowThatIsNotAdmittedIsAskedAboutOnce() {
        var asked = new ArrayList<FlowIdentity>();
        var sink = new RecordingSink();
        SessionConfig config =
                config(Way.MAIN, Role.RECEIVER, "bob", PathConfig.listen(MainNet.LISTENER));
        var admission =
                new SessionServices.Admission() {
                    @Override
                    public boolean admits(Newcomer newcomer) {
                        return true;
                    }

                    @Override
                    public boolean admitsFlow(FlowIdentity identity) {
                        asked.add(identity);
                        return identity.virtualDestinationPort() == 2_000;
                    }
                };
        var services = new SessionServices(Worker.inline(), random::nextBytes, admission);
        Session session =
                Session.assemble(
                        config.withMaxFlows(4),
                        new SessionIdentity(0x4000, 0, 0x5551),
                        services,
                        sink);
        session.start(0, 0);
        Endpoint peer = address(0);
        take(session, peer, Frames.report(1, 0x1000));
        for (int number = 0; number < 10; number++) {
            take(session, peer, Frames.media(1, 0x1000, number));
            take(session, peer, Frames.media(1, 0x2000, number, 2_000));
        }

        assertThat(asked).extracting(FlowIdentity::flowId).containsExactly(0x1000, 0x2000);
        assertThat(asked).extracting(FlowIdentity::canonicalName).containsOnly("eve");
        assertThat(sink.events)
                .filteredOn(SessionEvent.FlowOpened.class::isInstance)
                .containsExactly(new SessionEvent.FlowOpened(1, asked.get(1)));
    }

    private static void take(Session session, Endpoint from, ByteBuffer datagram) {
        session.onDatagram(0, 0, 0, from, datagram, 0, datagram.capacity());
    }

    @Test
    void aSenderHasOneFlow() {
        SessionConfig sending =
                config(Way.MAIN, Role.SENDER, "alice", PathConfig.dial(MainNet.LISTENER));
        assertThatThrownBy(() -> sending.withMaxFlows(2))
                .hasMessage("maxFlows 2 is outside 1..1 flows");
        SessionConfig receiving =
                config(Way.MAIN, Role.RECEIVER, "bob", PathConfig.listen(MainNet.LISTENER));
        assertThatThrownBy(() -> receiving.withMaxFlows(4_097))
                .hasMessage("maxFlows 4097 is outside 1..4096 flows");
    }

    @ParameterizedTest
    @EnumSource
    void aSenderOfSeveralFlowsRepeatsToEachWhatItLacks(Way way) {
        Host receiver = receiver(way, 8);
        Host sender = sender(way, 0x1000, address(0));
        int second =
                sender.session.openFlow(net.nowNs, new SenderFlowPlan(0x2000, 7, 32_771, 2_000));
        int third =
                sender.session.openFlow(
                        net.nowNs, new SenderFlowPlan(0x3000, 65_530, 32_773, 3_000));
        net.run(1_000);
        net.loss = datagram -> random.nextInt(100) < 10;
        for (int i = 0; i < PACKETS; i++) {
            for (int flow = 0; flow < 3; flow++) {
                ByteBuffer payload = ByteBuffer.allocate(188).putInt(0, i);
                sender.session.send(net.nowNs, flow, net.nowNs, payload, 0, 188);
            }
            net.run(2);
        }
        net.run(1_500);

        assertThat(List.of(second, third)).containsExactly(1, 2);
        for (int flow = 0; flow < 3; flow++) {
            assertThat(got(receiver, 0x1000 * (flow + 1))).isEqualTo(numbers(0, PACKETS));
            SenderCounters counters = sender.session.sending().flow(flow).counters();
            assertThat(counters.retransmitted()).isBetween(PACKETS / 20L, PACKETS / 2L);
        }
        assertThat(receiver.events(SessionEvent.FlowOpened.class))
                .extracting(o -> o.identity().virtualDestinationPort())
                .containsExactlyInAnyOrderElementsOf(
                        way.profile == Profile.MAIN
                                ? List.of(1_968, 2_000, 3_000)
                                : List.of(0, 0, 0));
        assertThat(receiver.session.paths(net.nowNs)).hasSize(1);
        assertThatThrownBy(() ->
                        sender.session.openFlow(net.nowNs, new SenderFlowPlan(0x2000, 0, 0, 0)))
                .hasMessage("flowId 0x2000 is in use");
    }

    @Test
    void sixtyFourSendersOfOneAddressAreAllReceived() {
        Host receiver = receiver(Way.PSK, 64);
        var senders = new ArrayList<Host>();
        for (int i = 0; i < 64; i++) {
            senders.add(sender(Way.PSK, 0x1000 * (i + 1), address(i)));
        }
        net.run(2_000);
        for (int i = 0; i < 100; i++) {
            for (Host sender : senders) {
                net.send(sender, i);
            }
            net.run(5);
        }
        net.run(1_500);
        for (int i = 0; i < 64; i++) {
            assertThat(got(receiver, 0x1000 * (i + 1))).isEqualTo(numbers(0, 100));
        }
        assertThat(receiver.events(SessionEvent.FlowOpened.class)).hasSize(64);
    }

    @ParameterizedTest
    @EnumSource
    void severalFlowsOfOneSenderAreWholeFromTheMomentItIsConnected(Way way) {
        Host receiver = receiver(way, 8);
        Host sender = sender(way, 0x1000, address(0));
        for (int i = 1; i < 4; i++) {
            int flowId = 0x1000 * (i + 1);
            sender.session.openFlow(
                    net.nowNs, new SenderFlowPlan(flowId, 7, 32_769 + 2 * i, 2_000));
        }
        while (!sender.session.isConnected()) {
            net.run(1);
        }
        for (int i = 0; i < PACKETS; i++) {
            for (int flow = 0; flow < 4; flow++) {
                ByteBuffer payload = ByteBuffer.allocate(188).putInt(0, i);
                sender.session.send(net.nowNs, flow, net.nowNs, payload, 0, 188);
            }
            net.run(1);
        }
        net.run(1_500);

        for (int flow = 0; flow < 4; flow++) {
            assertThat(got(receiver, 0x1000 * (flow + 1))).isEqualTo(numbers(0, PACKETS));
        }
        assertThat(receiver.session.paths(net.nowNs)).hasSize(1);
    }
}
