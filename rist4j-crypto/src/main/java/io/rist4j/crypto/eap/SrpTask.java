package io.rist4j.crypto.eap;

import io.rist4j.crypto.host.Computation;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * An exponentiation on its way through a worker. Once it is {@linkplain #cancel cancelled} a worker
 * that is late holds nothing of whoever asked.
 */
final class SrpTask<T> implements Computation {
    /** Takes a result on the owner's thread. */
    @FunctionalInterface
    interface Taker<T> {
        void take(long nowNs, @Nullable T result);
    }

    private final Supplier<@Nullable T> work;
    private final Consumer<T> discard;

    /** Absent once nobody waits for it. */
    private @Nullable Taker<T> taker;

    private @Nullable T result;

    /**
     * @param work touches nothing that its owner may change meanwhile
     * @param discard overwrites a result that nobody waits for; must not hold the owner
     */
    SrpTask(Supplier<@Nullable T> work, Taker<T> taker, Consumer<T> discard) {
        this.work = work;
        this.taker = taker;
        this.discard = discard;
    }

    /** Nobody waits for it any more. Only on the owner's thread. */
    void cancel() {
        taker = null;
    }

    @Override
    public void compute() {
        result = work.get();
    }

    @Override
    public void onComputed(long nowNs) {
        T taken = result;
        result = null;
        Taker<T> waiting = taker;
        if (waiting != null) {
            waiting.take(nowNs, taken);
        } else if (taken != null) {
            discard.accept(taken);
        }
    }
}
