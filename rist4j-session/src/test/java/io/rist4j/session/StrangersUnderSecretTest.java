package io.rist4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.gre.GreHeader;
import io.rist4j.codec.gre.ProtocolTypes;
import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.Verdict;
import io.rist4j.crypto.host.Computation;
import io.rist4j.session.MainNet.Host;
import io.rist4j.session.MainNet.Protection;
import io.rist4j.session.guard.NetworkShares;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** What strangers with forged nonces cost a listener that has a secret. */
class StrangersUnderSecretTest {
    private static final int PLAIN_KEEP_ALIVE = 8;
    private static final int MOST_UNDER_WAY = 2 * NetworkShares.UNDER_WAY;

    private final MainNet net = new MainNet();
    private final Random random = new Random(31);
    private final Deque<Computation> waiting = new ArrayDeque<>();

    private static SessionConfig listening(Role role) {
        return MainNet.config(role, "bob", Protection.PSK, PathConfig.listen(MainNet.LISTENER));
    }

    private Endpoint anybody() {
        return Endpoint.ipv4(0x0B00_0000 | random.nextInt(1 << 24), 1_024 + random.nextInt(60_000));
    }

    private ByteBuffer forged(int type, int bodyBytes) {
        var b = ByteBuffer.allocate(GreHeader.ENCRYPTED_BYTES + bodyBytes);
        random.nextBytes(b.array());
        int nonce = random.nextInt() | 1;
        GreHeader.writeEncrypted(b, 0, 1, type, true, nonce, random.nextInt());
        return b;
    }

    private ByteBuffer forged() {
        return forged(ProtocolTypes.KEEP_ALIVE, PLAIN_KEEP_ALIVE);
    }

    private static long usedBytes() {
        var memory = ManagementFactory.getMemoryMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            memory.gc();
            least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    @ParameterizedTest
    @EnumSource
    void tenThousandStrangersHoldAConstantWhateverTheWorkerDoes(Role role) {
        Host listener =
                net.add(listening(role), 0x4000, (nowNs, c) -> waiting.add(c), MainNet.LISTENER);
        net.inject(listener, anybody(), forged()); // what is loaded once
        long before = usedBytes();
        for (int i = 0; i < 10_000; i++) {
            net.inject(listener, anybody(), forged(ProtocolTypes.REDUCED_OVERHEAD, 1_300));
            net.run(1);
        }
        long atTheDoor = usedBytes() - before;
        net.run(6_000);
        long later = usedBytes() - before;

        assertThat(atTheDoor).isLessThan(Newcomers.MOST_BYTES);
        assertThat(waiting).hasSizeBetween(1, MOST_UNDER_WAY);
        assertThat(listener.session.counters().datagrams(Verdict.OVER_LIMIT)).isGreaterThan(9_000);
        // what waits for keys keeps its room, the strangers leave nothing
        assertThat(later).isLessThan(Newcomers.MOST_BYTES / 4);
        assertThat(listener.session.paths(net.nowNs)).isEmpty();
    }

    @Test
    void nothingIsDerivedForTheWayBackBeforeAKeyHasOpened() {
        Host receiver = net.listener(Role.RECEIVER, Protection.PSK);
        for (int i = 0; i < 20; i++) {
            net.inject(receiver, anybody(), forged());
            net.run(100);
        }
        assertThat(receiver.computations).isEqualTo(20); // one for each: what it says

        net.dialler(Role.SENDER, Protection.PSK, 0x1000, MainNet.DIALLER);
        net.run(500);
        assertThat(receiver.computations)
                .isEqualTo(23); // its key; this one and the next of the way back
        assertThat(receiver.session.isConnected()).isTrue();
    }

    @Test
    void whatNoPeerBeginsWithTakesNoPlaceAndCostsNoKey() {
        Host receiver = net.listener(Role.RECEIVER, Protection.PSK);
        List<Verdict> verdicts = new ArrayList<>();
        verdicts.add(net.inject(receiver, anybody(), forged(ProtocolTypes.KEEP_ALIVE, 7)));
        verdicts.add(net.inject(receiver, anybody(), forged(ProtocolTypes.REDUCED_OVERHEAD, 11)));
        verdicts.add(net.inject(receiver, anybody(), forged(ProtocolTypes.VSF, 11)));
        verdicts.add(net.inject(receiver, anybody(), forged(ProtocolTypes.IP, 100)));
        verdicts.add(net.inject(receiver, anybody(), forged(0x1234, 100)));

        assertThat(verdicts).containsOnly(Verdict.MISPLACED);
        assertThat(receiver.computations).isZero();
        assertThat(receiver.session.counters().datagrams(Verdict.MISPLACED)).isEqualTo(5);
    }

    /** 1 000 forged datagrams a second, and a worker that takes 20 ms for each key. */
    @ParameterizedTest
    @EnumSource
    void aPeerComesInWithinTwoSecondsThroughAFlood(Role role) {
        Host listener =
                net.add(listening(role), 0x4000, (nowNs, c) -> waiting.add(c), MainNet.LISTENER);
        for (int ms = 0; ms < 5_000; ms++) {
            flood(listener, ms);
        }
        Role other = MainNet.other(role);
        Host dialler = net.dialler(other, Protection.PSK, 0x1000, MainNet.DIALLER);
        for (int ms = 0; ms < 2_000; ms++) {
            flood(listener, ms);
        }

        assertThat(listener.session.isConnected()).isTrue();
        assertThat(dialler.session.isConnected()).isTrue();
    }

    private void flood(Host listener, int ms) {
        net.inject(listener, anybody(), forged());
        if (ms % 20 == 0 && !waiting.isEmpty()) {
            Computation done = waiting.remove();
            done.compute();
            done.onComputed(net.nowNs);
        }
        net.run(1);
    }
}
