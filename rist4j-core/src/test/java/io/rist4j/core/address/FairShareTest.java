package io.rist4j.core.address;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

class FairShareTest {
    private static final int PLACES = 8;

    private final @Nullable Endpoint[] at = new Endpoint[PLACES];
    private final String[] users = new String[PLACES];
    private final long[] orders = new long[PLACES];
    private long taken;

    private final FairShare share =
            new FairShare(
                    PLACES,
                    new FairShare.Holders() {
                        @Override
                        public @Nullable Endpoint holder(int place) {
                            return at[place];
                        }

                        @Override
                        public String user(int place) {
                            return users[place];
                        }

                        @Override
                        public long order(int place) {
                            return orders[place];
                        }
                    });

    private static Endpoint at(int network, int host, int port) {
        return Endpoint.ipv4((10 << 24) | (network << 8) | host, port);
    }

    private void take(int place, Endpoint holder, String user) {
        at[place] = holder;
        users[place] = user;
        orders[place] = ++taken;
        share.onChanged();
    }

    /** As the class says it, by comparing each with each. */
    private int byComparing(Endpoint newcomer, String user) {
        int giving = -1;
        long[] most = {};
        for (int place = 0; place < PLACES; place++) {
            Endpoint holder = at[place];
            if (holder == null) {
                continue;
            }
            int level = common(holder, users[place], newcomer, user);
            long[] held = new long[5];
            for (int i = 0; i < 4; i++) {
                held[i] = holdersLike(holder, users[place], i);
            }
            held[4] = orders[place];
            if (level < 4
                    && held[level] > holdersLike(newcomer, user, level) + 1
                    && Arrays.compare(held, most) > 0) {
                giving = place;
                most = held;
            }
        }
        return giving;
    }

    private long holdersLike(Endpoint holder, String user, int level) {
        long like = 0;
        for (int place = 0; place < PLACES; place++) {
            Endpoint other = at[place];
            like += other != null && common(other, users[place], holder, user) > level ? 1 : 0;
        }
        return like;
    }

    private static int common(Endpoint a, String userOfA, Endpoint b, String userOfB) {
        if (!userOfA.equals(userOfB)) {
            return 0;
        }
        if (a.network() != b.network()) {
            return 1;
        }
        return !a.hasAddressOf(b) ? 2 : a.equals(b) ? 4 : 3;
    }

    @Test
    void countsAsWhoComparesEachWithEach() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            for (int place = 0; place < PLACES; place++) {
                boolean isFree = random.nextInt(6) == 0;
                take(place, anybody(random), random.nextBoolean() ? "" : "ann");
                at[place] = isFree ? null : at[place];
            }
            Endpoint newcomer = anybody(random);

            assertThat(share.giving(newcomer, ""))
                    .as("round %d of seed %d", round, seed)
                    .isEqualTo(byComparing(newcomer, ""));
        }
    }

    private static Endpoint anybody(Random random) {
        int port = random.nextInt(2);
        return random.nextInt(4) == 0
                ? Endpoint.of(random.nextInt(2), random.nextInt(2), random.nextInt(2), port)
                : at(random.nextInt(2), random.nextInt(2), port);
    }

    private void fill(Endpoint holder, String user) {
        for (int place = 0; place < PLACES; place++) {
            take(place, holder, user);
        }
    }

    @Test
    void whoeverHoldsAllGivesTheLatestToSomebodyOfAnotherPort() {
        fill(at(1, 1, 1), "");
        take(3, at(1, 1, 1), "");
        assertThat(share.giving(at(1, 1, 2), "")).isEqualTo(3);
        assertThat(share.giving(at(1, 2, 1), "")).isEqualTo(3);
        assertThat(share.giving(at(2, 1, 1), "")).isEqualTo(3);
        assertThat(share.giving(at(1, 1, 1), "")).isEqualTo(-1);
    }

    @Test
    void nobodyGivesAnythingToSomebodyWhoWouldHaveAsMany() {
        fill(at(1, 1, 1), "");
        for (int place = 0; place < 4; place++) {
            take(place, at(2, 1, 1), "");
        }
        assertThat(share.giving(at(2, 9, 9), "")).isEqualTo(2 + 1);
        take(4, at(3, 1, 1), "");
        assertThat(share.giving(at(1, 1, 1), "")).isEqualTo(-1);
        assertThat(share.giving(at(3, 1, 1), "")).isEqualTo(3);
    }

    @Test
    void networksAreComparedBeforeAddresses() {
        for (int place = 0; place < 6; place++) {
            take(place, at(1, place, 1), "");
        }
        take(6, at(2, 1, 1), "");
        take(7, at(2, 1, 2), "");
        // 6 places of one network against none of another, though each address has one
        assertThat(share.giving(at(3, 1, 1), "")).isEqualTo(5);
        // within its own network nobody holds more than one
        assertThat(share.giving(at(1, 9, 1), "")).isEqualTo(-1);
        assertThat(share.giving(at(2, 9, 1), "")).isEqualTo(5);
    }

    @Test
    void usersAreComparedBeforeNetworks() {
        for (int place = 0; place < 7; place++) {
            take(place, at(place, 1, 1), "mallory");
        }
        take(7, at(1, 1, 1), "alice");
        assertThat(share.giving(at(1, 1, 1), "bob")).isEqualTo(6);
        assertThat(share.giving(at(1, 1, 1), "mallory")).isEqualTo(-1);
        assertThat(share.giving(at(9, 1, 1), "alice")).isEqualTo(6);
    }

    @Test
    void aPlaceThatNobodyHoldsOrThatStaysIsLeftAlone() {
        fill(at(1, 1, 1), "");
        take(7, at(1, 1, 1), "");
        at[7] = null;
        share.onChanged();
        assertThat(share.giving(at(2, 1, 1), "")).isEqualTo(6);
        Arrays.fill(at, null);
        share.onChanged();
        assertThat(share.giving(at(2, 1, 1), "")).isEqualTo(-1);
    }

    @Test
    void theLargestHoldersLatestIsNamedAmongSome() {
        for (int place = 0; place < 6; place++) {
            take(place, at(1, place, 1), "");
        }
        take(6, at(2, 1, 1), "");
        take(7, at(2, 1, 2), "");
        assertThat(share.largest(place -> true)).isEqualTo(5);
        assertThat(share.largest(place -> place != 5)).isEqualTo(4);
        // two ports of one address are more than one, but networks come first
        assertThat(share.largest(place -> place == 0 || place == 7)).isZero();
        assertThat(share.largest(place -> place >= 6)).isEqualTo(7);
        assertThat(share.largest(place -> false)).isEqualTo(-1);
        at[5] = null;
        share.onChanged();
        assertThat(share.largest(place -> place == 5)).isEqualTo(-1);
    }

    /** However newcomers press, places settle: no two take turns in throwing each other out. */
    @Test
    void placesSettle() {
        List<Endpoint> everybody = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            everybody.add(at(i % 3, i % 4, 1 + i % 2));
        }
        fill(everybody.get(0), "");
        int changes = 0;
        for (int round = 0; round < 1_000; round++) {
            for (Endpoint one : everybody) {
                int place = share.giving(one, "");
                if (place >= 0) {
                    take(place, one, "");
                    changes++;
                }
            }
        }
        assertThat(changes).isBetween(5, 16);
    }

    @Test
    void thePlaceOfNumberZeroIsComparedLikeAnyOther() {
        fill(at(1, 1, 1), "");
        for (int place = 5; place < PLACES; place++) {
            take(place, at(2, 1, 1), "");
        }
        take(0, at(1, 1, 1), "");
        assertThat(share.giving(at(3, 1, 1), "")).isZero();
        assertThat(share.largest(place -> true)).isZero();
    }
}
