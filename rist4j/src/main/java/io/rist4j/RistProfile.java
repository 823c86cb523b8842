package io.rist4j;

import io.rist4j.session.Profile;

import java.util.Locale;

/** The profiles of RIST, in libRIST's numbering. This version speaks all but {@link #ADVANCED}. */
public enum RistProfile {
    /** VSF TR-06-1: RTP on an even port, RTCP on the next one; no encryption. */
    SIMPLE(Profile.SIMPLE),
    /** VSF TR-06-2: everything in one port, with encryption and authentication. */
    MAIN(Profile.MAIN),
    /** VSF TR-06-3. */
    ADVANCED(Profile.ADVANCED);

    private final Profile ofSession;

    RistProfile(Profile ofSession) {
        this.ofSession = ofSession;
    }

    /** What a session calls it. */
    Profile ofSession() {
        return ofSession;
    }

    /** Whether everything goes through one port, with security. */
    boolean hasTunnel() {
        return this != SIMPLE;
    }

    /** The name as written in a URL: {@code simple}, {@code main} or {@code advanced}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
