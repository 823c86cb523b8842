package io.rist4j.crypto.eap;

import io.rist4j.crypto.srp.SrpMode;

/**
 * Finds the peer's way to hash: one exchange can test one, so failed exchanges alternate between
 * the two that its version leaves. What succeeded is tried first from then on.
 *
 * <p>A listener goes on with the two of version 2 then, whoever the user is, and with the first two
 * again: for users of whom there is a legacy verifier only, and so that nobody can tell who they
 * are.
 */
final class ModeChoice {
    private static final int MODES_OF_VERSION = 2;

    private final SrpCompat compat;
    private SrpMode modern = SrpMode.PADDED;
    private SrpMode legacy = SrpMode.LEGACY;

    /** Whether a peer of a later version is challenged in version 2 next. */
    private boolean isLegacyNext;

    /** Failures since that changed. */
    private int failures;

    ModeChoice(SrpCompat compat) {
        this.compat = compat;
    }

    /** Whether this end encrypts both directions with ends that do so too. */
    boolean keysBothWays() {
        return compat != SrpCompat.LEGACY;
    }

    /** Whether any way to hash will do. */
    boolean isOpen() {
        return compat == SrpCompat.AUTO;
    }

    /** Whether a version may be spoken at all. */
    boolean allows(int version) {
        boolean isLegacy = version == 2;
        return switch (compat) {
            case AUTO -> true;
            case PADDED, UNPADDED -> !isLegacy;
            case LEGACY -> isLegacy;
        };
    }

    /** The version to begin with. */
    int version() {
        return compat == SrpCompat.LEGACY ? 2 : 4;
    }

    /**
     * The version to challenge a peer in.
     *
     * @param spoken the one that it speaks, which must be allowed
     */
    int challengeIn(int spoken) {
        return compat == SrpCompat.AUTO && isLegacyNext ? 2 : spoken;
    }

    SrpMode mode(int version) {
        return switch (compat) {
            case AUTO -> version == 2 ? legacy : modern;
            case PADDED -> SrpMode.PADDED;
            case UNPADDED -> SrpMode.UNPADDED;
            case LEGACY -> SrpMode.LEGACY;
        };
    }

    /** The peer's first frame let its mode show. */
    void hint(SrpMode mode) {
        modern = mode;
    }

    /** The proof fitted: keep this mode. */
    void onSuccess(SrpMode mode) {
        isLegacyNext = mode.isLegacy();
        failures = 0;
        if (mode.isLegacy()) {
            legacy = mode;
        } else {
            modern = mode;
        }
    }

    /** The mode fits, and the version was somebody's choice: the peer's own comes next. */
    void onDowngrade() {
        isLegacyNext = false;
        failures = 0;
    }

    /** The proof did not fit: the password is wrong, or the mode. */
    void onFailure(SrpMode mode) {
        if (++failures == MODES_OF_VERSION) {
            isLegacyNext = !mode.isLegacy();
            failures = 0;
        }
        switch (mode) {
            case PADDED -> modern = SrpMode.UNPADDED;
            case UNPADDED -> modern = SrpMode.PADDED;
            case LEGACY -> legacy = SrpMode.LEGACY_PADDED;
            case LEGACY_PADDED -> legacy = SrpMode.LEGACY;
        }
    }
}
