package io.rist4j.session.guard;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.host.TokenBucket;
import io.rist4j.crypto.psk.DerivationShare;

import java.util.Arrays;

/**
 * What strangers may cost a session, in shares of the networks that they come from (IPv4 /24, IPv6
 * /64), so that a flood of forged sources leaves somebody who keeps asking his turn.
 *
 * <p>A network's strangers may have {@link #BURST} keys derived at once and {@link #PER_SECOND} a
 * second; a key that opens gives its share back. Networks that are heard for the first time, as
 * those of forged sources are, share {@link #ALL_PER_SECOND} a second and {@link #UNDER_WAY} at a
 * time among them; those that were heard before have as much again, which the first kind cannot use
 * up. So a worker that is late is never more than 2 × {@link #UNDER_WAY} computations behind for
 * strangers, however many they are.
 *
 * <p>Remembers the {@link #NETWORKS} that were heard last, in sets of four that a secret chooses;
 * 40 KiB in all, allocated with the first stranger. Not thread-safe.
 */
public final class NetworkShares {
    /** Networks that are remembered. */
    public static final int NETWORKS = 1_024;

    /** Keys that strangers of one network may have derived at once. */
    public static final int BURST = 4;

    /** Keys that strangers of one network may have derived in a second. */
    public static final int PER_SECOND = 4;

    /** Keys that all networks of one kind may have derived in a second. */
    public static final int ALL_PER_SECOND = 100;

    /** Keys that may be under way for all networks of one kind. */
    public static final int UNDER_WAY = 8;

    /** A network was heard before when it is heard again this long after the first time. */
    private static final long AGAIN_NS = 5 * SessionTime.MILLISECOND;

    /** And this long after the last time it counts as new. */
    private static final long FORGOTTEN_NS = 60 * SessionTime.SECOND;

    private static final int WAYS = 4;
    private static final int NEW = 0;
    private static final int AGAIN = 1;
    private static final long INTERVAL_NS = SessionTime.SECOND / PER_SECOND;

    private final long secret;
    private long[] networks = {};
    private long[] firstNs = {};
    private long[] heardNs = {};

    /** Credit of each network, as time: a derivation is one interval. */
    private long[] creditNs = {};

    private long[] creditedNs = {};

    private final TokenBucket[] rates = {
        TokenBucket.perSecond(ALL_PER_SECOND / 2, ALL_PER_SECOND),
        TokenBucket.perSecond(ALL_PER_SECOND / 2, ALL_PER_SECOND)
    };
    private final int[] underWay = new int[2];

    /**
     * Knows no network yet.
     *
     * @param secret something that nobody can guess
     */
    public NetworkShares(long secret) {
        this.secret = secret;
    }

    /**
     * A stranger's datagram came.
     *
     * @param nowNs the present
     * @param from its source
     * @return whether his network was heard before
     */
    public boolean onHeard(long nowNs, Endpoint from) {
        int i = place(nowNs, from.network());
        heardNs[i] = nowNs;
        return isAgain(i, nowNs);
    }

    /**
     * The share of a stranger.
     *
     * @param from his address
     */
    public DerivationShare of(Endpoint from) {
        return new Share(from.network());
    }

    /** Computations for strangers that are under way. */
    public int underWay() {
        return underWay[NEW] + underWay[AGAIN];
    }

    private boolean isAgain(int i, long nowNs) {
        return nowNs - firstNs[i] >= AGAIN_NS;
    }

    /** Where a network is remembered, now if not before. */
    private int place(long nowNs, long network) {
        if (networks.length == 0) {
            networks = new long[NETWORKS];
            firstNs = new long[NETWORKS];
            heardNs = new long[NETWORKS];
            creditNs = new long[NETWORKS];
            creditedNs = new long[NETWORKS];
            Arrays.fill(heardNs, -FORGOTTEN_NS);
        }
        long mixed = (network ^ secret) * 0x9E37_79B9_7F4A_7C15L;
        int first = (int) (mixed >>> 40) % (NETWORKS / WAYS) * WAYS;
        int oldest = first;
        for (int i = first; i < first + WAYS; i++) {
            if (networks[i] == network && nowNs - heardNs[i] < FORGOTTEN_NS) {
                return i;
            }
            if (heardNs[i] < heardNs[oldest]) {
                oldest = i;
            }
        }
        networks[oldest] = network;
        firstNs[oldest] = nowNs;
        heardNs[oldest] = nowNs;
        creditNs[oldest] = BURST * INTERVAL_NS;
        creditedNs[oldest] = nowNs;
        return oldest;
    }

    private boolean hasCredit(int i, long nowNs) {
        long mostNs = BURST * INTERVAL_NS;
        long sinceNs = Math.clamp(nowNs - creditedNs[i], 0, mostNs);
        creditNs[i] = Math.min(mostNs, creditNs[i] + sinceNs);
        creditedNs[i] = nowNs;
        return creditNs[i] >= INTERVAL_NS;
    }

    /** One stranger's: his network's share, and what of it is under way for him. */
    private final class Share implements DerivationShare {
        private final long network;
        private final int[] own = new int[2];
        private long takenNs;

        Share(long network) {
            this.network = network;
        }

        @Override
        public boolean take(long nowNs) {
            int i = place(nowNs, network);
            int kind = isAgain(i, nowNs) ? AGAIN : NEW;
            if (underWay[kind] >= UNDER_WAY || !hasCredit(i, nowNs) || !rates[kind].take(nowNs)) {
                return false;
            }
            takenNs = nowNs;
            creditNs[i] -= INTERVAL_NS;
            own[kind]++;
            underWay[kind]++;
            return true;
        }

        @Override
        public void refund() {
            int i = place(takenNs, network);
            creditNs[i] = Math.min(BURST * INTERVAL_NS, creditNs[i] + INTERVAL_NS);
            rates[isAgain(i, takenNs) ? AGAIN : NEW].refund();
        }

        @Override
        public void onComputed() {
            int kind = own[NEW] > 0 ? NEW : AGAIN;
            own[kind]--;
            underWay[kind]--;
        }
    }
}
