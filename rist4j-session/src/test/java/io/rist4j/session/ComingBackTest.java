package io.rist4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.address.Endpoint;
import io.rist4j.crypto.host.Computation;
import io.rist4j.crypto.host.Worker;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.crypto.psk.PskSealing;
import io.rist4j.session.MainNet.Host;
import io.rist4j.session.MainNet.Protection;
import io.rist4j.session.guard.SecurityConfig;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * A listener that was away is served again soon after it listens, whenever that is between two
 * calls from new ports. Round trips take 80 ms, keys and proofs 30 ms a step.
 */
class ComingBackTest {
    private static final long MS = MainNet.MS;
    private static final long COMPUTING_NS = 30 * MS;
    private static final int DIALLER_HOST = 0x0A000002;

    /** It is called anew after 2 and 4 s of silence: around the second call, and between. */
    private static final long[] AWAY_MS = {
        2_500, 3_500, 3_700, 3_800, 3_850, 3_900, 3_950, 4_000, 4_050, 4_100, 5_000, 7_000
    };

    private record Computing(long readyNs, Computation computation) {}

    private final MainNet net = new MainNet();
    private final ArrayDeque<Computing> computations = new ArrayDeque<>();
    private final Worker worker =
            (nowNs, computation) ->
                    computations.add(new Computing(nowNs + COMPUTING_NS, computation));
    private final List<Long> calledNs = new ArrayList<>();

    ComingBackTest() {
        net.delayNs = 40 * MS;
    }

    private static SessionConfig config(
            String protection, Role role, String name, PathConfig path) {
        boolean dialling = path.contact() == PathConfig.Contact.DIAL;
        SecurityConfig security =
                switch (protection) {
                    case "PSK_128" -> keyed(PskSealing.ofBits(128));
                    case "PSK_256_ROTATING" -> keyed(new PskSealing(true, 64, false));
                    default -> Protection.valueOf(protection).of(dialling);
                };
        return MainNet.config(role, name, Protection.CLEAR, path)
                .withTunnel(TunnelConfig.of(security));
    }

    private static SecurityConfig keyed(PskSealing sealing) {
        return SecurityConfig.ofSecret(Passphrase.ofText("a secret".toCharArray()), sealing);
    }

    private Host listener(String protection, Role role) {
        return net.add(
                config(protection, role, "bob", PathConfig.listen(MainNet.LISTENER)),
                0x4000,
                worker,
                MainNet.LISTENER);
    }

    private Host dialler(String protection, Role role) {
        return net.add(
                config(protection, role, "alice", PathConfig.dial(MainNet.LISTENER)),
                0x1000,
                worker,
                MainNet.DIALLER);
    }

    /** Lets a packet's time pass, and what takes a while be computed. */
    private void pass(Host sender) {
        net.send(sender, 7);
        for (int i = 0; i < 5; i++) {
            net.run(2);
            while (!computations.isEmpty() && computations.element().readyNs() <= net.nowNs) {
                Computation computation = computations.remove().computation();
                computation.compute();
                computation.onComputed(net.nowNs);
            }
        }
    }

    private void serve(RedialSchedule schedule, Host dialler) {
        if (schedule.deadlineNs() <= net.nowNs) {
            schedule.onDeadline(
                    net.nowNs,
                    path -> {
                        dialler.addresses.set(
                                0, Endpoint.ipv4(DIALLER_HOST, 40_001 + calledNs.size()));
                        calledNs.add(net.nowNs);
                        dialler.session.redial(net.nowNs, path, MainNet.LISTENER);
                    });
        }
    }

    private static long received(Host receiver) {
        return receiver.session.receiving().only().counters().received;
    }

    /** Since the listener listens: until both have a peer, and media comes. */
    private long millisecondsUntilServed(String protection, Role dialling, long awayMs) {
        boolean sends = dialling == Role.SENDER;
        Role listening = sends ? Role.RECEIVER : Role.SENDER;
        Host first = listener(protection, listening);
        Host dialler = dialler(protection, dialling);
        var schedule = new RedialSchedule(dialler.session);
        schedule.start(net.nowNs);
        while (received(sends ? first : dialler) < 50) {
            pass(sends ? dialler : first);
        }
        net.hosts.remove(first);
        long backNs = net.nowNs + awayMs * MS;
        while (net.nowNs < backNs) {
            if (sends) {
                pass(dialler);
            } else {
                net.run(10);
            }
            serve(schedule, dialler);
        }
        Host again = listener(protection, listening);
        long sinceNs = net.nowNs;
        long had = sends ? 0 : received(dialler);
        while (received(sends ? again : dialler) == had
                || !again.session.isConnected()
                || dialler.session.isLost(net.nowNs, 0)) {
            pass(sends ? dialler : again);
            serve(schedule, dialler);
            assertThat(net.nowNs - sinceNs).isLessThan(20_000 * MS);
        }
        net.hosts.clear();
        computations.clear();
        return (net.nowNs - sinceNs) / MS;
    }

    @ParameterizedTest
    @CsvSource({
        "CLEAR, 500",
        "PSK_128, 500",
        "PSK, 500",
        "PSK_256_ROTATING, 500",
        "SRP, 1000",
        "PSK_AND_SRP, 1000"
    })
    void aListenerThatWasAwayIsServedSoon(String protection, long mostMs) {
        for (Role dialling : Role.values()) {
            for (long awayMs : AWAY_MS) {
                assertThat(millisecondsUntilServed(protection, dialling, awayMs))
                        .as("%s dials, away for %d ms", dialling, awayMs)
                        .isLessThanOrEqualTo(mostMs);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CLEAR, 500",
        "PSK_128, 500",
        "PSK, 500",
        "PSK_256_ROTATING, 500",
        "SRP, 1000",
        "PSK_AND_SRP, 1000"
    })
    void theFirstConnectionIsAsQuick(String protection, long mostMs) {
        for (Role dialling : Role.values()) {
            boolean sends = dialling == Role.SENDER;
            Host listener = listener(protection, sends ? Role.RECEIVER : Role.SENDER);
            Host dialler = dialler(protection, dialling);
            long sinceNs = net.nowNs;
            while (received(sends ? listener : dialler) == 0) {
                pass(sends ? dialler : listener);
                assertThat(net.nowNs - sinceNs).isLessThanOrEqualTo(mostMs * MS);
            }
            net.hosts.clear();
            computations.clear();
        }
    }

    /** From when the first answer can have come until the proof is complete. */
    @Test
    void nobodyIsCalledFromAnotherPortWhileHeProvesHimself() {
        for (long awayMs : AWAY_MS) {
            long servedMs = millisecondsUntilServed("SRP", Role.SENDER, awayMs);
            long answeredNs = net.nowNs - servedMs * MS + 200 * MS;

            assertThat(calledNs).as("away for %d ms", awayMs).noneMatch(at -> at > answeredNs);
        }
    }

    @Test
    void whoeverSendsInThePeersNamePutsACallOffByOneInterval() {
        Host listener = listener("PSK", Role.RECEIVER);
        Host dialler = dialler("PSK", Role.SENDER);
        var schedule = new RedialSchedule(dialler.session);
        schedule.start(net.nowNs);
        while (received(listener) < 50) {
            pass(dialler);
        }
        net.hosts.remove(listener);
        net.run(2_000);
        long lostNs = net.nowNs;
        while (calledNs.isEmpty()) {
            net.inject(dialler, MainNet.LISTENER, ByteBuffer.allocate(64).putInt(0, 0x30_00_88_B6));
            pass(dialler);
            serve(schedule, dialler);
            assertThat(net.nowNs - lostNs).isLessThan(4_200 * MS);
        }
        assertThat(net.nowNs - lostNs).isGreaterThan(2_000 * MS);
    }
}
