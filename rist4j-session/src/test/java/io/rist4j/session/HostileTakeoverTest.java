package io.rist4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.Verdict;
import io.rist4j.session.MainNet.Host;
import io.rist4j.session.MainNet.Protection;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Strangers who want a clear stream for themselves: who is there stays, who is gone is followed.
 */
class HostileTakeoverTest {
    private static final long MS = MainNet.MS;
    private static final int DISCONNECT = 0x0080;
    private static final int RECONNECT = 0x0040;
    private static final Endpoint STRANGER = Endpoint.ipv4(0x0B000001, 6_000);

    private final MainNet net = new MainNet();
    private final Host receiver = net.listener(Role.RECEIVER, Protection.CLEAR);
    private int evil;

    private void inject(Endpoint from, int ssrc) {
        net.inject(
                receiver, from, Frames.media(1, ssrc, evil++, 1_968, (int) (net.nowNs * 90 / MS)));
    }

    private List<Integer> flows() {
        return receiver.events(SessionEvent.FlowStarted.class).stream()
                .map(SessionEvent.FlowStarted::flowId)
                .distinct()
                .toList();
    }

    private Host sender(int ssrc, Endpoint from) {
        return net.dialler(Role.SENDER, Protection.CLEAR, ssrc, from);
    }

    @Test
    void oneGoodbyeInAnothersNameDoesNotGiveAwayItsStream() {
        Host sender = sender(0x1000, MainNet.DIALLER);
        net.run(500);
        net.prove(receiver, STRANGER, 0x6600);
        net.stream(sender, 100, () -> {});
        net.stream(
                sender,
                1_000,
                () -> {
                    net.inject(receiver, MainNet.DIALLER, Frames.keepAlive(1, 1, DISCONNECT));
                    net.inject(receiver, MainNet.DIALLER, Frames.keepAlive(1, 1, RECONNECT));
                    net.inject(receiver, MainNet.DIALLER, Frames.bye(1, 0x1000));
                    for (int i = 0; i < 3; i++) {
                        inject(STRANGER, 0x6600);
                    }
                });
        net.run(1_500);

        assertThat(receiver.sink.delivered).hasSize(1_100);
        assertThat(flows()).containsExactly(0x1000);
        assertThat(receiver.events(SessionEvent.PeerLeft.class)).isEmpty();
        assertThat(receiver.session.counters().datagrams(Verdict.FOREIGN_FLOW)).isEqualTo(3_000);
    }

    @Test
    void aStreamThatPausesStaysItsSendersWhateverAnybodySays() {
        Host sender = sender(0x1000, MainNet.DIALLER);
        net.run(500);
        net.prove(receiver, STRANGER, 0x6600);
        net.stream(sender, 100, () -> {});
        for (int i = 0; i < 1_000; i++) {
            net.inject(receiver, MainNet.DIALLER, Frames.keepAlive(1, 1, DISCONNECT));
            inject(STRANGER, 0x6600);
            net.run(5);
        }
        for (int i = 100; i < 200; i++) {
            net.send(sender, i);
            net.run(2);
        }
        net.run(1_500);

        assertThat(receiver.sink.delivered).hasSize(200);
        assertThat(flows()).containsExactly(0x1000);
    }

    /** Noise under the right key, say, which somebody plays back. */
    @Test
    void oneDatagramAgainAndAgainIsNoStream() {
        Host sender = sender(0x1000, MainNet.DIALLER);
        net.run(500);
        net.stream(sender, 100, () -> {});
        for (int i = 0; i < 400; i++) {
            net.inject(receiver, MainNet.DIALLER, Frames.media(1, 0x6600, 7));
            net.run(5);
        }
        net.stream(sender, 100, () -> {});
        net.run(1_500);

        assertThat(receiver.sink.delivered).hasSize(200);
        assertThat(flows()).containsExactly(0x1000);
        assertThat(receiver.session.counters().datagrams(Verdict.FOREIGN_FLOW)).isEqualTo(400);
    }

    @Test
    void aGoodbyeThatSilenceBearsOutMakesWay() {
        Host sender = sender(0x1000, MainNet.DIALLER);
        net.run(500);
        net.stream(sender, 100, () -> {});
        net.run(1_500);
        sender.isOn = false;
        net.hosts.remove(sender);
        net.inject(receiver, MainNet.DIALLER, Frames.keepAlive(1, 1, DISCONNECT));
        Host again = sender(0x2000, Endpoint.ipv4(0x0A000002, 40_001));
        net.run(249);
        assertThat(receiver.events(SessionEvent.PeerLeft.class)).isEmpty();
        net.run(60);
        assertThat(receiver.events(SessionEvent.PeerLeft.class)).hasSize(1);
        net.stream(again, 500, () -> {});
        net.run(1_500);

        assertThat(receiver.sink.delivered).hasSizeGreaterThanOrEqualTo(598);
        assertThat(flows()).containsExactly(0x1000, 0x2000);
    }

    @Test
    void aGoodbyeThatAnswersWhatOnlyThePeerWasAskedIsBelievedAtOnce() {
        Host sender = sender(0x1000, MainNet.DIALLER);
        net.run(500);
        net.stream(sender, 100, () -> {});
        net.run(1_500);
        sender.session.close(net.nowNs);
        net.run(45);
        assertThat(receiver.events(SessionEvent.PeerLeft.class)).hasSize(1);
        inject(MainNet.DIALLER, 0x1000); // overtaken on its way
        assertThat(receiver.events(SessionEvent.PathUp.class)).hasSize(1);
        assertThat(receiver.session.isConnected()).isFalse();
        net.run(250);
        inject(MainNet.DIALLER, 0x1000); // still there after all
        assertThat(receiver.events(SessionEvent.PathUp.class)).hasSize(2);
    }

    @Test
    void aGoodbyeThatAnswersWhatAnotherWasAskedIsAWordLikeAnyOther() {
        Host sender = sender(0x1000, MainNet.DIALLER);
        net.run(500);
        net.prove(receiver, STRANGER, 0x6600);
        long asked = 0;
        for (MainNet.Seen seen : net.seen) {
            int at = seen.bytes().capacity() - 24;
            if (seen.to().equals(STRANGER) && at > 0) {
                asked = seen.bytes().getLong(at + 12);
            }
        }
        ByteBuffer bye = Frames.bye(1, 0x1000, asked);
        net.stream(sender, 100, () -> {});
        net.stream(sender, 100, () -> net.inject(receiver, MainNet.DIALLER, bye));
        net.run(1_500);
        assertThat(asked).isNotZero();
        assertThat(receiver.sink.delivered).hasSize(200);
        assertThat(receiver.events(SessionEvent.PeerLeft.class)).isEmpty();
    }

    @Test
    void anotherFlowOfTheSendersAddressWaitsUntilItsOwnIsQuiet() {
        Host sender = sender(0x1000, MainNet.DIALLER);
        net.run(500);
        net.stream(sender, 100, () -> {});
        net.stream(
                sender,
                500,
                () -> {
                    for (int i = 0; i < 3; i++) {
                        inject(MainNet.DIALLER, 0x6600);
                    }
                });
        net.run(1_500);

        assertThat(receiver.sink.delivered).hasSize(600);
        assertThat(flows()).containsExactly(0x1000);
    }

    @Test
    void aSourceThatAnswersNothingStartsAFlowWhereNoneIs() {
        for (int i = 0; i < 100; i++) {
            inject(STRANGER, 0x6600);
            net.run(5);
        }
        net.run(1_500);
        assertThat(receiver.sink.delivered).hasSizeGreaterThanOrEqualTo(98);
    }

    @Test
    void aSourceThatAnswersNothingIsNotDisturbedByOneThatDoes() {
        for (int i = 0; i < 100; i++) {
            inject(STRANGER, 0x6600);
            net.run(2);
        }
        Host other = sender(0x1000, MainNet.DIALLER);
        for (int i = 0; i < 200; i++) {
            inject(STRANGER, 0x6600);
            for (int j = 0; j < 5; j++) {
                net.send(other, i);
            }
            net.run(2);
        }
        net.run(1_500);

        assertThat(flows()).containsExactly(0x6600);
        assertThat(receiver.sink.delivered).hasSizeGreaterThanOrEqualTo(298);
    }

    @Test
    void aSourceThatAnswersNothingAndPausesGivesWayToOneThatDoes() {
        for (int i = 0; i < 100; i++) {
            inject(STRANGER, 0x6600);
            net.run(2);
        }
        Host other = sender(0x1000, MainNet.DIALLER);
        net.run(300);
        net.stream(other, 200, () -> net.inject(receiver, STRANGER, Frames.report(1, 0x6600)));
        net.run(1_500);

        assertThat(flows()).containsExactly(0x6600, 0x1000);
        assertThat(receiver.sink.delivered).hasSizeGreaterThanOrEqualTo(298);
    }

    /** A sender that was there and is switched off; nothing of it is on its way. */
    private void switchOff(Host sender) {
        sender.isOn = false;
        net.hosts.remove(sender);
        net.run(40);
    }

    private int left() {
        return receiver.events(SessionEvent.PeerLeft.class).size();
    }

    @Test
    void whatCameAMomentAfterAGoodbyeWasSentBeforeIt() {
        Host sender = sender(0x1000, MainNet.DIALLER);
        net.run(500);
        switchOff(sender);
        net.inject(receiver, MainNet.DIALLER, Frames.keepAlive(1, 1, DISCONNECT));
        net.run(20);
        net.inject(receiver, MainNet.DIALLER, Frames.keepAlive(1, 2, 0));
        net.run(229);
        assertThat(left()).isZero();
        net.run(21);
        assertThat(left()).isEqualTo(1);
    }

    @Test
    void whatCameLaterTakesAGoodbyeBack() {
        Host sender = sender(0x1000, MainNet.DIALLER);
        net.run(500);
        switchOff(sender);
        net.inject(receiver, MainNet.DIALLER, Frames.keepAlive(1, 1, DISCONNECT));
        net.run(21);
        net.inject(receiver, MainNet.DIALLER, Frames.keepAlive(1, 2, 0));
        net.run(1_000);
        assertThat(left()).isZero();
    }

    @Test
    void eachGoodbyeIsBorneOutByItsOwnPeersSilence() {
        Endpoint other = Endpoint.ipv4(0x0A000002, 40_001);
        Host first = sender(0x1000, MainNet.DIALLER);
        Host second = sender(0x2000, other);
        net.run(500);
        switchOff(first);
        switchOff(second);
        net.inject(receiver, MainNet.DIALLER, Frames.keepAlive(1, 1, DISCONNECT));
        net.run(100);
        net.inject(receiver, other, Frames.keepAlive(1, 1, DISCONNECT));
        net.run(175);
        assertThat(receiver.events(SessionEvent.PeerLeft.class))
                .extracting(SessionEvent.PeerLeft::peer)
                .containsExactly(MainNet.DIALLER);
        net.run(100);
        assertThat(receiver.events(SessionEvent.PeerLeft.class))
                .extracting(SessionEvent.PeerLeft::peer)
                .containsExactly(MainNet.DIALLER, other);
    }

    @Test
    void theGoodbyeOfAnotherSourceIsNoneOfThePeers() {
        Host sender = sender(0x1000, MainNet.DIALLER);
        net.run(500);
        switchOff(sender);
        net.inject(receiver, MainNet.DIALLER, Frames.bye(1, 0x6600));
        net.run(500);
        assertThat(left()).isZero();
        net.inject(receiver, MainNet.DIALLER, Frames.bye(1, 0x1000));
        net.run(270);
        assertThat(left()).isEqualTo(1);
    }
}
