package io.rist4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.gre.GreHeader;
import io.rist4j.codec.gre.GrePacket;
import io.rist4j.codec.gre.ProtocolTypes;
import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.Verdict;
import io.rist4j.crypto.eap.EapCredentials;
import io.rist4j.crypto.eap.EapRefusal;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.crypto.psk.PskSealing;
import io.rist4j.crypto.srp.VerifierFile;
import io.rist4j.session.MainNet.Host;
import io.rist4j.session.SessionEvent.Authenticated;
import io.rist4j.session.SessionEvent.AuthenticationFailed;
import io.rist4j.session.guard.SecurityConfig;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What becomes of authenticated peers when the users of a listener change. */
class ChangedUsersTest {
    private static final Endpoint ELSEWHERE = Endpoint.ipv4(0x0A000003, 41_000);

    private final MainNet net = new MainNet();
    private final Map<String, VerifierFile> files = new HashMap<>();
    private SecurityConfig keyed = SecurityConfig.NONE;
    private int passwords;

    private void user(String name, String password) {
        Random random = new Random(++passwords);
        files.put(
                name,
                VerifierFile.ofPasswords(Map.of(name, password.toCharArray()), random::nextBytes));
    }

    private Host listener(Role role) {
        SecurityConfig security =
                keyed.withUsers((user, legacy) -> {
                    VerifierFile file = files.get(new String(user, StandardCharsets.UTF_8));
                    return file == null ? null : file.find(user, legacy);
                });
        var config =
                SessionConfig.of(
                                Profile.MAIN,
                                role,
                                "bob",
                                List.of(PathConfig.listen(MainNet.LISTENER)))
                        .withTunnel(TunnelConfig.of(security));
        return net.add(config, 0x4000, MainNet.LISTENER);
    }

    private Host caller(Role role, int ssrc, Endpoint from, String user, String password) {
        var credentials = new EapCredentials(user.toCharArray(), password.toCharArray());
        var config =
                MainNet.config(
                                role,
                                user,
                                MainNet.Protection.CLEAR,
                                PathConfig.dial(MainNet.LISTENER))
                        .withTunnel(TunnelConfig.of(keyed.withCredentials(credentials)));
        return net.add(config, ssrc, from);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPeerProvesAChangedVerifierWithoutLosingAPacket(boolean hasSecret) {
        if (hasSecret) {
            keyed =
                    SecurityConfig.ofSecret(
                            Passphrase.ofText("a secret".toCharArray()), PskSealing.ofBits(256));
        }
        user("alice", "one");
        Host receiver = listener(Role.RECEIVER);
        Host sender = caller(Role.SENDER, 0x1000, MainNet.DIALLER, "alice", "one");
        net.run(1_500);
        long before = sender.computations;
        user("alice", "one"); // the same password, another salt

        receiver.session.onUsersChanged(net.nowNs);
        net.stream(sender, 4_000, () -> {});
        net.run(1_500);

        assertThat(sender.computations - before).isGreaterThanOrEqualTo(2);
        assertThat(receiver.sink.delivered).hasSize(4_000);
        assertThat(net.seen) // with users alone too
                .filteredOn(seen -> seen.bytes().capacity() > 188)
                .filteredOn(seen -> Frames.protocolType(seen.bytes()) != ProtocolTypes.EAPOL)
                .hasSizeGreaterThanOrEqualTo(4_000)
                .allMatch(seen -> isSealed(seen.bytes()));
        assertThat(receiver.events(AuthenticationFailed.class)).isEmpty();
        assertThat(receiver.session.isConnected()).isTrue();
    }

    private static boolean isSealed(ByteBuffer datagram) {
        var packet = new GrePacket();
        return GreHeader.read(datagram, 0, datagram.capacity(), packet) == Verdict.OK
                && packet.isEncrypted();
    }

    @Test
    void whoKnowsTheFormerPasswordOnlyIsShutOutAndTheNewOneLetsIn() {
        user("alice", "one");
        Host receiver = listener(Role.RECEIVER);
        Host sender = caller(Role.SENDER, 0x1000, MainNet.DIALLER, "alice", "one");
        net.stream(sender, 1_000, () -> {});
        net.run(1_500);
        int before = receiver.sink.delivered.size();
        user("alice", "two");

        receiver.session.onUsersChanged(net.nowNs);
        net.run(6_000);
        net.stream(sender, 100, () -> {});
        net.run(3_000);

        assertThat(receiver.sink.delivered).hasSize(before);
        assertThat(receiver.events(AuthenticationFailed.class))
                .first()
                .satisfies(failed ->
                        assertThat(failed.reason()).isEqualTo(EapRefusal.WRONG_CREDENTIALS));
        assertThat(receiver.session.isConnected()).isFalse();
        sender.isOn = false;
        Host again = caller(Role.SENDER, 0x2000, ELSEWHERE, "alice", "two");
        net.run(1_500);
        net.stream(again, 100, () -> {});
        net.run(3_000);
        assertThat(receiver.events(Authenticated.class)).hasSize(2);
        assertThat(receiver.sink.delivered.size()).isGreaterThan(before + 90);
    }

    @Test
    void aDeletedUserIsShutOutAtOnceAndTheOthersNoticeNothing() {
        user("alice", "one");
        user("carol", "three");
        Host sender = listener(Role.SENDER);
        Host alice = caller(Role.RECEIVER, 0x1000, MainNet.DIALLER, "alice", "one");
        Host carol = caller(Role.RECEIVER, 0x2000, ELSEWHERE, "carol", "three");
        net.run(2_000);
        net.stream(sender, 200, () -> {});
        long before = carol.computations;
        files.remove("alice");

        sender.session.onUsersChanged(net.nowNs);
        net.seen.clear();
        net.stream(sender, 200, () -> {});
        net.run(1_500);

        assertThat(net.bytesTo(ELSEWHERE)).isGreaterThan(200 * 188L);
        assertThat(net.bytesTo(MainNet.DIALLER)).isLessThan(20 * 188L);
        assertThat(sender.events(AuthenticationFailed.class)).hasSizeBetween(1, 2);
        assertThat(alice.sink.delivered.size()).isLessThanOrEqualTo(200);
        assertThat(carol.sink.delivered).hasSize(400);
        assertThat(carol.computations).isEqualTo(before);
    }

    @Test
    void whoDoesNotAnswerIsShutOutBeforeLong() {
        user("alice", "one");
        Host receiver = listener(Role.RECEIVER);
        Host sender = caller(Role.SENDER, 0x1000, MainNet.DIALLER, "alice", "one");
        net.run(1_500);
        user("alice", "two");
        receiver.session.onUsersChanged(net.nowNs);
        net.loss = datagram -> Frames.protocolType(datagram.bytes()) == 0x888E;

        net.run(5_500);
        int before = receiver.sink.delivered.size();
        net.stream(sender, 100, () -> {});
        net.run(1_500);

        assertThat(receiver.sink.delivered).hasSize(before);
        assertThat(receiver.events(AuthenticationFailed.class)).isNotEmpty();
    }

    /** Proved, and not heard of otherwise: no peer yet. */
    @Test
    void aDeletedUserAtTheDoorDoesNotComeIn() {
        user("alice", "one");
        Host receiver = listener(Role.RECEIVER);
        net.loss = datagram -> Frames.protocolType(datagram.bytes()) != 0x888E;
        caller(Role.SENDER, 0x1000, MainNet.DIALLER, "alice", "one");
        net.run(500);
        assertThat(receiver.events(Authenticated.class)).hasSize(1);
        assertThat(receiver.session.paths(net.nowNs)).isEmpty();
        files.remove("alice");

        receiver.session.onUsersChanged(net.nowNs);
        net.loss = datagram -> false;
        net.run(2_000);

        assertThat(receiver.session.paths(net.nowNs)).isEmpty();
        assertThat(receiver.session.isConnected()).isFalse();
    }
}
