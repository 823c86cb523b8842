package io.rist4j.session;

import static io.rist4j.session.TwoEnds.MS;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.flow.MediaBlock;
import io.rist4j.core.time.Wake;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.crypto.psk.PskSealing;
import io.rist4j.session.guard.SecurityConfig;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;

/**
 * A packet costs no garbage from one end to the other, lost or not, reports and requests included.
 */
class SessionAllocationTest {
    private static final int PACKETS_PER_ROUND = 2_000;
    private static final int ROUNDS = 30;
    private static final Wake WAKE = new Wake();

    /** Keep-alive messages are records: the rounds between two of them are measured. */
    private static final long KEEP_ALIVE_INTERVAL_NS = 10_000 * MS;

    /** Keeps one session's datagrams in slots until they are handed to the other. */
    private static final class Pipe implements SessionSink {
        private static final int SLOTS = 4_096;
        private static final int SLOT_BYTES = 1_536;

        private final ByteBuffer buffer = ByteBuffer.allocateDirect(SLOTS * SLOT_BYTES);
        private final int[] lengths = new int[SLOTS];
        private final int[] sockets = new int[SLOTS];
        private final int[] channels = new int[SLOTS];
        private final Endpoint[] sources;
        private final int lossPercent;
        private Endpoint to = Endpoint.ipv4(0, 0);
        private int written;
        private int read;
        private long state = 88_172_645_463_325_252L;
        private long delivered;

        Pipe(Endpoint[] sources, int lossPercent) {
            this.sources = sources;
            this.lossPercent = lossPercent;
        }

        @Override
        public int claim(int socket, Endpoint destination, int maxBytes) {
            to = destination;
            return (written % SLOTS) * SLOT_BYTES;
        }

        @Override
        public ByteBuffer buffer(int socket) {
            return buffer;
        }

        @Override
        public void commit(int socket, int bytes) {
            state ^= state << 13;
            state ^= state >>> 7;
            state ^= state << 17;
            if (Long.remainderUnsigned(state, 100) >= lossPercent) {
                int slot = written++ % SLOTS;
                lengths[slot] = bytes;
                sockets[slot] = socket;
                channels[slot] = to.port() & 1;
            }
        }

        /** Returns whether there was anything. */
        boolean drainTo(Session target, long nowNs) {
            boolean any = read < written;
            while (read < written) {
                int slot = read++ % SLOTS;
                target.onDatagram(
                        nowNs,
                        nowNs,
                        channels[slot],
                        sources[sockets[slot]],
                        buffer,
                        slot * SLOT_BYTES,
                        lengths[slot]);
            }
            return any;
        }

        @Override
        public void deliver(MediaBlock block) {
            delivered++;
        }

        @Override
        public void event(SessionEvent event) {}
    }

    private long exchanges;

    /** Every way of securing a path, without loss and with some. */
    static Stream<Arguments> everyWay() {
        SecurityConfig keyed =
                SecurityConfig.ofSecret(
                        Passphrase.ofText("a secret".toCharArray()), PskSealing.ofBits(256));
        SecurityConfig rotating =
                SecurityConfig.ofSecret(
                        Passphrase.ofText("a secret".toCharArray()),
                        new PskSealing(true, 100_000, false));
        return Stream.of(0, 10)
                .flatMap(loss ->
                        Stream.of(
                                Arguments.of(Profile.SIMPLE, SecurityConfig.NONE, loss, 1),
                                Arguments.of(Profile.SIMPLE, SecurityConfig.NONE, loss, 8),
                                Arguments.of(Profile.MAIN, SecurityConfig.NONE, loss, 1),
                                Arguments.of(Profile.MAIN, keyed, loss, 1),
                                Arguments.of(Profile.MAIN, keyed, loss, 8),
                                Arguments.of(Profile.MAIN, rotating, loss, 1)));
    }

    private static SessionConfig config(
            Profile profile, Role role, String name, PathConfig path, SecurityConfig security) {
        return SessionConfig.of(profile, role, name, List.of(path))
                .withTunnel(
                        new TunnelConfig(
                                security,
                                TunnelConfig.DEFAULT_VIRTUAL_SOURCE_PORT,
                                TunnelConfig.DEFAULT_VIRTUAL_DESTINATION_PORT,
                                KEEP_ALIVE_INTERVAL_NS,
                                ""));
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void aPacketAllocatesNothingFromEndToEnd(
            Profile profile, SecurityConfig security, int lossPercent, int maxFlows) {
        Endpoint listener = Endpoint.ipv4(0x7F000001, 5_000);
        Endpoint dialler = Endpoint.ipv4(0x7F000001, 40_000);
        var out = new Pipe(new Endpoint[] {dialler, dialler.withPort(40_001)}, lossPercent);
        var back = new Pipe(new Endpoint[] {listener, listener.withPort(5_001)}, lossPercent);
        Session sender =
                Session.assemble(
                        config(profile, Role.SENDER, "alice", PathConfig.dial(listener), security),
                        new SessionIdentity(0x1000, 65_500, 1),
                        TwoEnds.services(1),
                        out);
        Session receiver =
                Session.assemble(
                        config(profile, Role.RECEIVER, "bob", PathConfig.listen(listener), security)
                                .withMaxFlows(maxFlows),
                        new SessionIdentity(0x2000, 0, 3),
                        TwoEnds.services(2),
                        back);
        sender.start(0, 0);
        receiver.start(0, 0);
        ByteBuffer payload = ByteBuffer.allocateDirect(1_316);
        long[] now = {0};

        long bytes =
                AllocationMeter.leastOf(
                        ROUNDS,
                        () -> {
                            for (int i = 0; i < PACKETS_PER_ROUND; i++) {
                                now[0] += MS;
                                sender.send(now[0], now[0], payload, 0, 1_316);
                                serve(sender, now[0]);
                                serve(receiver, now[0]);
                                while (exchange(out, receiver, back, sender, now[0])) {
                                    exchanges++;
                                }
                            }
                        });

        assertThat(bytes).as("bytes for " + PACKETS_PER_ROUND + " packets").isZero();
        assertThat(exchanges).isPositive();
        assertThat(back.delivered)
                .isGreaterThan((long) PACKETS_PER_ROUND * ROUNDS - 2 * PACKETS_PER_ROUND);
        if (lossPercent > 0) {
            assertThat(sender.sending().flow(0).counters().retransmitted()).isPositive();
        }
    }

    private static boolean exchange(
            Pipe out, Session receiver, Pipe back, Session sender, long nowNs) {
        boolean forth = out.drainTo(receiver, nowNs);
        return back.drainTo(sender, nowNs) || forth;
    }

    private static void serve(Session session, long nowNs) {
        WAKE.clear();
        session.wakes(WAKE);
        if (WAKE.deadlineNs() <= nowNs) {
            session.onDeadline(nowNs);
        }
    }
}
