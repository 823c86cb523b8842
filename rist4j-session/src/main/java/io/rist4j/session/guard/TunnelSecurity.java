package io.rist4j.session.guard;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.eap.EapCredentials;
import io.rist4j.crypto.eap.EapRealm;
import io.rist4j.crypto.eap.VerifierLookup;
import io.rist4j.crypto.host.RandomOctets;
import io.rist4j.crypto.host.Worker;
import io.rist4j.crypto.psk.DerivationShare;
import io.rist4j.crypto.psk.HeardNonces;
import io.rist4j.crypto.psk.HoldingRoom;
import io.rist4j.crypto.psk.NonceHistory;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.crypto.psk.PskReceiver;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * What the guards of one session share: its secrets, the nonces used under them, and what strangers
 * may cost.
 */
public final class TunnelSecurity implements AutoCloseable {
    /**
     * How long the secret before a change still opens, ns: five buffers of two seconds, and three
     * times as long as it takes to hand an authenticated peer the new one. After that nobody comes
     * in with it, whoever it is and whenever he comes.
     */
    public static final long OVERLAP_NS = 10 * SessionTime.SECOND;

    private final SecurityConfig config;
    private final Worker worker;
    private final RandomOctets random;
    private final NonceHistory nonces = new NonceHistory();
    private final NonceHistory ownNonces = new NonceHistory();
    private final HeardNonces heardNonces = new HeardNonces();
    private final DerivationShare derivations = PskReceiver.sharedBudget();
    private final HoldingRoom room = new HoldingRoom();
    private final NetworkShares networks;
    private final FirstLook look = new FirstLook(this);
    private final @Nullable EapRealm realm;

    /** The pre-shared secret as it stands; null where there is none. */
    private @Nullable Passphrase secret;

    /** The one before it, which peers may use until then. */
    private @Nullable Passphrase former;

    private long formerEndsNs = SessionTime.NEVER;

    private boolean isOdd;

    /**
     * Security as configured.
     *
     * @param config its secrets stay the caller's
     * @param worker takes slow computations
     * @param random draws nonces and exponents
     */
    public TunnelSecurity(SecurityConfig config, Worker worker, RandomOctets random) {
        this.config = config;
        this.worker = worker;
        this.random = random;
        networks = new NetworkShares(((long) random.nextInt() << 32) ^ random.nextInt());
        Passphrase configured = config.secret();
        secret = configured == null ? null : configured.copy();
        VerifierLookup users = config.users();
        realm =
                users == null
                        ? null
                        : new EapRealm(users, config.secret(), config.srpCompat(), random);
    }

    SecurityConfig config() {
        return config;
    }

    /**
     * Changes the secret of peers that come from now on.
     *
     * @param nowNs the present
     * @param changed copied
     */
    public void changeSecret(long nowNs, Passphrase changed) {
        Passphrase present = secret;
        if (present == null || present.isSame(changed)) {
            return; // without one, what peers of these tunnels use is theirs alone
        }
        forgetFormer();
        former = present;
        formerEndsNs = nowNs + OVERLAP_NS;
        secret = changed.copy();
        isOdd = !isOdd;
        if (realm != null) {
            realm.changeSecret(changed);
        }
    }

    /** The pre-shared secret as it stands; null where there is none. */
    @Nullable Passphrase secret() {
        return secret;
    }

    /** The secret before the present one, while it is still good; otherwise null. */
    @Nullable Passphrase former(long nowNs) {
        if (nowNs >= formerEndsNs) {
            forgetFormer();
        }
        return former;
    }

    /** When the secret before the present one ends, if there is one. */
    long formerEndsNs() {
        return formerEndsNs;
    }

    private void forgetFormer() {
        if (former != null) {
            former.close();
            former = null;
        }
        formerEndsNs = SessionTime.NEVER;
    }

    /** Whether the present secret is that of the odd slot. */
    boolean isOdd() {
        return isOdd;
    }

    Worker worker() {
        return worker;
    }

    RandomOctets random() {
        return random;
    }

    NonceHistory nonces() {
        return nonces;
    }

    /** Those that this end drew: a datagram under one of them was never the peer's. */
    NonceHistory ownNonces() {
        return ownNonces;
    }

    /** How far the nonces of peers have come, on any path and in any flow. */
    HeardNonces heardNonces() {
        return heardNonces;
    }

    /** What peers who have come in share. */
    DerivationShare derivations() {
        return derivations;
    }

    /** Where datagrams of all peers wait for keys. */
    HoldingRoom room() {
        return room;
    }

    /** What strangers share. */
    NetworkShares networks() {
        return networks;
    }

    /**
     * Whether a stranger's datagram is worth a place at the door.
     *
     * @param b holds it, big-endian; borrowed
     * @param at where it begins
     * @param bytes its length
     * @return {@link Verdict#OK}, or why it can be nobody's first one
     */
    public Verdict looksAt(ByteBuffer b, int at, int bytes) {
        return look.at(b, at, bytes);
    }

    /**
     * A stranger's datagram came.
     *
     * @param nowNs the present
     * @param from its source
     * @return whether his network was heard before
     */
    public boolean onStranger(long nowNs, Endpoint from) {
        return networks.onHeard(nowNs, from);
    }

    /** Who may come in, where this end listens and asks. */
    @Nullable EapRealm realm() {
        return realm;
    }

    /** How this end proves itself, where it calls. */
    @Nullable EapCredentials credentials() {
        return config.credentials();
    }

    /** Overwrites what it made of the secrets. */
    @Override
    public void close() {
        if (secret != null) {
            secret.close();
        }
        forgetFormer();
        if (realm != null) {
            realm.close();
        }
    }
}
