package io.rist4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.rist4j.net.PumpConfig;
import io.rist4j.net.contract.TooSlowHere;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What a handle tells a program that does not listen to events. */
@Timeout(180)
@ExtendWith(TooSlowHere.class)
class TellingTest {
    private static final String MAIN = "?profile=main&buffer=100";

    /** Takes what goes to a logger, while it is open. */
    private static final class Taken extends Handler implements AutoCloseable {
        final List<LogRecord> records = new CopyOnWriteArrayList<>();
        private final Logger logger = Logger.getLogger(UnheardEvents.LOGGER);

        Taken() {
            logger.setLevel(Level.INFO); // off in these tests otherwise
            logger.setUseParentHandlers(false);
            logger.addHandler(this);
        }

        @Override
        public void publish(LogRecord record) {
            records.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            logger.removeHandler(this);
            logger.setUseParentHandlers(true);
            logger.setLevel(null);
        }
    }

    /** Waits again and again, until it is told of more than silence. */
    private static RistAuthenticationException whyNobody(RistHandle handle) {
        var why = new CopyOnWriteArrayList<RistAuthenticationException>();
        Await.until(
                "a reason",
                () -> {
                    try {
                        handle.awaitConnected(Duration.ofMillis(100));
                    } catch (RistAuthenticationException refused) {
                        why.add(refused);
                    } catch (RistTimeoutException silence) {
                        // not told yet
                    } catch (IOException other) {
                        throw new AssertionError(other);
                    }
                    return !why.isEmpty();
                });
        return why.get(0);
    }

    @Test
    void aWrongPasswordIsTheReasonForNoPeer() throws Exception {
        String port = "127.0.0.1:" + FreePorts.evenPort() + MAIN + "&username=ben&password=";
        try (Taken log = new Taken();
                RistReceiver rx = RistReceiver.listen("rist://@" + port + "second");
                RistSender tx = RistSender.dial("rist://" + port + "third")) {
            RistAuthenticationException why = whyNobody(tx);
            assertThat(why.reason())
                    .isEqualTo(RistAuthenticationException.Reason.WRONG_CREDENTIALS);
            assertThat(why).hasMessageContaining("wrong user or password");
            assertThat(rx.isConnected()).isFalse();
            assertThat(log.records)
                    .anyMatch(record ->
                            record.getLevel().equals(Level.WARNING)
                                    && record.getMessage().startsWith("sender to 127.0.0.1:")
                                    && record.getMessage().contains("wrong user or password"))
                    .noneMatch(record -> record.getMessage().contains("third"));
        }
    }

    @Test
    void aSecretThatIsAnotherIsToldToWhoProvedItsUser() throws Exception {
        String port =
                "127.0.0.1:" + FreePorts.evenPort() + MAIN + "&username=ben&password=same&secret=";
        try (RistReceiver rx = RistReceiver.listen("rist://@" + port + "right-right");
                RistSender tx = RistSender.dial("rist://" + port + "wrong-wrong")) {
            RistAuthenticationException why = whyNobody(tx);
            assertThat(why.reason()).isEqualTo(RistAuthenticationException.Reason.NOT_UNDERSTOOD);
            assertThat(why).hasMessageContaining("it may have another secret");
            assertThat(rx.isConnected()).isFalse();
        }
    }

    @Test
    void aWrongSecretIsTheReasonForNoPeerWhereItArrives() throws Exception {
        String port = "127.0.0.1:" + FreePorts.evenPort() + MAIN + "&secret=";
        try (RistReceiver rx = RistReceiver.listen("rist://@" + port + "right-right");
                RistSender tx = RistSender.dial("rist://" + port + "wrong-wrong")) {
            assertThat(whyNobody(rx).reason())
                    .isEqualTo(RistAuthenticationException.Reason.WRONG_SECRET);
            assertThat(tx.isConnected()).isFalse(); // a wrong secret is not answered
        }
    }

    @Test
    void aPeerThatLeavesADirectionInClearIsRefusedWhereEncryptionIsRequired() throws Exception {
        String port = "127.0.0.1:" + FreePorts.evenPort() + MAIN + "&username=ben&password=second";
        try (RistReceiver rx = RistReceiver.listen("rist://@" + port + "&require-encryption=1");
                RistSender tx = RistSender.dial("rist://" + port + "&srp-compat=legacy")) {
            RistAuthenticationException why = whyNobody(rx);
            assertThat(why.reason()).isEqualTo(RistAuthenticationException.Reason.IN_CLEAR);
            assertThat(why).hasMessageContaining("leaves one direction in clear");
            assertThat(tx.isConnected()).isFalse();
        }
    }

    @Test
    void aDirectionInClearIsAWarning() {
        var unheard = new UnheardEvents(() -> "sender to HERE", () -> 0);
        var peer = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
        try (Taken log = new Taken()) {
            unheard.log(new RistEvent.InClear(peer, true));

            assertThat(log.records)
                    .singleElement()
                    .satisfies(record -> {
                        assertThat(record.getLevel()).isEqualTo(Level.WARNING);
                        assertThat(record.getMessage())
                                .contains("what goes to")
                                .contains("in clear");
                    });
        }
    }

    @Test
    void aDowngradeIsAReasonOfItsOwn() {
        var peer = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
        NewcomerRefusal refusal =
                NewcomerRefusal.of(
                        new RistEvent.AuthenticationFailed(
                                peer, RistEvent.AuthenticationFailure.DOWNGRADED));

        assertThat(refusal)
                .isEqualTo(
                        new NewcomerRefusal(peer, RistAuthenticationException.Reason.DOWNGRADED));
    }

    /** Somebody on the way takes out of each proof the bit that would key both directions. */
    @Test
    void whoWeakensWhatTheEndsAgreeOnIsTheReasonForNoPeer() throws Exception {
        int port = FreePorts.evenPort();
        String users = MAIN + "&username=ben&password=second";
        var events = new EventLog();
        try (Relay relay = new Relay(port);
                RistReceiver rx =
                        RistReceiver.builder()
                                .path("rist://@127.0.0.1:" + port + users)
                                .onEvent(events)
                                .open()) {
            relay.onWayForth(TellingTest::weaken);
            try (RistSender tx = RistSender.dial("rist://" + relay.hostAndPort() + users)) {
                RistEvent.AuthenticationFailed failed =
                        events.await(RistEvent.AuthenticationFailed.class);
                assertThat(failed.reason()).isEqualTo(RistEvent.AuthenticationFailure.DOWNGRADED);
                RistAuthenticationException why = whyNobody(rx);
                assertThat(why.reason()).isEqualTo(RistAuthenticationException.Reason.DOWNGRADED);
                assertThat(why).hasMessageContaining("takes away what would protect it better");
                assertThat(events.of(RistEvent.Authenticated.class)).isEmpty();
                assertThat(rx.isConnected() || tx.isConnected()).isFalse();
            }
        }
    }

    private static void weaken(DatagramPacket datagram) {
        if (Relay.isProof(datagram)) {
            datagram.getData()[21] = 0;
        }
    }

    @Test
    void nobodyThereIsSilence() throws Exception {
        try (RistSender tx = RistSender.dial("rist://127.0.0.1:" + FreePorts.evenPort() + MAIN)) {
            assertThatThrownBy(() -> tx.awaitConnected(Duration.ofMillis(50)))
                    .isInstanceOf(RistTimeoutException.class);
        }
    }

    @Test
    void whatRepeatsIsLoggedOnceInFiveSecondsWithItsNumber() {
        var nowNs = new AtomicLong();
        var unheard = new UnheardEvents(() -> "receiver on HERE", nowNs::get);
        var peer = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
        var event = new RistEvent.SecretMismatch(peer, RistEvent.Mismatch.WRONG_SECRET);
        try (Taken log = new Taken()) {
            for (int i = 0; i < 50; i++) {
                unheard.log(event);
            }
            assertThat(log.records).hasSize(1);
            nowNs.set(5_000_000_000L);
            unheard.log(event);
            assertThat(log.records).hasSize(2);
            assertThat(log.records.get(1).getMessage())
                    .isEqualTo(
                            "receiver on HERE: somebody at "
                                    + peer
                                    + " encrypts under a secret that is not ours (49 more since"
                                    + " the last)");
        }
    }

    @Test
    void whoeverListensFindsNothingInTheLog() throws Exception {
        var events = new EventLog();
        String at = "rist://127.0.0.1:" + FreePorts.evenPort();
        try (Taken log = new Taken()) {
            RistSender tx = RistSender.builder().path(at).onEvent(events).open();
            tx.close();
            events.await(RistEvent.Closed.class);
            assertThat(log.records).isEmpty();
        }
    }

    @Test
    void handlesSayWhatTheyAre() throws Exception {
        int port = FreePorts.evenPort();
        RistSender tx =
                RistSender.dial("rist://127.0.0.1:" + port + MAIN + "&secret=hunter2hunter2");
        try (tx) {
            assertThat(tx)
                    .hasToString(
                            "RistSender[sender to 127.0.0.1:"
                                    + port
                                    + ", profile main, not connected, open]");
        }
        assertThat(tx.toString()).endsWith(", not connected, closed]");
    }

    @Test
    void handlesSayWhichPortsTheyUse() throws Exception {
        try (RistPump pump = RistPump.start(PumpConfig.defaults().withProvider("nio"));
                RistSender tx =
                        RistSender.builder()
                                .pump(pump)
                                .path("rist://127.0.0.1:" + FreePorts.evenPort())
                                .open()) {
            assertThat(tx.portImplementation())
                    .isEqualTo(new RistPortImplementation("nio", "asked for by name"))
                    .asInstanceOf(type(RistPortImplementation.class))
                    .hasToString("nio (asked for by name)");
        }
    }

    @Test
    void closingIsOverWhereNobodyEverAnswered() throws Exception {
        String at = "rist://127.0.0.1:" + FreePorts.evenPort() + "?buffer=30000";
        RistSender tx = RistSender.dial(at);
        tx.send(ByteBuffer.allocate(10));
        tx.close();
        HandleCore core = tx.core();
        assertThat(core.pump().clock().nowNs())
                .isLessThan(core.host().session().sending().flow(0).drainedNs());
    }
}
