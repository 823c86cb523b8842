package io.rist4j.crypto.host;

/**
 * A piece of work that takes a fraction of a millisecond to several milliseconds, in two halves:
 * one for any thread, one for the thread that owns what asked for it.
 *
 * <p>The host runs {@link #compute} exactly once and then {@link #onComputed} exactly once; what
 * the first wrote must be visible to the second (handing it over through a queue is enough).
 */
public interface Computation {
    /** The slow half; touches nothing but this object. Any thread. */
    void compute();

    /**
     * Hands the result to whoever asked. Only on the thread that owns the asker.
     *
     * @param nowNs session clock, ns
     */
    void onComputed(long nowNs);
}
