package io.rist4j.core.path;

/** What a {@link PathTable} tells when time passes. Implementations must not call back into it. */
@FunctionalInterface
public interface PathSink {
    /**
     * A path that was up has been silent for the session timeout.
     *
     * @param path its index
     */
    void pathDown(int path);
}
