package io.rist4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.time.SessionTime;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.Objects;

/** Which datagrams of unknown sources are media, and what is kept of the first. */
class MediaCandidatesTest {
    private static final Endpoint SOURCE = Endpoint.ipv4(0x0B000001, 6_000);
    private static final int SSRC = 0x1000;
    private static final int AT = 7;

    private final MediaCandidates candidates = new MediaCandidates();
    private final ByteBuffer datagram = ByteBuffer.allocate(AT + MediaCandidates.KEPT_BYTES + 1);

    private int number;

    private boolean isSecond(Endpoint from, int ssrc) {
        return candidates.isSecond(from, ssrc, ++number);
    }

    private boolean isSecond(long nowNs, Endpoint from, int ssrc, int bytes) {
        for (int i = 0; i < bytes; i++) {
            datagram.put(AT + i, (byte) (bytes + i));
        }
        return candidates.isSecond(nowNs, from, ssrc, ++number, datagram, AT, bytes);
    }

    private void assertKept(long cameNs, int bytes) {
        ByteBuffer first = Objects.requireNonNull(candidates.takeFirst());
        assertThat(candidates.firstNs()).isEqualTo(cameNs);
        assertThat(candidates.firstBytes()).isEqualTo(bytes);
        for (int i = 0; i < bytes; i++) {
            assertThat(first.get(i)).isEqualTo((byte) (bytes + i));
        }
        assertThat(candidates.takeFirst()).as("once").isNull();
    }

    private @Nullable ByteBuffer keptAfter(long firstNs, int firstBytes, long secondNs) {
        assertThat(isSecond(firstNs, SOURCE, SSRC, firstBytes)).isFalse();
        assertThat(isSecond(secondNs, SOURCE, SSRC, 20)).isTrue();
        return candidates.takeFirst();
    }

    @Test
    void theSecondOfOneSourceAndFlow() {
        assertThat(isSecond(SOURCE, SSRC)).isFalse();
        assertThat(isSecond(SOURCE.withPort(1), SSRC)).isFalse();
        assertThat(isSecond(SOURCE, SSRC)).isFalse();
        assertThat(isSecond(SOURCE, SSRC)).isTrue();
        assertThat(isSecond(SOURCE, SSRC + 2 * MediaCandidates.PLACES)).isFalse();
        assertThat(isSecond(SOURCE, SSRC)).isFalse();
    }

    @Test
    void aCopyIsNoSecond() {
        for (int copy = 0; copy < 5; copy++) {
            assertThat(candidates.isSecond(SOURCE, SSRC, 7)).isFalse();
        }
        assertThat(candidates.isSecond(SOURCE, SSRC, 6)).isTrue();
    }

    @Test
    void aCopyLeavesTheFirstAsItIs() {
        assertThat(isSecond(5, SOURCE, SSRC, 100)).isFalse();
        number--;
        assertThat(isSecond(6, SOURCE, SSRC, 50)).isFalse();
        assertThat(isSecond(7, SOURCE, SSRC, 20)).isTrue();
        assertKept(5, 100);
    }

    @Test
    void sixteenSourcesAreRememberedAtATime() {
        for (int i = 0; i < MediaCandidates.PLACES; i++) {
            assertThat(isSecond(SOURCE.withPort(i), SSRC + 2 * i)).isFalse();
        }
        for (int i = 0; i < MediaCandidates.PLACES; i++) {
            assertThat(isSecond(SOURCE.withPort(i), SSRC + 2 * i)).isTrue();
        }
    }

    @Test
    void anSsrcWithTheHighestBitHasAPlaceToo() {
        assertThat(isSecond(SOURCE, 0xFFFF_FFFE)).isFalse();
        assertThat(isSecond(SOURCE, 0xFFFF_FFFE)).isTrue();
    }

    @Test
    void theFirstIsKeptAsItCame() {
        assertThat(isSecond(5, SOURCE, SSRC, 100)).isFalse();
        assertThat(candidates.takeFirst()).isNull();
        assertThat(isSecond(6, SOURCE, SSRC, 50)).isTrue();
        assertKept(5, 100);

        assertThat(isSecond(7, SOURCE, SSRC, 50)).isTrue();
        assertThat(candidates.takeFirst()).as("of a third").isNull();
    }

    @Test
    void ofSixteenSourcesEachKeepsItsOwn() {
        int high = 0xF000_0000;
        for (int i = 0; i < MediaCandidates.PLACES; i++) {
            isSecond(i, SOURCE.withPort(i), high + 2 * i, 100 + i);
        }
        for (int i = 0; i < MediaCandidates.PLACES; i++) {
            assertThat(isSecond(20, SOURCE.withPort(i), high + 2 * i, 10)).isTrue();
            assertKept(i, 100 + i);
        }
    }

    @Test
    void theLatestOfASourceThatIsNotConfirmedIsKept() {
        assertThat(isSecond(5, SOURCE.withPort(1), SSRC, 100)).isFalse();
        assertThat(isSecond(6, SOURCE, SSRC, 50)).isFalse();
        assertThat(isSecond(7, SOURCE, SSRC, 20)).isTrue();
        assertKept(6, 50);
    }

    @Test
    void oneThatIsOlderThanASecondIsNoPartOfTheStream() {
        assertThat(keptAfter(5, 100, 5 + SessionTime.SECOND)).isNotNull();
        long laterNs = 10 * SessionTime.SECOND;
        isSecond(SOURCE.withPort(1), SSRC);
        assertThat(keptAfter(laterNs, 100, laterNs + SessionTime.SECOND + 1)).isNull();
    }

    @Test
    void oneOfMoreThanFifteenHundredOctetsIsNotKept() {
        assertThat(keptAfter(5, MediaCandidates.KEPT_BYTES, 6)).isNotNull();
        isSecond(SOURCE.withPort(1), SSRC);
        assertThat(keptAfter(7, MediaCandidates.KEPT_BYTES + 1, 8)).isNull();
    }

    @Test
    void whoComesNextDoesNotGetIt() {
        isSecond(5, SOURCE, SSRC, 100);
        isSecond(6, SOURCE, SSRC, 50);
        candidates.reset();
        assertThat(candidates.takeFirst()).isNull();
    }
}
