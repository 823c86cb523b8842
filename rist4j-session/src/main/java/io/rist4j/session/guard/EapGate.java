package io.rist4j.session.guard;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.eap.Authenticatee;
import io.rist4j.crypto.eap.Authenticator;
import io.rist4j.crypto.eap.EapCredentials;
import io.rist4j.crypto.eap.EapOutput;
import io.rist4j.crypto.eap.EapParty;
import io.rist4j.crypto.eap.EapRealm;
import io.rist4j.crypto.eap.EapRefusal;
import io.rist4j.crypto.eap.EapResult;
import io.rist4j.crypto.psk.Passphrase;

import java.nio.ByteBuffer;

/**
 * Keeps a path shut until its peer has proved itself, and turns what the proof brings into secrets
 * of the two directions.
 *
 * <p>Keying modes (TR-06-2:2022 §D.3.4.6): with a configured secret both directions stay under it.
 * Without, the listener's direction goes under the session key. The caller's goes under a key made
 * of that where the listener is of this library too, and nothing is sent or taken in clear; it
 * stays in clear otherwise, for no libRIST listener would take anything else, and that is told.
 *
 * <p>Who proves itself again turns to the new key as {@link KeyTurn} says.
 */
final class EapGate implements EapOutput {
    private static final int FIXED_BYTES = 4;
    private static final int LEAST_VERSION = 2;
    private static final int LAST_VERSION = 4;
    private static final int LAST_TYPE = 2;

    /** Who has sent so long, and nothing of a proof, takes no part in it. */
    private static final long TAKES_PART_WITHIN_NS = 2 * SessionTime.SECOND;

    private final EapParty party;
    private final boolean isCaller;
    private final TunnelSecurity security;
    private final PskIntake intake;
    private final PskOutlet outlet;
    private final FrameWriter frames;
    private final GuardSink sink;

    /** Whether a frame came, or it is told that none does. */
    private boolean isAnswered;

    private long heardFromNs = SessionTime.NEVER;

    /** Whether an authenticated path is shut until its keys are there. */
    private boolean awaitsKey;

    private boolean isClearTold;

    /** Whether the peer leaves a direction in clear, and that is not accepted. */
    private boolean isInClear;

    private final KeyTurn turn;

    private EapGate(
            TunnelSecurity security,
            PskIntake intake,
            PskOutlet outlet,
            FrameWriter frames,
            GuardSink sink,
            EapCredentials credentials) {
        this.security = security;
        this.intake = intake;
        this.outlet = outlet;
        this.frames = frames;
        this.sink = sink;
        turn = new KeyTurn(intake, outlet);
        isCaller = true;
        party =
                new Authenticatee(
                        credentials,
                        security.config().srpCompat(),
                        security.config().secret() == null,
                        security.random(),
                        security.worker(),
                        this);
    }

    private EapGate(
            TunnelSecurity security,
            PskIntake intake,
            PskOutlet outlet,
            FrameWriter frames,
            GuardSink sink,
            EapRealm realm,
            Endpoint origin) {
        this.security = security;
        this.intake = intake;
        this.outlet = outlet;
        this.frames = frames;
        this.sink = sink;
        turn = new KeyTurn(intake, outlet);
        isCaller = false;
        party = new Authenticator(realm, origin, security.random(), security.worker(), this);
    }

    static EapGate caller(
            TunnelSecurity security,
            PskIntake intake,
            PskOutlet outlet,
            FrameWriter frames,
            GuardSink sink,
            EapCredentials credentials) {
        return new EapGate(security, intake, outlet, frames, sink, credentials);
    }

    static EapGate listener(
            TunnelSecurity security,
            PskIntake intake,
            PskOutlet outlet,
            FrameWriter frames,
            GuardSink sink,
            EapRealm realm,
            Endpoint origin) {
        return new EapGate(security, intake, outlet, frames, sink, realm, origin);
    }

    /** Proved, and keyed where nothing may go in clear. */
    boolean isOpen() {
        return party.isAuthenticated() && !isInClear && (!awaitsKey || isKeyed());
    }

    private boolean isKeyed() {
        return outlet.isSealing() && (isCaller || intake.hasSecret());
    }

    boolean isCaller() {
        return isCaller;
    }

    void start(long nowNs) {
        isAnswered = false;
        heardFromNs = SessionTime.NEVER;
        if (party instanceof Authenticatee authenticatee) {
            authenticatee.start(nowNs);
        }
    }

    void onContact(long nowNs) {
        party.onContact(nowNs);
    }

    /** A peer that has not proved itself sends something else. */
    void onUnproven(long nowNs) {
        onContact(nowNs);
        heardFromNs = Math.min(heardFromNs, nowNs);
        if (!isAnswered && nowNs - heardFromNs >= TAKES_PART_WITHIN_NS) {
            isAnswered = true;
            sink.onRefused(nowNs, EapRefusal.NOT_OFFERED);
        }
    }

    Verdict onFrame(long nowNs, ByteBuffer b, int at, int bytes) {
        isAnswered = true;
        Verdict verdict = party.onFrame(nowNs, b, at, bytes);
        return verdict == Verdict.OK || verdict == Verdict.DUPLICATE ? Verdict.HANDSHAKE : verdict;
    }

    /**
     * Whether a datagram is a frame without the GRE header that belongs in front of it: so libRIST
     * repeats its requests. No header that we accept begins like that.
     */
    boolean isBareFrame(ByteBuffer b, int at, int bytes) {
        if (!isCaller || bytes < FIXED_BYTES) {
            return false;
        }
        int version = b.get(at) & 0xFF;
        int type = b.get(at + 1) & 0xFF;
        int length = b.getShort(at + 2) & 0xFFFF;
        return version >= LEAST_VERSION
                && version <= LAST_VERSION
                && type <= LAST_TYPE
                && length == bytes - FIXED_BYTES;
    }

    @Override
    public void transmit(long nowNs, ByteBuffer frame, int at, int bytes) {
        frames.send(nowNs, frame, at, bytes);
    }

    @Override
    public void onAuthenticated(long nowNs, EapResult result) {
        isInClear = false;
        if (result.keysBothWays()) {
            keyBothWays(nowNs, result);
        } else {
            keyOneWay(nowNs, result);
        }
        sink.onAuthenticated(nowNs, result.user());
        if (leavesClear(result)) {
            onClear(nowNs);
        }
    }

    /** Under the secret, or each direction under a key of the session. Nothing goes in clear. */
    private void keyBothWays(long nowNs, EapResult result) {
        boolean isKeyedAlready = isKeyedBothWays();
        awaitsKey = true;
        if (!result.peerUsesSessionKey() || (isKeyedAlready && !isCaller)) {
            return; // the listener's secret is ours already, or comes next; the turn has begun
        }
        Passphrase callersKey = result.callersKey();
        if (isKeyedAlready) {
            outlet.change(nowNs, callersKey);
            turn.expect(nowNs, result.sessionKey(), null);
        } else {
            Passphrase own = isCaller ? callersKey : result.sessionKey();
            outlet.sealUnder(nowNs, own, security.config().sealing());
            intake.follow(nowNs, isCaller ? result.sessionKey() : callersKey);
        }
        callersKey.close();
    }

    private boolean isKeyedBothWays() {
        return awaitsKey && outlet.isSealing() && intake.isUnderSecret();
    }

    @Override
    public void onCallerProved(long nowNs, EapResult coming) {
        if (coming.keysBothWays() && coming.peerUsesSessionKey() && isKeyedBothWays()) {
            Passphrase callersKey = coming.callersKey();
            turn.expect(nowNs, callersKey, coming.sessionKey());
            callersKey.close();
        }
    }

    private void keyOneWay(long nowNs, EapResult result) {
        boolean hasSecret = security.config().secret() != null;
        boolean requiresEncryption = security.config().requiresEncryption();
        Passphrase key = result.sessionKey();
        awaitsKey = requiresEncryption;
        turn.forget();
        if (result.usesSessionKey()) {
            outlet.sealUnder(nowNs, key, security.config().sealing());
        }
        boolean isLegacy = result.version() == LEAST_VERSION;
        if (result.peerUsesSessionKey() && !(isLegacy && hasSecret)) {
            // libRIST 0.2.7 may have said so by chance: what it sends stays in clear, or under the
            // secret
            boolean clearToo = !isCaller || isLegacy;
            intake.expect(nowNs, key, clearToo && !requiresEncryption);
        } else if (!isCaller && result.usesSessionKey() && requiresEncryption) {
            intake.expect(nowNs, key, false);
        }
    }

    private boolean leavesClear(EapResult result) {
        boolean isLegacy = result.version() == LEAST_VERSION;
        return security.config().secret() == null
                && !result.keysBothWays()
                && (isLegacy || isCaller == result.peerUsesSessionKey());
    }

    /** Names the direction that stays in clear, once; or refuses it. */
    private void onClear(long nowNs) {
        isInClear = security.config().requiresEncryption();
        if (isClearTold) {
            return;
        }
        isClearTold = true;
        if (isInClear) {
            sink.onRefused(nowNs, EapRefusal.IN_CLEAR);
        } else {
            sink.onClear(nowNs, isCaller);
        }
    }

    @Override
    public void onRefused(long nowNs, EapRefusal reason) {
        sink.onRefused(nowNs, reason);
    }

    @Override
    public void onRevoked(long nowNs, EapRefusal reason) {
        sink.onShutOut(nowNs, reason);
    }

    /**
     * A secret came, in a frame that anybody can forge: where there is one already, the peer has to
     * use the new one first.
     */
    @Override
    public void onPassphrase(long nowNs, Passphrase passphrase) {
        EapResult proved = party instanceof Authenticatee caller ? caller.result() : null;
        boolean isSessionKey = proved != null && passphrase.isSame(proved.sessionKey());
        boolean isKept = proved != null && proved.keysBothWays();
        if (isSessionKey && !isKept && security.config().secret() == null) {
            onClear(nowNs); // whatever somebody made of the flag beside its proof
        }
        if (!intake.hasSecret()) {
            intake.expect(nowNs, passphrase, false);
            if (!isSessionKey) {
                sealUnder(nowNs, passphrase);
            }
        } else if (!isSessionKey) {
            intake.offer(nowNs, passphrase);
        }
    }

    /** Datagrams made sense: they may prove a secret that was offered. */
    void onSense(long nowNs) {
        Passphrase proved = intake.takeProved();
        if (proved != null && turn.isDoneBy(nowNs, proved)) {
            proved.close();
            party.onKeyUsed(nowNs);
        } else if (proved != null) {
            sealUnder(nowNs, proved);
            if (security.secret() != null) {
                intake.settle(proved, nowNs + TunnelSecurity.OVERLAP_NS);
                security.changeSecret(nowNs, proved);
            }
            proved.close();
        }
    }

    /** The listener's own secret, then: it refuses what comes in clear. */
    private void sealUnder(long nowNs, Passphrase passphrase) {
        if (outlet.isSealing() || security.config().secret() == null) {
            outlet.sealUnder(nowNs, passphrase, security.config().sealing());
        }
    }

    /** Hands an authenticated peer the secret that this end turns to. */
    void push(long nowNs, Passphrase secret) {
        if (party instanceof Authenticator authenticator) {
            authenticator.push(nowNs, secret);
        }
    }

    /** The users who may come in are perhaps others now. */
    void onUsersChanged(long nowNs) {
        if (party instanceof Authenticator authenticator) {
            authenticator.onUsersChanged(nowNs);
        }
    }

    long deadlineNs() {
        return party.deadlineNs();
    }

    void onDeadline(long nowNs) {
        party.onDeadline(nowNs);
    }

    void close() {
        turn.forget();
        party.close();
    }
}
