package io.rist4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.gre.ProtocolTypes;
import io.rist4j.codec.rtcp.RtcpWriter;
import io.rist4j.core.address.Endpoint;
import io.rist4j.core.flow.ReceiverFlowConfig;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.NtpTime;
import io.rist4j.session.MainNet.Host;
import io.rist4j.session.MainNet.Protection;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What reports of others, in anybody's name, tell a session: nothing of its own flow. */
class HostileReportsTest {
    private static final long MS = MainNet.MS;
    private static final int DISCONNECT = 0x0080;
    private static final int RECONNECT = 0x0040;
    private static final Endpoint STRANGER = Endpoint.ipv4(0x0B000001, 6_000);

    private final MainNet net = new MainNet();

    private static long ntp(long unixNs) {
        return NtpTime.ofUnixNs(unixNs);
    }

    /** When packets are delivered by RTC timing, beside what a stranger does. */
    private static List<Long> deliveries(Attack attack) {
        var net = new MainNet();
        SessionConfig config =
                MainNet.config(
                                Role.RECEIVER,
                                "bob",
                                Protection.CLEAR,
                                PathConfig.listen(MainNet.LISTENER))
                        .withReceiver(
                                ReceiverFlowConfig.builder()
                                        .timing(ReceiverFlowConfig.Timing.RTC)
                                        .build());
        Host receiver = net.add(config, 0x4000, MainNet.LISTENER);
        attack.run(net, receiver);
        Host sender = net.dialler(Role.SENDER, Protection.CLEAR, 0x1000, MainNet.DIALLER);
        attack.run(net, receiver);
        net.run(300);
        for (int i = 0; i < 100; i++) {
            net.send(sender, i);
            attack.run(net, receiver);
            net.run(5);
        }
        net.run(4_000);
        assertThat(receiver.sink.delivered).hasSize(100);
        return receiver.sink.dueNs;
    }

    private interface Attack {
        void run(MainNet net, Host receiver);
    }

    private static ByteBuffer lie(int ssrc) {
        return Frames.senderReport(1, ssrc, ntp(MainNet.WALL_NS + 2_000 * MS), 0);
    }

    @Test
    void aReportOfAnotherPathOrFlowDoesNotReachTheTiming() {
        List<Long> undisturbed = deliveries((net, receiver) -> {});
        List<Long> byStranger =
                deliveries((net, receiver) -> net.inject(receiver, STRANGER, lie(0x1000)));
        List<Long> ofAnotherFlow =
                deliveries((net, receiver) -> net.inject(receiver, MainNet.DIALLER, lie(0x6600)));
        assertThat(byStranger).isEqualTo(undisturbed);
        assertThat(ofAnotherFlow).isEqualTo(undisturbed);
    }

    /** What a receiver reports as last heard of its sender: half of an NTP timestamp, or 0. */
    private List<Integer> lastReportsHeard(Endpoint receiver) {
        var heard = new ArrayList<Integer>();
        for (MainNet.Seen seen : net.sentBy(receiver)) {
            ByteBuffer b = seen.bytes();
            int at = Frames.reducedBodyAt(b);
            if (at > 0 && (b.getShort(at) & 0xFFFF) == 0x81C9) {
                heard.add(b.getInt(at + 24));
            }
        }
        return heard;
    }

    @Test
    void aReportOfAnotherFlowIsNotTheLastOneHeard() {
        Host receiver = net.listener(Role.RECEIVER, Protection.CLEAR);
        Host sender = net.dialler(Role.SENDER, Protection.CLEAR, 0x1000, MainNet.DIALLER);
        net.run(500);
        net.seen.clear();
        int lie = (int) (ntp(MainNet.WALL_NS + 2_000 * MS) >>> 16);
        net.stream(
                sender,
                300,
                () -> {
                    net.inject(receiver, MainNet.DIALLER, lie(0x6600));
                    net.inject(receiver, STRANGER, lie(0x1000));
                });
        net.run(1_500);

        assertThat(lastReportsHeard(MainNet.LISTENER))
                .hasSizeGreaterThan(5)
                .doesNotContain(lie)
                .last()
                .isNotEqualTo(0);
    }

    /** A report with a block that measures a round trip of 10 s. */
    private static ByteBuffer block(int ssrc, int sourceSsrc, int lastSr, long highest) {
        var b = ByteBuffer.allocate(128);
        int at = Frames.reducedHead(b, 1, 1_969);
        at += RtcpWriter.receiverReport(b, at, ssrc, sourceSsrc, 0, 0, highest, 0, lastSr, 0);
        at += RtcpWriter.canonicalName(b, at, ssrc, new byte[] {'e', 'v', 'e'});
        return Frames.cut(b, at);
    }

    /** How often a receiver gets the last packet while a stranger says that he lacks it. */
    private static long copiesOfTheLastPacket(boolean isLiedTo) {
        var net = new MainNet();
        Host sender = net.listener(Role.SENDER, Protection.CLEAR);
        net.dialler(Role.RECEIVER, Protection.CLEAR, 0x1000, MainNet.DIALLER);
        net.run(500);
        for (int i = 0; i < 100; i++) {
            net.send(sender, i);
            if (isLiedTo) {
                net.inject(sender, STRANGER, block(0x6600, 0x4000, 0, 65_500 + i - 1));
            }
            net.run(2);
        }
        net.seen.clear();
        for (int i = 0; i < 20; i++) {
            if (isLiedTo) {
                net.inject(sender, STRANGER, block(0x6600, 0x4000, 0, 65_598));
            }
            net.run(50);
        }
        return net.sentBy(MainNet.LISTENER).stream()
                .filter(s -> s.to().equals(MainNet.DIALLER) && s.bytes().capacity() > 188)
                .count();
    }

    @Test
    void aBlockOfAnAddressThatIsNotProvenSaysNothingOfTheLastPacket() {
        assertThat(copiesOfTheLastPacket(true)).isEqualTo(copiesOfTheLastPacket(false));
    }

    @Test
    void aBlockOfAnotherSourceMeasuresNoRoundTrip() {
        Host sender =
                net.add(
                        MainNet.config(
                                Role.SENDER,
                                "bob",
                                Protection.CLEAR,
                                PathConfig.dial(MainNet.LISTENER)),
                        0x1000,
                        MainNet.DIALLER);
        net.run(500);
        int lastSr = 0;
        for (MainNet.Seen seen : net.sentBy(MainNet.DIALLER)) {
            int at = Frames.reducedBodyAt(seen.bytes());
            if (at > 0 && (seen.bytes().getShort(at) & 0xFFFF) == 0x80C8) {
                lastSr = (int) (seen.bytes().getLong(at + 8) >>> 16);
            }
        }
        assertThat(lastSr).isNotZero();
        net.inject(sender, MainNet.LISTENER, block(0x5551, 0x6600, lastSr, 1));
        assertThat(sender.session.pathTable().rtt(0).isKnown()).isFalse();
        net.inject(sender, MainNet.LISTENER, block(0x5551, 0x1000, lastSr, 1));
        assertThat(sender.session.pathTable().rtt(0).isKnown()).isTrue();
    }

    @Test
    void outOfBandDatagramsOfAnAddressThatIsNotProvenAreCountedAndDropped() {
        Host receiver = net.listener(Role.RECEIVER, Protection.CLEAR);
        net.inject(receiver, STRANGER, Frames.report(1, 0x6600));
        for (int i = 0; i < 10; i++) {
            net.inject(receiver, STRANGER, Frames.outOfBand(1, i, ProtocolTypes.IP, "evil"));
        }
        assertThat(receiver.sink.outOfBand).isEmpty();
        assertThat(receiver.session.counters().datagrams(Verdict.UNPROVEN)).isEqualTo(10);
        assertThat(receiver.session.counters().outOfBandReceived).isZero();

        net.prove(receiver, STRANGER, 0x6600);
        net.inject(receiver, STRANGER, Frames.outOfBand(1, 11, ProtocolTypes.IP, "good"));
        assertThat(receiver.sink.outOfBand).containsExactly("0800 good");
        assertThat(receiver.session.counters().outOfBandReceived).isEqualTo(1);
        assertThat(receiver.session.counters().datagrams(Verdict.UNPROVEN)).isEqualTo(10);
    }

    @Test
    void nobodyIsNamedByAnother() {
        Host receiver = net.listener(Role.RECEIVER, Protection.CLEAR);
        Host sender = net.dialler(Role.SENDER, Protection.CLEAR, 0x1000, MainNet.DIALLER);
        net.run(500);
        var b = ByteBuffer.allocate(128);
        int at = Frames.reducedHead(b, 1, 1_969);
        at += RtcpWriter.emptyReceiverReport(b, at, 0x1000);
        at += RtcpWriter.canonicalName(b, at, 0x6600, new byte[] {'e', 'v', 'e'});
        net.inject(receiver, MainNet.DIALLER, Frames.cut(b, at));
        assertThat(receiver.session.paths(net.nowNs).get(0).peerName()).isEqualTo("alice");
        assertThat(sender.isOn).isTrue();
    }

    @Test
    void noMoreEchoRequestsOfOneDatagramAreAnsweredThanItMayHold() {
        Host receiver = net.listener(Role.RECEIVER, Protection.CLEAR);
        net.dialler(Role.SENDER, Protection.CLEAR, 0x1000, MainNet.DIALLER);
        net.run(500);
        long before = receiver.session.counters().controlDatagramsSent;
        var b = ByteBuffer.allocate(1_400);
        int at = Frames.reducedHead(b, 1, 1_969);
        at += RtcpWriter.emptyReceiverReport(b, at, 0x1000);
        at += RtcpWriter.canonicalName(b, at, 0x1000, new byte[] {'a'});
        for (int i = 0; i < 50; i++) {
            at += RtcpWriter.echoRequest(b, at, 0x1000, 77 + i);
        }
        net.inject(receiver, MainNet.DIALLER, Frames.cut(b, at));
        assertThat(receiver.session.counters().controlDatagramsSent - before).isEqualTo(2);
    }

    private String nameAfter(Host receiver, String name) {
        var b = ByteBuffer.allocate(128);
        int at = Frames.reducedHead(b, 1, 1_969);
        at += RtcpWriter.emptyReceiverReport(b, at, 0x1000);
        at += RtcpWriter.canonicalName(b, at, 0x1000, name.getBytes(StandardCharsets.US_ASCII));
        net.inject(receiver, MainNet.DIALLER, Frames.cut(b, at));
        return receiver.session.paths(net.nowNs).get(0).peerName();
    }

    @Test
    void aPeerIsCalledWhatItSaidLast() {
        Host receiver = net.listener(Role.RECEIVER, Protection.CLEAR);
        net.dialler(Role.SENDER, Protection.CLEAR, 0x1000, MainNet.DIALLER);
        net.run(500);
        assertThat(nameAfter(receiver, "alice")).isEqualTo("alice");
        assertThat(nameAfter(receiver, "alicf")).isEqualTo("alicf");
        assertThat(nameAfter(receiver, "ali")).isEqualTo("ali");
        assertThat(nameAfter(receiver, "bob")).isEqualTo("bob");
        assertThat(nameAfter(receiver, "alicia")).isEqualTo("alicia");
    }

    @Test
    void whoSaidGoodbyeAnswersNothing() {
        Host receiver = net.listener(Role.RECEIVER, Protection.CLEAR);
        Host sender = net.dialler(Role.SENDER, Protection.CLEAR, 0x1000, MainNet.DIALLER);
        net.run(500);
        sender.isOn = false;
        receiver.session.close(net.nowNs);
        assertThat(receiver.sink.take()).isNotEmpty();
        net.seen.clear();
        net.inject(receiver, MainNet.DIALLER, Frames.report(1, 0x1000));
        assertThat(net.seen).isEmpty();
    }

    @Test
    void reportsCountAsControlAndMediaDoesNot() {
        Host receiver = net.listener(Role.RECEIVER, Protection.CLEAR);
        net.inject(receiver, STRANGER, Frames.report(1, 0x6600));
        net.inject(receiver, STRANGER, Frames.keepAlive(1, 1, 0));
        net.inject(receiver, STRANGER, Frames.media(1, 0x6600, 1));

        assertThat(receiver.session.counters().controlDatagramsReceived).isEqualTo(2);
        assertThat(receiver.session.pathTable().counters(0).receivedControl()).isEqualTo(2);
        assertThat(receiver.session.pathTable().counters(0).receivedPackets()).isEqualTo(1);
    }

    @Test
    void aPeerIsThereByItsReportsAlone() {
        Host receiver = net.listener(Role.RECEIVER, Protection.CLEAR);
        net.dialler(Role.SENDER, Protection.CLEAR, 0x1000, MainNet.DIALLER);
        net.run(500);

        assertThat(receiver.session.isConnected()).isTrue();
        assertThat(receiver.session.pathTable().rtt(0).isKnown()).isTrue();
    }

    @Test
    void whoeverProvesItsAddressIsGreetedOnce() {
        Host receiver = net.listener(Role.RECEIVER, Protection.CLEAR);
        net.prove(receiver, STRANGER, 0x6600);

        assertThat(net.sentBy(MainNet.LISTENER))
                .filteredOn(s -> s.to().equals(STRANGER) && Frames.isKeepAlive(s.bytes()))
                .hasSize(3);
    }

    /** How many of ten keep-alive messages at once are answered by one with the same flag. */
    private int answered(Host receiver, int flag) {
        net.seen.clear();
        for (int i = 0; i < 10; i++) {
            net.inject(receiver, STRANGER, Frames.keepAlive(1, i, flag));
        }
        return (int)
                net.sentBy(MainNet.LISTENER).stream()
                        .filter(s -> Frames.isKeepAlive(s.bytes()))
                        .filter(s -> (Frames.keepAliveFlags(s.bytes()) & flag) != 0)
                        .count();
    }

    private void keepThere(Host receiver, int milliseconds) {
        for (int i = 0; i < milliseconds; i += 100) {
            net.run(100);
            net.inject(receiver, STRANGER, Frames.keepAlive(1, i, 0));
        }
    }

    @Test
    void goodbyesAreAnsweredThreeTimesUntilTheNextKeepAlive() {
        Host receiver = net.listener(Role.RECEIVER, Protection.CLEAR);
        net.prove(receiver, STRANGER, 0x6600);
        assertThat(answered(receiver, DISCONNECT)).isEqualTo(3);
        assertThat(answered(receiver, DISCONNECT)).isZero();
        keepThere(receiver, 1_200);
        assertThat(answered(receiver, DISCONNECT)).isEqualTo(3);
    }

    @Test
    void aReconnectIsAnsweredOnceInTenSeconds() {
        Host receiver = net.listener(Role.RECEIVER, Protection.CLEAR);
        net.prove(receiver, STRANGER, 0x6600);
        assertThat(answered(receiver, RECONNECT)).isEqualTo(1);
        keepThere(receiver, 9_900);
        assertThat(answered(receiver, RECONNECT)).isZero();
        net.run(99);
        assertThat(answered(receiver, RECONNECT)).isZero();
        net.run(1);
        assertThat(answered(receiver, RECONNECT)).isEqualTo(1);
    }
}
