package io.rist4j;

import static io.rist4j.Await.PATIENCE;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.util.Objects.requireNonNull;

import io.rist4j.crypto.srp.SrpVerifier;
import io.rist4j.crypto.srp.VerifierFile;
import io.rist4j.net.contract.TooSlowHere;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Handles of the Main profile over real sockets. */
@Timeout(180)
@ExtendWith(TooSlowHere.class)
class MainHandleTest {
    private static final String MAIN = "?profile=main&buffer=300";

    private static ByteBuffer number(int i) {
        return ByteBuffer.allocate(188).putInt(0, i);
    }

    private static void exchange(RistSender tx, RistReceiver rx) throws Exception {
        tx.awaitConnected(PATIENCE);
        rx.awaitConnected(PATIENCE);
        for (int i = 0; i < 50; i++) {
            tx.send(number(i));
        }
        for (int i = 0; i < 50; i++) {
            RistBlock block = requireNonNull(rx.receiveBlock(PATIENCE));
            assertThat(block.payload().getInt(0)).isEqualTo(i);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "&secret=correct-horse-battery",
                "&secret=correct-horse-battery&aes-type=128&key-rotation=10",
                "&username=joe&password=pa55word",
                "&username=joe&password=pa55word&secret=correct-horse-battery"
            })
    void carryMediaWhoeverListens(String security) throws Exception {
        String port = "127.0.0.1:" + FreePorts.evenPort() + MAIN + security;
        try (RistReceiver rx = RistReceiver.listen("rist://@" + port);
                RistSender tx = RistSender.dial("rist://" + port)) {
            exchange(tx, rx);
        }
        String other = "127.0.0.1:" + FreePorts.evenPort() + MAIN + security;
        try (RistSender tx = RistSender.listen("rist://@" + other);
                RistReceiver rx = RistReceiver.dial("rist://" + other)) {
            exchange(tx, rx);
        }
    }

    @Test
    void tellWhoAuthenticated() throws Exception {
        var events = new CopyOnWriteArrayList<RistEvent>();
        String port = "127.0.0.1:" + FreePorts.evenPort() + MAIN;
        try (RistReceiver rx =
                        RistReceiver.builder()
                                .path("rist://@" + port)
                                .users(
                                        RistUsers.ofPasswords(
                                                Map.of(
                                                        "ann", "first".toCharArray(),
                                                        "ben", "second".toCharArray())))
                                .onEvent(events::add)
                                .open();
                RistSender tx =
                        RistSender.dial("rist://" + port + "&username=ben&password=second")) {
            exchange(tx, rx);
            assertThat(events)
                    .anyMatch(
                            e -> e instanceof RistEvent.Authenticated a && a.user().equals("ben"));
        }
    }

    @Test
    void askTheProgramsOwnStoreForVerifiers() throws Exception {
        SrpVerifier made =
                SrpVerifier.create(
                        false,
                        "eve".getBytes(StandardCharsets.UTF_8),
                        "third".getBytes(StandardCharsets.UTF_8),
                        new SecureRandom()::nextBytes);
        var asked = new CopyOnWriteArrayList<String>();
        RistUsers users =
                RistUsers.of((user, legacy) -> {
                    asked.add(user);
                    boolean isKnown = user.equals("eve") && !legacy;
                    return isKnown
                            ? Optional.of(new RistUsers.Verifier(made.salt(), made.verifier()))
                            : Optional.empty();
                });
        String port = "127.0.0.1:" + FreePorts.evenPort() + MAIN;
        try (RistReceiver rx = RistReceiver.builder().path("rist://@" + port).users(users).open();
                RistSender tx =
                        RistSender.dial("rist://" + port + "&username=eve&password=third")) {
            exchange(tx, rx);
        }
        assertThat(asked).contains("eve");
    }

    @Test
    void tellThatAPasswordIsWrong() throws Exception {
        var events = new CopyOnWriteArrayList<RistEvent>();
        String port = "127.0.0.1:" + FreePorts.evenPort() + MAIN;
        try (RistReceiver rx =
                        RistReceiver.listen("rist://@" + port + "&username=ben&password=second");
                RistSender tx =
                        RistSender.builder()
                                .path("rist://" + port + "&username=ben&password=third")
                                .onEvent(events::add)
                                .open()) {
            Await.until(
                    "the failure is told",
                    () ->
                            events.stream()
                                    .anyMatch(e -> e instanceof RistEvent.AuthenticationFailed));
            assertThat(rx.isConnected() || tx.isConnected()).isFalse();
        }
    }

    @Test
    void shutOutWhosePasswordChangedInTheFile(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("users.srp");
        String ben = record("ben", "second");
        Files.writeString(file, record("ann", "first") + ben);
        var events = new CopyOnWriteArrayList<RistEvent>();
        String port = "127.0.0.1:" + FreePorts.evenPort() + MAIN;
        try (RistSender tx =
                        RistSender.builder()
                                .path("rist://@" + port)
                                .users(RistUsers.ofFile(file))
                                .onEvent(events::add)
                                .open();
                RistReceiver anns =
                        RistReceiver.dial("rist://" + port + "&username=ann&password=first");
                RistReceiver bens =
                        RistReceiver.dial("rist://" + port + "&username=ben&password=second")) {
            anns.awaitConnected(PATIENCE);
            bens.awaitConnected(PATIENCE);

            Files.writeString(file, record("ann", "changed") + ben);
            Await.until(
                    "the former password is refused",
                    () ->
                            events.stream()
                                    .anyMatch(e -> e instanceof RistEvent.AuthenticationFailed));
            Await.until("nothing comes any more", () -> !anns.isConnected());

            try (RistReceiver again =
                    RistReceiver.dial("rist://" + port + "&username=ann&password=changed")) {
                exchange(tx, again);
            }
            assertThat(bens.isConnected()).isTrue();
            assertThat(
                            events.stream()
                                    .filter(e ->
                                            e instanceof RistEvent.Authenticated a
                                                    && a.user().equals("ben")))
                    .hasSize(1);
        }
    }

    private static String record(String user, String password) {
        return record(user, password, 7);
    }

    private static String record(String user, String password, int seed) {
        return VerifierFile.lines(user, password.toCharArray(), new Random(seed)::nextBytes);
    }

    /** Users alone: what both directions go under comes of the proof. */
    @Test
    void goOnUnderOtherKeysWhenTheirUsersRecordIsAnother(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("users.srp");
        Files.writeString(file, record("ben", "second", 8));
        var events = new EventLog();
        var proofs = new AtomicInteger();
        int port = FreePorts.evenPort();
        String settings = MAIN + "&require-encryption=1";
        try (Relay relay = new Relay(port);
                RistReceiver rx =
                        RistReceiver.builder()
                                .path("rist://@127.0.0.1:" + port + settings)
                                .users(RistUsers.ofFile(file))
                                .onEvent(events)
                                .open();
                RistSender tx =
                        RistSender.builder()
                                .path(
                                        "rist://"
                                                + relay.hostAndPort()
                                                + settings
                                                + "&username=ben&password=second")
                                .onEvent(events)
                                .open()) {
            exchange(tx, rx);
            relay.onWayForth(datagram -> proofs.addAndGet(Relay.isProof(datagram) ? 1 : 0));

            Files.writeString(file, record("ben", "second", 9));
            Await.until("another proof", () -> proofs.get() > 0);
            exchange(tx, rx);

            assertThat(events.of(RistEvent.AuthenticationFailed.class)).isEmpty();
            assertThat(events.of(RistEvent.InClear.class)).isEmpty();
            assertThat(events.of(RistEvent.SecretMismatch.class)).isEmpty();
            assertThat(events.of(RistEvent.PathDown.class)).isEmpty();
            assertThat(rx.stats().lostPackets()).isZero();
        }
    }

    @Test
    void admitWhomTheProgramAdmits() throws Exception {
        var events = new CopyOnWriteArrayList<RistEvent>();
        String port = "127.0.0.1:" + FreePorts.evenPort() + MAIN;
        try (RistReceiver rx =
                        RistReceiver.builder()
                                .path("rist://@" + port)
                                .admission(n -> n.cname().equals("friend"))
                                .onEvent(events::add)
                                .open();
                RistSender stranger = RistSender.dial("rist://" + port + "&cname=stranger")) {
            Await.until(
                    "the stranger is refused",
                    () -> events.stream().anyMatch(e -> e instanceof RistEvent.NotAdmitted));
            assertThat(rx.isConnected()).isFalse();
            assertThat(stranger.isConnected()).isFalse();
            try (RistSender tx = RistSender.dial("rist://" + port + "&cname=friend")) {
                exchange(tx, rx);
            }
        }
    }

    @Test
    void carryOutOfBandDatagramsBothWays() throws Exception {
        var atReceiver = new CopyOnWriteArrayList<String>();
        var atSender = new CopyOnWriteArrayList<String>();
        String port = "127.0.0.1:" + FreePorts.evenPort() + MAIN + "&secret=correct-horse";
        try (RistReceiver rx =
                        RistReceiver.builder()
                                .path("rist://@" + port)
                                .onOutOfBand((path, type, d) -> atReceiver.add(text(type, d)))
                                .open();
                RistSender tx =
                        RistSender.builder()
                                .path("rist://" + port)
                                .onOutOfBand((path, type, d) -> atSender.add(text(type, d)))
                                .open()) {
            tx.awaitConnected(PATIENCE);
            rx.awaitConnected(PATIENCE);

            assertThat(tx.sendOutOfBand(RistHandle.IP, bytes("to the receiver"))).isEqualTo(1);
            assertThat(rx.sendOutOfBand(0x1234, bytes("to the sender"))).isEqualTo(1);

            Await.until("both arrived", () -> atReceiver.size() + atSender.size() == 2);
            assertThat(atReceiver).isEqualTo(List.of("800 to the receiver"));
            assertThat(atSender).isEqualTo(List.of("1234 to the sender"));
            assertThatThrownBy(() -> tx.sendOutOfBand(0x88B5, bytes("x")))
                    .hasMessageContaining("0x88b5");
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String text(int type, ByteBuffer datagram) {
        return Integer.toHexString(type) + " " + StandardCharsets.US_ASCII.decode(datagram);
    }

    @Test
    void haveNoOutOfBandChannelOnSimple() throws Exception {
        try (RistSender tx =
                RistSender.dial("rist://127.0.0.1:" + FreePorts.evenPort() + "?profile=simple")) {
            assertThatThrownBy(() -> tx.sendOutOfBand(RistHandle.IP, bytes("x")))
                    .hasMessage("the simple profile has no out-of-band channel; main has");
        }
    }

    @Test
    void changeTheirSecretWhileMediaFlows() throws Exception {
        String port = "127.0.0.1:" + FreePorts.evenPort() + MAIN + "&secret=first-secret-here";
        try (RistReceiver rx = RistReceiver.listen("rist://@" + port);
                RistSender tx = RistSender.dial("rist://" + port)) {
            exchange(tx, rx);
            rx.changeSecret("second-secret-here".toCharArray());
            tx.changeSecret("second-secret-here".toCharArray());
            exchange(tx, rx);
            assertThat(((MainConfig) rx.config()).secret())
                    .contains(RistSecret.of("second-secret-here"));
        }
    }

    @Test
    void letInWhoeverKnowsTheSecretThatTheyChangedTo() throws Exception {
        String port = "127.0.0.1:" + FreePorts.evenPort() + MAIN + "&secret=";
        try (RistReceiver rx = RistReceiver.listen("rist://@" + port + "first-secret-here")) {
            rx.changeSecret("second-secret-here".toCharArray());
            try (RistSender tx = RistSender.dial("rist://" + port + "second-secret-here")) {
                exchange(tx, rx);
            }
        }
    }

    /** In clear nothing has a key; behind users alone each session draws its own. */
    @ParameterizedTest
    @ValueSource(strings = {"?profile=simple", MAIN, MAIN + "&username=joe&password=pa55word"})
    void refuseToChangeASecretThatTheyDoNotHave(String settings) throws Exception {
        String port = "127.0.0.1:" + FreePorts.evenPort() + settings;
        char[] secret = "correct-horse-battery".toCharArray();
        try (RistReceiver rx = RistReceiver.listen("rist://@" + port);
                RistSender tx = RistSender.dial("rist://" + port)) {
            for (RistHandle handle : List.of(rx, tx)) {
                assertThatThrownBy(() -> handle.changeSecret(secret))
                        .isInstanceOf(RistConfigException.class)
                        .hasMessage(
                                "secret cannot be changed: this session was opened without one");
                assertThatThrownBy(() -> handle.changeSecretAsync(secret))
                        .isInstanceOf(RistConfigException.class);
            }
            exchange(tx, rx);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {MAIN + "&secret=correct-horse", "?profile=simple&buffer=200"})
    void callAPeerAgainThatFellSilent(String settings) throws Exception {
        int port = FreePorts.evenPort();
        String url = "127.0.0.1:" + port + settings + "&session-timeout=250";
        var events = new CopyOnWriteArrayList<RistEvent>();
        try (RistSender tx =
                RistSender.builder().path("rist://" + url).onEvent(events::add).open()) {
            try (RistReceiver rx = RistReceiver.listen("rist://@" + url)) {
                exchange(tx, rx);
            }
            List<InetSocketAddress> before = tx.localAddresses();
            Await.until(
                    "the peer is called again",
                    () -> events.stream().anyMatch(e -> e instanceof RistEvent.Redialled));
            try (RistReceiver rx = RistReceiver.listen("rist://@" + url)) {
                exchange(tx, rx);
            }
            assertThat(tx.localAddresses()).isNotEqualTo(before);
        }
    }

    @Test
    void tellWholeSequenceNumbers() throws Exception {
        String port = "127.0.0.1:" + FreePorts.evenPort() + MAIN;
        try (RistReceiver rx = RistReceiver.listen("rist://@" + port);
                RistSender tx = RistSender.dial("rist://" + port + "&extended-sequence=1")) {
            exchange(tx, rx);
            exchange(tx, rx);
        }
    }

    @Test
    void leaveNullPacketsOutAndPutThemBack() throws Exception {
        ByteBuffer payload = ByteBuffer.allocate(7 * 188);
        for (int i = 0; i < 7; i++) {
            payload.putInt(i * 188, i == 3 ? 0x47010010 : 0x471FFF10);
            for (int j = 4; j < 188; j++) {
                payload.put(i * 188 + j, (byte) (i == 3 ? j : 0xFF));
            }
        }
        String port = "127.0.0.1:" + FreePorts.evenPort() + MAIN;
        try (RistReceiver rx = RistReceiver.listen("rist://@" + port);
                RistSender tx = RistSender.dial("rist://" + port + "&null-packet-deletion=1")) {
            tx.awaitConnected(PATIENCE);
            tx.send(payload.duplicate());
            tx.send(payload.duplicate());
            for (int i = 0; i < 2; i++) {
                RistBlock block = requireNonNull(rx.receiveBlock(PATIENCE));
                assertThat(block.payload()).isEqualTo(payload);
            }
            RistPathStats spared = tx.stats().paths().get(0);
            assertThat(spared.sentBytes()).isLessThan(spared.sentPackets() * 300);

            tx.setNullPacketDeletion(false);
            tx.send(payload.duplicate());
            RistBlock block = requireNonNull(rx.receiveBlock(PATIENCE));
            assertThat(block.payload()).isEqualTo(payload);
            assertThat(tx.stats().paths().get(0).sentBytes() - spared.sentBytes())
                    .isGreaterThan(payload.capacity());
        }
    }
}
