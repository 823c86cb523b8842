package io.rist4j.testkit.simulation;

import io.rist4j.codec.eap.EapMessage;
import io.rist4j.codec.eap.EapWriter;
import io.rist4j.codec.eap.EapolFrame;
import io.rist4j.codec.gre.GreHeader;
import io.rist4j.codec.gre.GrePacket;
import io.rist4j.codec.gre.ProtocolTypes;
import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.SessionTime;
import io.rist4j.testkit.link.SeededRandom;
import io.rist4j.testkit.network.NetworkTap;
import io.rist4j.testkit.network.Route;
import io.rist4j.testkit.network.SimulatedNetwork;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Somebody on the way who sees what the ends send and sends in their names, with their addresses:
 * datagrams under wrong keys, garbled ones, earlier ones once more, those of the other direction,
 * and frames that would restart or end an authentication. What came encrypted and arrived he plays
 * back a second later and ever after, in the ends' names and from an address of his own: media,
 * reports, goodbyes. What came without encryption he does not change, for then he could say
 * anything.
 */
final class Forgers implements NetworkTap {
    private static final int RECENT = 64;
    private static final int FRAMES = 16;
    private static final int RECORDED = 512;
    private static final int SOURCES = 4;
    private static final long PLAYED_BACK_AFTER_NS = SessionTime.SECOND;
    private static final int VERSION = 3;
    private static final int LOGOFF = 2;

    /** A datagram of the ends. */
    private static final class Seen {
        private final Route route;
        private final byte[] bytes;
        private final long atNs;

        Seen(long atNs, Route route, byte[] bytes) {
            this.atNs = atNs;
            this.route = route;
            this.bytes = bytes;
        }
    }

    private final SimulatedNetwork network;
    private final SeededRandom random;
    private final int paths;
    private final boolean isMute;
    private final long everyNs;
    private final List<Seen> recent = new ArrayList<>();
    private final List<Seen> frames = new ArrayList<>();
    private final List<Seen> recorded = new ArrayList<>();
    private final Endpoint ownAddress;
    private final GrePacket packet = new GrePacket();
    private final EapolFrame frame = new EapolFrame();
    private final ByteBuffer buffer = ByteBuffer.allocate(16_384);
    private int oldest;
    private long arrived;
    private boolean isForging;
    private long nextNs = SessionTime.NEVER;
    private long sent;

    Forgers(Scenario scenario, SimulatedNetwork network, Endpoint ownAddress) {
        this.network = network;
        this.ownAddress = ownAddress;
        random = new SeededRandom(scenario.seed() ^ 0x466F_7267L);
        paths = scenario.paths().size();
        int perSecond = scenario.tunnel().forgeriesPerSecond();
        isMute = perSecond == 0;
        everyNs = isMute ? SessionTime.NEVER : SessionTime.SECOND / perSecond;
    }

    /** Lets them begin. */
    void begin(long atNs) {
        if (!isMute && nextNs == SessionTime.NEVER) {
            nextNs = atNs;
        }
    }

    long nextNs() {
        return nextNs;
    }

    long sent() {
        return sent;
    }

    /** What an end sends; they remember some of it. */
    @Override
    public void onSent(long nowNs, Route route, ByteBuffer b, int at, int bytes, int copies) {
        if (isMute || isForging || bytes == 0 || route.link() >= paths) {
            return;
        }
        byte[] octets = new byte[bytes];
        b.get(at, octets);
        var seen = new Seen(nowNs, route, octets);
        boolean isFrame =
                GreHeader.read(b, at, bytes, packet) == Verdict.OK
                        && packet.protocolType == ProtocolTypes.EAPOL;
        if (isFrame && carriesPassphrase(b)) {
            return;
        }
        if (isFrame && frames.size() < FRAMES) {
            frames.add(seen);
        }
        if (recent.size() < RECENT) {
            recent.add(seen);
        } else {
            recent.set(oldest, seen);
            oldest = (oldest + 1) % RECENT;
        }
    }

    /** What arrived; they keep as much of the beginning as of the end. */
    @Override
    public void onArrived(long nowNs, Route route, ByteBuffer b, int at, int bytes) {
        boolean isSealed =
                !isMute
                        && route.link() < paths
                        && GreHeader.read(b, at, bytes, packet) == Verdict.OK
                        && packet.isEncrypted();
        if (!isSealed) {
            return;
        }
        int slot = (int) (recorded.size() < RECORDED ? arrived : random.between(0, arrived));
        arrived++;
        if (slot < RECORDED) {
            byte[] octets = new byte[bytes];
            b.get(at, octets);
            var seen = new Seen(nowNs, route, octets);
            if (slot == recorded.size()) {
                recorded.add(seen);
            } else {
                recorded.set(slot, seen);
            }
        }
    }

    /** What hands a passphrase over has no integrity: who forges it may as well cut the wire. */
    private boolean carriesPassphrase(ByteBuffer b) {
        return frame.read(b, packet.bodyAt, packet.bodyBytes) == Verdict.OK
                && (frame.message == EapMessage.PASSPHRASE_REQUEST
                        || frame.message == EapMessage.PASSPHRASE_RESPONSE);
    }

    /** Sends one datagram in each of two names. */
    void send(long nowNs) {
        nextNs += everyNs;
        isForging = true;
        playBack(nowNs);
        for (int i = 0; i < 2 && !recent.isEmpty(); i++) {
            Seen victim = any(recent);
            switch ((int) random.between(0, 7)) {
                case 0 -> send(victim, wrongKey(), false);
                case 1 -> send(victim, garbled(victim), false);
                case 2 -> send(victim, frame(EapWriter.start(buffer, at(), VERSION)), false);
                case 3 -> send(victim, frame(failure()), false);
                case 4 -> send(victim, frame(logoff()), false);
                case 5 -> send(victim, copy(victim), false);
                case 6 -> send(victim, copy(victim), true);
                default -> {
                    Seen early = frames.isEmpty() ? victim : any(frames);
                    send(early, copy(early), random.chance(0.5));
                }
            }
        }
        isForging = false;
    }

    private void playBack(long nowNs) {
        Seen victim = recorded.isEmpty() ? null : any(recorded);
        if (victim != null && nowNs - victim.atNs >= PLAYED_BACK_AFTER_NS) {
            int bytes = copy(victim);
            sent++;
            boolean isOwn = random.chance(0.5);
            int port = (int) (40_000 + random.between(0, SOURCES - 1));
            Endpoint from = isOwn ? ownAddress.withPort(port) : victim.route.from();
            network.send(from, victim.route.to(), buffer, 0, bytes);
        }
    }

    // ---- what they send

    private Seen any(List<Seen> of) {
        return of.get((int) random.between(0, of.size() - 1));
    }

    private void send(Seen as, int bytes, boolean reflected) {
        Route route = as.route;
        if (bytes > 0) {
            sent++;
            network.send(
                    reflected ? route.to() : route.from(),
                    reflected ? route.from() : route.to(),
                    buffer,
                    0,
                    bytes);
        }
    }

    private int noise(int at, int bytes) {
        for (int i = at; i < at + bytes; i++) {
            buffer.put(i, (byte) random.nextLong());
        }
        return at + bytes;
    }

    private int wrongKey() {
        int at =
                GreHeader.writeEncrypted(
                        buffer,
                        0,
                        (int) random.between(1, 2),
                        ProtocolTypes.REDUCED_OVERHEAD,
                        random.chance(0.5),
                        (int) random.nextLong(),
                        random.nextLong() & 0xFFFF_FFFFL);
        return noise(at, (int) random.between(20, 1_300));
    }

    /** The right header, around noise. */
    private int garbled(Seen victim) {
        int bytes = copy(victim);
        boolean isSealed =
                GreHeader.read(buffer, 0, bytes, packet) == Verdict.OK
                        && packet.isEncrypted()
                        && packet.protocolType != ProtocolTypes.KEEP_ALIVE; // any noise is one
        return isSealed ? noise(packet.bodyAt, packet.bodyBytes) : 0;
    }

    private int copy(Seen victim) {
        buffer.put(0, victim.bytes);
        return victim.bytes.length;
    }

    private static int at() {
        return GreHeader.SEQUENCED_BYTES;
    }

    private int frame(int bytes) {
        int version = (int) random.between(1, 2);
        GreHeader.write(buffer, 0, version, ProtocolTypes.EAPOL, random.nextLong());
        return at() + bytes;
    }

    private int failure() {
        return EapWriter.failure(buffer, at(), VERSION, (int) random.between(0, 255));
    }

    private int logoff() {
        buffer.put(at(), (byte) VERSION);
        buffer.put(at() + 1, (byte) LOGOFF);
        buffer.putShort(at() + 2, (short) 0);
        return 4;
    }
}
