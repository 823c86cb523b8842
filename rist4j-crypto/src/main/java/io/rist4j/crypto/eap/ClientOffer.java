package io.rist4j.crypto.eap;

import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.srp.SrpMode;

import java.util.Arrays;

/** A challenge that a caller took, which may be the listener's or anybody's. */
final class ClientOffer {
    /** Half of what our listener waits; libRIST's waits twice as long. */
    static final long REPEATED_AFTER_NS = 125 * SessionTime.MILLISECOND;

    private final byte[] salt;
    private final int version;
    private final SrpMode mode;
    final long sinceNs;

    /** Whether A was sent for it. */
    boolean isAnswered;

    /** The B that came for it last, in few bits, and when it came first. */
    private int serverKey;

    private long serverKeyNs = SessionTime.NEVER;

    ClientOffer(long sinceNs, byte[] salt, int version, SrpMode mode) {
        this.sinceNs = sinceNs;
        this.salt = salt;
        this.version = version;
        this.mode = mode;
    }

    byte[] salt() {
        return salt;
    }

    int version() {
        return version;
    }

    SrpMode mode() {
        return mode;
    }

    /**
     * A B came for it.
     *
     * @return whether it has come before, and as long ago as a listener waits before it repeats one
     */
    boolean isRepeated(long nowNs, byte[] key) {
        int hash = Arrays.hashCode(key);
        if (serverKeyNs == SessionTime.NEVER || hash != serverKey) {
            serverKey = hash;
            serverKeyNs = nowNs;
        }
        return nowNs - serverKeyNs >= REPEATED_AFTER_NS;
    }

    boolean isSame(byte[] otherSalt, int otherVersion) {
        return version == otherVersion && Arrays.equals(salt, otherSalt);
    }
}
