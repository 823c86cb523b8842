package io.rist4j.session;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.host.TokenBucket;
import io.rist4j.crypto.psk.Passphrase;
import io.rist4j.session.guard.TunnelGuard;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.function.BiFunction;

/**
 * Strangers at the door of a session that listens: each has a guard of its own from its first
 * datagram on, so that an exchange of several datagrams can make a peer of it.
 *
 * <p>Bounded in every way, for anybody can forge a source: so many at a time, few of one address,
 * few new ones a second, each for a few seconds. When all places are taken, the one that was silent
 * for longest makes way; known peers have places elsewhere and notice nothing.
 */
final class Newcomers {
    private static final int PLACES = 64;
    private static final int PLACES_OF_ADDRESS = 8;
    private static final long STAY_NS = 5 * SessionTime.SECOND;

    /** An authentication under way is worth more than a first word. */
    private static final long LEAST_STAY_NS = SessionTime.SECOND;

    private final @Nullable Path[] places = new Path[PLACES];
    private final Endpoint[] sources = new Endpoint[PLACES];
    private int count;
    private final long[] heardNs = new long[PLACES];
    private final long[] cameNs = new long[PLACES];

    /** New ones: a hundred a second, whoever they are. */
    private final TokenBucket arrivals = TokenBucket.perSecond(PLACES, 100);

    private final BiFunction<Integer, Endpoint, Path> maker;

    /**
     * An empty doorstep.
     *
     * @param maker makes the path of a socket's new source
     */
    Newcomers(BiFunction<Integer, Endpoint, Path> maker) {
        this.maker = maker;
        Arrays.fill(sources, Endpoint.ipv4(0, 0));
    }

    /** The stranger's path, made if need be; null when there is no place. */
    @Nullable Path of(long nowNs, int socket, Endpoint from) {
        int free = -1;
        int oldest = -1;
        int sameAddress = 0;
        for (int i = 0; i < PLACES; i++) {
            Path path = places[i];
            if (path == null) {
                free = i;
                continue;
            }
            if (path.mediaSocket == socket && sources[i].equals(from)) {
                heardNs[i] = nowNs;
                return path;
            }
            if (sources[i].hasAddressOf(from)) {
                sameAddress++;
            }
            if (oldest < 0 || heardNs[i] < heardNs[oldest]) {
                oldest = i;
            }
        }
        if (sameAddress >= PLACES_OF_ADDRESS || !arrivals.take(nowNs)) {
            return null;
        }
        if (free < 0) {
            if (nowNs - cameNs[oldest] < LEAST_STAY_NS) {
                return null;
            }
            shut(oldest);
            free = oldest;
        }
        Path made = maker.apply(socket, from);
        made.guard.prepare(nowNs);
        places[free] = made;
        count++;
        sources[free] = from;
        heardNs[free] = nowNs;
        cameNs[free] = nowNs;
        return made;
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

    private void shut(int place) {
        Path path = places[place];
        if (path != null) {
            path.guard.close();
            places[place] = null;
            count--;
        }
    }

    /** Changes the secret of everybody at the door. */
    void changeSecret(long nowNs, Passphrase secret) {
        for (Path path : places) {
            if (path != null && path.guard instanceof TunnelGuard tunnel) {
                tunnel.changeSecret(nowNs, secret);
            }
        }
    }

    /** Everybody at the door who has proved himself may have to do so again. */
    void onUsersChanged(long nowNs) {
        for (Path path : places) {
            if (path != null) {
                path.guard.onUsersChanged(nowNs);
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

    /** When the first of them has stayed long enough, or its guard has work. */
    long deadlineNs() {
        long deadlineNs = SessionTime.NEVER;
        for (int i = 0; i < capacity(); i++) {
            Path path = places[i];
            if (path != null) {
                deadlineNs = Math.min(deadlineNs, path.guard.deadlineNs());
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
