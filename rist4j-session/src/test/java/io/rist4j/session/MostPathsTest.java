package io.rist4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.path.PathTable;
import io.rist4j.session.MainNet.Host;
import io.rist4j.session.MainNet.Protection;

import org.junit.jupiter.api.Test;

/** As many peers as a session may have, and one more. */
class MostPathsTest {
    private static final int PEERS = SessionConfig.MOST_PATHS;

    private final MainNet net = new MainNet();

    private static Endpoint peer(int number) {
        return Endpoint.ipv4(0x0B000001 + 256 * number, 6_000);
    }

    private void fill(Host host) {
        for (int i = 0; i < PEERS; i++) {
            for (int j = 0; j < i; j++) {
                net.inject(host, peer(j), Frames.report(1, 0x6600 + 2 * j));
            }
            net.prove(host, peer(i), 0x6600 + 2 * i);
        }
        assertThat(host.session.paths(net.nowNs)).hasSize(PEERS);
    }

    @Test
    void everyPeerThatASenderTakesInIsServed() {
        Host sender = net.listener(Role.SENDER, Protection.CLEAR);
        fill(sender);
        net.send(sender, 0);
        net.send(sender, 1);
        long before = sender.session.sending().flow(0).counters().requested();

        net.inject(
                sender,
                peer(PEERS - 1),
                Frames.request(1, 0x6600 + 2 * (PEERS - 1), 0x4000, 65_500, 0));

        assertThat(sender.session.sending().flow(0).counters().requested()).isEqualTo(before + 1);
        for (int i = 0; i < PEERS; i++) {
            Endpoint to = peer(i);
            assertThat(net.seen).as("peer %d", i).anyMatch(datagram -> datagram.to().equals(to));
        }
    }

    @Test
    void whoComesWhenAllAreThereIsCountedAndTakesNothing() {
        Host sender = net.listener(Role.SENDER, Protection.CLEAR);
        fill(sender);

        Verdict verdict = net.inject(sender, peer(PEERS), Frames.report(1, 0x8800));

        assertThat(verdict).isEqualTo(Verdict.NO_PLACE);
        assertThat(sender.session.counters().datagrams(Verdict.NO_PLACE)).isEqualTo(1);
        assertThat(sender.session.paths(net.nowNs))
                .hasSize(PEERS)
                .noneMatch(path -> path.peer().equals(peer(PEERS)));
    }

    @Test
    void aSenderHasNoRowThatItCannotSendOn() {
        SessionConfig sender =
                MainNet.config(
                        Role.SENDER, "bob", Protection.CLEAR, PathConfig.listen(MainNet.LISTENER));

        assertThat(sender.mostPaths()).isEqualTo(PathTable.MAX_SENDING_PATHS);
        assertThat(receiver(1).mostPaths()).isEqualTo(SessionConfig.MOST_PATHS);
        assertThat(receiver(40).mostPaths()).isEqualTo(81);
        assertThat(receiver(SessionConfig.MOST_FLOWS).mostPaths())
                .isEqualTo(1 + 2 * SessionConfig.MOST_FLOWS)
                .isLessThanOrEqualTo(PathTable.MAX_PATHS);
    }

    private static SessionConfig receiver(int flows) {
        return MainNet.config(
                        Role.RECEIVER, "bob", Protection.CLEAR, PathConfig.listen(MainNet.LISTENER))
                .withMaxFlows(flows);
    }
}
