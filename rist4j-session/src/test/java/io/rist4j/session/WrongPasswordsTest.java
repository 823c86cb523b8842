package io.rist4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.eap.EapWriter;
import io.rist4j.core.address.Endpoint;
import io.rist4j.crypto.eap.EapCredentials;
import io.rist4j.crypto.eap.EapRefusal;
import io.rist4j.session.MainNet.Host;
import io.rist4j.session.MainNet.Protection;
import io.rist4j.session.guard.SecurityConfig;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Whom a listener shuts out for wrong passwords, and whom it does not. */
class WrongPasswordsTest {
    private static final byte[] ALICE = "alice".getBytes(StandardCharsets.US_ASCII);

    private final MainNet net = new MainNet();
    private final Host receiver = net.listener(Role.RECEIVER, Protection.SRP);

    private Host caller(int ssrc, Endpoint from, String user, String password) {
        var credentials = new EapCredentials(user.toCharArray(), password.toCharArray());
        SecurityConfig security = SecurityConfig.NONE.withCredentials(credentials);
        var config =
                MainNet.config(
                                Role.SENDER,
                                user,
                                Protection.CLEAR,
                                PathConfig.dial(MainNet.LISTENER))
                        .withTunnel(TunnelConfig.of(security));
        return net.add(config, ssrc, from);
    }

    private List<EapRefusal> refusals() {
        return receiver.events(SessionEvent.AuthenticationFailed.class).stream()
                .map(SessionEvent.AuthenticationFailed::reason)
                .toList();
    }

    /** Each new port sees the answers, and shows it by its second one. */
    @Test
    void whoTriesPasswordsFromManyPortsIsShutOutAndNobodyElse() {
        for (int port = 0; port < 5; port++) {
            caller(0x1000 + 16 * port, MainNet.DIALLER.withPort(41_000 + port), "alice", "no");
            net.run(8_000);
        }
        assertThat(refusals()).contains(EapRefusal.TOO_MANY_FAILURES);

        Host right = caller(0x2000, Endpoint.ipv4(0x0B000001, 42_000), "alice", "mainprofile");
        net.run(5_000);

        assertThat(right.events(SessionEvent.Authenticated.class)).hasSize(1);
    }

    /** All identifiers of each step, so that each of his proofs is judged. */
    @Test
    void whoSeesNoAnswersShutsNobodyOut() {
        Endpoint forged = MainNet.DIALLER.withPort(41_000);
        for (int round = 0; round < 200; round++) {
            net.inject(receiver, forged, Frames.report(1, 0x3000));
            for (int identifier = 0; identifier < 256; identifier++) {
                var b = ByteBuffer.allocate(300);
                int bytes = EapWriter.identityResponse(b, 0, 4, identifier, ALICE);
                net.inject(receiver, forged, Frames.eapol(1, b, bytes));
            }
            for (int identifier = 0; identifier < 256; identifier++) {
                var b = ByteBuffer.allocate(300);
                int bytes = EapWriter.clientKey(b, 0, 4, identifier, new byte[] {5});
                net.inject(receiver, forged, Frames.eapol(1, b, bytes));
            }
            for (int identifier = 0; identifier < 256; identifier++) {
                var b = ByteBuffer.allocate(300);
                int bytes =
                        EapWriter.clientValidator(b, 0, 4, identifier, false, true, new byte[32]);
                net.inject(receiver, forged, Frames.eapol(1, b, bytes));
            }
            net.run(100);
        }
        assertThat(receiver.computations).as("proofs that could be judged").isGreaterThan(10);

        Host right = caller(0x1000, MainNet.DIALLER, "alice", "mainprofile");
        net.run(5_000);

        assertThat(right.events(SessionEvent.Authenticated.class)).hasSize(1);
        assertThat(refusals()).doesNotContain(EapRefusal.TOO_MANY_FAILURES);
    }
}
