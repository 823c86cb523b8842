package io.rist4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.message.Verdict;
import io.rist4j.crypto.host.Computation;
import io.rist4j.crypto.psk.HeldDatagrams;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.session.MainNet.Host;
import io.rist4j.session.MainNet.Protection;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/** More packets at once than may wait for a key. */
class HeldBurstTest {
    private static final int BURST = 3 * HeldDatagrams.CAPACITY;

    private final MainNet net = new MainNet();
    private final Deque<Computation> waiting = new ArrayDeque<>();
    private Host sender;
    private Host receiver;
    private boolean isWorkerAway;

    @BeforeEach
    void connect() {
        sender = net.listener(Role.SENDER, Protection.PSK);
        receiver =
                net.add(
                        MainNet.config(
                                Role.RECEIVER,
                                "alice",
                                Protection.PSK,
                                PathConfig.dial(MainNet.LISTENER)),
                        0x5000,
                        (nowNs, computation) -> {
                            if (isWorkerAway) {
                                waiting.add(computation);
                            } else {
                                computation.compute();
                                computation.onComputed(nowNs);
                            }
                        },
                        MainNet.DIALLER);
        net.run(300);
    }

    private void turnToAnotherKey() {
        isWorkerAway = true;
        for (Host host : List.of(receiver, sender)) {
            host.session.changeSecret(net.nowNs, Passphrase.ofText("another".toCharArray()));
        }
    }

    private void sendAtOnce(int first, int count) {
        for (int i = first; i < first + count; i++) {
            net.send(sender, i);
        }
    }

    private List<Integer> delivered() {
        return receiver.sink.numbersByFlow.values().stream().flatMap(List::stream).toList();
    }

    @Test
    void aStreamThatBeginsWithMoreThanMayWaitBeginsWithItsFirst() {
        turnToAnotherKey();
        sendAtOnce(0, BURST);
        net.run(3_000);

        assertThat(receiver.session.counters().datagrams(Verdict.HELD)).isGreaterThan(50);
        assertThat(delivered()).isEqualTo(IntStream.range(0, BURST).boxed().toList());
        assertThat(receiver.session.receiving().only().counters().startRepaired).isZero();
    }

    @Test
    void whatWaitedIsNotOvertaken() {
        sendAtOnce(0, 10);
        net.run(1_500);
        long before = receiver.session.counters().requestDatagramsSent;
        turnToAnotherKey();
        sendAtOnce(10, BURST);
        net.run(3_000);

        assertThat(delivered()).isEqualTo(IntStream.range(0, 10 + BURST).boxed().toList());
        assertThat(receiver.session.receiving().only().counters().reordered).isZero();
        assertThat(receiver.session.counters().requestDatagramsSent).isEqualTo(before);
    }
}
