package io.rist4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.eap.EapWriter;
import io.rist4j.codec.gre.GreHeader;
import io.rist4j.codec.gre.GrePacket;
import io.rist4j.codec.gre.ProtocolTypes;
import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.Verdict;
import io.rist4j.crypto.eap.EapRefusal;
import io.rist4j.crypto.eap.SrpCompat;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.crypto.psk.PskSealing;
import io.rist4j.session.MainNet.Host;
import io.rist4j.session.MainNet.Protection;
import io.rist4j.session.MainNet.Seen;
import io.rist4j.session.guard.SecurityConfig;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;

/** What EAP-SRP without a secret does for both directions. */
class KeyedBothWaysTest {
    private static final int MEDIA_BYTES = 188;

    private final MainNet net = new MainNet();

    private static boolean isClear(Seen seen) {
        var packet = new GrePacket();
        ByteBuffer b = seen.bytes();
        return GreHeader.read(b, 0, b.capacity(), packet) == Verdict.OK
                && packet.protocolType != ProtocolTypes.EAPOL
                && !packet.isEncrypted();
    }

    private static SecurityConfig of(boolean dialling, SrpCompat compat, boolean requires) {
        SecurityConfig srp = Protection.SRP.of(dialling);
        return new SecurityConfig(
                srp.secret(),
                srp.sealing(),
                srp.credentials(),
                srp.users(),
                compat,
                requires,
                srp.insecureIv());
    }

    private static SessionConfig config(Role role, String name, PathConfig path, SecurityConfig s) {
        return MainNet.config(role, name, Protection.SRP, path).withTunnel(TunnelConfig.of(s));
    }

    private Host listener(Role role, SecurityConfig security) {
        PathConfig path = PathConfig.listen(MainNet.LISTENER);
        return net.add(config(role, "bob", path, security), 0x4000, MainNet.LISTENER);
    }

    private Host dialler(Role role, SecurityConfig security) {
        PathConfig path = PathConfig.dial(MainNet.LISTENER);
        return net.add(config(role, "alice", path, security), 0x1000, MainNet.DIALLER);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void nothingGoesInClearOnceProvedAndMediaNever(Role diallers) {
        Role listeners = MainNet.other(diallers);
        Host listener = listener(listeners, of(false, SrpCompat.AUTO, true));
        Host dialler = dialler(diallers, of(true, SrpCompat.AUTO, true));
        Host sender = diallers == Role.SENDER ? dialler : listener;
        Host receiver = diallers == Role.SENDER ? listener : dialler;
        net.run(1_000);
        net.stream(sender, 200, () -> {});
        net.run(1_500);

        assertThat(receiver.sink.delivered).hasSize(200);
        assertThat(net.seen)
                .filteredOn(KeyedBothWaysTest::isClear)
                .allMatch(seen -> seen.bytes().capacity() < MEDIA_BYTES)
                .allMatch(seen -> seen.atNs() < 500 * MainNet.MS);
        assertThat(listener.events(SessionEvent.InClear.class)).isEmpty();
        assertThat(dialler.events(SessionEvent.InClear.class)).isEmpty();
        assertThat(listener.events(SessionEvent.AuthenticationFailed.class)).isEmpty();
    }

    @Test
    void whatComesInClearFromTheProvedAddressIsRefusedAndCounted() {
        Host receiver = net.listener(Role.RECEIVER, Protection.SRP);
        Host sender = net.dialler(Role.SENDER, Protection.SRP, 0x1000, MainNet.DIALLER);
        net.run(1_000);
        net.stream(sender, 100, () -> {});
        long before = receiver.session.counters().datagrams(Verdict.NOT_ENCRYPTED);

        for (int type : new int[] {0x88B6, 0x88B5, 0x0800, 0xCCE0}) {
            ByteBuffer forged = ByteBuffer.allocate(64);
            int at = GreHeader.write(forged, 0, 1, type, 7_000);
            forged.putInt(at, 0x07B007B0).put(at + 4, (byte) 0x80).put(at + 5, (byte) 33);
            assertThat(net.inject(receiver, MainNet.DIALLER, forged))
                    .isEqualTo(Verdict.NOT_ENCRYPTED);
            assertThat(net.inject(sender, MainNet.LISTENER, forged))
                    .isEqualTo(Verdict.NOT_ENCRYPTED);
        }
        net.run(1_500);

        assertThat(receiver.session.counters().datagrams(Verdict.NOT_ENCRYPTED) - before)
                .isEqualTo(4);
        assertThat(receiver.sink.delivered).hasSize(100);
    }

    /** Both ends of a bond ask and prove on each of its paths. */
    @ParameterizedTest
    @EnumSource(Role.class)
    void everyPathOfABondIsKeyed(Role diallers) {
        Role listeners = MainNet.other(diallers);
        Endpoint otherPort = Endpoint.ipv4(0x0A000001, 5_002);
        Endpoint otherNetwork = Endpoint.ipv4(0x0A000003, 40_000);
        Host listener =
                net.add(
                        MainNet.config(
                                listeners,
                                "bob",
                                Protection.SRP,
                                PathConfig.listen(MainNet.LISTENER),
                                PathConfig.listen(otherPort)),
                        0x4000,
                        MainNet.LISTENER,
                        otherPort);
        Host dialler =
                net.add(
                        MainNet.config(
                                diallers,
                                "alice",
                                Protection.SRP,
                                PathConfig.dial(MainNet.LISTENER),
                                PathConfig.dial(otherPort)),
                        0x1000,
                        MainNet.DIALLER,
                        otherNetwork);
        Host sender = diallers == Role.SENDER ? dialler : listener;
        Host receiver = diallers == Role.SENDER ? listener : dialler;
        net.run(1_500);
        net.stream(sender, 200, () -> {});
        ByteBuffer forged = Frames.media(1, 0x1000, 7);
        assertThat(net.inject(listener, MainNet.DIALLER, forged)).isEqualTo(Verdict.NOT_ENCRYPTED);
        assertThat(net.inject(dialler, MainNet.LISTENER, forged)).isEqualTo(Verdict.NOT_ENCRYPTED);
        net.run(1_500);

        assertThat(receiver.sink.delivered).hasSize(200);
        for (Endpoint from : sender.addresses) {
            assertThat(net.sentBy(from))
                    .filteredOn(seen -> seen.bytes().capacity() >= MEDIA_BYTES)
                    .filteredOn(seen -> seen.bytes().getShort(2) != (short) ProtocolTypes.EAPOL)
                    .isNotEmpty()
                    .noneMatch(KeyedBothWaysTest::isClear);
        }
    }

    /** Nobody configured a secret, so none can be another at the other end. */
    @Test
    void whatComesInClearOrUnderNoKeyOfTheSessionIsNotTakenForAnotherSecret() {
        Host receiver = net.listener(Role.RECEIVER, Protection.SRP);
        Host sender = net.dialler(Role.SENDER, Protection.SRP, 0x1000, MainNet.DIALLER);
        net.run(1_000);
        ByteBuffer sealed = ByteBuffer.allocate(80);
        for (int i = 0; i < 100; i++) {
            net.inject(receiver, MainNet.DIALLER, Frames.keepAlive(1, i, 0));
            net.inject(sender, MainNet.LISTENER, Frames.keepAlive(1, i, 0));
            int type = ProtocolTypes.REDUCED_OVERHEAD;
            GreHeader.writeEncrypted(sealed, 0, 1, type, true, 77, i);
            net.inject(receiver, MainNet.DIALLER, sealed);
            net.inject(sender, MainNet.LISTENER, sealed);
            net.run(20);
        }

        assertThat(receiver.session.counters().datagrams(Verdict.NOT_ENCRYPTED)).isEqualTo(100);
        assertThat(receiver.session.counters().datagrams(Verdict.WRONG_SECRET)).isPositive();
        assertThat(receiver.events(SessionEvent.SecretsDiffer.class)).isEmpty();
        assertThat(sender.events(SessionEvent.SecretsDiffer.class)).isEmpty();
    }

    @Test
    void aLostSuccessOfAnotherProofInterruptsNothing() {
        Host receiver = net.listener(Role.RECEIVER, Protection.SRP);
        Host sender = net.dialler(Role.SENDER, Protection.SRP, 0x1000, MainNet.DIALLER);
        net.run(1_000);
        net.loss = datagram -> isSuccess(datagram.bytes());
        net.inject(receiver, MainNet.DIALLER, Frames.eapol(1, start(), 4));
        net.stream(sender, 300, () -> {});
        net.loss = datagram -> false;
        net.stream(sender, 300, () -> {});
        net.run(1_500);

        assertThat(receiver.sink.delivered).hasSize(600);
        assertThat(receiver.session.counters().datagrams(Verdict.WRONG_SECRET)).isZero();
    }

    /** Nonces that are drawn while only one end has the new key are under the old one. */
    @ParameterizedTest
    @EnumSource(Role.class)
    void anotherProofWhileKeysRotateInterruptsNothing(Role diallers) {
        Role listeners = MainNet.other(diallers);
        Host listener = listener(listeners, rotating(false));
        Host dialler = dialler(diallers, rotating(true));
        Host sender = diallers == Role.SENDER ? dialler : listener;
        Host receiver = diallers == Role.SENDER ? listener : dialler;
        net.run(1_000);
        net.loss = datagram -> isSuccess(datagram.bytes());
        net.stream(sender, 50, () -> {});
        net.inject(listener, MainNet.DIALLER, Frames.eapol(1, start(), 4));
        net.stream(sender, 100, () -> {});
        net.loss = datagram -> false;
        net.stream(sender, 450, () -> {});
        net.run(1_500);

        assertThat(net.sentBy(MainNet.DIALLER))
                .filteredOn(seen -> seen.atNs() > 1_000 * MainNet.MS && isSuccess(seen.bytes()))
                .isNotEmpty();
        assertThat(receiver.sink.delivered).hasSize(600);
        assertThat(receiver.session.counters().datagrams(Verdict.WRONG_SECRET)).isZero();
    }

    /** Somebody says blindly that the listener's proof arrived, and it was lost. */
    @ParameterizedTest
    @EnumSource(Role.class)
    void aForgedSuccessOfAnotherProofCostsNoPacket(Role diallers) {
        Role listeners = MainNet.other(diallers);
        Host listener = net.listener(listeners, Protection.SRP);
        Host dialler = net.dialler(diallers, Protection.SRP, 0x1000, MainNet.DIALLER);
        Host sender = diallers == Role.SENDER ? dialler : listener;
        Host receiver = diallers == Role.SENDER ? listener : dialler;
        net.run(1_000);
        net.stream(sender, 100, () -> {});
        boolean[] isLost = {false};
        int[] believed = {0};
        net.loss =
                datagram -> {
                    boolean isFirst = isServerProof(datagram.bytes()) && !isLost[0];
                    isLost[0] |= isFirst;
                    return isFirst;
                };
        net.inject(listener, MainNet.DIALLER, Frames.eapol(1, start(), 4));
        net.stream(
                sender,
                900,
                () -> {
                    for (int id = 0; isLost[0] && believed[0] == 0 && id < 256; id++) {
                        ByteBuffer forged = Frames.eapol(1, success(id), 10);
                        if (net.inject(listener, MainNet.DIALLER, forged) == Verdict.HANDSHAKE) {
                            believed[0]++;
                        }
                    }
                });
        net.run(1_500);

        assertThat(believed[0]).isEqualTo(1);
        assertThat(receiver.sink.delivered).hasSize(1_000);
        assertThat(net.sentBy(MainNet.LISTENER))
                .filteredOn(seen -> isServerProof(seen.bytes()))
                .hasSize(3); // that of the first exchange, the lost one, and that one again
        assertThat(dialler.events(SessionEvent.AuthenticationFailed.class)).isEmpty();
        assertThat(dialler.events(SessionEvent.PathDown.class)).isEmpty();
    }

    private static boolean isServerProof(ByteBuffer b) {
        return b.capacity() == 54 && b.getShort(2) == (short) 0x888E && b.get(12) == 1;
    }

    private static ByteBuffer success(int identifier) {
        var b = ByteBuffer.allocate(64);
        EapWriter.success(b, 0, 4, identifier, true);
        return b;
    }

    /** Each session has keys of its own, which nobody but its proof changes. */
    @ParameterizedTest
    @EnumSource(Role.class)
    void thereIsNoSecretToChange(Role diallers) {
        Role listeners = MainNet.other(diallers);
        Host listener = net.listener(listeners, Protection.SRP);
        Host dialler = net.dialler(diallers, Protection.SRP, 0x1000, MainNet.DIALLER);
        Host sender = diallers == Role.SENDER ? dialler : listener;
        Host receiver = diallers == Role.SENDER ? listener : dialler;
        net.run(1_000);
        net.seen.clear();
        try (Passphrase secret = Passphrase.ofText("a secret".toCharArray())) {
            for (Host changing : net.hosts) {
                changing.session.changeSecret(net.nowNs, secret);
                net.stream(sender, 100, () -> {});
            }
        }
        net.run(1_500);

        assertThat(receiver.sink.delivered).hasSize(200);
        assertThat(net.seen)
                .noneMatch(seen -> Frames.protocolType(seen.bytes()) == ProtocolTypes.EAPOL);
        for (Host host : net.hosts) {
            assertThat(host.session.counters().datagrams(Verdict.WRONG_SECRET)).isZero();
        }
    }

    private static SecurityConfig rotating(boolean dialling) {
        SecurityConfig srp = Protection.SRP.of(dialling);
        return new SecurityConfig(
                null,
                new PskSealing(true, 20, false),
                srp.credentials(),
                srp.users(),
                SrpCompat.AUTO,
                false,
                false);
    }

    private static ByteBuffer start() {
        return ByteBuffer.allocate(64).put(0, (byte) 4).put(1, (byte) 1);
    }

    private static boolean isSuccess(ByteBuffer b) {
        return b.capacity() == 18 && b.getShort(2) == (short) 0x888E && b.get(12) == 3;
    }

    /** An end that speaks the legacy version does not know how, as libRIST does not. */
    @ParameterizedTest
    @CsvSource({"LEGACY, AUTO", "AUTO, LEGACY"})
    void aDirectionThatStaysInClearIsNamedByWhoKnowsBetter(SrpCompat dials, SrpCompat listens) {
        Host receiver = listener(Role.RECEIVER, of(false, listens, false));
        Host sender = dialler(Role.SENDER, of(true, dials, false));
        net.run(3_000);
        net.stream(sender, 50, () -> {});
        net.run(1_500);

        assertThat(receiver.sink.delivered).hasSize(50);
        assertThat(receiver.events(SessionEvent.InClear.class))
                .containsExactly(new SessionEvent.InClear(MainNet.DIALLER, false));
        assertThat(sender.events(SessionEvent.InClear.class))
                .containsExactly(new SessionEvent.InClear(MainNet.LISTENER, true));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoRequiresEncryptionServesNobodyInClear(boolean isSender) {
        Host receiver = listener(Role.RECEIVER, of(false, SrpCompat.AUTO, !isSender));
        Host sender = dialler(Role.SENDER, of(true, SrpCompat.LEGACY, isSender));
        net.run(3_000);
        net.stream(sender, 50, () -> {});
        net.run(1_500);

        Host requires = isSender ? sender : receiver;
        assertThat(requires.events(SessionEvent.AuthenticationFailed.class))
                .extracting(SessionEvent.AuthenticationFailed::reason)
                .contains(EapRefusal.IN_CLEAR);
        assertThat(receiver.sink.delivered).isEmpty();
        if (isSender) {
            assertThat(net.sentBy(MainNet.DIALLER))
                    .filteredOn(KeyedBothWaysTest::isClear)
                    .allMatch(seen -> seen.bytes().capacity() < MEDIA_BYTES);
        }
    }
}
