package io.rist4j.testkit.simulation;

import io.rist4j.codec.rtcp.RtcpReader;
import io.rist4j.codec.rtp.RtpHeader;
import io.rist4j.core.flow.MediaBlock;
import io.rist4j.core.message.ControlHandler;
import io.rist4j.session.SessionEvent;
import io.rist4j.testkit.network.NetworkTap;
import io.rist4j.testkit.network.Route;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Writes a simulation down, one line for each thing that happens. Times are the network's in
 * microseconds; {@code >} is from sender to receiver.
 */
final class Trace {
    private final Scenario scenario;
    private final Consumer<String> lines;
    private final StringBuilder text = new StringBuilder();
    private final Describer describer = new Describer();

    Trace(Scenario scenario, Consumer<String> lines) {
        this.scenario = scenario;
        this.lines = lines;
    }

    /** A tap that writes down what it sees before it tells another. */
    NetworkTap before(NetworkTap next) {
        return new NetworkTap() {
            @Override
            public void onSent(
                    long nowNs, Route route, ByteBuffer buffer, int at, int bytes, int copies) {
                begin(nowNs, copies == 0 ? "lost" : copies == 1 ? "sent" : "sent twice");
                datagram(route, buffer, at, bytes);
                next.onSent(nowNs, route, buffer, at, bytes, copies);
            }

            @Override
            public void onArrived(long nowNs, Route route, ByteBuffer buffer, int at, int bytes) {
                begin(nowNs, "arrived");
                datagram(route, buffer, at, bytes);
                next.onArrived(nowNs, route, buffer, at, bytes);
            }
        };
    }

    private StringBuilder begin(long nowNs, String what) {
        text.setLength(0);
        return text.append(nowNs / 1000).append(' ').append(what);
    }

    private void datagram(Route route, ByteBuffer buffer, int at, int bytes) {
        text.append(route.forward() ? " > " : " < ");
        if (route.link() < scenario.paths().size()) {
            text.append("path ").append(route.link());
        } else {
            text.append("stranger");
        }
        if (bytes == 0) {
            text.append(" tunnel");
        } else if (RtpHeader.isRtcp(buffer, at, bytes)) {
            text.append(" control");
            RtcpReader.read(buffer, at, bytes, describer);
        } else if (bytes >= RtpHeader.FIXED_BYTES) {
            int ssrc = RtpHeader.ssrc(buffer, at);
            text.append((ssrc & 1) == 0 ? " media " : " again ");
            text.append(RtpHeader.sequence(buffer, at));
            if ((ssrc & ~1) != scenario.flowId()) {
                text.append(" of flow ").append(Integer.toHexString(ssrc & ~1));
            }
        }
        lines.accept(text.append(", ").append(bytes).append(" bytes").toString());
    }

    void delivered(long nowNs, long hostNs, MediaBlock block) {
        begin(nowNs, "delivered ").append(block.sequence & 0xFFFF);
        text.append(", ").append((block.dueNs - hostNs) / 1000).append(" us before it was due");
        if (block.recovered) {
            text.append(", recovered");
        }
        if (block.flowStart) {
            text.append(", flow start");
        }
        if (block.lostBefore > 0) {
            text.append(", ").append(block.lostBefore).append(" lost before");
        }
        lines.accept(text.toString());
    }

    void event(long nowNs, String host, SessionEvent event) {
        lines.accept(begin(nowNs, host).append(' ').append(event).toString());
    }

    /** Names the messages of a compound. */
    private final class Describer implements ControlHandler {
        @Override
        public void onSenderReport(
                int ssrc, long ntp, long rtpTimestamp, long packetCount, long octetCount) {
            text.append(" SR");
        }

        @Override
        public void onReportBlock(
                int ssrc,
                int sourceSsrc,
                int fractionLost,
                int cumulativeLost,
                long highestSequence,
                long jitter,
                long lastSr,
                long delaySinceLastSr) {
            text.append(" RR");
        }

        @Override
        public void onEchoRequest(int ssrc, long timestamp, int paddingBytes) {
            text.append(" echo?");
        }

        @Override
        public void onEchoResponse(int ssrc, long timestamp, long delayMicroseconds) {
            text.append(" echo!");
        }

        @Override
        public void onMissing(int mediaSsrc, long first, int additional) {
            text.append(" missing ").append(first);
            if (additional > 0) {
                text.append('+').append(additional);
            }
        }

        @Override
        public void onBye(int ssrc) {
            text.append(" bye");
        }
    }
}
