package io.rist4j.testkit.simulation;

import io.rist4j.codec.eap.EapolFrame;
import io.rist4j.codec.gre.GreHeader;
import io.rist4j.codec.gre.GrePacket;
import io.rist4j.codec.gre.ProtocolTypes;
import io.rist4j.codec.gre.TunnelHandler;
import io.rist4j.codec.gre.TunnelReader;
import io.rist4j.codec.rtp.RtpHeader;
import io.rist4j.core.message.Verdict;
import io.rist4j.testkit.network.NetworkTap;
import io.rist4j.testkit.network.Route;
import io.rist4j.testkit.simulation.Violation.Kind;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Looks into the tunnel: shows another tap the RTP and RTCP in each datagram as the Simple profile
 * would send them, and nothing of any other datagram. Knows the secrets, and works out session keys
 * from what the caller drew, so that it does not depend on what the sessions say of themselves.
 *
 * <p>Watches over the secrets, too: what has to be encrypted is, by a secret that the ends have,
 * and no key serves twice.
 */
final class Peephole implements NetworkTap, TunnelHandler {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** What is longer is media, or requests. */
    private static final int SHORT_BYTES = 256;

    private static final int HEAD_BYTES = 48;

    private final Scenario scenario;
    private final PacketLedger ledger;
    private final Invariants invariants;
    private NetworkTap next = new NetworkTap() {};
    private final TunnelKeys keys;
    private final GrePacket packet = new GrePacket();
    private final EapolFrame frame = new EapolFrame();
    private final boolean senderCalls;

    private ByteBuffer inner = NOTHING;
    private int innerAt;
    private int innerBytes;
    private TunnelKeys.@Nullable Key opening;
    private boolean isForging;
    private boolean isTold;
    private boolean readsMedia;

    /** Frames of an authentication that the links lost. */
    private long framesLost;

    Peephole(Scenario scenario, PacketLedger ledger, Invariants invariants, TunnelKeys keys) {
        this.scenario = scenario;
        this.ledger = ledger;
        this.invariants = invariants;
        this.keys = keys;
        senderCalls = scenario.contact() != Scenario.Contact.RECEIVER_DIALS;
    }

    /** From now on this one sees what is in the tunnel. */
    void showTo(NetworkTap watcher) {
        next = watcher;
    }

    /** Whether what is sent from now on is somebody else's. */
    void setForging(boolean forging) {
        isForging = forging;
    }

    long framesLost() {
        return framesLost;
    }

    @Override
    public void onSent(long nowNs, Route route, ByteBuffer buffer, int at, int bytes, int copies) {
        if (route.link() >= scenario.paths().size()) {
            next.onSent(nowNs, route, buffer, at, bytes, copies);
            return;
        }
        look(buffer, at, bytes);
        if (!isForging && bytes > 0) {
            openSent(route, copies);
        }
        next.onSent(nowNs, route, inner, innerAt, innerBytes, copies);
    }

    @Override
    public void onArrived(long nowNs, Route route, ByteBuffer buffer, int at, int bytes) {
        if (route.link() >= scenario.paths().size()) {
            next.onArrived(nowNs, route, buffer, at, bytes);
            return;
        }
        boolean isGre = look(buffer, at, bytes);
        if (isGre && packet.protocolType == ProtocolTypes.EAPOL) {
            boolean isForCaller = route.forward() != senderCalls;
            if (isForCaller && frame.read(buffer, packet.bodyAt, packet.bodyBytes) == Verdict.OK) {
                keys.onFrameForCaller(route.link(), frame, buffer);
            }
        } else if (isGre && packet.isEncrypted()) {
            TunnelKeys.Key key = keys.known(packet.nonce);
            if (key != null) {
                read(key);
            }
        } else if (isGre) {
            TunnelReader.read(packet, this);
        }
        next.onArrived(nowNs, route, inner, innerAt, innerBytes);
    }

    /** Reads the header. */
    private boolean look(ByteBuffer buffer, int at, int bytes) {
        inner = NOTHING;
        innerAt = 0;
        innerBytes = 0;
        boolean isGre = GreHeader.read(buffer, at, bytes, packet) == Verdict.OK;
        long mark = isGre ? packet.nonce * 31L + packet.sequence : 0;
        ledger.digest = (ledger.digest * 31 + bytes) * 31 + mark;
        return isGre;
    }

    private void openSent(Route route, int copies) {
        if (packet.protocolType == ProtocolTypes.EAPOL) {
            framesLost += copies == 0 ? 1 : 0;
            return;
        }
        if (!packet.isEncrypted()) {
            boolean isCallers = route.forward() == senderCalls;
            readsMedia = false;
            TunnelReader.read(packet, this);
            boolean mayBeClear =
                    switch (scenario.tunnel().protection()) {
                        case SIMPLE, CLEAR -> true;
                        case PSK_128, PSK_256, PSK_AND_SRP -> false;
                        case SRP -> isCallers && !readsMedia; // greets before it is proved
                    };
            if (!mayBeClear) {
                tell("sent in clear on " + route);
            }
            return;
        }
        TunnelKeys.Key key = keys.known(packet.nonce);
        if (key == null || !read(key)) { // of few octets another key may make sense
            key = keys.find(packet.nonce, route, this::read);
        }
        if (key == null) {
            tell("sent under no secret of the ends on " + route);
            return;
        }
        boolean isLong = scenario.tunnel().protection() != Protection.PSK_128;
        if (packet.longKey != isLong || !key.isFresh(route, (int) packet.sequence)) {
            tell("nonce " + packet.nonce + " with sequence " + packet.sequence + " on " + route);
        }
    }

    /** The first one tells enough. */
    private void tell(String text) {
        if (!isTold) {
            isTold = true;
            invariants.violate(Kind.SECRECY, -1, text);
        }
    }

    /** Whether the body makes sense under a key. */
    private boolean read(TunnelKeys.Key key) {
        inner = NOTHING;
        innerAt = 0;
        innerBytes = 0;
        opening = key;
        ByteBuffer plain = open(packet.bodyBytes > SHORT_BYTES ? HEAD_BYTES : packet.bodyBytes);
        return TunnelReader.read(packet.protocolType, plain, 0, packet.bodyBytes, this)
                == Verdict.OK;
    }

    private ByteBuffer open(int bytes) {
        return Objects.requireNonNull(opening)
                .open(packet.buffer, packet.bodyAt, bytes, (int) packet.sequence, packet.longKey);
    }

    @Override
    public Verdict onReduced(int sourcePort, int destinationPort, ByteBuffer b, int at, int bytes) {
        boolean isMedia =
                bytes >= RtpHeader.FIXED_BYTES && (RtpHeader.ssrc(b, at) & ~1) == scenario.flowId();
        if (!isMedia && !RtpHeader.isRtcp(b, at, bytes)) {
            return Verdict.UNKNOWN;
        }
        if (!isMedia && packet.isEncrypted()) {
            open(packet.bodyBytes); // of media the header is enough
        }
        readsMedia |= isMedia && !RtpHeader.isRtcp(b, at, bytes);
        inner = b;
        innerAt = at;
        innerBytes = bytes;
        return Verdict.OK;
    }
}
