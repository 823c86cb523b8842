package io.rist4j.crypto.eap;

import io.rist4j.crypto.host.Computation;

import org.jspecify.annotations.Nullable;

import java.util.function.Supplier;

/** An exponentiation on its way through a worker. */
final class SrpTask<T> implements Computation {
    /** Takes a result on the owner's thread. */
    @FunctionalInterface
    interface Taker<T> {
        void take(long nowNs, @Nullable T result);
    }

    private final Supplier<@Nullable T> work;
    private final Taker<T> taker;
    private @Nullable T result;

    /**
     * @param work touches nothing that its owner may change meanwhile
     */
    SrpTask(Supplier<@Nullable T> work, Taker<T> taker) {
        this.work = work;
        this.taker = taker;
    }

    @Override
    public void compute() {
        result = work.get();
    }

    @Override
    public void onComputed(long nowNs) {
        T taken = result;
        result = null;
        taker.take(nowNs, taken);
    }
}
