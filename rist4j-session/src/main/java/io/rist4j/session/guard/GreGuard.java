package io.rist4j.session.guard;

import io.rist4j.codec.gre.GreHeader;
import io.rist4j.codec.gre.GrePacket;
import io.rist4j.codec.gre.ProtocolTypes;
import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.eap.EapCredentials;
import io.rist4j.crypto.eap.EapRealm;
import io.rist4j.crypto.psk.HeldDatagrams;
import io.rist4j.crypto.psk.Passphrase;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * The Main profile's own guard: the GRE header, a pre-shared key behind it, and EAP-SRP in front of
 * everything, each where configured.
 *
 * <p>Spec: TR-06-2:2022 §5.1, §7, Annex D. libRIST: the same, by the version it last heard. Ours:
 * takes up a newer version only from a datagram that made sense, see {@link SpokenVersion}.
 */
public final class GreGuard implements TunnelGuard {
    /** In place of a nonce. */
    public static final int NO_NONCE = 0;

    private final TunnelSecurity security;
    private final GrePacket incoming = new GrePacket();
    private final PskIntake intake;
    private final PskOutlet outlet;
    private final @Nullable EapGate gate;
    private final boolean isCaller;
    private final SpokenVersion version;

    private GreGuard(
            TunnelSecurity security,
            PskIntake intake,
            PskOutlet outlet,
            @Nullable EapGate gate,
            boolean isCaller) {
        this.security = security;
        this.intake = intake;
        this.outlet = outlet;
        this.gate = gate;
        this.isCaller = isCaller;
        version = new SpokenVersion(isCaller);
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
        EapCredentials credentials = security.credentials();
        EapGate gate =
                credentials == null
                        ? null
                        : EapGate.caller(security, intake, outlet, sink, credentials);
        return new GreGuard(security, intake, outlet, gate, true);
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
        EapRealm realm = security.realm();
        EapGate gate =
                realm == null
                        ? null
                        : EapGate.listener(security, intake, outlet, sink, realm, origin);
        return new GreGuard(security, intake, outlet, gate, false);
    }

    @Override
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

    @Override
    public void onTakenIn() {
        intake.onTakenIn();
    }

    @Override
    public void start(long nowNs) {
        version.forget();
        Passphrase secret = security.secret();
        if (secret != null && outlet.isUnderOther(secret)) {
            turnTo(nowNs, secret); // another path was told while this one was away
        }
        if (gate != null) {
            gate.start(nowNs);
        }
    }

    @Override
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
                proof.onContact(nowNs);
                return Verdict.UNAUTHENTICATED;
            }
        } else if (incoming.protocolType == ProtocolTypes.EAPOL) {
            return Verdict.MISPLACED;
        }
        return intake.open(nowNs, arrivalNs, incoming, b, at, bytes);
    }

    @Override
    public boolean isBehindOthers() {
        return intake.isBehindOthers();
    }

    @Override
    public boolean isDoubtful() {
        return intake.isDoubtful();
    }

    @Override
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

    @Override
    public Verdict doubt(long nowNs, Verdict verdict) {
        return intake.doubt(nowNs, verdict);
    }

    @Override
    public Verdict believe(long nowNs) {
        return intake.believe(nowNs);
    }

    @Override
    public Verdict refuse(long nowNs, Verdict verdict) {
        return intake.refuse(nowNs, verdict);
    }

    @Override
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

    @Override
    public boolean isOpen() {
        return gate == null || gate.isOpen();
    }

    @Override
    public boolean hasSecret() {
        return security.secret() != null;
    }

    @Override
    public boolean isUnderSecret() {
        return intake.isUnderSecret();
    }

    /** A caller is known to a libRIST listener by its reports only, before it has proved itself. */
    @Override
    public boolean mayGreet() {
        return isOpen() || (gate != null && gate.isCaller());
    }

    @Override
    public long deadlineNs() {
        long proofNs = gate == null ? SessionTime.NEVER : gate.deadlineNs();
        return Math.min(proofNs, intake.deadlineNs());
    }

    @Override
    public void onDeadline(long nowNs, HeldDatagrams.Taker taker) {
        if (gate != null && gate.deadlineNs() <= nowNs) {
            gate.onDeadline(nowNs);
        }
        if (intake.deadlineNs() <= nowNs) {
            intake.onDeadline(nowNs, taker);
        }
    }

    @Override
    public GrePacket incoming() {
        return incoming;
    }

    @Override
    public int version(long nowNs) {
        return version.at(nowNs);
    }

    @Override
    public int mostOverheadBytes() {
        return GreHeader.ENCRYPTED_BYTES;
    }

    @Override
    public int begin(long nowNs, ByteBuffer b, int at, int framing, int protocolType) {
        boolean inClear = protocolType == ProtocolTypes.EAPOL;
        return outlet.begin(nowNs, b, at, framing, protocolType, inClear);
    }

    @Override
    public int end(ByteBuffer b, int at, int bytes) {
        return outlet.end(b, at, bytes);
    }

    @Override
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

    @Override
    public void onUsersChanged(long nowNs) {
        if (gate != null) {
            gate.onUsersChanged(nowNs);
        }
    }

    /** Keys derived for this peer, those of forged nonces included. */
    public long derivations() {
        return intake.derivations();
    }

    @Override
    public void close() {
        if (gate != null) {
            gate.close();
        }
        intake.close();
        outlet.close();
    }
}
