package io.rist4j.session.guard;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.Verdict;
import io.rist4j.crypto.eap.Authenticatee;
import io.rist4j.crypto.eap.Authenticator;
import io.rist4j.crypto.eap.EapCredentials;
import io.rist4j.crypto.eap.EapOutput;
import io.rist4j.crypto.eap.EapParty;
import io.rist4j.crypto.eap.EapRealm;
import io.rist4j.crypto.eap.EapRefusal;
import io.rist4j.crypto.eap.EapResult;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.crypto.psk.PskSealing;

import java.nio.ByteBuffer;

/**
 * Keeps a path shut until its peer has proved itself, and turns what the proof brings into secrets
 * of the two directions.
 *
 * <p>Keying modes (TR-06-2:2022 §D.3.4.6): with a configured secret both directions stay under it.
 * Without, the listener's direction goes under the session key; the caller's stays in clear, for no
 * libRIST listener would take it otherwise.
 */
final class EapGate implements EapOutput {
    private static final int FIXED_BYTES = 4;
    private static final int LEAST_VERSION = 2;
    private static final int LAST_VERSION = 4;
    private static final int LAST_TYPE = 2;

    private final EapParty party;
    private final boolean isCaller;
    private final TunnelSecurity security;
    private final PskIntake intake;
    private final PskOutlet outlet;
    private final GuardSink sink;

    private EapGate(
            TunnelSecurity security,
            PskIntake intake,
            PskOutlet outlet,
            GuardSink sink,
            EapCredentials credentials) {
        this.security = security;
        this.intake = intake;
        this.outlet = outlet;
        this.sink = sink;
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
            GuardSink sink,
            EapRealm realm,
            Endpoint origin) {
        this.security = security;
        this.intake = intake;
        this.outlet = outlet;
        this.sink = sink;
        isCaller = false;
        party = new Authenticator(realm, origin, security.random(), security.worker(), this);
    }

    static EapGate caller(
            TunnelSecurity security,
            PskIntake intake,
            PskOutlet outlet,
            GuardSink sink,
            EapCredentials credentials) {
        return new EapGate(security, intake, outlet, sink, credentials);
    }

    static EapGate listener(
            TunnelSecurity security,
            PskIntake intake,
            PskOutlet outlet,
            GuardSink sink,
            EapRealm realm,
            Endpoint origin) {
        return new EapGate(security, intake, outlet, sink, realm, origin);
    }

    boolean isOpen() {
        return party.isAuthenticated();
    }

    boolean isCaller() {
        return isCaller;
    }

    void start(long nowNs) {
        if (party instanceof Authenticatee authenticatee) {
            authenticatee.start(nowNs);
        }
    }

    void onContact(long nowNs) {
        party.onContact(nowNs);
    }

    Verdict onFrame(long nowNs, ByteBuffer b, int at, int bytes) {
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
        sink.transmit(nowNs, frame, at, bytes);
    }

    @Override
    public void onAuthenticated(long nowNs, EapResult result) {
        PskSealing sealing = security.config().sealing();
        Passphrase key = result.sessionKey();
        if (result.usesSessionKey()) {
            outlet.sealUnder(nowNs, key, sealing);
        }
        boolean isLegacy = result.version() == LEAST_VERSION;
        if (result.peerUsesSessionKey() && !(isLegacy && security.config().secret() != null)) {
            // libRIST 0.2.7 may have said so by chance: what it sends stays in clear, or under the
            // secret
            boolean clearToo = !isCaller || isLegacy;
            intake.expect(nowNs, key, clearToo && !security.config().requiresEncryption());
        } else if (!isCaller && result.usesSessionKey() && security.config().requiresEncryption()) {
            intake.expect(nowNs, key, false);
        }
        sink.onAuthenticated(nowNs, result.user());
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
        boolean isSessionKey =
                party instanceof Authenticatee caller
                        && caller.result() != null
                        && passphrase.isSame(caller.result().sessionKey());
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
        if (proved != null) {
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
        party.close();
    }
}
