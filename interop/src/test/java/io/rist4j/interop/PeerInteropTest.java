package io.rist4j.interop;

import io.rist4j.net.contract.TooSlowHere;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

/** Every peer, in both directions, on a clean link and on two bad ones. */
@Timeout(900)
@ExtendWith(TooSlowHere.class)
final class PeerInteropTest {
    static Stream<Arguments> badLinks() {
        return Peers.all()
                .flatMap(peer -> Stream.of(0.05, 0.20).map(loss -> Arguments.of(peer, loss)));
    }

    static Stream<Arguments> everyLink() {
        return Stream.concat(Peers.all().map(peer -> Arguments.of(peer, 0.0)), badLinks());
    }

    static Stream<End> peers() {
        return Peers.all();
    }

    @ParameterizedTest(name = "{0}, loss {1}")
    @MethodSource("everyLink")
    void receivesFromThePeerWhatItSent(End peer, double loss) throws Exception {
        Cells.receives(peer, Peers.OURS, loss);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("peers")
    void sendsToThePeerOnACleanLinkWithoutLoss(End peer) throws Exception {
        Cells.sends(Peers.OURS, peer);
    }

    @ParameterizedTest(name = "{0}, loss {1}")
    @MethodSource("badLinks")
    void losesNoMoreTowardsThePeerThanItsOwnSender(End peer, double loss) throws Exception {
        Cells.losesNoMore(Peers.OURS, peer, loss);
    }
}
