package io.rist4j.session;

import static io.rist4j.session.FlowTakeover.Claim.AT_ONCE;
import static io.rist4j.session.FlowTakeover.Claim.NONE;
import static io.rist4j.session.FlowTakeover.Claim.ONCE_QUIET;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.message.Verdict;
import io.rist4j.session.guard.OpenGuard;
import io.rist4j.session.guard.PathGuard;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;

class FlowTakeoverTest {
    private static final long MS = 1_000_000;

    private final FlowTakeover takeover = new FlowTakeover();

    @Test
    void aRestartedSenderTakesOverOnceTheOldFlowIsQuiet() {
        takeover.onOwnMedia(0);
        assertThat(takeover.onForeignMedia(10 * MS, 8, ONCE_QUIET)).isFalse();
        assertThat(takeover.onForeignMedia(11 * MS, 8, ONCE_QUIET)).isFalse();
        assertThat(takeover.onForeignMedia(249 * MS, 8, ONCE_QUIET)).isFalse();
        assertThat(takeover.onForeignMedia(250 * MS, 8, ONCE_QUIET)).isTrue();
    }

    @Test
    void twoPacketsAreNotEnough() {
        takeover.onOwnMedia(0);
        assertThat(takeover.onForeignMedia(1_000 * MS, 8, ONCE_QUIET)).isFalse();
        assertThat(takeover.onForeignMedia(1_001 * MS, 8, ONCE_QUIET)).isFalse();
        assertThat(takeover.onForeignMedia(1_002 * MS, 8, ONCE_QUIET)).isTrue();
    }

    @Test
    void packetsThatCameBeforeTheFlowsOwnDoNotCount() {
        takeover.onForeignMedia(0, 8, ONCE_QUIET);
        takeover.onForeignMedia(MS, 8, ONCE_QUIET);
        takeover.onOwnMedia(2 * MS);
        assertThat(takeover.onForeignMedia(400 * MS, 8, ONCE_QUIET)).isFalse();
        assertThat(takeover.onForeignMedia(401 * MS, 8, ONCE_QUIET)).isFalse();
        assertThat(takeover.onForeignMedia(402 * MS, 8, ONCE_QUIET)).isTrue();
    }

    @Test
    void packetsOfMoreThanASecondAgoDoNotCount() {
        takeover.onForeignMedia(1_000 * MS, 8, ONCE_QUIET);
        takeover.onForeignMedia(1_500 * MS, 8, ONCE_QUIET);
        assertThat(takeover.onForeignMedia(2_001 * MS, 8, ONCE_QUIET)).isFalse();
        assertThat(takeover.onForeignMedia(2_002 * MS, 8, ONCE_QUIET)).isFalse();
        assertThat(takeover.onForeignMedia(2_003 * MS, 8, ONCE_QUIET)).isTrue();
    }

    @Test
    void packetsOfASecondAgoStillCount() {
        takeover.onForeignMedia(1_000 * MS, 8, ONCE_QUIET);
        takeover.onForeignMedia(1_500 * MS, 8, ONCE_QUIET);
        assertThat(takeover.onForeignMedia(2_000 * MS, 8, ONCE_QUIET)).isTrue();
    }

    @Test
    void whoeverHasNoClaimNeverTakesOver() {
        takeover.onOwnMedia(0);
        for (int i = 1; i < 1_000; i++) {
            assertThat(takeover.onForeignMedia(i * MS, 8, NONE)).isFalse();
        }
    }

    @Test
    void nobodyTakesOverWhileOwnMediaComes() {
        for (int i = 1; i < 10_000; i++) {
            if (i % 240 == 0) {
                takeover.onOwnMedia(i * MS);
            }
            assertThat(takeover.onForeignMedia(i * MS + 1, 8, ONCE_QUIET)).isFalse();
        }
    }

    @Test
    void packetsOfDifferentFlowsDoNotConfirmEachOther() {
        takeover.onOwnMedia(0);
        for (int i = 1_000; i < 1_100; i++) {
            assertThat(takeover.onForeignMedia(i * MS, 2 * i, ONCE_QUIET)).isFalse();
        }
    }

    @Test
    void whoeverFollowsASourceThatIsGoneNeedNotWait() {
        takeover.onOwnMedia(0);
        assertThat(takeover.onForeignMedia(0, 8, AT_ONCE)).isFalse();
        assertThat(takeover.onForeignMedia(0, 8, AT_ONCE)).isFalse();
        assertThat(takeover.onForeignMedia(0, 8, AT_ONCE)).isTrue();
    }

    @Test
    void aSourceThatIsThereIsFollowedByItsOwnAddressAlone() {
        Path own = path(true);
        assertThat(FlowTakeover.claim(null, false, path(false))).isEqualTo(AT_ONCE);
        assertThat(FlowTakeover.claim(own, false, path(false))).isEqualTo(AT_ONCE);
        assertThat(FlowTakeover.claim(own, true, own)).isEqualTo(ONCE_QUIET);
        assertThat(FlowTakeover.claim(own, true, path(false))).isEqualTo(NONE);
        assertThat(FlowTakeover.claim(own, true, path(true))).isEqualTo(NONE);
    }

    @Test
    void aSourceThatHasNotShownWhereItIsGivesWayToOneThatHas() {
        Path own = path(false);
        own.named = true;
        assertThat(FlowTakeover.claim(own, true, path(true))).isEqualTo(ONCE_QUIET);
        assertThat(FlowTakeover.claim(own, true, path(false))).isEqualTo(NONE);
    }

    /** Under a secret, to show where one is shows that one knows it. */
    @Test
    void whoHasShownASecretThatTheOwnSourceHasNotNeedNotWait() {
        PathGuard keyed =
                new PathGuard() {
                    @Override
                    public Verdict open(
                            long nowNs, long arrivalNs, ByteBuffer b, int at, int bytes) {
                        return Verdict.OK;
                    }

                    @Override
                    public boolean isUnderSecret() {
                        return true;
                    }
                };
        Path other = path(true, keyed);
        assertThat(FlowTakeover.claim(path(false, keyed), true, other)).isEqualTo(AT_ONCE);
        assertThat(FlowTakeover.claim(path(true, keyed), true, other)).isEqualTo(NONE);
        assertThat(FlowTakeover.claim(path(false, keyed), true, path(false, keyed)))
                .isEqualTo(NONE);
        assertThat(FlowTakeover.claim(other, true, other)).isEqualTo(ONCE_QUIET);
    }

    private static Path path(boolean isProven) {
        return path(isProven, OpenGuard.INSTANCE);
    }

    private static Path path(boolean isProven, PathGuard guard) {
        var link =
                new PathLink(
                        new SimpleWire(
                                new RtcpCompounds(
                                        TwoEnds.config(
                                                Role.RECEIVER,
                                                "bob",
                                                PathConfig.listen(TwoEnds.LISTENER))),
                                new MediaWriter(MediaConfig.DEFAULT)),
                        guard);
        var path = new Path(0, 0, link, 1, 0, 1, false);
        if (isProven) {
            path.onProven();
        }
        return path;
    }
}
