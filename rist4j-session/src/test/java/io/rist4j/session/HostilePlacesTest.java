package io.rist4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.Verdict;
import io.rist4j.session.MainNet.Host;
import io.rist4j.session.MainNet.Protection;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.stream.IntStream;

/** Strangers who prove their address and take all there is: who comes after them gets his share. */
class HostilePlacesTest {
    private static final int PLACES = 16;

    /** More than there are rows. */
    private static final int PEERS = 68;

    private static final Endpoint STRANGER = Endpoint.ipv4(0x0B000001, 6_000);

    private final MainNet net = new MainNet();

    private Host receiver(int maxFlows) {
        SessionConfig config =
                MainNet.config(
                        Role.RECEIVER,
                        "bob",
                        Protection.CLEAR,
                        PathConfig.listen(MainNet.LISTENER));
        return net.add(config.withMaxFlows(maxFlows), 0x4000, MainNet.LISTENER);
    }

    private void press(Host receiver, int number) {
        for (int flow = 0; flow < 100; flow++) {
            net.inject(receiver, STRANGER, Frames.media(1, 0x10_0000 + 2 * flow, number));
        }
    }

    private static List<Integer> numbers(int end) {
        return IntStream.range(0, end).boxed().toList();
    }

    @Test
    void whoeverTakesEveryPlaceLosesOneToTheNext() {
        Host receiver = receiver(PLACES);
        net.prove(receiver, STRANGER, 0x6600);
        press(receiver, 0);
        press(receiver, 1);
        assertThat(receiver.events(SessionEvent.FlowOpened.class)).hasSize(PLACES);
        Host sender = net.dialler(Role.SENDER, Protection.CLEAR, 0x1000, MainNet.DIALLER);
        net.run(500);
        long refused = receiver.session.counters().datagrams(Verdict.FOREIGN_FLOW);
        for (int i = 0; i < 100; i++) {
            net.send(sender, i);
            press(receiver, i + 2);
            net.run(5);
        }
        net.run(1_500);

        assertThat(receiver.sink.numbersByFlow.get(0x1000)).isEqualTo(numbers(100));
        assertThat(receiver.events(SessionEvent.FlowOpened.class)).hasSize(PLACES + 1);
        assertThat(receiver.events(SessionEvent.FlowEnded.class)).hasSize(1);
        assertThat(receiver.session.counters().datagrams(Verdict.FOREIGN_FLOW) - refused)
                .isGreaterThanOrEqualTo(100 * (100 - PLACES));
    }

    @Test
    void placesOfFlowsThatTheApplicationClosedCountToo() {
        Host receiver = receiver(PLACES);
        net.prove(receiver, STRANGER, 0x6600);
        press(receiver, 0);
        for (int index = 0; index < PLACES; index++) {
            receiver.session.receiving().close(index);
        }
        Host sender = net.dialler(Role.SENDER, Protection.CLEAR, 0x1000, MainNet.DIALLER);
        net.run(500);
        for (int i = 0; i < 100; i++) {
            net.send(sender, i);
            press(receiver, i + 1);
            net.run(5);
        }
        net.run(1_500);
        assertThat(receiver.sink.numbersByFlow.get(0x1000)).isEqualTo(numbers(100));
    }

    @Test
    void aStrangerWhoIsNotProvenThrowsNobodyOut() {
        Host receiver = receiver(PLACES);
        net.prove(receiver, STRANGER, 0x6600);
        press(receiver, 0);
        press(receiver, 1);
        for (int i = 0; i < 50; i++) {
            Endpoint forged = Endpoint.ipv4(0x0C000000 + 256 * i, 6_000);
            for (int number = 0; number < 3; number++) {
                net.inject(receiver, forged, Frames.media(1, 0x20_0000 + 2 * i, number));
            }
        }
        assertThat(receiver.events(SessionEvent.FlowOpened.class)).hasSize(PLACES);
        assertThat(receiver.events(SessionEvent.FlowEnded.class)).isEmpty();
    }

    /** The same of the rows of a listener's paths: so many ports of one proven host. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoeverTakesEveryRowLosesOneToTheNext(boolean isFromSameNetwork) {
        Host sender = net.listener(Role.SENDER, Protection.CLEAR);
        Endpoint host = isFromSameNetwork ? MainNet.DIALLER.withPort(0) : STRANGER;
        Endpoint next = Endpoint.ipv4(0x0A000003, 40_000);
        for (int i = 0; i < PEERS; i++) {
            for (int j = 0; j < i; j++) {
                net.inject(sender, host.withPort(10_000 + j), Frames.report(1, 0x6600 + 2 * j));
            }
            net.prove(sender, host.withPort(10_000 + i), 0x6600 + 2 * i);
        }
        assertThat(sender.session.paths(net.nowNs))
                .hasSize(SessionConfig.MOST_PATHS)
                .allMatch(path -> path.peer().hasAddressOf(host));
        Host receiver = net.dialler(Role.RECEIVER, Protection.CLEAR, 0x100, next);
        for (int i = 0; i < PEERS; i++) {
            net.inject(sender, host.withPort(10_000 + i), Frames.report(1, 0x6600 + 2 * i));
            net.run(10);
        }
        net.stream(
                sender,
                300,
                () -> {
                    for (int i = 0; i < PEERS; i++) {
                        Endpoint from = host.withPort(10_000 + i);
                        net.inject(sender, from, Frames.report(1, 0x6600 + 2 * i));
                    }
                });
        net.run(1_500);
        assertThat(receiver.sink.delivered).hasSize(300);
    }

    @Test
    void aFlowThatIsRefusedIsToldOfEveryTenSeconds() {
        Host receiver = receiver(2);
        net.prove(receiver, STRANGER, 0x6600);
        press(receiver, 0);
        assertThat(receiver.events(SessionEvent.FlowRefused.class)).hasSize(1);
        for (int i = 1; i < 20; i++) {
            net.run(500);
            press(receiver, i);
        }
        assertThat(receiver.events(SessionEvent.FlowRefused.class)).hasSize(1);
        net.run(500);
        press(receiver, 20);
        assertThat(receiver.events(SessionEvent.FlowRefused.class)).hasSize(2);
    }

    private List<Integer> opened(Host receiver) {
        return receiver.events(SessionEvent.FlowOpened.class).stream()
                .map(event -> event.identity().flowId())
                .toList();
    }

    @Test
    void aFlowThatReportsNameBeginsWithItsFirstPacket() {
        Host receiver = receiver(8);
        net.inject(receiver, STRANGER, Frames.senderReport(1, 0x1001, 0, 0));
        net.inject(receiver, STRANGER, Frames.senderReport(1, 0x2000, 0, 0));
        assertThat(net.inject(receiver, STRANGER, Frames.media(1, 0x1000, 0)))
                .isEqualTo(Verdict.OK);
        assertThat(net.inject(receiver, STRANGER, Frames.media(1, 0x2000, 0)))
                .isEqualTo(Verdict.OK);
        assertThat(opened(receiver)).containsExactly(0x1000, 0x2000);
    }

    @Test
    void anotherBeginsWithItsSecondWithinASecondAndOneForEachPath() {
        Host receiver = receiver(8);
        net.inject(receiver, STRANGER, Frames.report(1, 0x6600));
        assertThat(net.inject(receiver, STRANGER, Frames.media(1, 0x1000, 0)))
                .isEqualTo(Verdict.FOREIGN_FLOW);
        net.run(1_001);
        assertThat(net.inject(receiver, STRANGER, Frames.media(1, 0x1000, 1)))
                .isEqualTo(Verdict.FOREIGN_FLOW);
        net.run(1_000);
        assertThat(net.inject(receiver, STRANGER, Frames.media(1, 0x1000, 2)))
                .isEqualTo(Verdict.OK);
        for (int number = 0; number < 3; number++) {
            assertThat(net.inject(receiver, STRANGER, Frames.media(1, 0x2000, number)))
                    .isEqualTo(Verdict.FOREIGN_FLOW);
        }
        assertThat(opened(receiver)).containsExactly(0x1000);
    }

    @Test
    void thePacketsOfTwoPathsDoNotConfirmEachOther() {
        Host receiver = receiver(8);
        Endpoint other = STRANGER.withPort(6_001);
        net.inject(receiver, STRANGER, Frames.report(1, 0x6600));
        net.inject(receiver, other, Frames.report(1, 0x6602));
        for (int number = 0; number < 3; number++) {
            assertThat(net.inject(receiver, STRANGER, Frames.media(1, 0x1000, number)))
                    .isEqualTo(Verdict.FOREIGN_FLOW);
            assertThat(net.inject(receiver, other, Frames.media(1, 0x1000, number)))
                    .isEqualTo(Verdict.FOREIGN_FLOW);
        }
        assertThat(opened(receiver)).isEmpty();
    }

    @Test
    void aFlowThatWasClosedIsKeptAwayByReportsOfItsOwnPathAlone() {
        Host receiver = receiver(2);
        Endpoint other = Endpoint.ipv4(0x0C000001, 6_000);
        net.prove(receiver, STRANGER, 0x6600);
        net.inject(receiver, STRANGER, Frames.media(1, 0x1000, 0));
        net.inject(receiver, other, Frames.report(1, 0x6602));
        receiver.session.receiving().close(0);
        for (int i = 0; i < 10; i++) {
            net.run(500);
            net.inject(receiver, STRANGER, Frames.senderReport(1, 0x1000, 0, 0));
            net.inject(receiver, other, Frames.senderReport(1, 0x1000, 0, 0));
        }
        assertThat(receiver.events(SessionEvent.FlowEnded.class)).isEmpty();
        for (int i = 0; i < 10; i++) {
            net.run(500);
            net.inject(receiver, other, Frames.senderReport(1, 0x1000, 0, 0));
        }
        assertThat(receiver.events(SessionEvent.FlowEnded.class)).hasSize(1);
    }
}
