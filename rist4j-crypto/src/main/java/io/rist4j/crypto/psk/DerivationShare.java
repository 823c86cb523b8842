package io.rist4j.crypto.psk;

import io.rist4j.crypto.host.TokenBucket;

/**
 * How many keys peers may have derived together for nonces that continue no live stream. Not
 * thread-safe.
 */
public interface DerivationShare {
    /**
     * Takes one derivation.
     *
     * @param nowNs session clock, ns
     * @return false when there is none left, or too many are under way
     */
    boolean take(long nowNs);

    /** Gives back one that proved right. */
    void refund();

    /** One that was taken is under way no longer. */
    void onComputed();

    /**
     * A share that bounds their rate alone.
     *
     * @param rate shared by whoever has a share of this kind
     */
    static DerivationShare ofRate(TokenBucket rate) {
        return new DerivationShare() {
            @Override
            public boolean take(long nowNs) {
                return rate.take(nowNs);
            }

            @Override
            public void refund() {
                rate.refund();
            }

            @Override
            public void onComputed() {}
        };
    }
}
