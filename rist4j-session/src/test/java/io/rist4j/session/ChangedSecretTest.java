package io.rist4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.Verdict;
import io.rist4j.crypto.eap.EapCredentials;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.crypto.psk.PskSealing;
import io.rist4j.session.MainNet.Host;
import io.rist4j.session.MainNet.Protection;
import io.rist4j.session.guard.SecurityConfig;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Who comes in with which secret after a listener's was changed: by the time, not by what was. */
class ChangedSecretTest {
    private static final String FIRST = "a secret";
    private static final long OVERLAP_MS = 10_000;

    private final MainNet net = new MainNet();
    private int callers;

    private static Passphrase of(String secret) {
        return Passphrase.ofText(secret.toCharArray());
    }

    private Host caller(Protection protection, String secret) {
        SecurityConfig security = SecurityConfig.ofSecret(of(secret), PskSealing.ofBits(256));
        if (protection == Protection.PSK_AND_SRP) {
            security =
                    security.withCredentials(
                            new EapCredentials("alice".toCharArray(), "mainprofile".toCharArray()));
        }
        callers++;
        return net.add(
                MainNet.config(
                                Role.SENDER,
                                "caller" + callers,
                                Protection.CLEAR,
                                PathConfig.dial(MainNet.LISTENER))
                        .withTunnel(TunnelConfig.of(security)),
                0x1000 * callers,
                Endpoint.ipv4(0x0A000100 + callers, 40_000));
    }

    /** Whether somebody who comes now gets anything through, and goes again. */
    private boolean comesIn(Host listener, Protection protection, String secret) {
        int before = listener.sink.delivered.size();
        Host caller = caller(protection, secret);
        net.run(1_500);
        net.stream(caller, 50, () -> {});
        net.run(1_200);
        caller.session.close(net.nowNs);
        net.run(1_000);
        net.hosts.remove(caller);
        return listener.sink.delivered.size() > before;
    }

    @ParameterizedTest
    @CsvSource({"PSK,0", "PSK,1", "PSK,2", "PSK_AND_SRP,0", "PSK_AND_SRP,1", "PSK_AND_SRP,2"})
    void afterTheOverlapOnlyTheNewSecretOpens(Protection protection, int peersBefore) {
        Host listener = net.listener(Role.RECEIVER, protection);
        for (int i = 0; i < peersBefore; i++) {
            assertThat(comesIn(listener, protection, FIRST)).isTrue();
        }
        listener.session.changeSecret(net.nowNs, of("new"));

        assertThat(comesIn(listener, protection, "new")).as("new, at once").isTrue();
        assertThat(comesIn(listener, protection, FIRST)).as("old, in the overlap").isTrue();
        net.run(OVERLAP_MS);
        for (int i = 0; i < 2; i++) {
            assertThat(comesIn(listener, protection, FIRST)).as("old, later").isFalse();
            assertThat(comesIn(listener, protection, "new")).as("new, later").isTrue();
        }
        net.run(120_000);
        assertThat(comesIn(listener, protection, FIRST)).as("old, much later").isFalse();
        assertThat(comesIn(listener, protection, "new")).as("new, much later").isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"PSK", "PSK_AND_SRP"})
    void ofSeveralChangesInARowTheLastCounts(Protection protection) {
        for (int changes = 2; changes <= 5; changes++) {
            Host listener = net.listener(Role.RECEIVER, protection);
            for (int i = 1; i <= changes; i++) {
                listener.session.changeSecret(net.nowNs, of("secret " + i));
                net.run(1_000);
            }
            String last = "secret " + changes;
            String beforeLast = "secret " + (changes - 1);
            assertThat(comesIn(listener, protection, FIRST)).isFalse();
            assertThat(comesIn(listener, protection, last)).isTrue();
            net.run(OVERLAP_MS);

            assertThat(comesIn(listener, protection, FIRST)).isFalse();
            assertThat(comesIn(listener, protection, beforeLast)).isFalse();
            assertThat(comesIn(listener, protection, last)).isTrue();
            net.hosts.remove(listener);
        }
    }

    @Test
    void aSecretThatIsChangedBackIsTheNewOne() {
        Host listener = net.listener(Role.RECEIVER, Protection.PSK);
        listener.session.changeSecret(net.nowNs, of("new"));
        net.run(500);
        listener.session.changeSecret(net.nowNs, of(FIRST));
        net.run(OVERLAP_MS);

        assertThat(comesIn(listener, Protection.PSK, FIRST)).isTrue();
        assertThat(comesIn(listener, Protection.PSK, "new")).isFalse();
    }

    @Test
    void aPeerThatDoesNotTurnIsCutAtTheEndOfTheOverlap() {
        Host listener = net.listener(Role.RECEIVER, Protection.PSK);
        listener.session.changeSecret(net.nowNs, of("new"));
        net.run(OVERLAP_MS - 1_500);
        Host sender = caller(Protection.PSK, FIRST);
        net.run(500);
        net.stream(sender, 450, () -> {});
        net.stream(sender, 500, () -> {});
        net.run(5_000);

        assertThat(listener.events(SessionEvent.PathUp.class)).hasSize(1);
        assertThat(listener.sink.delivered.size()).isBetween(400, 500);
        assertThat(listener.session.counters().datagrams(Verdict.WRONG_SECRET)).isGreaterThan(100);
        assertThat(listener.session.isConnected()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"PSK", "PSK_AND_SRP"})
    void aPeerThatTurnsWithItLosesNothingThenNorLater(Protection protection) {
        Host listener = net.listener(Role.RECEIVER, protection);
        Host sender = caller(protection, FIRST);
        net.run(1_500);
        net.stream(sender, 100, () -> {});
        for (int i = 1; i <= 3; i++) {
            listener.session.changeSecret(net.nowNs, of("secret " + i));
            if (protection == Protection.PSK) {
                sender.session.changeSecret(net.nowNs, of("secret " + i));
            }
            net.stream(sender, 6_000, () -> {});
        }
        net.run(1_500);

        assertThat(listener.sink.delivered).hasSize(18_100);
        assertThat(listener.events(SessionEvent.PathDown.class)).isEmpty();
        // whoever was told knows the new one alone, too: the same process calls again
        sender.addresses.set(0, Endpoint.ipv4(0x0A000200, 40_001));
        sender.session.redial(net.nowNs, 0, MainNet.LISTENER);
        net.run(4_000);
        net.stream(sender, 200, () -> {});
        net.run(1_500);
        assertThat(listener.sink.delivered).hasSize(18_300);
    }

    /** The listener that a caller comes back to has forgotten everything but its own settings. */
    @ParameterizedTest
    @EnumSource(names = {"PSK", "PSK_AND_SRP"})
    void aCallerThatWasAwayDuringTheChangeComesInWhenItIsGivenTheNewSecret(Protection protection) {
        Host listener = net.listener(Role.RECEIVER, protection);
        Host sender = caller(protection, FIRST);
        net.run(1_500);
        net.stream(sender, 100, () -> {});
        net.loss = datagram -> true;
        listener.session.changeSecret(net.nowNs, of("new"));
        net.run(OVERLAP_MS + 5_000);
        net.loss = datagram -> false;
        sender.session.redial(net.nowNs, 0, MainNet.LISTENER);
        net.run(4_000);
        assertThat(listener.session.isConnected()).isFalse();

        sender.session.changeSecret(net.nowNs, of("new"));
        sender.session.redial(net.nowNs, 0, MainNet.LISTENER);
        net.run(4_000);
        int before = listener.sink.delivered.size();
        net.stream(sender, 200, () -> {});
        net.run(1_500);
        assertThat(listener.sink.delivered.size() - before).isEqualTo(200);
    }

    @Test
    void whoStandsAtTheDoorWithTheNewSecretComesInByTheChange() {
        Host listener = net.listener(Role.RECEIVER, Protection.PSK);
        Host sender = caller(Protection.PSK, "new");
        net.run(500);
        assertThat(listener.session.isConnected()).isFalse();
        listener.session.changeSecret(net.nowNs, of("new"));
        net.run(500);
        assertThat(listener.session.isConnected()).isTrue();
        assertThat(sender.session.isConnected()).isTrue();
    }
}
