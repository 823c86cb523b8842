package io.rist4j;

import org.jspecify.annotations.Nullable;

/** A host name that no name server knows. */
public final class RistUnknownHostException extends RistException {
    private static final long serialVersionUID = 1;

    private final String host;

    /**
     * A host that was not found.
     *
     * @param host its name
     * @param cause the resolver's answer
     */
    public RistUnknownHostException(String host, @Nullable Throwable cause) {
        super("unknown host " + host, cause);
        this.host = host;
    }

    /** The name that was not found. */
    public String host() {
        return host;
    }
}
