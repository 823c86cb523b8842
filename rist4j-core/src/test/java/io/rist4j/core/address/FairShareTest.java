package io.rist4j.core.address;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
