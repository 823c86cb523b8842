package io.rist4j.crypto.srp;

/**
 * How a peer hashes. The specification, its worked example and the peers disagree, and the version
 * that a peer writes does not tell.
 *
 * <pre>
 *                   operands of k and u      streamed hashes (inner of x, M1, M2)
 *   LEGACY          shortest form            from an all-zero state
 *   UNPADDED        shortest form            SHA-256
 *   PADDED          as long as N             SHA-256
 *   LEGACY_PADDED   as long as N             from an all-zero state
 * </pre>
 *
 * <p>Spec: the text says SHA-256 and the operands' "binary representation"; the example of
 * TR-06-2:2022 §D.9 is {@link #LEGACY}. libRIST: 0.2.7 LEGACY; 0.2.12 UNPADDED, and LEGACY towards
 * EAPOL version 2; from 0.2.16 PADDED, and LEGACY_PADDED towards version 2.
 */
public enum SrpMode {
    /** libRIST 0.2.7 and the worked example. */
    LEGACY(true, false),
    /** libRIST 0.2.12. */
    UNPADDED(false, false),
    /** libRIST from 0.2.16 on, ristgo, ristrust; RFC 5054. */
    PADDED(false, true),
    /** libRIST from 0.2.16 on, towards EAPOL version 2. */
    LEGACY_PADDED(true, true);

    private final boolean isLegacy;
    private final boolean isPadded;

    SrpMode(boolean isLegacy, boolean isPadded) {
        this.isLegacy = isLegacy;
        this.isPadded = isPadded;
    }

    /** Whether streamed hashes begin with an all-zero state; verifiers of the two kinds differ. */
    public boolean isLegacy() {
        return isLegacy;
    }

    /** Whether the operands of k and u are as long as the modulus. */
    public boolean isPadded() {
        return isPadded;
    }
}
