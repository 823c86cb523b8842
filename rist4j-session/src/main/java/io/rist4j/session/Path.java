package io.rist4j.session;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.time.SessionTime;
import io.rist4j.session.link.PathLink;

import org.jspecify.annotations.Nullable;

/** One row of a session's paths: where its peer is, its link, and when it reports. */
final class Path {
    /**
     * Octets of an authentication's frames, by octets heard, to a peer whose address is not proven.
     */
    private static final int HANDSHAKE_FACTOR = 3;

    /**
     * What the next report to a peer whose address is not proven may take: it asks for the echo
     * that proves it, so nothing else may use that up.
     */
    private static final int REPORT_BYTES = 256;

    /** Flows that a peer's reports may name, beyond which the earliest is forgotten. */
    private static final int NAMED_FLOWS = 16;

    private static final long LONG_AGO_NS = -3_600 * SessionTime.SECOND;

    /** In place of a row: not taken in yet. */
    static final int NO_ROW = -1;

    /** Row in the path table; {@link #NO_ROW} while it is a stranger's. */
    int row;

    /** Index of the configured path that it belongs to. */
    final int configured;

    /** Its wire and protection: changed by {@link #relink} alone. */
    PathLink link;

    final int mediaSocket;
    final int controlSocket;

    /**
     * The configured destination is a group: anybody may answer from its own address. The receivers
     * share the row; its round trip is that of the nearest, whose echo comes first.
     */
    final boolean multicast;

    /** Round trips and report times of this path. */
    final RoundTripClock clock;

    /** How often its round trip is asked for. */
    final EchoPace echoes = new EchoPace();

    /** Where media goes to, or comes from; null until learned. */
    @Nullable Endpoint media;

    /** Where control goes to; null until learned. */
    @Nullable Endpoint control;

    /** The flows that it has brought, where a receiver takes several. */
    final BroughtFlows brought = new BroughtFlows();

    /** The peer's CNAME as last heard, empty before. */
    String peerName = "";

    /** The same as it came. */
    byte[] nameBytes = {};

    /** The user that the peer proved to be, empty without authentication. */
    String user = "";

    /** A source description was heard: libRIST's criterion for a peer. */
    boolean named;

    /** The flow that the peer's reports speak of; meaningful once named. */
    int peerSsrc;

    /**
     * When the peer said goodbye and was not heard again; {@link SessionTime#NEVER} before. Not
     * believed yet: only {@link FarewellPart} looks at it.
     */
    long farewellNs = SessionTime.NEVER;

    /** When a goodbye of the peer was believed at once; {@link SessionTime#NEVER} before. */
    long leftNs = SessionTime.NEVER;

    /** The peer's last echo request: what it said, 0 before the first, and when it came. */
    long askedTimestamp;

    int askedSsrc;
    long askedNs;

    /** Since when a learned peer is known. */
    long knownNs;

    /** The latest sender report that the peer sent, of whatever flow. */
    final ReportHeard report = new ReportHeard();

    /** When the next report is due. */
    long nextReportNs = SessionTime.NEVER;

    private final int[] namedFlows = new int[NAMED_FLOWS];
    private int namedFlowCount;
    private @Nullable Endpoint speaker;
    private boolean proven;
    private long mediaHeardNs;
    private long anythingHeardNs = LONG_AGO_NS;

    /** What the peer sent, and what it drew before its address was proven. */
    private long heardBytes;

    private long heardDatagrams;
    private long drawnBytes;
    private long drawnDatagrams;

    Path(
            int row,
            int configured,
            PathLink link,
            long echoSecret,
            int mediaSocket,
            int controlSocket,
            boolean multicast) {
        this.row = row;
        this.configured = configured;
        this.link = link;
        clock = new RoundTripClock(echoSecret);
        this.mediaSocket = mediaSocket;
        this.controlSocket = controlSocket;
        this.multicast = multicast;
    }

    /**
     * Puts another link in the place of the present one, while media flow: from now on everything
     * is opened and written by it. The former one is closed; a datagram that it is reading is read
     * to its end.
     *
     * @param next another one, ready: prepared, and started where this end calls
     */
    void relink(PathLink next) {
        PathLink former = link;
        link = next;
        former.close();
    }

    /**
     * The peer's address is configured, or it returned something that only its address could have
     * heard.
     */
    void onProven() {
        proven = true;
    }

    boolean isProven() {
        return proven;
    }

    /** The peer's sender report named a flow. */
    void onFlowNamed(int flowId) {
        if (!namesFlow(flowId)) {
            namedFlows[namedFlowCount++ % NAMED_FLOWS] = flowId;
        }
    }

    /** Whether the peer's sender reports named a flow. */
    boolean namesFlow(int flowId) {
        for (int i = Math.min(namedFlowCount, NAMED_FLOWS) - 1; i >= 0; i--) {
            if (namedFlows[i] == flowId) {
                return true;
            }
        }
        return false;
    }

    /** A datagram came from the peer; once for each. */
    void onHeard(long nowNs, int bytes) {
        anythingHeardNs = nowNs;
        heardBytes += bytes;
        heardDatagrams++;
    }

    /**
     * When the last datagram came from the peer's address, whatever it was; long ago before the
     * first and since the peer was called anew.
     */
    long anythingHeardNs() {
        return anythingHeardNs;
    }

    /** The peer is called anew: what came so far was said to another port. */
    void onRedialled() {
        anythingHeardNs = LONG_AGO_NS;
    }

    /** Whose datagram is read now. */
    void onSpeaker(long nowNs, Endpoint from) {
        speaker = from;
        Endpoint known = media;
        if (known != null && from.equals(known)) {
            mediaHeardNs = nowNs;
        }
    }

    /** When the address that media comes from was last heard; 0 before. */
    long mediaHeardNs() {
        return mediaHeardNs;
    }

    /**
     * Where control goes to that answers the last datagram heard; null until learned.
     *
     * <p>Spec: TR-06-1:2020 §5.2.6, of a group: by unicast to the source address of the request, at
     * the port of RTCP.
     */
    @Nullable Endpoint answersTo() {
        Endpoint to = control;
        Endpoint from = speaker;
        return multicast && to != null && from != null ? from.withPort(to.port()) : to;
    }

    /**
     * Whether a datagram may go out; counts it against what a peer may draw whose address is not
     * proven: no more octets and no more datagrams than it sent, so that a forged source address
     * gains nothing.
     */
    boolean mayDraw(int bytes) {
        return mayDraw(bytes, heardBytes);
    }

    /**
     * The same for a frame of an authentication: three times the octets, for what the listener
     * answers to a Start and to a name is longer than these, and nothing else can prove the peer.
     */
    boolean mayAnswer(int bytes) {
        return mayDraw(bytes, HANDSHAKE_FACTOR * heardBytes);
    }

    private boolean mayDraw(int bytes, long mostBytes) {
        if (proven) {
            return true;
        }
        if (drawnBytes + bytes > mostBytes || drawnDatagrams >= heardDatagrams) {
            return false;
        }
        drawnBytes += bytes;
        drawnDatagrams++;
        return true;
    }

    /** Whether something may go out that a peer whose address is not proven can do without. */
    boolean mayChat() {
        return proven
                || (drawnDatagrams + 1 < heardDatagrams && drawnBytes + REPORT_BYTES < heardBytes);
    }

    /** Whether a datagram from there is the peer's. */
    boolean isPeer(Endpoint from) {
        Endpoint knownMedia = media;
        Endpoint knownControl = control;
        return (knownMedia != null && from.equals(knownMedia))
                || (knownControl != null && from.equals(knownControl));
    }

    /** Whether a datagram that came to a socket from there is its peer's, or its group's. */
    boolean isFrom(int socket, Endpoint from) {
        return (mediaSocket == socket || controlSocket == socket) && (multicast || isPeer(from));
    }

    /** The peer as events and statistics name it. */
    Endpoint peer() {
        Endpoint known = media != null ? media : control;
        return known != null ? known : Endpoint.ipv4(0, 0);
    }
}
