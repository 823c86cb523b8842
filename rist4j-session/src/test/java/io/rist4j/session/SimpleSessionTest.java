package io.rist4j.session;

import static io.rist4j.session.TwoEnds.MS;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.Wake;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class SimpleSessionTest {
    private static final int SR = 200;
    private static final int RR = 201;
    private static final int SDES = 202;
    private static final int BYE = 203;
    private static final int APP = 204;

    private static ByteBuffer payload(int number) {
        return ByteBuffer.allocate(188).putInt(0, number);
    }

    private static List<TwoEnds.Seen> control(TwoEnds ends, boolean fromDialler) {
        return ends.seen.stream()
                .filter(s -> s.fromDialler() == fromDialler && s.datagram().isRtcp())
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void mediaCrossesWhoeverDials(Role diallerRole) {
        var ends = new TwoEnds(diallerRole);
        ends.start();
        ends.runUntil(300 * MS);
        for (int i = 0; i < 500; i++) {
            ends.send(payload(i));
            ends.runUntil(ends.nowNs + 2 * MS);
        }
        ends.runUntil(ends.nowNs + 1_200 * MS);
        assertThat(ends.receiverSink().delivered).hasSize(500);
        for (int i = 1; i < 500; i++) {
            assertThat(ends.receiverSink().delivered.get(i))
                    .isEqualTo(ends.receiverSink().delivered.get(0) + i);
        }
        assertThat(ends.receiver().isDrained(ends.nowNs)).isTrue();
    }

    private static void stream(TwoEnds ends, int packets) {
        for (int i = 0; i < packets; i++) {
            ends.send(payload(i));
            ends.runUntil(ends.nowNs + 2 * MS);
        }
    }

    @Test
    void aSenderIsDrainedWhenItsReceiverReportsThatItHasAll() {
        var ends = new TwoEnds(Role.SENDER);
        ends.start();
        ends.runUntil(300 * MS);
        stream(ends, 1_000);
        assertThat(ends.dialler.isDrained(ends.nowNs)).isFalse();
        long lastNs = ends.nowNs;
        ends.runUntil(lastNs + 500 * MS);

        assertThat(ends.dialler.isDrained(ends.nowNs)).isTrue();
        assertThat(ends.dialler.sending().drainedNs(ends.nowNs))
                .isBetween(lastNs, lastNs + 500 * MS);
    }

    @Test
    void aSenderWaitsForWhatWasLostLately() {
        var ends = new TwoEnds(Role.SENDER);
        ends.start();
        ends.runUntil(300 * MS);
        stream(ends, 1_000);
        ends.loss = (fromDialler, datagram) -> fromDialler && !datagram.isRtcp();
        stream(ends, 1);
        ends.loss = (fromDialler, datagram) -> false;
        stream(ends, 1);
        long lastNs = ends.nowNs;
        ends.runUntil(lastNs + 500 * MS);
        assertThat(ends.dialler.isDrained(ends.nowNs)).isFalse();
        ends.runUntil(lastNs + 1_000 * MS);
        assertThat(ends.dialler.isDrained(ends.nowNs)).isTrue();
    }

    @Test
    void aSenderWaitsForAReceiverThatIsSilent() {
        var ends = new TwoEnds(Role.SENDER);
        ends.start();
        ends.runUntil(300 * MS);
        stream(ends, 1_000);
        ends.loss = (fromDialler, datagram) -> !fromDialler;
        stream(ends, 1);
        ends.runUntil(ends.nowNs + 500 * MS);
        assertThat(ends.dialler.isDrained(ends.nowNs)).isFalse();
    }

    @Test
    void lossBothWaysIsRepaired() {
        var random = new Random(7);
        var ends = new TwoEnds(Role.SENDER);
        ends.loss = (fromDialler, datagram) -> random.nextInt(100) < 20;
        ends.start();
        for (int i = 0; i < 2_000; i++) {
            ends.send(payload(i));
            ends.runUntil(ends.nowNs + MS);
        }
        ends.runUntil(ends.nowNs + 1_500 * MS);
        assertThat(ends.receiverSink().delivered).hasSize(2_000);
    }

    @Test
    void trapT1TheSenderGreetsBeforeMediaAndRepeatsItsGreeting() {
        var ends = new TwoEnds(Role.SENDER);
        ends.start();
        assertThat(ends.seen).hasSize(1);
        assertThat(ends.seen.get(0).datagram().rtcpTypes()).containsExactly(SR, SDES, APP);
        assertThat(ends.seen.get(0).datagram().to()).isEqualTo(TwoEnds.LISTENER.withPort(5_001));
        ends.runUntil(60 * MS);
        assertThat(control(ends, true).size()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void aSenderGreetsQuicklyBesideItsMediaUntilItsReceiverIsHeard() {
        var ends = new TwoEnds(Role.SENDER);
        ends.loss = (fromDialler, datagram) -> fromDialler && datagram.isRtcp();
        ends.start();
        for (int i = 0; i < 500; i++) {
            ends.send(payload(i));
            ends.runUntil(ends.nowNs + MS);
        }
        int unheard = control(ends, true).size();
        assertThat(unheard).isGreaterThan(20);
        ends.loss = (fromDialler, datagram) -> false;
        for (int i = 0; i < 500; i++) {
            ends.send(payload(i));
            ends.runUntil(ends.nowNs + MS);
        }
        // heard: reports every 90 ms, and answers to the receiver's
        assertThat(control(ends, true).size() - unheard).isLessThan(22);
    }

    @Test
    void repeatsTheLastPacketUntilItsReceiverHasIt() {
        var random = new Random(5);
        var ends = new TwoEnds(Role.SENDER);
        ends.start();
        for (int i = 0; i < 1_000; i++) {
            if (i == 990) {
                ends.loss =
                        (fromDialler, datagram) ->
                                !datagram.isRtcp()
                                        && (ends.nowNs < 1_400 * MS || random.nextInt(2) == 0);
            }
            ends.send(payload(i));
            ends.runUntil(ends.nowNs + MS);
        }
        ends.runUntil(ends.nowNs + 2_000 * MS);
        assertThat(ends.receiverSink().delivered).hasSize(1_000);
        assertThat(ends.sender().sending().flow(0).counters().tailRepairs()).isBetween(3L, 18L);
    }

    @Test
    void theLongestRoundTripOfAllPathsSpacesTailRepair() {
        var sink = new RecordingSink();
        Session sender =
                Session.assemble(
                        SessionConfig.of(
                                Profile.SIMPLE,
                                Role.SENDER,
                                "alice",
                                List.of(
                                        PathConfig.dial(TwoEnds.LISTENER),
                                        PathConfig.dial(TwoEnds.LISTENER.withPort(6_000)))),
                        new SessionIdentity(0x1000, 0, 0x2221),
                        sink);
        sender.start(0, 0);
        // both answer the request of time 0 (which says 1): after 200 ms, after 170 ms of 210 ms
        answer(sender, 200 * MS, 3, 6_001, "00000000");
        answer(sender, 210 * MS, 1, 5_001, "00029810");
        sender.send(220 * MS, 220 * MS, payload(0), 0, 188);
        assertThat(Wake.of(sender.sending().flow(0)::wakes).deadlineNs())
                .isBetween(519 * MS, 520 * MS);
    }

    private static void answer(
            Session sender, long nowNs, int socket, int port, String delayMicroseconds) {
        ByteBuffer answer =
                hex(
                        "80c9000100000009 81ca000300000009 0103626f62000000"
                                + "83cc000500001000 52495354 0000000000000001"
                                + delayMicroseconds);
        sender.onDatagram(
                nowNs, nowNs, socket, TwoEnds.LISTENER.withPort(port), answer, 0, answer.limit());
    }

    @Test
    void strangersWhoIntroduceThemselvesDoNotShutOutASenderThatComesBack() {
        var ends = new TwoEnds(Role.SENDER);
        ends.start();
        ends.runUntil(200 * MS);
        for (int i = 0; i < 100; i++) {
            ends.send(payload(i));
            ends.runUntil(ends.nowNs + MS);
        }
        ByteBuffer greeting = hex("80c9000100000009 81ca000300000009 0105616c69636500");
        for (int i = 0; i < 500; i++) {
            ends.listener.onDatagram(
                    ends.nowNs,
                    ends.nowNs,
                    1,
                    Endpoint.ipv4(0x0A000001 + i, 9_001),
                    greeting,
                    0,
                    greeting.limit());
        }
        ends.send(payload(100));
        ends.runUntil(ends.nowNs + 1_500 * MS);
        assertThat(ends.listenerSink.delivered).hasSize(101);
        // and from another address, as after a change of its network
        ByteBuffer media = ByteBuffer.allocate(200).put(0, (byte) 0x80).put(1, (byte) 33);
        media.putInt(8, 0x1000).putShort(2, (short) (65_500 + 101));
        Endpoint elsewhere = Endpoint.ipv4(0x0B000001, 7_000);
        ends.listener.onDatagram(
                ends.nowNs, ends.nowNs, 1, elsewhere, greetingOf(0x1000), 0, greeting.limit());
        assertThat(ends.listener.onDatagram(ends.nowNs, ends.nowNs, 0, elsewhere, media, 0, 200))
                .isNotEqualTo(Verdict.STRANGER);
    }

    private static ByteBuffer greetingOf(int ssrc) {
        ByteBuffer greeting = hex("80c9000100000009 81ca000300000009 0105616c69636500");
        return greeting.putInt(4, ssrc).putInt(12, ssrc);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void reportsComeAtMostOneHundredMillisecondsApart(Role diallerRole) {
        var ends = new TwoEnds(diallerRole);
        ends.start();
        ends.runUntil(5_000 * MS);
        for (boolean fromDialler : new boolean[] {true, false}) {
            long lastNs = -1;
            for (TwoEnds.Seen seen : control(ends, fromDialler)) {
                int first = seen.datagram().rtcpTypes().get(0);
                assertThat(first).isIn(SR, RR);
                assertThat(seen.datagram().rtcpTypes().get(1)).isEqualTo(SDES);
                if (lastNs >= 0) {
                    assertThat(seen.atNs() - lastNs).isLessThanOrEqualTo(100 * MS);
                }
                lastNs = seen.atNs();
            }
            assertThat(lastNs).isGreaterThan(4_890 * MS);
        }
    }

    /** What a session costs that has a peer and no media: datagrams, and rounds for them. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withoutMediaAnEndSaysTwelveThingsASecond(boolean ofDialler) {
        var ends = new TwoEnds(Role.SENDER);
        ends.start();
        ends.runUntil(3_000 * MS);
        ends.seen.clear();
        ends.runUntil(13_000 * MS);

        List<TwoEnds.Seen> said = control(ends, ofDialler);
        assertThat(said).as("reports, and an answer a second").hasSizeBetween(110, 125);
        assertThat(said.stream().filter(s -> echoes(s, 2)).count()).isBetween(9L, 11L);
        assertThat(said.stream().filter(s -> echoes(s, 3)).count()).isBetween(9L, 11L);
    }

    private static boolean echoes(TwoEnds.Seen seen, int subtype) {
        RecordingSink.Datagram datagram = seen.datagram();
        int at = datagram.length() - 24;
        return datagram.rtcpTypes().getLast() == APP && (datagram.octet(at) & 0x1F) == subtype;
    }

    @Test
    void trapT3AnEchoIsAnsweredWithItsOwnSsrcAndTimestamp() {
        var ends = new TwoEnds(Role.SENDER);
        ends.start();
        ends.runUntil(200 * MS);
        ByteBuffer request =
                hex(
                        "80c9000100000009 81ca000300000009 0105616c69636500 82cc000500000009 52495354 83aa81a5204fabf1 0cdf6f06");
        ends.dialler.onDatagram(
                ends.nowNs,
                ends.nowNs - 3 * MS,
                1,
                TwoEnds.LISTENER.withPort(5_001),
                request,
                0,
                request.limit());
        RecordingSink.Datagram answer = ends.diallerSink.take().get(0);
        assertThat(answer.rtcpTypes()).containsExactly(RR, SDES, APP);
        int at = answer.length() - 24;
        assertThat(answer.octet(at)).isEqualTo(0x83);
        assertThat(answer.bytes().getInt(at + 4)).isEqualTo(9);
        assertThat(answer.bytes().getLong(at + 12)).isEqualTo(0x83aa81a5204fabf1L);
        assertThat(answer.bytes().getInt(at + 20)).as("own delay in microseconds").isEqualTo(3_000);
    }

    @Test
    void trapT5AReceiverReportsUnderAnSsrcOfItsOwn() {
        var ends = new TwoEnds(Role.SENDER);
        ends.start();
        ends.send(payload(0));
        ends.runUntil(500 * MS);
        for (TwoEnds.Seen seen : control(ends, false)) {
            assertThat(seen.datagram().bytes().getInt(4)).isEqualTo(0x5551);
        }
    }

    @Test
    void trapT43ReportsUnderOurOwnSsrcAreNoCollision() {
        var ends = new TwoEnds(Role.SENDER);
        ends.start();
        ends.runUntil(200 * MS);
        ByteBuffer report = hex("80c9000100001000 81ca000300001000 0103626f62000000");
        assertThat(
                        ends.dialler.onDatagram(
                                ends.nowNs,
                                ends.nowNs,
                                1,
                                TwoEnds.LISTENER.withPort(5_001),
                                report,
                                0,
                                report.limit()))
                .isEqualTo(Verdict.OK);
        assertThat(ends.dialler.sending().flow(0).flowId()).isEqualTo(0x1000);
    }

    @Test
    void trapT45ASilentHalfSecondDoesNotTakeAPathDown() {
        var ends = new TwoEnds(Role.SENDER);
        ends.start();
        ends.runUntil(500 * MS);
        ends.loss = (fromDialler, datagram) -> !fromDialler;
        ends.runUntil(1_400 * MS);
        assertThat(ends.dialler.isConnected()).isTrue();
        assertThat(ends.diallerSink.events).noneMatch(e -> e instanceof SessionEvent.PathDown);
        ends.runUntil(4_000 * MS);
        assertThat(ends.diallerSink.events).anyMatch(e -> e instanceof SessionEvent.PathDown);
        assertThat(ends.diallerSink.events).anyMatch(e -> e instanceof SessionEvent.TimedOut);
        ends.loss = (fromDialler, datagram) -> false;
        ends.runUntil(4_500 * MS);
        assertThat(ends.dialler.isConnected()).isTrue();
    }

    @Test
    void measuresTheRoundTripOnBothEnds() {
        var ends = new TwoEnds(Role.SENDER);
        ends.start();
        ends.runUntil(2_000 * MS);
        assertThat(ends.sender().pathTable().rtt(0).smoothedNs()).isBetween(49 * MS, 51 * MS);
        assertThat(ends.receiver().pathTable().rtt(0).smoothedNs()).isBetween(49 * MS, 51 * MS);
    }

    @Test
    void aHugeRequestFromAStrangerSendsNothing() {
        var ends = new TwoEnds(Role.SENDER);
        ends.start();
        ends.runUntil(200 * MS);
        for (int i = 0; i < 100; i++) {
            ends.send(payload(i));
        }
        ByteBuffer request =
                hex(
                        "80c9000100001000 81ca000300001000 0103626f62000000 80cc000300001000 52495354 0000ffff");
        Verdict verdict =
                ends.dialler.onDatagram(
                        ends.nowNs,
                        ends.nowNs,
                        1,
                        Endpoint.ipv4(0x7F000002, 5_001),
                        request,
                        0,
                        request.limit());
        assertThat(verdict).isEqualTo(Verdict.STRANGER);
        assertThat(ends.diallerSink.take()).isEmpty();
    }

    @Test
    void randomDatagramsFromStrangersLeaveAStreamAlone() {
        var random = new Random(11);
        var ends = new TwoEnds(Role.SENDER);
        ends.start();
        ends.runUntil(200 * MS);
        var noise = ByteBuffer.allocate(1_500);
        for (int i = 0; i < 1_000; i++) {
            ends.send(payload(i));
            for (int k = 0; k < 20; k++) {
                random.nextBytes(noise.array());
                noise.put(0, (byte) 0x80);
                int bytes = random.nextInt(1_500);
                ends.listener.onDatagram(
                        ends.nowNs,
                        ends.nowNs,
                        random.nextInt(2),
                        Endpoint.ipv4(0x7F000001, 1_024 + random.nextInt(60_000)),
                        noise,
                        0,
                        bytes);
            }
            ends.runUntil(ends.nowNs + MS);
        }
        ends.runUntil(ends.nowNs + 1_500 * MS);
        assertThat(ends.listenerSink.delivered).hasSize(1_000);
    }

    @Test
    void aStrangerDoesNotTakeOverWhileTheSenderPauses() {
        var ends = new TwoEnds(Role.SENDER);
        ends.start();
        for (int i = 0; i < 50; i++) {
            ends.send(payload(i));
            ends.runUntil(ends.nowNs + 5 * MS);
        }
        ends.runUntil(ends.nowNs + 1_500 * MS);
        var media = ByteBuffer.allocate(200).put(0, (byte) 0x80).put(1, (byte) 33);
        media.putInt(8, 0x7000);
        for (int i = 0; i < 50; i++) {
            media.putShort(2, (short) i).putInt(4, 450 * i);
            ends.listener.onDatagram(
                    ends.nowNs, ends.nowNs, 0, Endpoint.ipv4(0x7F000002, 40_000), media, 0, 200);
            ends.runUntil(ends.nowNs + 5 * MS);
        }
        ends.send(payload(50));
        ends.runUntil(ends.nowNs + 1_500 * MS);
        assertThat(ends.listenerSink.delivered).hasSize(51);
    }

    @Test
    void anUnprovenPeerDrawsNoMoreThanItSent() {
        var ends = new TwoEnds(Role.RECEIVER);
        ByteBuffer greeting = hex("80c9000100000009 81ca000300000009 0105616c69636500");
        ends.listener.start(0, 0);
        ends.listener.onDatagram(
                0, 0, 1, Endpoint.ipv4(0x0A000001, 9_001), greeting, 0, greeting.limit());
        long drawn = 0;
        int datagrams = 0;
        for (int i = 0; i < 2_000; i++) {
            if (i == 1_000) {
                for (int more = 0; more < 9; more++) {
                    ends.listener.onDatagram(
                            i * MS,
                            i * MS,
                            1,
                            Endpoint.ipv4(0x0A000001, 9_001),
                            greeting,
                            0,
                            greeting.limit());
                }
            }
            ends.listener.send(i * MS, i * MS, payload(i), 0, 188);
            ends.listener.onDeadline(i * MS);
        }
        for (RecordingSink.Datagram datagram : ends.listenerSink.take()) {
            drawn += datagram.length();
            datagrams++;
        }
        assertThat(drawn).isPositive().isLessThanOrEqualTo(10L * greeting.limit());
        assertThat(datagrams).isLessThanOrEqualTo(10);
    }

    @Test
    void leavingIsToldAndHeard() {
        var ends = new TwoEnds(Role.SENDER);
        ends.start();
        ends.runUntil(300 * MS);
        ends.dialler.close(ends.nowNs);
        ends.runUntil(ends.nowNs + 300 * MS);
        assertThat(control(ends, true)).anyMatch(seen -> seen.datagram().rtcpTypes().contains(BYE));
        assertThat(ends.listenerSink.events).anyMatch(e -> e instanceof SessionEvent.PeerLeft);
        assertThat(ends.listener.isConnected()).isFalse();
    }

    @Test
    void aSenderThatStartsAgainIsTakenOver() {
        var ends = new TwoEnds(Role.SENDER);
        ends.start();
        for (int i = 0; i < 50; i++) {
            ends.send(payload(i));
            ends.runUntil(ends.nowNs + 5 * MS);
        }
        ends.loss = (fromDialler, datagram) -> fromDialler;
        var sink = new RecordingSink();
        Session again =
                Session.assemble(
                        TwoEnds.config(Role.SENDER, "alice", PathConfig.dial(TwoEnds.LISTENER)),
                        new SessionIdentity(0x7000, 9, 1),
                        sink);
        ends.runUntil(ends.nowNs + 2_500 * MS);
        int before = ends.listenerSink.delivered.size();
        again.start(ends.nowNs, 0);
        for (int i = 0; i < 50; i++) {
            again.send(ends.nowNs, ends.nowNs, payload(i), 0, 188);
            for (RecordingSink.Datagram datagram : sink.take()) {
                ends.listener.onDatagram(
                        ends.nowNs,
                        ends.nowNs,
                        datagram.to().port() - 5_000,
                        Endpoint.ipv4(0x7F000001, 45_000 + datagram.socket()),
                        datagram.bytes(),
                        0,
                        datagram.length());
            }
            ends.runUntil(ends.nowNs + 5 * MS);
        }
        ends.runUntil(ends.nowNs + 1_500 * MS);
        assertThat(before).isEqualTo(50);
        assertThat(ends.listenerSink.delivered.size() - before).isGreaterThanOrEqualTo(48);
    }

    @Test
    void anOddMediaPortIsRefusedByName() {
        var config =
                TwoEnds.config(
                        Role.SENDER, "alice", PathConfig.dial(Endpoint.ipv4(0x7F000001, 5_001)));
        assertThatThrownBy(() ->
                        Session.assemble(config, new SessionIdentity(2, 0, 1), new RecordingSink()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("5001")
                .hasMessageContaining("even");
    }

    private static ByteBuffer hex(String text) {
        return ByteBuffer.wrap(java.util.HexFormat.of().parseHex(text.replace(" ", "")));
    }

    @Test
    void truncatedAndForgedDatagramsOfAKnownPeerAreCountedNeverThrown() {
        var ends = new TwoEnds(Role.SENDER);
        ends.start();
        ends.send(payload(1));
        ends.runUntil(300 * MS);
        var random = new Random(13);
        var known = new ArrayList<>(ends.seen);
        for (int round = 0; round < 20_000; round++) {
            TwoEnds.Seen seen = known.get(random.nextInt(known.size()));
            byte[] bytes = seen.datagram().bytes().array().clone();
            for (int k = random.nextInt(4); k > 0; k--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            int length = random.nextInt(bytes.length + 1);
            Session target = seen.fromDialler() ? ends.listener : ends.dialler;
            int socket = random.nextInt(2);
            Endpoint from =
                    seen.fromDialler()
                            ? TwoEnds.DIALLER.withPort(TwoEnds.FIRST_PORT + socket)
                            : TwoEnds.LISTENER.withPort(5_000 + socket);
            target.onDatagram(
                    ends.nowNs, ends.nowNs, socket, from, ByteBuffer.wrap(bytes), 0, length);
        }
        assertThat(ends.listener.counters().datagrams(Verdict.TRUNCATED)).isPositive();
    }
}
