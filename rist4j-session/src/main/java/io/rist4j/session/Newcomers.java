package io.rist4j.session;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.host.TokenBucket;
import io.rist4j.crypto.psk.Passphrase;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * Strangers at the door of a session that listens: each has a link of its own from its first
 * datagram on, so that an exchange of several datagrams can make a peer of it.
 *
 * <p>Bounded in every way, for anybody can forge a source: {@link #PLACES} at a time, few of one
 * address, few new ones a second, each for a few seconds. All of them together hold less than
 * {@link #MOST_BYTES}. Known peers have places elsewhere and notice nothing.
 *
 * <p>A forged source comes once, somebody who wants to come in comes again. So when all places are
 * taken, those make way whose key proved wrong, then those that spoke once; who comes from a
 * network that was heard before need not wait for that.
 */
final class Newcomers {
    /** Strangers at a time. */
    static final int PLACES = 64;

    /**
     * What they hold together at most: 384 KiB of datagrams that wait for keys ({@link
     * io.rist4j.crypto.psk.HoldingRoom#STRANGERS}), 40 KiB of networks ({@link
     * io.rist4j.session.guard.NetworkShares}), and for each a link of about 24 KiB: four keys that
     * are tried, two of each nonce at most, and two windows of sequence numbers. Computations under
     * way hold a secret and a nonce each.
     */
    static final int MOST_BYTES = 2 << 20;

    private static final int PLACES_OF_ADDRESS = 8;
    private static final long STAY_NS = 5 * SessionTime.SECOND;

    /** An authentication under way is worth more than a first word. */
    private static final long LEAST_STAY_NS = SessionTime.SECOND;

    /** A first word may wait this long for its key before another first word takes its place. */
    private static final long LEAST_STAY_OF_FIRST_NS = 250 * SessionTime.MILLISECOND;

    /** New ones a second, of networks that are new and of those that were heard before. */
    private static final int ARRIVALS_PER_SECOND = 100;

    /** What a stranger is worth. */
    private enum Worth {
        /** His key proved wrong. */
        WRONG,
        /** He spoke once, or his network did. */
        FIRST,
        /** He spoke again. */
        AGAIN
    }

    private final @Nullable Path[] places = new Path[PLACES];
    private final Endpoint[] sources = new Endpoint[PLACES];
    private final Worth[] worths = new Worth[PLACES];
    private int count;
    private final long[] heardNs = new long[PLACES];
    private final long[] cameNs = new long[PLACES];
    private final TokenBucket firstArrivals = TokenBucket.perSecond(PLACES, ARRIVALS_PER_SECOND);
    private final TokenBucket otherArrivals = TokenBucket.perSecond(PLACES, ARRIVALS_PER_SECOND);

    private final BiFunction<Integer, Endpoint, Path> maker;

    /**
     * An empty doorstep.
     *
     * @param maker makes the path of a socket's new source
     */
    Newcomers(BiFunction<Integer, Endpoint, Path> maker) {
        this.maker = maker;
        Arrays.fill(sources, Endpoint.ipv4(0, 0));
        Arrays.fill(worths, Worth.FIRST);
    }

    /**
     * The stranger's path, made if need be; null when there is no place.
     *
     * @param isAgain whether his network was heard before
     */
    @Nullable Path of(long nowNs, int socket, Endpoint from, boolean isAgain) {
        int free = -1;
        int sameAddress = 0;
        for (int i = 0; i < PLACES; i++) {
            Path path = places[i];
            if (path == null) {
                free = free < 0 ? i : free;
                continue;
            }
            if (path.mediaSocket == socket && sources[i].equals(from)) {
                heardNs[i] = nowNs;
                if (isAgain && worths[i] == Worth.FIRST) {
                    worths[i] = Worth.AGAIN;
                }
                return path;
            }
            if (sources[i].hasAddressOf(from)) {
                sameAddress++;
            }
        }
        boolean isCrowd = sameAddress >= PLACES_OF_ADDRESS;
        int place = free < 0 || isCrowd ? victim(nowNs, isAgain, isCrowd ? from : null) : free;
        if (place < 0 || !(isAgain ? otherArrivals : firstArrivals).take(nowNs)) {
            return null;
        }
        shut(place);
        Path made = maker.apply(socket, from);
        made.link.prepare(nowNs);
        places[place] = made;
        count++;
        sources[place] = from;
        worths[place] = isAgain ? Worth.AGAIN : Worth.FIRST;
        heardNs[place] = nowNs;
        cameNs[place] = nowNs;
        return made;
    }

    /**
     * Who makes way: of those worth least who was silent for longest; -1 when nobody does.
     *
     * @param isAgain whether it is for somebody whose network was heard before
     * @param address of whom it must be one, null for anybody
     */
    private int victim(long nowNs, boolean isAgain, @Nullable Endpoint address) {
        int victim = -1;
        for (int i = 0; i < PLACES; i++) {
            boolean isMeant =
                    places[i] != null && (address == null || sources[i].hasAddressOf(address));
            boolean isLess =
                    victim < 0
                            || worths[i].compareTo(worths[victim]) < 0
                            || (worths[i] == worths[victim] && heardNs[i] < heardNs[victim]);
            if (isMeant && isLess && makesWay(nowNs, i, isAgain)) {
                victim = i;
            }
        }
        return victim;
    }

    private boolean makesWay(long nowNs, int place, boolean isAgain) {
        long stayedNs = nowNs - cameNs[place];
        return switch (worths[place]) {
            case WRONG -> true;
            case FIRST -> isAgain || stayedNs >= LEAST_STAY_OF_FIRST_NS;
            case AGAIN -> isAgain && stayedNs >= LEAST_STAY_NS;
        };
    }

    /** What the stranger said made no peer of him. */
    void onRefused(Path path, Verdict verdict) {
        for (int i = 0; i < PLACES && verdict == Verdict.WRONG_SECRET; i++) {
            if (places[i] == path) {
                worths[i] = Worth.WRONG;
            }
        }
    }

    /** The stranger has been taken in. */
    void release(Path path) {
        for (int i = 0; i < PLACES; i++) {
            if (places[i] == path) {
                places[i] = null;
                count--;
            }
        }
    }

    /** A configured path is gone, and with it whoever stood at its door. */
    void leave(int configured) {
        for (int i = 0; i < PLACES; i++) {
            Path path = places[i];
            if (path != null && path.configured == configured) {
                shut(i);
            }
        }
    }

    private void shut(int place) {
        Path path = places[place];
        if (path != null) {
            path.link.close();
            places[place] = null;
            count--;
        }
    }

    /** Changes the secret of everybody at the door who has the session's. */
    void changeSecret(long nowNs, Passphrase secret, Predicate<Path> sharesSecret) {
        for (Path path : places) {
            if (path != null && sharesSecret.test(path)) {
                path.link.changeSecret(nowNs, secret);
            }
        }
    }

    /** Everybody at the door who has proved himself may have to do so again. */
    void onUsersChanged(long nowNs) {
        for (Path path : places) {
            if (path != null) {
                path.link.onUsersChanged(nowNs);
            }
        }
    }

    /** Places to look at: none while nobody is there. */
    int capacity() {
        return count == 0 ? 0 : PLACES;
    }

    /** Who is in a place, or null. */
    @Nullable Path at(int place) {
        return places[place];
    }

    /** Where the stranger in a place comes from. */
    Endpoint source(int place) {
        return sources[place];
    }

    /** When the first of them has stayed long enough, or its link has work. */
    long deadlineNs() {
        long deadlineNs = SessionTime.NEVER;
        for (int i = 0; i < capacity(); i++) {
            Path path = places[i];
            if (path != null) {
                deadlineNs = Math.min(deadlineNs, path.link.deadlineNs());
                deadlineNs = Math.min(deadlineNs, heardNs[i] + STAY_NS);
            }
        }
        return deadlineNs;
    }

    /** Sends away who has been silent for too long. */
    void expire(long nowNs) {
        for (int i = 0; i < capacity(); i++) {
            if (places[i] != null && nowNs - heardNs[i] >= STAY_NS) {
                shut(i);
            }
        }
    }

    void close() {
        for (int i = 0; i < PLACES; i++) {
            shut(i);
        }
    }
}
