package io.rist4j.session.guard;

import io.rist4j.codec.gre.GreHeader;
import io.rist4j.codec.gre.GrePacket;
import io.rist4j.codec.gre.ProtocolTypes;
import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.eap.EapCredentials;
import io.rist4j.crypto.eap.EapRealm;
import io.rist4j.crypto.eap.EapRefusal;
import io.rist4j.crypto.psk.HeldDatagrams;
import io.rist4j.crypto.psk.Passphrase;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * What one peer of a tunnel has to prove and what its datagrams are sealed under: the GRE header, a
 * pre-shared key behind it, and EAP-SRP in front of everything, each where configured. Belongs to
 * the link that frames with it.
 *
 * <p>Spec: TR-06-2:2022 §5.1, §7, Annex D. libRIST: the same, by the version it last heard. Ours:
 * takes up a newer version only from a datagram that made sense, see {@link SpokenVersion}.
 */
public final class GreGuard {
    /** In place of a nonce. */
    public static final int NO_NONCE = 0;

    private final TunnelSecurity security;
    private final GuardSink sink;
    private final GrePacket incoming = new GrePacket();
    private final PskIntake intake;
    private final PskOutlet outlet;
    private final @Nullable EapGate gate;
    private final boolean isCaller;
    private final SpokenVersion version;

    /** Whether it is told that the peer wants a proof, where none is configured. */
    private boolean isUnpreparedTold;

    private GreGuard(
            TunnelSecurity security,
            GuardSink sink,
            PskIntake intake,
            PskOutlet outlet,
            @Nullable EapGate gate,
            SpokenVersion version,
            boolean isCaller) {
        this.security = security;
        this.sink = sink;
        this.intake = intake;
        this.outlet = outlet;
        this.gate = gate;
        this.isCaller = isCaller;
        this.version = version;
    }

    /**
     * A guard for a peer that this end calls.
     *
     * @param security what is configured
     * @param socket which of this end's sockets it is called from, from 0
     * @param sink takes its effects
     */
    public static GreGuard caller(TunnelSecurity security, int socket, GuardSink sink) {
        var intake = new PskIntake(security, socket, sink);
        var outlet = new PskOutlet(security);
        var version = new SpokenVersion(true);
        var frames = new FrameWriter(outlet, version, sink);
        EapCredentials credentials = security.credentials();
        EapGate gate =
                credentials == null
                        ? null
                        : EapGate.caller(security, intake, outlet, frames, sink, credentials);
        return new GreGuard(security, sink, intake, outlet, gate, version, true);
    }

    /**
     * A guard for a peer that came by itself.
     *
     * @param security what is configured
     * @param socket which of this end's sockets it came to, from 0
     * @param origin the peer's address
     * @param sink takes its effects
     */
    public static GreGuard listener(
            TunnelSecurity security, int socket, Endpoint origin, GuardSink sink) {
        var intake = new PskIntake(security, socket, sink, security.networks().of(origin));
        var outlet = new PskOutlet(security);
        var version = new SpokenVersion(false);
        var frames = new FrameWriter(outlet, version, sink);
        EapRealm realm = security.realm();
        EapGate gate =
                realm == null
                        ? null
                        : EapGate.listener(security, intake, outlet, frames, sink, realm, origin);
        return new GreGuard(security, sink, intake, outlet, gate, version, false);
    }

    /**
     * Takes the configured secrets into use: before the first datagram in either direction.
     *
     * @param nowNs the present
     */
    public void prepare(long nowNs) {
        Passphrase secret = security.secret();
        if (secret == null) {
            return;
        }
        intake.expect(nowNs, secret, false);
        Passphrase former = security.former(nowNs);
        if (former != null) {
            intake.expectToo(nowNs, !security.isOdd(), former);
            intake.settle(secret, security.formerEndsNs());
        }
        if (isCaller) {
            outlet.sealUnder(nowNs, secret, security.isOdd(), security.config().sealing());
        } else {
            outlet.sealWhenNeeded(secret, security.isOdd());
        }
    }

    /** The stranger whom it guards has become a peer. */
    public void onTakenIn() {
        intake.onTakenIn();
    }

    /**
     * Begins whatever handshake this end has to begin. For paths that dial.
     *
     * @param nowNs the present
     */
    public void start(long nowNs) {
        version.forget();
        isUnpreparedTold = false;
        Passphrase secret = security.secret();
        if (secret != null && outlet.isUnderOther(secret)) {
            turnTo(nowNs, secret); // another path was told while this one was away
        }
        if (gate != null) {
            gate.start(nowNs);
        }
    }

    /**
     * Opens a datagram, in place if need be. When that is {@link Verdict#OK} it is read, and {@link
     * #reopens} and {@link #judge} are told what came of it.
     *
     * @param nowNs the present
     * @param arrivalNs when it reached the host
     * @param b holds it, big-endian; borrowed for the call and until {@link #judge}
     * @param at where it begins
     * @param bytes its length
     * @return {@link Verdict#OK} when it may be read; {@link Verdict#HANDSHAKE} or {@link
     *     Verdict#HELD} when it is used up; or why it is refused
     */
    public Verdict open(long nowNs, long arrivalNs, ByteBuffer b, int at, int bytes) {
        EapGate proof = gate;
        if (proof != null && proof.isBareFrame(b, at, bytes)) {
            return proof.onFrame(nowNs, b, at, bytes);
        }
        Verdict verdict = GreHeader.read(b, at, bytes, incoming);
        if (verdict != Verdict.OK) {
            return verdict;
        }
        version.onContact(nowNs, incoming.version);
        if (proof != null) {
            if (incoming.protocolType == ProtocolTypes.EAPOL) {
                return proof.onFrame(nowNs, b, incoming.bodyAt, incoming.bodyBytes);
            }
            if (!proof.isOpen()) {
                proof.onUnproven(nowNs);
                return Verdict.UNAUTHENTICATED;
            }
        } else if (incoming.protocolType == ProtocolTypes.EAPOL) {
            if (!isUnpreparedTold) {
                isUnpreparedTold = true;
                sink.onRefused(nowNs, EapRefusal.NOT_CONFIGURED);
            }
            return Verdict.MISPLACED;
        }
        return intake.open(nowNs, arrivalNs, incoming, b, at, bytes);
    }

    /**
     * Whether the datagram that was opened last is {@link Verdict#HELD} without being kept: others
     * waited longer for the same key, which is there, and it must not overtake them. Whoever opened
     * it calls {@link #onDeadline}, which hands those over, and opens it again.
     */
    public boolean isBehindOthers() {
        return intake.isBehindOthers();
    }

    /**
     * Whether the datagram that was opened last may be noise: nothing has confirmed its key yet,
     * and under a wrong one some noise looks like a message. It is believed only when it tells
     * something that its peer alone knows.
     */
    public boolean isDoubtful() {
        return intake.isDoubtful();
    }

    /**
     * Tells how the datagram that was opened last was read.
     *
     * @param nowNs the present
     * @param verdict the reader's
     * @return true when it is open again in another way: it is to be read once more
     */
    public boolean reopens(long nowNs, Verdict verdict) {
        if (intake.reopens(nowNs, verdict)) {
            return true;
        }
        if (verdict == Verdict.OK) {
            version.onSense(nowNs, incoming.version);
            if (gate != null) {
                gate.onContact(nowNs);
                gate.onSense(nowNs);
            }
        }
        return false;
    }

    /**
     * The datagram that was opened last, a known peer's under a doubtful key, does not show what it
     * is.
     *
     * @param nowNs the present
     * @param verdict what it is to be counted as unless it is kept
     * @return {@link Verdict#HELD} when it is kept until the key proves right, or the verdict
     */
    public Verdict doubt(long nowNs, Verdict verdict) {
        return intake.doubt(nowNs, verdict);
    }

    /**
     * The datagram that was opened last, a known peer's under a doubtful key, shows what it is:
     * what was kept before it under the same key is read first.
     *
     * @param nowNs the present
     * @return {@link Verdict#HELD} when it waits for those, or {@link Verdict#OK}
     */
    public Verdict believe(long nowNs) {
        return intake.believe(nowNs);
    }

    /**
     * Whether a stranger's datagram made sense, though it makes no peer of him: no other key would
     * tell more.
     *
     * @param verdict why it does not
     */
    public static boolean isRead(Verdict verdict) {
        return verdict == Verdict.STRANGER
                || verdict == Verdict.NOT_ADMITTED
                || verdict == Verdict.NO_PLACE;
    }

    /**
     * The datagram that was opened last makes no peer of the stranger who sent it.
     *
     * @param nowNs the present
     * @param verdict why
     * @return what it is to be counted as
     */
    public Verdict refuse(long nowNs, Verdict verdict) {
        return intake.refuse(nowNs, verdict);
    }

    /**
     * What the datagram that was opened and read last is to be counted as.
     *
     * @param verdict the reader's
     */
    public Verdict judge(Verdict verdict) {
        return intake.judge(verdict);
    }

    /** The peer announced its next nonce in the datagram that was opened last. */
    public void onFutureNonce(long nowNs, int nonce) {
        intake.onAnnounced(nowNs, nonce);
    }

    /**
     * The nonce that comes after the present one, to be announced to a peer that understands that
     * (TR-06-2:2022 §7.6), or {@link #NO_NONCE} where this end does not rotate its keys.
     */
    public int nextNonce() {
        return outlet.nextNonce();
    }

    /** Whether the peer has proved what it had to prove: media, requests and echoes may go out. */
    public boolean isOpen() {
        return gate == null || gate.isOpen();
    }

    /**
     * Whether a secret is configured, of which a peer may have another though it proved itself:
     * what it says may be noise then.
     */
    public boolean hasSecret() {
        return security.secret() != null;
    }

    /**
     * Whether all that is taken from the peer is sealed under a secret: an answer of its shows that
     * it knows the secret now.
     */
    public boolean isUnderSecret() {
        return intake.isUnderSecret();
    }

    /**
     * Whether reports may go out, which make this end known to its peer. A caller is known to a
     * libRIST listener by its reports only, before it has proved itself.
     */
    public boolean mayGreet() {
        return isOpen() || (gate != null && gate.isCaller());
    }

    /** When {@link #onDeadline} next has work, or {@link SessionTime#NEVER}. */
    public long deadlineNs() {
        long proofNs = gate == null ? SessionTime.NEVER : gate.deadlineNs();
        return Math.min(proofNs, intake.deadlineNs());
    }

    /**
     * Does what is due.
     *
     * @param nowNs the present
     * @param taker takes datagrams that were held and can be opened now
     */
    public void onDeadline(long nowNs, HeldDatagrams.Taker taker) {
        if (gate != null && gate.deadlineNs() <= nowNs) {
            gate.onDeadline(nowNs);
        }
        if (intake.deadlineNs() <= nowNs) {
            intake.onDeadline(nowNs, taker);
        }
    }

    /** The datagram that was opened last; its body is in clear. */
    public GrePacket incoming() {
        return incoming;
    }

    /**
     * The edition of the TR to send by, 0..2: the newest that the peer shows (trap T21).
     *
     * @param nowNs the present
     */
    public int version(long nowNs) {
        return version.at(nowNs);
    }

    /** Most bytes around a body. */
    public int mostOverheadBytes() {
        return GreHeader.ENCRYPTED_BYTES;
    }

    /**
     * Begins a datagram; its body is written behind what this wrote, then {@link #end}.
     *
     * @param nowNs the present
     * @param b where to write
     * @param at where the datagram begins
     * @param framing the edition of the body's framing, 0..2
     * @param protocolType what the body is, 16 bits
     * @return the bytes in front of the body
     */
    public int begin(long nowNs, ByteBuffer b, int at, int framing, int protocolType) {
        boolean inClear = protocolType == ProtocolTypes.EAPOL;
        return outlet.begin(nowNs, b, at, framing, protocolType, inClear);
    }

    /**
     * Seals the datagram that was begun last.
     *
     * @param b holds it
     * @param at where it begins
     * @param bytes its length so far, to the end of the body
     * @return its length
     */
    public int end(ByteBuffer b, int at, int bytes) {
        return outlet.end(b, at, bytes);
    }

    /**
     * Changes the secret in mid-session, where there is one (TR-06-2:2022 §7.4): what still comes
     * under the old one is opened for {@link TunnelSecurity#OVERLAP_NS} more.
     *
     * @param nowNs the present
     * @param secret copied
     */
    public void changeSecret(long nowNs, Passphrase secret) {
        if (security.secret() == null) {
            return; // what this end seals under is the listener's, or a key that a proof brought
        }
        if (gate != null) {
            gate.push(nowNs, secret);
        }
        turnTo(nowNs, secret);
    }

    private void turnTo(long nowNs, Passphrase secret) {
        intake.expectToo(nowNs, !outlet.isOdd(), secret);
        if (security.secret() != null) {
            intake.settle(secret, nowNs + TunnelSecurity.OVERLAP_NS);
        }
        outlet.change(nowNs, secret);
    }

    /**
     * The users who may come in have changed: a peer who is none of them any more is shut out, one
     * whose verifier is another proves itself again.
     *
     * @param nowNs the present
     */
    public void onUsersChanged(long nowNs) {
        if (gate != null) {
            gate.onUsersChanged(nowNs);
        }
    }

    /** Keys derived for this peer, those of forged nonces included. */
    public long derivations() {
        return intake.derivations();
    }

    /** Ends handshakes and overwrites keys. */
    public void close() {
        if (gate != null) {
            gate.close();
        }
        intake.close();
        outlet.close();
    }
}
