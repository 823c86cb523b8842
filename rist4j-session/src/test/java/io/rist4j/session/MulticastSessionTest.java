package io.rist4j.session;

import static io.rist4j.session.MulticastGroup.GROUP;
import static io.rist4j.session.TwoEnds.MS;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rist4j.core.address.Endpoint;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;

/** A Simple session over a group: TR-06-1:2020 §5.1.2 and the rules for multicast in §5.2.6. */
class MulticastSessionTest {
    private static final int ECHO_RESPONSE = 3;

    private static boolean hasEchoResponse(RecordingSink.Datagram datagram) {
        for (int at = 0;
                datagram.isRtcp() && at + 4 <= datagram.length();
                at += 4 * ((datagram.bytes().getShort(at + 2) & 0xFFFF) + 1)) {
            if (datagram.octet(at + 1) == 204 && (datagram.octet(at) & 31) == ECHO_RESPONSE) {
                return true;
            }
        }
        return false;
    }

    private static List<Endpoint> destinations(MulticastGroup group, int end, boolean ofEchoes) {
        return group.seen.stream()
                .filter(s -> s.end() == end && hasEchoResponse(s.datagram()) == ofEchoes)
                .map(s -> s.datagram().to())
                .distinct()
                .toList();
    }

    @Test
    void everyReceiverGetsEverythingThoughEachLosesOtherPackets() {
        var random = new Random(11);
        var group = new MulticastGroup(10 * MS, 40 * MS);
        group.loss = (receiver, fromSender, datagram) -> random.nextInt(100) < 20;
        group.runUntil(100 * MS);
        for (int i = 0; i < 2_000; i++) {
            group.send(i);
            group.runUntil(group.nowNs + MS);
        }
        group.runUntil(group.nowNs + 1_500 * MS);

        for (RecordingSink sink : group.receiverSinks) {
            assertThat(sink.delivered).hasSize(2_000);
        }
    }

    @Test
    void theSenderSpeaksToTheGroupAndReceiversToTheSender() {
        var random = new Random(12);
        var group = new MulticastGroup(10 * MS, 40 * MS);
        group.loss =
                (receiver, fromSender, datagram) -> !datagram.isRtcp() && random.nextInt(100) < 10;
        for (int i = 0; i < 500; i++) {
            group.send(i);
            group.runUntil(group.nowNs + MS);
        }
        group.runUntil(group.nowNs + 500 * MS);

        assertThat(destinations(group, -1, false))
                .containsExactlyInAnyOrder(GROUP, GROUP.withPort(GROUP.port() + 1));
        Endpoint reportsFrom = MulticastGroup.addressOfSender().withPort(40_001);
        assertThat(destinations(group, 0, false)).containsExactly(reportsFrom);
        assertThat(destinations(group, 1, false)).containsExactly(reportsFrom);
        assertThat(group.receivers.get(0).receiving().only().counters().recovered).isPositive();
    }

    @Test
    void anEchoIsAnsweredToTheReceiverThatAsked() {
        var group = new MulticastGroup(10 * MS, 40 * MS);
        group.runUntil(500 * MS);

        assertThat(destinations(group, -1, true))
                .containsExactlyInAnyOrder(
                        MulticastGroup.addressOf(0).withPort(GROUP.port() + 1),
                        MulticastGroup.addressOf(1).withPort(GROUP.port() + 1));
    }

    @Test
    void everyReceiverMeasuresItsOwnRoundTrip() {
        var group = new MulticastGroup(10 * MS, 40 * MS);
        group.runUntil(2_000 * MS);

        for (int i = 0; i < 2; i++) {
            long roundTripNs = group.receivers.get(i).pathTable().rtt(0).smoothedNs();
            assertThat(roundTripNs).isCloseTo((i == 0 ? 20 : 80) * MS, within(MS));
        }
    }

    @Test
    void aListeningReceiverHearsWhatIsSaidToItAlone() {
        var group = new MulticastGroup(10 * MS);

        List<SocketSpec> sockets = group.receivers.get(0).sockets();

        Endpoint control = GROUP.withPort(GROUP.port() + 1);
        assertThat(sockets.get(0).local()).isEqualTo(GROUP);
        assertThat(sockets.get(1).local()).isEqualTo(Endpoint.ipv4(0, control.port()));
        assertThat(sockets).extracting(SocketSpec::group).containsExactly(GROUP, control);
        assertThat(group.sender.sockets()).extracting(SocketSpec::group).containsOnlyNulls();
    }

    @Test
    void theEndOfABurstComesToAReceiverThatAloneLostIt() {
        var group = new MulticastGroup(100 * MS, 100 * MS);
        for (int i = 0; i < 1_000; i++) {
            group.send(i);
            group.runUntil(group.nowNs + 2 * MS);
        }
        boolean[] lost = new boolean[1];
        group.loss =
                (receiver, fromSender, datagram) -> {
                    boolean drops = receiver == 1 && !datagram.isRtcp() && !lost[0];
                    lost[0] |= drops;
                    return drops;
                };
        group.send(1_000);
        group.runUntil(group.nowNs + 1_500 * MS);

        assertThat(lost[0]).isTrue();
        assertThat(group.receiverSinks.get(0).delivered).hasSize(1_001);
        assertThat(group.receiverSinks.get(1).delivered).hasSize(1_001);
    }
}
