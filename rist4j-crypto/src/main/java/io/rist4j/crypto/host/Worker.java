package io.rist4j.crypto.host;

/**
 * Where a host takes {@linkplain Computation slow work}.
 *
 * <p>A host with threads computes on one of them and posts the second half to the owner's thread. A
 * host without, such as a simulation, may use {@link #inline}. Callers expect either: the result
 * may be there before {@link #start} returns.
 */
@FunctionalInterface
public interface Worker {
    /**
     * Takes the work; never blocks.
     *
     * @param nowNs session clock, ns
     * @param computation what to do
     */
    void start(long nowNs, Computation computation);

    /** A worker that does everything at once, on the thread that asks. */
    static Worker inline() {
        return (nowNs, computation) -> {
            computation.compute();
            computation.onComputed(nowNs);
        };
    }
}
