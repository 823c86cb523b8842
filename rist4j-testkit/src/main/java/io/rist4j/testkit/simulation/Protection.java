package io.rist4j.testkit.simulation;

import io.rist4j.session.Profile;

/** Which profile a simulation's sessions speak, and how they are secured. */
public enum Protection {
    /** The Simple profile, which has no security. */
    SIMPLE,
    /** The Main profile in clear. */
    CLEAR,
    /** The Main profile under a pre-shared secret, with keys of 128 bits. */
    PSK_128,
    /** The same with keys of 256 bits. */
    PSK_256,
    /** EAP-SRP: each direction goes under a key that the exchange brings. */
    SRP,
    /** EAP-SRP and a pre-shared secret. */
    PSK_AND_SRP;

    Profile profile() {
        return this == SIMPLE ? Profile.SIMPLE : Profile.MAIN;
    }

    /** Whether there is a tunnel around everything. */
    public boolean isTunnel() {
        return this != SIMPLE;
    }

    /** Whether both ends have a secret from the start. */
    public boolean hasSecret() {
        return this == PSK_128 || this == PSK_256 || this == PSK_AND_SRP;
    }

    /** Whether the caller has to prove itself before anything else. */
    public boolean hasProof() {
        return this == SRP || this == PSK_AND_SRP;
    }
}
