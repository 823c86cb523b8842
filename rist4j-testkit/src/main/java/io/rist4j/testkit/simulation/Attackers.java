package io.rist4j.testkit.simulation;

import io.rist4j.codec.gre.GreHeader;
import io.rist4j.codec.gre.GrePacket;
import io.rist4j.codec.gre.TunnelHandler;
import io.rist4j.codec.gre.TunnelReader;
import io.rist4j.codec.rtcp.RtcpReader;
import io.rist4j.codec.rtp.RtpHeader;
import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.ControlHandler;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.NtpTime;
import io.rist4j.core.time.SessionTime;
import io.rist4j.testkit.link.LinkConfig;
import io.rist4j.testkit.link.SeededRandom;
import io.rist4j.testkit.network.NetworkTap;
import io.rist4j.testkit.network.Route;
import io.rist4j.testkit.network.SimulatedNetwork;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Carries out a scenario's {@link Attack}s. They know what the ends send where, though not their
 * secrets, and have addresses of their own. The checks see nothing of what they send, for it is
 * none of the stream's; {@link AttackWatch} looks for their success.
 *
 * <p>Attacks that are known to succeed against an end that hears nothing of its peer, such as
 * goodbyes in its name, are tried only while it does, on links that let enough through.
 */
final class Attackers {
    /** Who answers echo requests, and three who do not. */
    static final int ADDRESSES = 5;

    private static final int PROVEN = 0;
    private static final int PROVEN_PORT = 30_001;
    private static final int PORTS = 200;
    private static final int LEAST_PER_SECOND = 20;
    private static final int MOST_PER_SECOND = 200;
    private static final long PROVE_FOR_NS = 2 * SessionTime.SECOND;
    private static final long BETWEEN_BUMPS_NS = 3 * SessionTime.SECOND;
    private static final long LATELY_NS = 50 * SessionTime.MILLISECOND;
    private static final long HEARD_NS = SessionTime.SECOND;
    private static final double CALM_LOSS = 0.2;
    private static final double CALM_RETURN_LOSS = 0.02;
    private static final long LEAST_SHIFT_NS = SessionTime.SECOND;
    private static final long MOST_SHIFT_NS = 5 * SessionTime.SECOND;

    private record Echo(Endpoint to, int ssrc, long timestamp) {}

    private final Scenario scenario;
    private final SimulatedNetwork network;
    private final AttackWatch watch;
    private final SeededRandom random;

    /** Draws what reports say; whatever that is, all else of a seed stays the same. */
    private final SeededRandom times;

    private final long wallOffsetNs;
    private final AttackWriter writer;
    private final Attack[] attacks;
    private final long everyNs;
    private final Route[][] control;
    private final int[][] ssrcs;
    private final long[][] heardNs;
    private final Map<Long, Attack> underWay = new HashMap<>();
    private final Set<Attack> arrived = EnumSet.noneOf(Attack.class);
    private final ArrayDeque<Echo> asked = new ArrayDeque<>();
    private final EchoFinder echoes = new EchoFinder();
    private final MediaFinder media = new MediaFinder();
    private final GrePacket packet = new GrePacket();
    private final int foreignFlow;
    private List<Endpoint> ofSender = List.of();
    private List<Endpoint> ofReceiver = List.of();
    private @Nullable Attack present;
    private long dueNs = SessionTime.NEVER;
    private long askedNs = SessionTime.NEVER;
    private long beganNs = SessionTime.NEVER;
    private long bumpedNs = -BETWEEN_BUMPS_NS;
    private int number;

    /**
     * @param wallOffsetNs nanoseconds since 1970 minus the network's time
     */
    Attackers(Scenario scenario, SimulatedNetwork network, AttackWatch watch, long wallOffsetNs) {
        this.scenario = scenario;
        this.network = network;
        this.watch = watch;
        this.wallOffsetNs = wallOffsetNs;
        times = new SeededRandom(scenario.seed() ^ 0x74_696D_6573L);
        random = new SeededRandom(scenario.seed() ^ 0x4576_6EL);
        writer = new AttackWriter(scenario, random);
        attacks = scenario.attacks().toArray(new Attack[0]);
        everyNs = SessionTime.SECOND / random.between(LEAST_PER_SECOND, MOST_PER_SECOND);
        int paths = scenario.paths().size();
        control = new Route[paths][2];
        ssrcs = new int[paths][2];
        heardNs = new long[paths][2];
        for (long[] heard : heardNs) {
            heard[0] = -SessionTime.SECOND * 60;
            heard[1] = heard[0];
        }
        int drawn = (int) random.nextLong() & ~1;
        foreignFlow = drawn == scenario.flowId() ? drawn ^ 2 : drawn;
        if (scenario.attacks().contains(Attack.BLIND_FRAMES)) {
            dueNs = 0;
        }
    }

    /** The address of one of them. */
    static Endpoint address(int of) {
        return Endpoint.ipv4(0x0A0A_0001 + 256 * of, 0);
    }

    /** Where the ends listen; control of the Simple profile goes to every second socket. */
    void aimAt(List<Endpoint> senderSockets, List<Endpoint> receiverSockets) {
        ofSender = senderSockets;
        ofReceiver = receiverSockets;
    }

    /** Lets them begin: the receiver has its flow. */
    void begin(long nowNs) {
        if (beganNs == SessionTime.NEVER && attacks.length > 0) {
            beganNs = nowNs;
            dueNs = Math.min(dueNs, nowNs);
        }
    }

    /** Whether what is sent just now is theirs. */
    boolean isSending() {
        return present != null;
    }

    long nextNs() {
        return Math.min(dueNs, askedNs);
    }

    /** The attacks of which something arrived. */
    Set<Attack> arrived() {
        return arrived;
    }

    // ---- what they see

    /**
     * A tap that tells another what is the ends', and nothing of what is theirs.
     *
     * @param isForging whether what is sent just now is a forger's
     */
    NetworkTap before(NetworkTap next, BooleanSupplier isForging) {
        if (attacks.length == 0) {
            return next;
        }
        return new NetworkTap() {
            @Override
            public void onSent(
                    long nowNs, Route route, ByteBuffer b, int at, int bytes, int copies) {
                Attack attack = present;
                if (attack == null && !isForging.getAsBoolean()) {
                    look(route, b, at, bytes);
                    watch.onSent(nowNs, route, b, at, bytes);
                } else if (attack != null && copies > 0) {
                    underWay.put(fingerprint(route, b, at, bytes), attack);
                }
                next.onSent(nowNs, route, b, at, attack == null ? bytes : 0, copies);
            }

            @Override
            public void onArrived(long nowNs, Route route, ByteBuffer b, int at, int bytes) {
                Attack attack = underWay.get(fingerprint(route, b, at, bytes));
                if (attack != null) {
                    arrived.add(attack);
                    watch.onAttack(nowNs, attack, route, bytes);
                } else if (route.link() < heardNs.length) {
                    heardNs[route.link()][direction(route.forward())] = nowNs;
                    watch.onHeard(nowNs, route);
                } else if (route.to().hasAddressOf(address(PROVEN))) {
                    findEchoes(nowNs, route.from(), b, at, bytes);
                }
                next.onArrived(nowNs, route, b, at, attack == null ? bytes : 0);
            }
        };
    }

    private static int direction(boolean forward) {
        return forward ? 0 : 1;
    }

    private static long fingerprint(Route route, ByteBuffer b, int at, int bytes) {
        long print = route.hashCode();
        for (int i = at; i < at + bytes; i++) {
            print = (print ^ b.get(i)) * 0x100_0000_01B3L;
        }
        return print;
    }

    private void look(Route route, ByteBuffer b, int at, int bytes) {
        if (route.link() >= control.length) {
            return;
        }
        boolean isRtcp = RtpHeader.isRtcp(b, at, bytes);
        int direction = direction(route.forward());
        if (scenario.tunnel().protection().isTunnel() || isRtcp) {
            control[route.link()][direction] = route;
        }
        if (isRtcp) {
            ssrcs[route.link()][direction] = b.getInt(at + 4);
        }
        if (!scenario.tunnel().protection().isTunnel()) {
            media.onReduced(0, 0, b, at, bytes);
        } else if (GreHeader.read(b, at, bytes, packet) == Verdict.OK && !packet.isEncrypted()) {
            TunnelReader.read(packet, media);
        }
    }

    /** Remembers the media timestamp that was sent last, where anybody can read it. */
    private final class MediaFinder implements TunnelHandler {
        private boolean isFound;
        private int timestamp;

        @Override
        public Verdict onReduced(
                int sourcePort, int destinationPort, ByteBuffer b, int at, int bytes) {
            if (bytes >= RtpHeader.FIXED_BYTES
                    && !RtpHeader.isRtcp(b, at, bytes)
                    && RtpHeader.ssrc(b, at) == scenario.flowId()) {
                isFound = true;
                timestamp = b.getInt(at + 4);
            }
            return Verdict.OK;
        }
    }

    private void findEchoes(long nowNs, Endpoint from, ByteBuffer b, int at, int bytes) {
        echoes.from = from;
        if (!scenario.tunnel().protection().isTunnel()) {
            RtcpReader.read(b, at, bytes, echoes);
        } else if (GreHeader.read(b, at, bytes, packet) == Verdict.OK && !packet.isEncrypted()) {
            TunnelReader.read(packet, echoes);
        }
        if (!asked.isEmpty()) {
            askedNs = nowNs;
        }
    }

    /** Remembers what is to be answered. */
    private final class EchoFinder implements ControlHandler, TunnelHandler {
        private Endpoint from = Endpoint.ipv4(0, 0);

        @Override
        public Verdict onReduced(
                int sourcePort, int destinationPort, ByteBuffer b, int at, int bytes) {
            return RtpHeader.isRtcp(b, at, bytes)
                    ? RtcpReader.read(b, at, bytes, this)
                    : Verdict.OK;
        }

        @Override
        public void onEchoRequest(int ssrc, long timestamp, int paddingBytes) {
            asked.add(new Echo(from, ssrc, timestamp));
        }
    }

    // ---- what they do

    /** Sends what is due. */
    void send(long nowNs) {
        askedNs = SessionTime.NEVER;
        while (!asked.isEmpty()) {
            Echo echo = asked.remove();
            watch.onProof(address(PROVEN));
            int bytes = writer.echoResponse(foreignFlow, echo.ssrc(), echo.timestamp());
            own(provenAttack(), PROVEN, PROVEN_PORT, echo.to(), bytes);
        }
        if (dueNs <= nowNs) {
            dueNs = nowNs + everyNs;
            boolean isBlind = scenario.attacks().contains(Attack.BLIND_FRAMES);
            if (isBlind && beganNs == SessionTime.NEVER) {
                attack(nowNs, Attack.BLIND_FRAMES);
            } else if (beganNs != SessionTime.NEVER) {
                attack(nowNs, attacks[(int) random.between(0, attacks.length - 1)]);
            }
        }
    }

    private Attack provenAttack() {
        return scenario.attacks().contains(Attack.PROVEN_STRANGER)
                ? Attack.PROVEN_STRANGER
                : Attack.MANY_SOURCES;
    }

    private void attack(long nowNs, Attack attack) {
        int link = (int) random.between(0, control.length - 1);
        boolean forward = random.chance(0.5);
        int ssrc = ssrcs[link][direction(forward)];
        switch (attack) {
            case SPOOFED_GOODBYES -> {
                if (isCalm(nowNs, link, forward)) {
                    spoof(attack, link, forward, writer.goodbye(ssrc));
                }
            }
            case PROVEN_STRANGER -> prove(nowNs, attack, foreignFlow);
            case MANY_SOURCES -> prove(nowNs, attack, foreignFlow + 2 * ++number);
            case FOREIGN_REPORTS -> {
                boolean toReceiver = random.chance(0.7);
                boolean isNamed =
                        toReceiver || scenario.contact() != Scenario.Contact.RECEIVER_DIALS;
                int bytes = writer.report(scenario.flowId(), isNamed);
                if (toReceiver && media.isFound && times.chance(0.5)) {
                    bytes = falseTimes(nowNs);
                }
                own(attack, unproven(), port(), control(toReceiver), bytes);
            }
            case VERSION_BUMPS -> {
                if (nowNs - bumpedNs >= BETWEEN_BUMPS_NS) {
                    bumpedNs = nowNs;
                    spoof(attack, link, forward, writer.keepAlive(2, 0));
                }
            }
            case BLIND_FRAMES -> {
                boolean isCallers =
                        forward == (scenario.contact() != Scenario.Contact.RECEIVER_DIALS);
                int bytes = isCallers ? writer.frameOfCaller() : writer.frameOfListener();
                spoof(attack, link, forward, bytes);
            }
            case EARLIER_SESSION -> {
                if (forward && isCalm(nowNs, link, true)) {
                    spoof(attack, link, true, writer.earlier(foreignFlow, -1));
                } else {
                    int packet = isEverythingHeard(nowNs) ? number++ : -1;
                    int bytes = writer.earlier(foreignFlow, packet);
                    own(attack, 1, PROVEN_PORT, control(true), bytes);
                }
            }
            case REQUEST_FLOOD ->
                    spoof(
                            attack,
                            link,
                            false,
                            writer.requestForEverything(
                                    scenario.flowId(), ssrcs[link][direction(false)]));
            case KEY_FLOOD ->
                    own(
                            attack,
                            unproven(),
                            port(),
                            control(random.chance(0.5)),
                            writer.unknownKey());
            case KEEP_ALIVES ->
                    own(
                            attack,
                            unproven(),
                            port(),
                            control(random.chance(0.5)),
                            writer.keepAlive(1, 0));
        }
    }

    /** What a report of the sender could say, some seconds off. */
    private int falseTimes(long nowNs) {
        long shiftNs = times.between(LEAST_SHIFT_NS, MOST_SHIFT_NS);
        long wallNs = wallOffsetNs + nowNs + (times.chance(0.5) ? shiftNs : -shiftNs);
        return writer.senderReport(scenario.flowId(), NtpTime.ofUnixNs(wallNs), media.timestamp);
    }

    /** Shows where he is and, while everything of the stream is heard, sends media. */
    private void prove(long nowNs, Attack attack, int ssrc) {
        boolean isEarly = nowNs - beganNs < PROVE_FOR_NS;
        if (random.chance(isEarly ? 1 : 0.1) || !isEverythingHeard(nowNs)) {
            own(attack, PROVEN, PROVEN_PORT, control(true), writer.greeting(foreignFlow));
        } else {
            int bytes = writer.media(ssrc, number++);
            own(attack, PROVEN, PROVEN_PORT - 1, media(true), bytes);
        }
    }

    private boolean isEverythingHeard(long nowNs) {
        for (int link = 0; link < heardNs.length; link++) {
            boolean isSteady =
                    isSteady(scenario.paths().get(link).forward())
                            && isSteady(scenario.paths().get(link).backward());
            if (!isSteady || nowNs - heardNs[link][0] > HEARD_NS) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSteady(LinkConfig link) {
        return link.outages().isEmpty() && link.bitsPerSecond() == 0 && link.burstPackets() <= 1;
    }

    /** Whether a peer that was heard just now will be heard again before a goodbye is believed. */
    private boolean isCalm(long nowNs, int link, boolean forward) {
        LinkConfig config =
                forward
                        ? scenario.paths().get(link).forward()
                        : scenario.paths().get(link).backward();
        return isSteady(config)
                && config.loss() <= (forward ? CALM_LOSS : CALM_RETURN_LOSS)
                && nowNs - heardNs[link][direction(forward)] <= LATELY_NS;
    }

    private int unproven() {
        return (int) random.between(1, ADDRESSES - 1);
    }

    private int port() {
        return (int) (31_000 + 2 * random.between(0, PORTS - 1) + 1);
    }

    private Endpoint control(boolean receivers) {
        return socket(receivers, 1);
    }

    private Endpoint media(boolean receivers) {
        return socket(receivers, 0);
    }

    private Endpoint socket(boolean receivers, int channel) {
        List<Endpoint> sockets = receivers ? ofReceiver : ofSender;
        int channels = scenario.tunnel().protection().isTunnel() ? 1 : 2;
        int path = (int) random.between(0, sockets.size() / channels - 1);
        return sockets.get(path * channels + channel % channels);
    }

    private void own(Attack attack, int of, int port, Endpoint to, int bytes) {
        send(attack, address(of).withPort(port), to, bytes);
    }

    private void spoof(Attack attack, int link, boolean forward, int bytes) {
        Route route = control[link][direction(forward)];
        if (route != null) {
            send(attack, route.from(), route.to(), bytes);
        }
    }

    private void send(Attack attack, Endpoint from, Endpoint to, int bytes) {
        if (bytes > 0) {
            present = attack;
            network.send(from, to, writer.buffer, 0, bytes);
            present = null;
        }
    }
}
