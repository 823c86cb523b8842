package io.rist4j.bench.session;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.flow.MediaBlock;
import io.rist4j.core.flow.ReceiverFlowConfig;
import io.rist4j.core.flow.SenderFlowConfig;
import io.rist4j.core.time.Wake;
import io.rist4j.crypto.host.Worker;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.crypto.psk.PskSealing;
import io.rist4j.session.PathConfig;
import io.rist4j.session.Profile;
import io.rist4j.session.Role;
import io.rist4j.session.Session;
import io.rist4j.session.SessionConfig;
import io.rist4j.session.SessionEvent;
import io.rist4j.session.SessionIdentity;
import io.rist4j.session.SessionServices;
import io.rist4j.session.SessionSink;
import io.rist4j.session.TunnelConfig;
import io.rist4j.session.guard.SecurityConfig;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * One packet through two whole sessions: payload to datagram to delivered block, at 9.5 kpps with
 * the reports of both ends; and what it costs to ask a session when it next has work.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SessionCrossing {
    private static final long PERIOD_NS = 105_263;
    private static final int PAYLOAD_BYTES = 1316;
    private static final int PREFILL = 12_000;
    private static final Endpoint LISTENER = Endpoint.ipv4(0x7F00_0001, 5_000);
    private static final Endpoint DIALLER = Endpoint.ipv4(0x7F00_0001, 40_000);

    /** Profile and protection. */
    public enum Way {
        /** Simple. */
        SIMPLE,
        /** Main in clear. */
        MAIN,
        /** Main under AES-128. */
        AES_128,
        /** Main under AES-256. */
        AES_256
    }

    /** What is measured. */
    @Param public Way way = Way.SIMPLE;

    private final ByteBuffer payload = ByteBuffer.allocateDirect(PAYLOAD_BYTES);
    private final Pipe forth = new Pipe(DIALLER);
    private final Pipe back = new Pipe(LISTENER);
    private final Wake wake = new Wake();
    private Session sender = session(Role.SENDER, PathConfig.dial(LISTENER), forth);
    private Session receiver = session(Role.RECEIVER, PathConfig.listen(LISTENER), back);
    private long nowNs;

    /** JMH makes one. */
    public SessionCrossing() {}

    private SecurityConfig security() {
        return switch (way) {
            case SIMPLE, MAIN -> SecurityConfig.NONE;
            case AES_128 -> keyed(128);
            case AES_256 -> keyed(256);
        };
    }

    private static SecurityConfig keyed(int bits) {
        return SecurityConfig.ofSecret(
                Passphrase.ofText("a secret".toCharArray()), PskSealing.ofBits(bits));
    }

    private Session session(Role role, PathConfig path, Pipe sink) {
        Profile profile = way == Way.SIMPLE ? Profile.SIMPLE : Profile.MAIN;
        int ssrc = role == Role.SENDER ? 0x1000 : 0x2000;
        SessionConfig config =
                SessionConfig.of(profile, role, "bench", List.of(path))
                        .withTunnel(TunnelConfig.of(security()))
                        .withReceiver(ReceiverFlowConfig.defaults())
                        .withSender(SenderFlowConfig.builder().build());
        return Session.assemble(
                config,
                new SessionIdentity(ssrc, 0, ssrc + 1),
                new SessionServices(
                        Worker.inline(),
                        new Random(ssrc)::nextBytes,
                        SessionServices.Admission.everybody()),
                sink);
    }

    /** Fills history and buffer of one second. */
    @Setup(Level.Trial)
    public void fill() {
        sender = session(Role.SENDER, PathConfig.dial(LISTENER), forth);
        receiver = session(Role.RECEIVER, PathConfig.listen(LISTENER), back);
        sender.start(0, 0);
        receiver.start(0, 0);
        for (int i = 0; i < PREFILL; i++) {
            cross();
        }
    }

    /** Payload to delivered block. */
    @Benchmark
    public long cross() {
        nowNs += PERIOD_NS;
        sender.send(nowNs, nowNs, payload, 0, PAYLOAD_BYTES);
        serve(sender);
        serve(receiver);
        forth.drainTo(receiver, nowNs);
        back.drainTo(sender, nowNs);
        return back.delivered;
    }

    /** What the pump asks before each wait. */
    @Benchmark
    public long deadline() {
        wake.clear();
        receiver.wakes(wake);
        return wake.latestNs();
    }

    private void serve(Session session) {
        wake.clear();
        session.wakes(wake);
        if (wake.deadlineNs() <= nowNs) {
            session.onDeadline(nowNs);
        }
    }

    /** Keeps one session's datagrams until they are handed to the other. */
    private static final class Pipe implements SessionSink {
        private static final int SLOTS = 64;
        private static final int SLOT_BYTES = 1_536;

        private final ByteBuffer buffer = ByteBuffer.allocateDirect(SLOTS * SLOT_BYTES);
        private final int[] lengths = new int[SLOTS];
        private final int[] sockets = new int[SLOTS];
        private final Endpoint[] sources;
        private int written;
        private int read;
        private long delivered;

        Pipe(Endpoint source) {
            sources = new Endpoint[] {source, source.withPort(source.port() + 1)};
        }

        @Override
        public int claim(int socket, Endpoint destination, int maxBytes) {
            sockets[written % SLOTS] = destination.port() & 1;
            return (written % SLOTS) * SLOT_BYTES;
        }

        @Override
        public ByteBuffer buffer(int socket) {
            return buffer;
        }

        @Override
        public void commit(int socket, int bytes) {
            lengths[written++ % SLOTS] = bytes;
        }

        void drainTo(Session target, long nowNs) {
            while (read < written) {
                int slot = read++ % SLOTS;
                int socket = sockets[slot];
                int at = slot * SLOT_BYTES;
                target.onDatagram(nowNs, nowNs, socket, sources[socket], buffer, at, lengths[slot]);
            }
        }

        @Override
        public void deliver(MediaBlock block) {
            delivered++;
        }

        @Override
        public void event(SessionEvent event) {}
    }
}
