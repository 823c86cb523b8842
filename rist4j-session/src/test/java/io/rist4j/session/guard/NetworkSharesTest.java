package io.rist4j.session.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.time.SessionTime;
import io.rist4j.crypto.psk.DerivationShare;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers of one network, and of all together, may have derived. */
class NetworkSharesTest {
    private static final long LATER_NS = 10 * SessionTime.MILLISECOND;

    private final NetworkShares shares = new NetworkShares(0x1234_5678_9ABCL);

    private static Endpoint ipv4(int network, int host) {
        return Endpoint.ipv4((10 << 24) + (network << 8) + host, 1_000 + host);
    }

    private static int takes(DerivationShare share, long nowNs, int tries, boolean finished) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            if (share.take(nowNs)) {
                taken++;
                if (finished) {
                    share.onComputed();
                }
            }
        }
        return taken;
    }

    @Test
    void aNetworkHasFourAtOnceAndFourASecond() {
        assertThat(takes(shares.of(ipv4(1, 1)), 0, 10, true)).isEqualTo(NetworkShares.BURST);
        assertThat(takes(shares.of(ipv4(1, 2)), 0, 10, true)).isZero();
        assertThat(takes(shares.of(ipv4(2, 1)), 0, 10, true)).isEqualTo(NetworkShares.BURST);
        assertThat(takes(shares.of(ipv4(1, 3)), SessionTime.SECOND / 2, 10, true))
                .isEqualTo(NetworkShares.PER_SECOND / 2);
    }

    @Test
    void itsShareComesBackByTheTimeThatPassed() {
        long nowNs = 100 * SessionTime.SECOND;
        assertThat(takes(shares.of(ipv4(1, 1)), nowNs, 10, true)).isEqualTo(NetworkShares.BURST);
        assertThat(takes(shares.of(ipv4(1, 1)), nowNs + SessionTime.SECOND / 2, 10, true))
                .isEqualTo(NetworkShares.PER_SECOND / 2);
    }

    @Test
    void anIpv6NetworkHas64Bits() {
        var first = Endpoint.of(0x2001_0DB8_0000_0001L, 1, 0, 1_000);
        var same = Endpoint.of(0x2001_0DB8_0000_0001L, 0xFFFF_FFFF_0000_0002L, 0, 1_000);
        var other = Endpoint.of(0x2001_0DB8_0000_0002L, 1, 0, 1_000);

        assertThat(takes(shares.of(first), 0, 10, true)).isEqualTo(NetworkShares.BURST);
        assertThat(takes(shares.of(same), 0, 10, true)).isZero();
        assertThat(takes(shares.of(other), 0, 10, true)).isEqualTo(NetworkShares.BURST);
    }

    @Test
    void aKeyThatOpensGivesItsShareBack() {
        DerivationShare share = shares.of(ipv4(1, 1));
        for (int i = 0; i < 3 * NetworkShares.BURST; i++) {
            assertThat(share.take(0)).isTrue();
            share.onComputed();
            share.refund();
        }
    }

    @Test
    void aNetworkIsHeardAgainAMomentAfterTheFirstTime() {
        assertThat(shares.onHeard(0, ipv4(1, 1))).isFalse();
        assertThat(shares.onHeard(1, ipv4(1, 2))).isFalse();
        assertThat(shares.onHeard(LATER_NS, ipv4(1, 3))).isTrue();
        assertThat(shares.onHeard(LATER_NS, ipv4(2, 1))).isFalse();
        assertThat(shares.onHeard(61 * SessionTime.SECOND, ipv4(1, 1))).isFalse();
    }

    @Test
    void theMomentIsFiveMillisecondsAndANetworkIsForgottenAfterAMinute() {
        long nowNs = 100 * SessionTime.SECOND;
        long againNs = nowNs + 5 * SessionTime.MILLISECOND;
        shares.onHeard(nowNs, ipv4(1, 1));
        assertThat(shares.onHeard(againNs - 1, ipv4(1, 1))).isFalse();
        assertThat(shares.onHeard(againNs, ipv4(1, 1))).isTrue();

        long minute = 60 * SessionTime.SECOND;
        assertThat(shares.onHeard(againNs + minute - 1, ipv4(1, 1))).isTrue();
        assertThat(shares.onHeard(againNs + 2 * minute - 1, ipv4(1, 1))).isFalse();
    }

    /** As that of {@code ::1} is. */
    @Test
    void aNetworkWithTheNumberZeroIsNewToo() {
        Endpoint local = Endpoint.of(0, 1, 0, 5_000);
        assertThat(shares.onHeard(LATER_NS, local)).isFalse();
        assertThat(takes(shares.of(local), LATER_NS, 10, true)).isEqualTo(NetworkShares.BURST);
    }

    @Test
    void noMoreThanEightOfNewNetworksAreUnderWay() {
        int taken = 0;
        for (int i = 0; i < 100; i++) {
            shares.onHeard(0, ipv4(i, 1));
            taken += takes(shares.of(ipv4(i, 1)), 0, 1, false);
        }

        assertThat(taken).isEqualTo(NetworkShares.UNDER_WAY);
        assertThat(shares.underWay()).isEqualTo(NetworkShares.UNDER_WAY);
    }

    @Test
    void newNetworksLeaveThoseHeardBeforeTheirTurn() {
        shares.onHeard(0, ipv4(200, 1));
        for (int i = 0; i < 100; i++) {
            shares.onHeard(LATER_NS, ipv4(i, 1));
            takes(shares.of(ipv4(i, 1)), LATER_NS, 1, false);
        }

        assertThat(takes(shares.of(ipv4(200, 1)), LATER_NS, 1, false)).isEqualTo(1);
        for (int i = 0; i < 100; i++) {
            takes(shares.of(ipv4(i, 1)), 2 * LATER_NS, 1, false);
        }
        assertThat(shares.underWay()).isEqualTo(2 * NetworkShares.UNDER_WAY);
    }

    @Test
    void allNetworksTogetherHaveABoundedRate() {
        int taken = 0;
        for (int i = 0; i < 10_000; i++) {
            long nowNs = i * SessionTime.MILLISECOND;
            shares.onHeard(nowNs, ipv4(i, 1));
            taken += takes(shares.of(ipv4(i, 1)), nowNs, 1, true);
        }

        int seconds = 10;
        assertThat(taken)
                .isBetween(
                        seconds * NetworkShares.ALL_PER_SECOND,
                        (seconds + 1) * NetworkShares.ALL_PER_SECOND);
    }

    @Test
    void aFloodOfNetworksDoesNotPushOutOneThatKeepsAsking() {
        for (int i = 0; i < 20_000; i++) {
            long nowNs = i * SessionTime.MILLISECOND;
            shares.onHeard(nowNs, ipv4(i, 1));
            if (i % 50 == 0) {
                boolean isAgain = shares.onHeard(nowNs, Endpoint.ipv4(0x7F000001, 5_000));
                assertThat(isAgain).as("at %d ms", i).isEqualTo(i > 0);
            }
        }
    }

    @Test
    void aKeyThatOpensGivesTheShareOfAllBackToo() {
        int networks = 2 * NetworkShares.ALL_PER_SECOND;
        for (long nowNs = 0; nowNs <= LATER_NS; nowNs += LATER_NS) { // new ones, and again
            for (int i = 0; i < networks; i++) {
                DerivationShare share = shares.of(ipv4(i, 1));
                assertThat(share.take(nowNs)).as("network %d at %d ns", i, nowNs).isTrue();
                share.onComputed();
                share.refund();
            }
        }
    }

    @Test
    void whatIsComputedIsNoLongerUnderWayInItsKind() {
        shares.onHeard(0, ipv4(200, 1));
        DerivationShare share = shares.of(ipv4(200, 1));
        assertThat(share.take(0)).isTrue();
        assertThat(share.take(LATER_NS)).isTrue();
        share.onComputed();
        share.onComputed();
        assertThat(shares.underWay()).isZero();

        for (int round = 0; round < 2; round++) { // new ones, and again
            int taken = 0;
            for (int i = 0; i < 20; i++) {
                taken += takes(shares.of(ipv4(i, 1)), LATER_NS * (1 + round), 1, false);
            }
            assertThat(taken).isEqualTo(NetworkShares.UNDER_WAY);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1})
    void aHundredNetworksPushNobodyOutWhateverTheSecret(long secret) {
        var others = new NetworkShares(secret);
        others.onHeard(0, ipv4(200, 1));
        for (int i = 0; i < 100; i++) {
            others.onHeard(0, ipv4(i, 1));
        }
        assertThat(others.onHeard(LATER_NS, ipv4(200, 1))).isTrue();
    }
}
