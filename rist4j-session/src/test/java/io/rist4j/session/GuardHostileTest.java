package io.rist4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.eap.EapWriter;
import io.rist4j.codec.gre.ProtocolTypes;
import io.rist4j.core.address.Endpoint;
import io.rist4j.crypto.eap.EapCredentials;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.session.MainNet.Host;
import io.rist4j.session.MainNet.Protection;
import io.rist4j.session.guard.SecurityConfig;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;

/** What forged frames of the handshake do to a session. */
class GuardHostileTest {
    private static final Endpoint ELSEWHERE = Endpoint.ipv4(0x0B000001, 9_000);
    private static final int LOGOFF = 2;

    private final MainNet net = new MainNet();
    private int rounds;

    private static ByteBuffer start() {
        var b = ByteBuffer.allocate(64);
        return Frames.eapol(1, b, EapWriter.start(b, 0, 3));
    }

    private static ByteBuffer success(int identifier) {
        var b = ByteBuffer.allocate(64);
        return Frames.eapol(1, b, EapWriter.success(b, 0, 3, identifier, true));
    }

    private static ByteBuffer failure(int identifier) {
        var b = ByteBuffer.allocate(64);
        return Frames.eapol(1, b, EapWriter.failure(b, 0, 3, identifier));
    }

    private static ByteBuffer logoff() {
        var b = ByteBuffer.allocate(64);
        int bytes = EapWriter.start(b, 0, 3);
        b.put(1, (byte) LOGOFF);
        return Frames.eapol(1, b, bytes);
    }

    private void flood(Host target, Endpoint from) {
        int identifier = rounds++ & 0xFF;
        net.inject(target, from, start());
        net.inject(target, from, success(identifier));
        net.inject(target, from, failure(identifier));
        net.inject(target, from, logoff());
    }

    @ParameterizedTest
    @EnumSource(names = {"SRP", "PSK_AND_SRP"})
    void floodsOfFramesBeforeASessionDoNotKeepAPeerOut(Protection protection) {
        Host receiver = net.listener(Role.RECEIVER, protection);
        for (int i = 0; i < 500; i++) {
            flood(receiver, ELSEWHERE.withPort(9_000 + i % 50));
            net.run(2);
        }
        Host sender = net.dialler(Role.SENDER, protection, 0x1000, MainNet.DIALLER);
        for (int i = 0; i < 500; i++) {
            flood(receiver, ELSEWHERE.withPort(9_000 + i % 50));
            net.run(2);
        }
        net.stream(sender, 200, () -> flood(receiver, ELSEWHERE));
        net.run(1_500);

        assertThat(receiver.events(SessionEvent.Authenticated.class)).hasSize(1);
        assertThat(receiver.sink.delivered).hasSize(200);
    }

    @ParameterizedTest
    @EnumSource(names = {"SRP", "PSK_AND_SRP"})
    void floodsOfFramesBesideASessionChangeNothing(Protection protection) {
        Host receiver = net.listener(Role.RECEIVER, protection);
        Host sender = net.dialler(Role.SENDER, protection, 0x1000, MainNet.DIALLER);
        net.run(1_500);
        net.seen.clear();
        long before = receiver.computations + sender.computations;
        net.stream(
                sender,
                1_000,
                () -> {
                    flood(receiver, MainNet.DIALLER);
                    flood(sender, MainNet.LISTENER);
                });
        net.run(1_500);

        assertThat(receiver.sink.delivered).hasSize(1_000);
        assertThat(receiver.events(SessionEvent.AuthenticationFailed.class)).isEmpty();
        assertThat(sender.events(SessionEvent.AuthenticationFailed.class)).isEmpty();
        assertThat(receiver.events(SessionEvent.PathDown.class)).isEmpty();
        assertThat(receiver.computations + sender.computations - before).isLessThan(40);
        assertThat(net.seen)
                .filteredOn(s -> Frames.protocolType(s.bytes()) == ProtocolTypes.EAPOL)
                .hasSizeLessThan(200);
    }

    /** Nothing authenticates the frame that hands over a secret. */
    @ParameterizedTest
    @EnumSource(names = {"SRP", "PSK_AND_SRP"})
    void aForgedPassphraseDoesNotCutASession(Protection protection) {
        Host receiver = net.listener(Role.RECEIVER, protection);
        Host sender = net.dialler(Role.SENDER, protection, 0x1000, MainNet.DIALLER);
        net.run(1_500);
        var random = new Random(23);
        net.stream(
                sender,
                1_000,
                () -> {
                    var body = new byte[24 + random.nextInt(32)];
                    random.nextBytes(body);
                    body[0] = 0x40;
                    var b = ByteBuffer.allocate(128);
                    int number = 0x80 | (random.nextInt() & 0x3F);
                    int bytes = EapWriter.passphraseResponse(b, 0, 3, number, body);
                    net.inject(sender, MainNet.LISTENER, Frames.eapol(1, b, bytes));
                });
        net.run(3_000);
        net.stream(sender, 500, () -> {});
        net.run(1_500);

        assertThat(receiver.sink.delivered).hasSize(1_500);
        assertThat(receiver.events(SessionEvent.PathDown.class)).isEmpty();
        assertThat(sender.events(SessionEvent.PathDown.class)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"PSK", "PSK_AND_SRP"})
    void aSecretThatIsChangedInMidSessionIsTakenUp(Protection protection) {
        Host receiver = net.listener(Role.RECEIVER, protection);
        Host sender = net.dialler(Role.SENDER, protection, 0x1000, MainNet.DIALLER);
        net.run(1_500);
        net.stream(sender, 200, () -> {});
        Passphrase changed = Passphrase.ofText("another secret".toCharArray());
        receiver.session.changeSecret(net.nowNs, changed);
        if (protection == Protection.PSK) {
            sender.session.changeSecret(net.nowNs, changed);
        }
        net.stream(sender, 2_000, () -> {});
        net.run(1_500);

        assertThat(receiver.sink.delivered).hasSize(2_200);
        assertThat(receiver.session.isConnected()).isTrue();
        assertThat(sender.session.isConnected()).isTrue();
    }

    @Test
    void aForgedSuccessOpensNothing() {
        Host receiver = net.listener(Role.RECEIVER, Protection.SRP);
        for (int identifier = 0; identifier < 256; identifier++) {
            net.inject(receiver, ELSEWHERE, success(identifier));
            net.inject(receiver, ELSEWHERE, Frames.media(1, 0x3000, identifier));
            net.inject(receiver, ELSEWHERE, Frames.report(1, 0x3000));
            net.run(2);
        }
        net.run(1_500);

        assertThat(receiver.sink.delivered).isEmpty();
        assertThat(receiver.session.isConnected()).isFalse();
        assertThat(receiver.events(SessionEvent.Authenticated.class)).isEmpty();
    }

    @Test
    void unknownUsersAreAnsweredAsKnownOnesAre() {
        List<Integer> known = answersTo("alice");
        List<Integer> unknown = answersTo("mallory");

        assertThat(known).isNotEmpty();
        assertThat(unknown).isEqualTo(known);
    }

    /** Lengths of the frames that a user with a wrong password is sent. */
    private static List<Integer> answersTo(String user) {
        var alone = new MainNet();
        Host receiver = alone.listener(Role.RECEIVER, Protection.SRP);
        var config =
                MainNet.config(
                                Role.SENDER,
                                "caller",
                                Protection.CLEAR,
                                PathConfig.dial(MainNet.LISTENER))
                        .withTunnel(
                                TunnelConfig.of(
                                        SecurityConfig.NONE.withCredentials(
                                                new EapCredentials(
                                                        user.toCharArray(),
                                                        "wrong".toCharArray()))));
        alone.add(config, 0x1000, MainNet.DIALLER);
        alone.run(5_000);
        assertThat(receiver.events(SessionEvent.Authenticated.class)).isEmpty();
        return alone.sentBy(MainNet.LISTENER).stream()
                .filter(s -> Frames.protocolType(s.bytes()) == ProtocolTypes.EAPOL)
                .map(s -> s.bytes().capacity())
                .toList();
    }
}
