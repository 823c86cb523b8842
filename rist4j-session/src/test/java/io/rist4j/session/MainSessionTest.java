package io.rist4j.session;

import static io.rist4j.session.TwoEnds.MS;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.message.Verdict;
import io.rist4j.crypto.eap.EapCredentials;
import io.rist4j.crypto.eap.EapRefusal;
import io.rist4j.crypto.eap.VerifierLookup;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.crypto.psk.PskSealing;
import io.rist4j.crypto.psk.SecretMismatch;
import io.rist4j.crypto.srp.VerifierFile;
import io.rist4j.session.guard.SecurityConfig;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

class MainSessionTest {
    private static final VerifierFile USERS =
            VerifierFile.ofPasswords(
                    Map.of("alice", "mainprofile".toCharArray()), new Random(5)::nextBytes);

    /** How the two ends are secured. */
    enum Protection {
        CLEAR,
        PSK_128,
        PSK_256,
        ROTATING,
        SRP,
        PSK_AND_SRP;

        SecurityConfig config(boolean dialling) {
            return switch (this) {
                case CLEAR -> SecurityConfig.NONE;
                case PSK_128 -> secret(PskSealing.ofBits(128));
                case PSK_256 -> secret(PskSealing.ofBits(256));
                case ROTATING -> secret(new PskSealing(true, 20, false));
                case SRP -> proved(SecurityConfig.NONE, dialling);
                case PSK_AND_SRP -> proved(secret(PskSealing.ofBits(256)), dialling);
            };
        }
    }

    private static SecurityConfig secret(PskSealing sealing) {
        return SecurityConfig.ofSecret(Passphrase.ofText("a secret".toCharArray()), sealing);
    }

    private static SecurityConfig proved(SecurityConfig config, boolean dialling) {
        return dialling
                ? config.withCredentials(credentials("mainprofile"))
                : config.withUsers(VerifierLookup.of(USERS));
    }

    private static EapCredentials credentials(String password) {
        return new EapCredentials("alice".toCharArray(), password.toCharArray());
    }

    static TwoEnds ends(Role diallerRole, SecurityConfig dialling, SecurityConfig listening) {
        Role other = MainNet.other(diallerRole);
        return new TwoEnds(
                config(diallerRole, "alice", PathConfig.dial(TwoEnds.LISTENER), dialling),
                config(other, "bob", PathConfig.listen(TwoEnds.LISTENER), listening));
    }

    private static SessionConfig config(
            Role role, String name, PathConfig path, SecurityConfig security) {
        return SessionConfig.of(Profile.MAIN, role, name, List.of(path))
                .withTunnel(TunnelConfig.of(security));
    }

    private static TwoEnds ends(Role diallerRole, Protection protection) {
        return ends(diallerRole, protection.config(true), protection.config(false));
    }

    private static ByteBuffer payload(int number) {
        return ByteBuffer.allocate(188).putInt(0, number);
    }

    private static void stream(TwoEnds ends, int packets) {
        for (int i = 0; i < packets; i++) {
            ends.send(payload(i));
            ends.runUntil(ends.nowNs + 2 * MS);
        }
        ends.runUntil(ends.nowNs + 1_200 * MS);
    }

    static Stream<Arguments> everyWay() {
        return Stream.of(Protection.values())
                .flatMap(p -> Stream.of(Role.values()).map(role -> Arguments.of(role, p)));
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void mediaCrossesWhoeverDials(Role diallerRole, Protection protection) {
        TwoEnds ends = ends(diallerRole, protection);
        ends.start();
        ends.runUntil(600 * MS);

        stream(ends, 500);

        assertThat(ends.receiverSink().delivered).hasSize(500);
        assertThat(ends.sender().isConnected()).isTrue();
        assertThat(ends.listenerSink.events)
                .noneMatch(e -> e instanceof SessionEvent.SecretsDiffer);
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void lossBothWaysIsRepaired(Role diallerRole, Protection protection) {
        var random = new Random(7);
        TwoEnds ends = ends(diallerRole, protection);
        ends.loss = (fromDialler, datagram) -> random.nextInt(100) < 20;
        ends.start();
        ends.runUntil(3_000 * MS);

        stream(ends, 1_000);

        assertThat(ends.receiverSink().delivered).hasSize(1_000);
    }

    @Test
    void whatIsEncryptedShowsNothingOfThePayload() {
        TwoEnds ends = ends(Role.SENDER, Protection.PSK_256);
        ends.start();
        ends.runUntil(300 * MS);
        ByteBuffer payload = ByteBuffer.allocate(188);
        for (int i = 0; i < 188; i += 4) {
            payload.putInt(i, 0x5249_5354);
        }
        ends.seen.clear();
        ends.send(payload);

        assertThat(ends.seen).isNotEmpty();
        for (TwoEnds.Seen seen : ends.seen) {
            ByteBuffer bytes = seen.datagram().bytes();
            for (int at = 0; at + 4 <= bytes.limit(); at++) {
                assertThat(bytes.getInt(at)).isNotEqualTo(0x5249_5354);
            }
        }
    }

    @Test
    void aWrongSecretIsCalledSo() {
        TwoEnds ends =
                ends(
                        Role.SENDER,
                        SecurityConfig.ofSecret(
                                Passphrase.ofText("another".toCharArray()), PskSealing.ofBits(256)),
                        Protection.PSK_256.config(false));
        ends.start();
        ends.runUntil(2_000 * MS);

        assertThat(ends.listener.isConnected()).isFalse();
        assertThat(ends.listenerSink.events)
                .anyMatch(e ->
                        e instanceof SessionEvent.SecretsDiffer differ
                                && differ.shown() == SecretMismatch.WRONG_SECRET);
        assertThat(ends.listener.counters().datagrams(Verdict.WRONG_SECRET)).isPositive();
    }

    @Test
    void keepAlivesUnderAnotherSecretMakeNoPeer() {
        TwoEnds ends =
                ends(
                        Role.SENDER,
                        SecurityConfig.ofSecret(
                                Passphrase.ofText("another".toCharArray()), PskSealing.ofBits(256)),
                        Protection.PSK_256.config(false));
        ends.start();
        ends.runUntil(20_000 * MS);

        assertThat(ends.listener.paths(ends.nowNs)).isEmpty();
        assertThat(ends.listenerSink.events)
                .noneMatch(e ->
                        e instanceof SessionEvent.PathUp
                                || e instanceof SessionEvent.PeerCapable
                                || e instanceof SessionEvent.PeerLeft);
    }

    @ParameterizedTest
    @EnumSource(
            value = Protection.class,
            names = {"PSK_128", "PSK_256", "ROTATING", "PSK_AND_SRP"})
    void aPeerThatComesAfterChangesOfTheSecretIsUnderstood(Protection protection) {
        for (int changes = 1; changes <= 3; changes++) {
            TwoEnds ends = ends(Role.SENDER, protection);
            ends.dialler.start(0, 0);
            ends.listener.start(0, 0);
            for (int i = 1; i <= changes; i++) {
                Passphrase next = Passphrase.ofText(("secret " + i).toCharArray());
                ends.listener.changeSecret(0, next);
                ends.dialler.changeSecret(0, next);
            }
            ends.runUntil(1_000 * MS);
            stream(ends, 200);

            assertThat(ends.receiverSink().delivered).as("%d changes", changes).hasSize(200);
        }
    }

    @Test
    void aPeerThatDoesNotEncryptIsCalledSo() {
        TwoEnds ends = ends(Role.SENDER, SecurityConfig.NONE, Protection.PSK_256.config(false));
        ends.start();
        ends.runUntil(2_000 * MS);

        assertThat(ends.listener.isConnected()).isFalse();
        assertThat(ends.listenerSink.events)
                .anyMatch(e ->
                        e instanceof SessionEvent.SecretsDiffer differ
                                && differ.shown() == SecretMismatch.PEER_NOT_ENCRYPTING);
    }

    @Test
    void aPeerThatEncryptsUnaskedIsCalledSo() {
        TwoEnds ends = ends(Role.SENDER, Protection.PSK_256.config(true), SecurityConfig.NONE);
        ends.start();
        ends.runUntil(2_000 * MS);

        assertThat(ends.listener.isConnected()).isFalse();
        assertThat(ends.listenerSink.events)
                .anyMatch(e ->
                        e instanceof SessionEvent.SecretsDiffer differ
                                && differ.shown() == SecretMismatch.PEER_ENCRYPTING);
    }

    @Test
    void aWrongPasswordIsRefusedAndNothingCrosses() {
        TwoEnds ends =
                ends(
                        Role.SENDER,
                        SecurityConfig.NONE.withCredentials(credentials("wrong")),
                        Protection.SRP.config(false));
        ends.start();
        ends.runUntil(10_000 * MS);
        stream(ends, 100);

        assertThat(ends.receiverSink().delivered).isEmpty();
        assertThat(ends.listener.isConnected()).isFalse();
        assertThat(ends.diallerSink.events)
                .contains(
                        new SessionEvent.AuthenticationFailed(
                                TwoEnds.LISTENER, EapRefusal.WRONG_CREDENTIALS));
    }

    @Test
    void anAuthenticatedPeerIsTold() {
        TwoEnds ends = ends(Role.SENDER, Protection.SRP);
        ends.start();
        ends.runUntil(1_000 * MS);

        assertThat(ends.listenerSink.events)
                .contains(new SessionEvent.Authenticated(TwoEnds.DIALLER, "alice"));
        assertThat(ends.listener.paths(ends.nowNs))
                .anySatisfy(path -> assertThat(path.user()).isEqualTo("alice"));
    }

    @Test
    void capabilitiesAreTold() {
        TwoEnds ends = ends(Role.SENDER, Protection.CLEAR);
        ends.start();
        ends.runUntil(1_500 * MS);

        assertThat(ends.listenerSink.events).anyMatch(e -> e instanceof SessionEvent.PeerCapable);
        assertThat(ends.diallerSink.events).anyMatch(e -> e instanceof SessionEvent.PeerCapable);
    }

    @Test
    void aReceiverLearnsHowLongItsSenderKeepsPackets() {
        TwoEnds ends = ends(Role.SENDER, Protection.CLEAR);
        ends.start();
        ends.runUntil(3_000 * MS);

        assertThat(ends.listenerSink.events)
                .anyMatch(e ->
                        e instanceof SessionEvent.BufferTold told && told.senderMaxMs() == 2_000);
    }

    @Test
    void outOfBandDatagramsCrossBothWays() {
        TwoEnds ends = ends(Role.SENDER, Protection.PSK_128);
        ends.start();
        ends.runUntil(500 * MS);
        ByteBuffer data = ByteBuffer.wrap("hello, other end".getBytes(StandardCharsets.US_ASCII));

        assertThat(ends.dialler.sendOutOfBand(ends.nowNs, 0, 0x0800, data, 0, data.limit()))
                .isTrue();
        assertThat(ends.listener.sendOutOfBand(ends.nowNs, 0, 0x1234, data, 0, data.limit()))
                .isTrue();
        ends.flush();
        ends.runUntil(600 * MS);

        assertThat(ends.listenerSink.outOfBand).containsExactly("0800 hello, other end");
        assertThat(ends.diallerSink.outOfBand).containsExactly("1234 hello, other end");
    }
}
