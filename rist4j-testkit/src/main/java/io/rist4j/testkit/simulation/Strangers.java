package io.rist4j.testkit.simulation;

import io.rist4j.codec.rtcp.RtcpWriter;
import io.rist4j.core.address.Endpoint;
import io.rist4j.core.time.SessionTime;
import io.rist4j.testkit.link.SeededRandom;
import io.rist4j.testkit.network.SimulatedNetwork;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Somebody who has nothing to do with the stream and sends to its sockets: random bytes, media of
 * other flows, reports, requests for everything, farewells in the stream's name. They introduce
 * themselves, too, unless the sender listens: there, whoever introduces himself is no stranger any
 * more but one more receiver.
 */
final class Strangers {
    private static final int SOURCES = 48;
    private static final byte[] NAME = {'s', 't', 'r', 'a', 'n', 'g', 'e', 'r'};

    private final SimulatedNetwork network;
    private final SeededRandom random;
    private final int flowId;
    private final Endpoint address;
    private final ByteBuffer buffer = ByteBuffer.allocate(2_048);
    private final boolean introduce;
    private final long everyNs;
    private long nextNs = SessionTime.NEVER;

    Strangers(Scenario scenario, SimulatedNetwork network, Endpoint address) {
        this.network = network;
        this.address = address;
        flowId = scenario.flowId();
        introduce = scenario.contact() != Scenario.Contact.RECEIVER_DIALS;
        random = new SeededRandom(scenario.seed() ^ 0x5742_4E47L);
        everyNs =
                scenario.strangersPerSecond() == 0
                        ? SessionTime.NEVER
                        : SessionTime.SECOND / scenario.strangersPerSecond();
    }

    /**
     * Lets them begin. That is when the receiver knows its flow: before, the first to come wins,
     * whoever he is.
     */
    void begin(long atNs) {
        if (nextNs == SessionTime.NEVER && everyNs != SessionTime.NEVER) {
            nextNs = atNs;
        }
    }

    /** When they send next. */
    long nextNs() {
        return nextNs;
    }

    /** Sends one datagram to each socket. */
    void send(List<Endpoint> targets) {
        nextNs += everyNs;
        for (Endpoint target : targets) {
            network.send(
                    address.withPort((int) (20_000 + random.between(0, SOURCES - 1))),
                    target,
                    buffer,
                    0,
                    write());
        }
    }

    private int write() {
        return switch ((int) random.between(0, 5)) {
            case 0 -> noise(0, (int) random.between(0, 1_500));
            case 1 -> media();
            case 2 -> RtcpWriter.emptyReceiverReport(buffer, 0, (int) random.nextLong());
            case 3 -> greeting((int) random.nextLong() & ~1);
            case 4 -> requestForEverything();
            default -> farewell();
        };
    }

    private int noise(int at, int bytes) {
        for (int i = at; i < at + bytes; i++) {
            buffer.put(i, (byte) random.nextLong());
        }
        return at + bytes;
    }

    private int media() {
        noise(0, 12);
        buffer.put(0, (byte) 0x80);
        buffer.put(1, (byte) 33);
        int ssrc = (int) random.nextLong();
        buffer.putInt(8, (ssrc & ~1) == flowId ? ~ssrc : ssrc);
        return noise(12, (int) random.between(0, 400));
    }

    private int greeting(int ssrc) {
        int at = RtcpWriter.senderReport(buffer, 0, ssrc, random.nextLong(), 1, 2, 3);
        at = introduce(at, ssrc);
        return at + RtcpWriter.echoRequest(buffer, at, ssrc, random.nextLong());
    }

    private int introduce(int at, int ssrc) {
        return introduce ? at + RtcpWriter.canonicalName(buffer, at, ssrc, NAME) : at;
    }

    /** 65536 packets of the flow, in one record. */
    private int requestForEverything() {
        int at = RtcpWriter.emptyReceiverReport(buffer, 0, flowId);
        at = introduce(at, flowId);
        buffer.putInt(at, 0x80CC_0003);
        buffer.putInt(at + 4, flowId);
        buffer.putInt(at + 8, 0x5249_5354); // "RIST"
        buffer.putInt(at + 12, (int) random.nextLong() | 0xFFFF);
        return at + 16;
    }

    private int farewell() {
        int at = RtcpWriter.emptyReceiverReport(buffer, 0, flowId);
        at = introduce(at, flowId);
        return at + RtcpWriter.bye(buffer, at, flowId);
    }
}
