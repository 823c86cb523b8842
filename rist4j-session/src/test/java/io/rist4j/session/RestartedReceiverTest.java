package io.rist4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.address.Endpoint;
import io.rist4j.session.MainNet.Host;
import io.rist4j.session.MainNet.Protection;
import io.rist4j.session.MainNet.Seen;

import org.junit.jupiter.api.Test;

import java.util.Iterator;
import java.util.List;

/**
 * A receiver that was started again remembers nothing of the sessions before; whoever plays one of
 * them back cannot answer an echo request.
 */
class RestartedReceiverTest {
    private static final Endpoint ATTACKER = Endpoint.ipv4(0x0B000001, 9_000);
    private static final int FIRST_FLOW = 0x1000;
    private static final int SECOND_FLOW = 0x2000;

    private final MainNet net = new MainNet();

    /** All that a sender sent to a receiver that is gone, in order. */
    private List<Seen> recordSession() {
        Host receiver = net.listener(Role.RECEIVER, Protection.PSK);
        Host sender = net.dialler(Role.SENDER, Protection.PSK, FIRST_FLOW, MainNet.DIALLER);
        net.run(1_500);
        net.stream(sender, 2_000, () -> {});
        sender.session.close(net.nowNs);
        net.run(1_000);
        net.hosts.remove(sender);
        net.hosts.remove(receiver);
        List<Seen> recorded =
                net.seen.stream().filter(s -> s.to().equals(MainNet.LISTENER)).toList();
        net.seen.clear();
        return recorded;
    }

    private List<Integer> flows(Host receiver) {
        return receiver.events(SessionEvent.FlowStarted.class).stream()
                .map(SessionEvent.FlowStarted::flowId)
                .toList();
    }

    @Test
    void aSessionPlayedBackTakesNothingFromTheOneThatIsLive() {
        List<Seen> recorded = recordSession();
        Host receiver = net.listener(Role.RECEIVER, Protection.PSK);
        Host sender = net.dialler(Role.SENDER, Protection.PSK, SECOND_FLOW, MainNet.DIALLER);
        net.run(1_500);
        net.stream(sender, 100, () -> {});
        List<Seen> goodbyes = recorded.subList(recorded.size() - 8, recorded.size());
        Iterator<Seen> next = recorded.iterator();
        net.stream(
                sender,
                1_000,
                () -> {
                    net.inject(receiver, ATTACKER, next.next().bytes());
                    net.inject(receiver, ATTACKER, next.next().bytes());
                    goodbyes.forEach(s -> net.inject(receiver, MainNet.DIALLER, s.bytes()));
                });
        net.run(1_500);

        assertThat(receiver.sink.delivered).hasSize(1_100);
        assertThat(flows(receiver)).containsExactly(SECOND_FLOW);
        assertThat(receiver.events(SessionEvent.PathDown.class))
                .noneMatch(down -> down.peer().equals(MainNet.DIALLER));
    }

    /** Where nobody is, it looks like a source that sends one way: see the decision page. */
    @Test
    void whoeverProvesHimselfTakesThePlaceOfASessionPlayedBackAtOnce() {
        List<Seen> recorded = recordSession();
        Host receiver = net.listener(Role.RECEIVER, Protection.PSK);
        Iterator<Seen> next = recorded.iterator();
        Runnable playBack =
                () -> {
                    if (next.hasNext()) {
                        net.inject(receiver, ATTACKER, next.next().bytes());
                    }
                };
        for (int i = 0; i < 300; i++) {
            playBack.run();
            net.run(2);
        }
        assertThat(flows(receiver)).containsExactly(FIRST_FLOW);
        Host sender = net.dialler(Role.SENDER, Protection.PSK, SECOND_FLOW, MainNet.DIALLER);
        for (int i = 0; i < 250; i++) {
            playBack.run();
            net.run(2);
        }
        int before = receiver.sink.delivered.size();
        net.stream(sender, 500, playBack);

        assertThat(next.hasNext()).isTrue();
        assertThat(flows(receiver)).containsExactly(FIRST_FLOW, SECOND_FLOW);
        net.run(1_500);
        assertThat(receiver.sink.delivered.size() - before).isGreaterThanOrEqualTo(490);
    }
}
