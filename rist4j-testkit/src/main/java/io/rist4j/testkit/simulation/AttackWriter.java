package io.rist4j.testkit.simulation;

import io.rist4j.codec.control.KeepAlive;
import io.rist4j.codec.eap.EapWriter;
import io.rist4j.codec.gre.Encapsulation;
import io.rist4j.codec.gre.GreHeader;
import io.rist4j.codec.gre.ProtocolTypes;
import io.rist4j.codec.rtcp.RtcpWriter;
import io.rist4j.crypto.host.Worker;
import io.rist4j.crypto.psk.NonceHistory;
import io.rist4j.crypto.psk.PskSealing;
import io.rist4j.crypto.psk.PskSender;
import io.rist4j.testkit.link.SeededRandom;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * Writes what attackers send, from index 0 of {@link #buffer}; each method returns how many octets.
 */
final class AttackWriter {
    /** Where a tunnel leads RTP and RTCP; any numbers do. */
    private static final int PORT = 1_968;

    private static final int NEWER = 2;
    private static final int EAP_VERSION = 3;
    private static final byte[] NAME = {'e', 'v', 'e'};

    final ByteBuffer buffer = ByteBuffer.allocate(2_048);
    private final SeededRandom random;
    private final boolean isTunnel;

    /** Seals what was recorded of an earlier session; null where there is no secret. */
    private @Nullable PskSender sealer;

    private int sequence;
    private int callersStep;
    private int callersIdentifier;
    private int listenersStep;
    private int listenersIdentifier;

    AttackWriter(Scenario scenario, SeededRandom random) {
        this.random = random;
        Protection protection = scenario.tunnel().protection();
        isTunnel = protection.isTunnel();
        if (protection.hasSecret()) {
            sealer =
                    new PskSender(
                            0,
                            Secrets.secret(0),
                            new PskSealing(protection != Protection.PSK_128, 0, false),
                            new NonceHistory(),
                            Secrets.octets(random)::fill,
                            Worker.inline());
        }
    }

    /** In clear, as the profile carries RTP and RTCP. */
    private int head(int version) {
        if (!isTunnel) {
            return 0;
        }
        Encapsulation encapsulation = version < NEWER ? Encapsulation.LEGACY : Encapsulation.VSF;
        int at =
                GreHeader.write(
                        buffer, 0, version, encapsulation.reducedProtocolType(), sequence++);
        return at + encapsulation.writeReducedHead(buffer, at, PORT, PORT);
    }

    private int name(int at, int ssrc, boolean isNamed) {
        return isNamed ? at + RtcpWriter.canonicalName(buffer, at, ssrc, NAME) : at;
    }

    int goodbye(int ssrc) {
        if (isTunnel && random.chance(0.5)) {
            return keepAlive(1, KeepAlive.DISCONNECT);
        }
        int at = head(1);
        at += RtcpWriter.emptyReceiverReport(buffer, at, ssrc);
        at += RtcpWriter.canonicalName(buffer, at, ssrc, NAME);
        return at + RtcpWriter.bye(buffer, at, ssrc);
    }

    int keepAlive(int version, int flags) {
        Encapsulation encapsulation = version < NEWER ? Encapsulation.LEGACY : Encapsulation.VSF;
        int at =
                GreHeader.write(
                        buffer, 0, version, encapsulation.controlProtocolType(), sequence++);
        var message = new KeepAlive(random.nextLong() & 0xFEFF_FFFF_FFFFL, flags);
        return at + encapsulation.writeControl(buffer, at, message);
    }

    int greeting(int ssrc) {
        int at = head(1);
        at += RtcpWriter.emptyReceiverReport(buffer, at, ssrc);
        at += RtcpWriter.canonicalName(buffer, at, ssrc, NAME);
        return at + RtcpWriter.echoRequest(buffer, at, ssrc, random.nextLong());
    }

    int echoResponse(int ssrc, int askedSsrc, long timestamp) {
        int at = head(1);
        at += RtcpWriter.emptyReceiverReport(buffer, at, ssrc);
        at += RtcpWriter.canonicalName(buffer, at, ssrc, NAME);
        return at + RtcpWriter.echoResponse(buffer, at, askedSsrc, timestamp, 0, 0);
    }

    int media(int ssrc, int number) {
        return packet(head(1), ssrc, number);
    }

    private int packet(int at, int ssrc, int number) {
        buffer.putShort(at, (short) 0x8021).putShort(at + 2, (short) number);
        buffer.putInt(at + 4, (int) random.nextLong()).putInt(at + 8, ssrc);
        int end = at + 12 + (int) random.between(10, 400);
        for (int i = at + 12; i < end; i++) {
            buffer.put(i, (byte) random.nextLong());
        }
        return end;
    }

    /** A sender's, which says of a media timestamp that it is of another time than it is. */
    int senderReport(int flowId, long ntp, int mediaTimestamp) {
        int at = head(1);
        long timestamp = mediaTimestamp & 0xFFFF_FFFFL;
        at += RtcpWriter.senderReport(buffer, at, flowId, ntp, timestamp, 1, 1);
        return name(at, flowId, true);
    }

    /** A sender's or a receiver's, with times and numbers that mean nothing. */
    int report(int flowId, boolean isNamed) {
        int at = head(1);
        int other = (int) random.nextLong();
        if (random.chance(0.5)) {
            int ssrc = random.chance(0.5) ? flowId : other;
            at +=
                    RtcpWriter.senderReport(
                            buffer, at, ssrc, random.nextLong(), random.nextLong(), 1, 1);
            return name(at, ssrc, isNamed);
        }
        at +=
                RtcpWriter.receiverReport(
                        buffer,
                        at,
                        other,
                        flowId,
                        255,
                        1_000_000,
                        random.nextLong() & 0xFFFF_FFFFL,
                        random.nextLong() & 0xFFFF_FFFFL,
                        random.nextLong() & 0xFFFF_FFFFL,
                        random.nextLong() & 0xFFFF_FFFFL);
        return name(at, other, isNamed);
    }

    /** 65536 packets of the flow, in one record. */
    int requestForEverything(int flowId, int ssrc) {
        int at = head(1);
        at += RtcpWriter.emptyReceiverReport(buffer, at, ssrc);
        at += RtcpWriter.canonicalName(buffer, at, ssrc, NAME);
        buffer.putInt(at, 0x80CC_0003).putInt(at + 4, flowId);
        buffer.putInt(at + 8, 0x5249_5354).putInt(at + 12, (int) random.nextLong() | 0xFFFF);
        return at + 16;
    }

    /**
     * A frame as the caller may send it: of whole exchanges, each as if its first one was right, or
     * any.
     */
    int frameOfCaller() {
        int at = frameHead();
        int any = (int) random.between(0, 255);
        if (random.chance(0.5)) {
            int step = callersStep++ % 3;
            callersIdentifier = step == 0 ? any : callersIdentifier + 1;
            return at + callers(at, step, callersIdentifier & 0xFF);
        }
        return at + callers(at, (int) random.between(0, 8), any);
    }

    private int callers(int at, int kind, int identifier) {
        return switch (kind) {
            case 0 ->
                    EapWriter.identityResponse(buffer, at, EAP_VERSION, identifier, Secrets.user());
            case 1 -> EapWriter.clientKey(buffer, at, EAP_VERSION, identifier, octets(256));
            case 2 ->
                    EapWriter.clientValidator(
                            buffer, at, EAP_VERSION, identifier, true, false, octets(32));
            case 3 -> EapWriter.start(buffer, at, (int) random.between(2, 4));
            case 4 -> EapWriter.clientKey(buffer, at, EAP_VERSION, identifier, new byte[256]);
            case 5 -> EapWriter.success(buffer, at, EAP_VERSION, identifier, true);
            case 6 -> EapWriter.nak(buffer, at, EAP_VERSION, identifier);
            case 7 -> EapWriter.passphraseRequest(buffer, at, EAP_VERSION, identifier);
            default -> EapWriter.acknowledgement(buffer, at, EAP_VERSION, identifier);
        };
    }

    /** A frame as the listener may send it, in the same way. */
    int frameOfListener() {
        int at = frameHead();
        int any = (int) random.between(0, 255);
        if (random.chance(0.5)) {
            int step = listenersStep++ % 3;
            listenersIdentifier = step == 0 ? any : listenersIdentifier + 1;
            return at + listeners(at, step, listenersIdentifier & 0xFF);
        }
        return at + listeners(at, (int) random.between(0, 6), any);
    }

    private int listeners(int at, int kind, int identifier) {
        return switch (kind) {
            case 0 -> EapWriter.identityRequest(buffer, at, EAP_VERSION, identifier);
            case 1 -> EapWriter.challenge(buffer, at, EAP_VERSION, identifier, octets(32));
            case 2 -> EapWriter.serverKey(buffer, at, EAP_VERSION, identifier, octets(256));
            case 3 -> EapWriter.failure(buffer, at, EAP_VERSION, identifier);
            case 4 -> EapWriter.serverKey(buffer, at, EAP_VERSION, identifier, new byte[256]);
            case 5 ->
                    EapWriter.serverValidator(
                            buffer, at, EAP_VERSION, identifier, true, octets(32));
            default ->
                    EapWriter.passphraseResponse(buffer, at, EAP_VERSION, identifier, octets(40));
        };
    }

    private int frameHead() {
        return GreHeader.write(buffer, 0, 1, ProtocolTypes.EAPOL, sequence++);
    }

    private byte[] octets(int count) {
        byte[] octets = new byte[count];
        Secrets.octets(random).fill(octets);
        return octets;
    }

    /** Under a key that nobody has. */
    int unknownKey() {
        int type = random.chance(0.5) ? ProtocolTypes.REDUCED_OVERHEAD : ProtocolTypes.KEEP_ALIVE;
        int at =
                GreHeader.writeEncrypted(
                        buffer,
                        0,
                        1,
                        type,
                        random.chance(0.5),
                        (int) random.nextLong(),
                        random.nextLong() & 0xFFFF_FFFFL);
        int end = at + (int) random.between(8, 1_300);
        for (int i = at; i < end; i++) {
            buffer.put(i, (byte) random.nextLong());
        }
        return end;
    }

    /**
     * Of a session that is over: its flow had another SSRC.
     *
     * @param number of the media packet, or negative for a report or a goodbye only
     * @return 0 where there is no secret
     */
    int earlier(int ssrc, int number) {
        PskSender recorded = sealer;
        if (recorded == null) {
            return 0;
        }
        int nonce = recorded.nonce(0, ++sequence);
        int start =
                GreHeader.writeEncrypted(
                        buffer,
                        0,
                        1,
                        ProtocolTypes.REDUCED_OVERHEAD,
                        recorded.isAes256(),
                        nonce,
                        sequence);
        int at = start + Encapsulation.LEGACY.writeReducedHead(buffer, start, PORT, PORT);
        switch ((int) random.between(0, number < 0 ? 1 : 3)) {
            case 0 -> {
                at += RtcpWriter.senderReport(buffer, at, ssrc, random.nextLong(), 1, 1, 1);
                at += RtcpWriter.canonicalName(buffer, at, ssrc, NAME);
            }
            case 1 -> {
                at += RtcpWriter.emptyReceiverReport(buffer, at, ssrc);
                at += RtcpWriter.canonicalName(buffer, at, ssrc, NAME);
                at += RtcpWriter.bye(buffer, at, ssrc);
            }
            default -> at = packet(at, ssrc, number);
        }
        recorded.seal(buffer, start, at - start);
        return at;
    }
}
