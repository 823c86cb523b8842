package io.rist4j;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.address.FairShare;

import org.jspecify.annotations.Nullable;

import java.util.function.Predicate;

/**
 * Flows that wait to be accepted, in a fixed number of places, shared by those who sent them as
 * {@link FairShare} says. When all are taken a flow that has ended makes way first, of whoever has
 * the most; else one that lives, of whoever has more than the newcomer would; else the newcomer.
 *
 * <p>Not thread-safe. A place is looked for among all: flows are few and rare.
 *
 * @param <F> what stands for a flow
 */
final class WaitingFlows<F> implements FairShare.Holders {
    private record Place<F>(F flow, Endpoint peer, String user, long order) {}

    private final @Nullable Place<F>[] places;
    private final Predicate<F> hasEnded;
    private final FairShare shares;
    private long added;
    private long displaced;

    @SuppressWarnings({"unchecked", "rawtypes"})
    WaitingFlows(int capacity, Predicate<F> hasEnded) {
        places = new Place[capacity];
        this.hasEnded = hasEnded;
        shares = new FairShare(capacity, this);
    }

    @Override
    public @Nullable Endpoint holder(int index) {
        Place<F> place = places[index];
        return place == null ? null : place.peer;
    }

    @Override
    public String user(int index) {
        Place<F> place = places[index];
        return place == null ? "" : place.user;
    }

    @Override
    public long order(int index) {
        Place<F> place = places[index];
        return place == null ? 0 : place.order;
    }

    /**
     * Adds a flow, at the cost of another when there is no room.
     *
     * @param peer where it comes from
     * @param user who proved to send it, empty without authentication
     * @return who has no place now: another flow, or this one; null when there was room
     */
    @Nullable F add(F flow, Endpoint peer, String user) {
        int index = free();
        if (index < 0) {
            index = shares.largest(this::isOver);
        }
        if (index < 0) {
            index = shares.giving(peer, user);
        }
        if (index < 0) {
            displaced++;
            return flow;
        }
        Place<F> before = places[index];
        places[index] = new Place<>(flow, peer, user, ++added);
        shares.onChanged();
        if (before == null) {
            return null;
        }
        displaced++;
        return before.flow;
    }

    /** How many have made way so far, newcomers included. */
    long displaced() {
        return displaced;
    }

    private int free() {
        for (int i = 0; i < places.length; i++) {
            if (places[i] == null) {
                return i;
            }
        }
        return -1;
    }

    private boolean isOver(int index) {
        Place<F> place = places[index];
        return place != null && hasEnded.test(place.flow);
    }

    /** Takes the flow that has waited longest, null when none waits. */
    @Nullable F take() {
        Place<F> first = null;
        int at = 0;
        for (int i = 0; i < places.length; i++) {
            Place<F> place = places[i];
            if (place != null && (first == null || place.order < first.order)) {
                first = place;
                at = i;
            }
        }
        if (first == null) {
            return null;
        }
        places[at] = null;
        shares.onChanged();
        return first.flow;
    }
}
