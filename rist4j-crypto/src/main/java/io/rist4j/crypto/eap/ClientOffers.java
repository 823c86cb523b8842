package io.rist4j.crypto.eap;

import io.rist4j.core.time.SessionTime;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * What a caller was asked under each identifier: for its name, and by which challenge. Nothing
 * shows which of them the listener's are, so none replaces another of late.
 */
final class ClientOffers {
    /** How long a request or a challenge may be followed by the next step. */
    private static final long STEP_WITHIN_NS = 10 * SessionTime.SECOND;

    /** How long a challenge is not replaced by another one of its identifier. */
    private static final long STANDS_NS = SessionTime.SECOND;

    private static final int IDENTIFIERS = 256;
    private static final int NONE = -1;

    private final long[] askedNs = new long[IDENTIFIERS];
    private final @Nullable ClientOffer[] offers = new ClientOffer[IDENTIFIERS];

    /** Of the latest request for our name. */
    private int latest = NONE;

    /** Is given an offer and its identifier. */
    @FunctionalInterface
    interface Visitor {
        void visit(int number, ClientOffer offer);
    }

    ClientOffers() {
        forget();
    }

    static int before(int number) {
        return (number - 1) & 0xFF;
    }

    private static boolean isWithin(long nowNs, long sinceNs) {
        return sinceNs != SessionTime.NEVER && nowNs - sinceNs < STEP_WITHIN_NS;
    }

    /** Our name was asked for. */
    void onAsked(long nowNs, int number) {
        latest = number;
        askedNs[number] = nowNs;
    }

    /** Whether our name was asked for under that identifier last, and of late. */
    boolean isLatest(long nowNs, int number) {
        return number == latest && isWithin(nowNs, askedNs[number]);
    }

    /** Whether a challenge may come under that identifier. */
    boolean isExpected(long nowNs, int number) {
        return isWithin(nowNs, askedNs[before(number)]) || isWithin(nowNs, askedNs[number]);
    }

    /** The challenge of which this one is a late copy, or null. */
    @Nullable ClientOffer same(long nowNs, int number, byte[] salt, int version) {
        ClientOffer known = offers[number];
        boolean isSame = known != null && known.isSame(salt, version);
        return known != null && isSame && nowNs - known.sinceNs < STEP_WITHIN_NS ? known : null;
    }

    /** Whether another challenge may not take the identifier yet. */
    boolean isTaken(long nowNs, int number) {
        ClientOffer known = offers[number];
        return known != null && nowNs - known.sinceNs < STANDS_NS;
    }

    void put(int number, ClientOffer offer) {
        offers[number] = offer;
    }

    /** Gives those that A was not sent for. */
    void eachUnanswered(long nowNs, Visitor visitor) {
        for (int number = 0; number < IDENTIFIERS; number++) {
            ClientOffer offer = offers[number];
            if (offer != null && !offer.isAnswered && isWithin(nowNs, offer.sinceNs)) {
                visitor.visit(number, offer);
            }
        }
    }

    /** The challenge that a B of that identifier belongs to, or null. */
    @Nullable ClientOffer ofServerKey(long nowNs, int number) {
        ClientOffer usual = answered(nowNs, before(number));
        return usual != null ? usual : answered(nowNs, number);
    }

    private @Nullable ClientOffer answered(long nowNs, int number) {
        ClientOffer offer = offers[number];
        boolean isAnswered = offer != null && offer.isAnswered && isWithin(nowNs, offer.sinceNs);
        return isAnswered ? offer : null;
    }

    void forget() {
        Arrays.fill(askedNs, SessionTime.NEVER);
        Arrays.fill(offers, null);
        latest = NONE;
    }
}
