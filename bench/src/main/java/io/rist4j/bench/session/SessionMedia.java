package io.rist4j.bench.session;

import io.rist4j.codec.rtcp.RtcpWriter;
import io.rist4j.codec.rtp.RtpHeader;
import io.rist4j.core.address.Endpoint;
import io.rist4j.core.flow.ReceiverFlowConfig;
import io.rist4j.core.flow.SenderFlowConfig;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.time.Wake;
import io.rist4j.session.PathConfig;
import io.rist4j.session.Profile;
import io.rist4j.session.Role;
import io.rist4j.session.Session;
import io.rist4j.session.SessionConfig;
import io.rist4j.session.SessionIdentity;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One packet through a whole Simple-profile session: datagram to delivered block, and payload to
 * datagram. Reports of both sides every 100 ms are part of the cost.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SessionMedia {
    private static final long PERIOD_NS = 105_263;
    private static final int PACKETS_PER_REPORT = 950;
    private static final int PAYLOAD_BYTES = 1316;
    private static final int PREFILL = 12_000;
    private static final int FLOW_ID = 0x1234_5678;
    private static final Endpoint LISTENER = Endpoint.ipv4(0x7F00_0001, 5_000);
    private static final Endpoint DIALLER = Endpoint.ipv4(0x7F00_0001, 40_000);

    private final CountingSink sink = new CountingSink();
    private final ByteBuffer datagram =
            ByteBuffer.allocateDirect(RtpHeader.FIXED_BYTES + PAYLOAD_BYTES);
    private final ByteBuffer report = ByteBuffer.allocateDirect(256);
    private final MediaPacket packet = new MediaPacket();
    private final Wake wake = new Wake();
    private final Session sender =
            session(Role.SENDER, PathConfig.dial(LISTENER), new SessionIdentity(FLOW_ID, 0, 1));
    private final Session receiver =
            session(Role.RECEIVER, PathConfig.listen(LISTENER), new SessionIdentity(0x2000, 0, 3));
    private final Endpoint dialledControl = LISTENER.withPort(5_001);
    private final Endpoint diallersControl = DIALLER.withPort(40_001);
    private int reportBytes;
    private long nowNs;
    private long packets;
    private long received;

    /** JMH makes one. */
    public SessionMedia() {}

    private Session session(Role role, PathConfig path, SessionIdentity identity) {
        SessionConfig config =
                SessionConfig.of(Profile.SIMPLE, role, "bench", List.of(path))
                        .withReceiver(ReceiverFlowConfig.defaults())
                        .withSender(SenderFlowConfig.builder().build());
        return Session.assemble(config, identity, sink);
    }

    /** Fills history and buffer of one second. */
    @Setup(Level.Trial)
    public void fill() {
        packet.payloadType = 33;
        packet.flowId = FLOW_ID;
        packet.buffer = ByteBuffer.allocateDirect(PAYLOAD_BYTES);
        packet.payloadBytes = PAYLOAD_BYTES;
        RtpHeader.write(datagram, 0, packet);
        reportBytes = RtcpWriter.emptyReceiverReport(report, 0, 9);
        byte[] name = "peer".getBytes(StandardCharsets.UTF_8);
        reportBytes += RtcpWriter.canonicalName(report, reportBytes, 9, name);
        sender.start(0, 0);
        receiver.start(0, 0);
        for (int i = 0; i < PREFILL; i++) {
            send();
            receive();
        }
    }

    /** Payload to datagram. */
    @Benchmark
    public long send() {
        pass(sender, 1, dialledControl);
        sender.send(nowNs, nowNs, packet.buffer, 0, PAYLOAD_BYTES);
        return sink.count();
    }

    /** Datagram to delivered block. */
    @Benchmark
    public long receive() {
        pass(receiver, 1, diallersControl);
        packet.sequence = received++ & 0xFFFF;
        packet.sourceNs = nowNs;
        RtpHeader.writeFixed(datagram, 0, packet, false);
        receiver.onDatagram(nowNs, nowNs, 0, DIALLER, datagram, 0, datagram.capacity());
        return sink.count();
    }

    /** Lets one packet's time pass; ten times a second the peer's report comes. */
    private void pass(Session session, int socket, Endpoint from) {
        nowNs += PERIOD_NS;
        if (packets++ % PACKETS_PER_REPORT == 0) {
            session.onDatagram(nowNs, nowNs, socket, from, report, 0, reportBytes);
        }
        wake.clear();
        session.wakes(wake);
        if (wake.deadlineNs() <= nowNs) {
            session.onDeadline(nowNs);
        }
    }
}
