package io.rist4j.session;

import static io.rist4j.session.FlowTakeover.Claim.AT_ONCE;
import static io.rist4j.session.FlowTakeover.Claim.NONE;
import static io.rist4j.session.FlowTakeover.Claim.ONCE_QUIET;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.address.Endpoint;
import io.rist4j.session.FlowTakeover.Claim;
import io.rist4j.session.link.PathLink;

import org.junit.jupiter.api.Test;

class FlowTakeoverTest {
    private static final long MS = 1_000_000;

    private final FlowTakeover takeover = new FlowTakeover();
    private int number = 65_534;

    /** The next packet of it. */
    private boolean foreign(long nowNs, int flowId, Claim claim) {
        return takeover.onForeignMedia(nowNs, flowId, number++ & 0xFFFF, claim);
    }

    @Test
    void aRestartedSenderTakesOverOnceTheOldFlowIsQuiet() {
        takeover.onOwnMedia(0);
        assertThat(foreign(10 * MS, 8, ONCE_QUIET)).isFalse();
        assertThat(foreign(11 * MS, 8, ONCE_QUIET)).isFalse();
        assertThat(foreign(249 * MS, 8, ONCE_QUIET)).isFalse();
        assertThat(foreign(250 * MS, 8, ONCE_QUIET)).isTrue();
    }

    @Test
    void twoPacketsAreNotEnough() {
        takeover.onOwnMedia(0);
        assertThat(foreign(1_000 * MS, 8, ONCE_QUIET)).isFalse();
        assertThat(foreign(1_001 * MS, 8, ONCE_QUIET)).isFalse();
        assertThat(foreign(1_002 * MS, 8, ONCE_QUIET)).isTrue();
    }

    @Test
    void whatComesOnceMoreConfirmsNothing() {
        takeover.onOwnMedia(0);
        for (int i = 1_000; i < 1_100; i++) { // two of them in turn
            assertThat(takeover.onForeignMedia(i * MS, 8, 7 + (i & 1), AT_ONCE)).isFalse();
        }
        assertThat(takeover.onForeignMedia(1_100 * MS, 8, 9, AT_ONCE)).isTrue();
        assertThat(takeover.onForeignMedia(1_101 * MS, 8, 9, AT_ONCE)).isFalse();
    }

    @Test
    void packetsThatCameBeforeTheFlowsOwnDoNotCount() {
        foreign(0, 8, ONCE_QUIET);
        foreign(MS, 8, ONCE_QUIET);
        takeover.onOwnMedia(2 * MS);
        assertThat(foreign(400 * MS, 8, ONCE_QUIET)).isFalse();
        assertThat(foreign(401 * MS, 8, ONCE_QUIET)).isFalse();
        assertThat(foreign(402 * MS, 8, ONCE_QUIET)).isTrue();
    }

    @Test
    void packetsOfMoreThanASecondAgoDoNotCount() {
        foreign(1_000 * MS, 8, ONCE_QUIET);
        foreign(1_500 * MS, 8, ONCE_QUIET);
        assertThat(foreign(2_001 * MS, 8, ONCE_QUIET)).isFalse();
        assertThat(foreign(2_002 * MS, 8, ONCE_QUIET)).isFalse();
        assertThat(foreign(2_003 * MS, 8, ONCE_QUIET)).isTrue();
    }

    @Test
    void packetsOfASecondAgoStillCount() {
        foreign(1_000 * MS, 8, ONCE_QUIET);
        foreign(1_500 * MS, 8, ONCE_QUIET);
        assertThat(foreign(2_000 * MS, 8, ONCE_QUIET)).isTrue();
    }

    @Test
    void whoeverHasNoClaimNeverTakesOver() {
        takeover.onOwnMedia(0);
        for (int i = 1; i < 1_000; i++) {
            assertThat(foreign(i * MS, 8, NONE)).isFalse();
        }
    }

    @Test
    void nobodyTakesOverWhileOwnMediaComes() {
        for (int i = 1; i < 10_000; i++) {
            if (i % 240 == 0) {
                takeover.onOwnMedia(i * MS);
            }
            assertThat(foreign(i * MS + 1, 8, ONCE_QUIET)).isFalse();
        }
    }

    @Test
    void packetsOfDifferentFlowsDoNotConfirmEachOther() {
        takeover.onOwnMedia(0);
        for (int i = 1_000; i < 1_100; i++) {
            assertThat(foreign(i * MS, 2 * i, ONCE_QUIET)).isFalse();
        }
    }

    @Test
    void whoeverFollowsASourceThatIsGoneNeedNotWait() {
        takeover.onOwnMedia(0);
        assertThat(foreign(0, 8, AT_ONCE)).isFalse();
        assertThat(foreign(0, 8, AT_ONCE)).isFalse();
        assertThat(foreign(0, 8, AT_ONCE)).isTrue();
    }

    @Test
    void aSourceThatIsThereIsFollowedByItsOwnAddressAlone() {
        Path own = path(true);
        assertThat(FlowTakeover.claim(0, null, false, path(false))).isEqualTo(AT_ONCE);
        assertThat(FlowTakeover.claim(0, own, false, path(false))).isEqualTo(AT_ONCE);
        assertThat(FlowTakeover.claim(0, own, true, own)).isEqualTo(ONCE_QUIET);
        assertThat(FlowTakeover.claim(0, own, true, path(false))).isEqualTo(NONE);
        assertThat(FlowTakeover.claim(0, own, true, path(true))).isEqualTo(NONE);
    }

    @Test
    void aSourceThatHasNotShownWhereItIsGivesWayToOneThatHas() {
        Path own = path(false);
        own.named = true;
        assertThat(FlowTakeover.claim(0, own, true, path(true))).isEqualTo(ONCE_QUIET);
        assertThat(FlowTakeover.claim(0, own, true, path(false))).isEqualTo(NONE);
    }

    /** Under a secret, to show where one is shows that one knows it. */
    @Test
    void whoHasShownASecretThatTheOwnSourceHasNotNeedNotWait() {
        var keyed =
                new FixedLink() {
                    @Override
                    public boolean isUnderSecret() {
                        return true;
                    }
                };
        Path other = path(true, keyed);
        assertThat(FlowTakeover.claim(0, path(false, keyed), true, other)).isEqualTo(AT_ONCE);
        assertThat(FlowTakeover.claim(0, path(true, keyed), true, other)).isEqualTo(NONE);
        assertThat(FlowTakeover.claim(0, path(false, keyed), true, path(false, keyed)))
                .isEqualTo(NONE);
        assertThat(FlowTakeover.claim(0, other, true, other)).isEqualTo(ONCE_QUIET);
    }

    /** A sender that was killed says no goodbye, and one that pauses goes on reporting. */
    @Test
    void aSourceThatSaysNothingIsFollowedByAnotherOfItsHost() {
        Path own = at(1, 5000, true);
        assertThat(FlowTakeover.claim(499 * MS, own, true, at(1, 6000, true))).isEqualTo(NONE);
        assertThat(FlowTakeover.claim(500 * MS, own, true, at(1, 6000, true))).isEqualTo(AT_ONCE);
        assertThat(FlowTakeover.claim(500 * MS, own, true, at(1, 6000, false))).isEqualTo(NONE);
        assertThat(FlowTakeover.claim(500 * MS, own, true, at(2, 6000, true))).isEqualTo(NONE);
        Path unproven = at(1, 5000, false);
        assertThat(FlowTakeover.claim(500 * MS, unproven, true, at(1, 6000, false)))
                .isEqualTo(NONE);
        assertThat(FlowTakeover.claim(500 * MS, unproven, true, at(1, 6000, true)))
                .isEqualTo(ONCE_QUIET);
    }

    private static Path at(int host, int port, boolean isProven) {
        Path path = path(isProven);
        path.media = Endpoint.ipv4(host, port);
        return path;
    }

    private static Path path(boolean isProven) {
        return path(isProven, new FixedLink());
    }

    private static Path path(boolean isProven, PathLink link) {
        var path = new Path(0, 0, link, 1, 0, 1, false);
        path.onHeard(0, 100);
        if (isProven) {
            path.onProven();
        }
        return path;
    }
}
