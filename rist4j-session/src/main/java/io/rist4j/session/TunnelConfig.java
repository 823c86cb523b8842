package io.rist4j.session;

import io.rist4j.core.time.SessionTime;
import io.rist4j.session.guard.SecurityConfig;

/**
 * What a profile with a tunnel adds to a session; others ignore it.
 *
 * @param security keys and proofs
 * @param virtualSourcePort where media and control say they come from inside the tunnel, 1..65535
 * @param virtualDestinationPort where media goes inside the tunnel, even, 2..65534; control goes to
 *     the next one
 * @param keepAliveIntervalNs time between keep-alive messages, 100 ms..10 s; reports, which come
 *     oftener, keep a tunnel alive as well (TR-06-2:2022 §5.6.2)
 * @param json what keep-alive messages say in JSON (§5.6.8), or nothing
 */
public record TunnelConfig(
        SecurityConfig security,
        int virtualSourcePort,
        int virtualDestinationPort,
        long keepAliveIntervalNs,
        String json) {
    /** What libRIST's tools use. */
    public static final int DEFAULT_VIRTUAL_DESTINATION_PORT = 1_968;

    /** What libRIST uses for its first peer. */
    public static final int DEFAULT_VIRTUAL_SOURCE_PORT = 32_769;

    /** No security, and the numbers of libRIST. */
    public static final TunnelConfig DEFAULT = of(SecurityConfig.NONE);

    private static final int MAX_JSON_CHARS = 1_024;

    /** Checks ranges. */
    public TunnelConfig {
        if (virtualSourcePort < 1 || virtualSourcePort > 65_535) {
            throw new IllegalArgumentException(
                    "virtualSourcePort " + virtualSourcePort + " is outside 1..65535");
        }
        if (virtualDestinationPort < 2
                || virtualDestinationPort > 65_534
                || (virtualDestinationPort & 1) != 0) {
            throw new IllegalArgumentException(
                    "virtualDestinationPort "
                            + virtualDestinationPort
                            + " is not even and in 2..65534");
        }
        if (keepAliveIntervalNs < 100 * SessionTime.MILLISECOND
                || keepAliveIntervalNs > 10 * SessionTime.SECOND) {
            throw new IllegalArgumentException(
                    "keepAliveInterval "
                            + keepAliveIntervalNs / SessionTime.MILLISECOND
                            + " ms is outside 100..10000 ms");
        }
        if (json.length() > MAX_JSON_CHARS) {
            throw new IllegalArgumentException(
                    "json of "
                            + json.length()
                            + " characters is outside 0.."
                            + MAX_JSON_CHARS
                            + " characters");
        }
    }

    /**
     * The defaults with this security.
     *
     * @param security keys and proofs
     */
    public static TunnelConfig of(SecurityConfig security) {
        return new TunnelConfig(
                security,
                DEFAULT_VIRTUAL_SOURCE_PORT,
                DEFAULT_VIRTUAL_DESTINATION_PORT,
                SessionTime.SECOND,
                "");
    }
}
