package io.rist4j;

import java.util.Locale;

/** The profiles of RIST, in libRIST's numbering. This version speaks {@link #SIMPLE}. */
public enum RistProfile {
    /** VSF TR-06-1: RTP on an even port, RTCP on the next one; no encryption. */
    SIMPLE,
    /** VSF TR-06-2: everything in one port, with encryption and authentication. */
    MAIN,
    /** VSF TR-06-3. */
    ADVANCED;

    /** The name as written in a URL: {@code simple}, {@code main} or {@code advanced}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
