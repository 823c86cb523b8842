package io.rist4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.time.SessionTime;

import org.junit.jupiter.api.Test;

/** What one path knows of its peer. */
class PathTest {
    private static final Endpoint MEDIA = Endpoint.ipv4(0x0A000001, 5_000);
    private static final Endpoint CONTROL = Endpoint.ipv4(0x0A000001, 5_001);
    private static final Endpoint ELSEWHERE = Endpoint.ipv4(0x0A000002, 6_000);
    private static final int NAMED_FLOWS = 16;

    private final Path path = path(false);

    private static Path path(boolean isMulticast) {
        return new Path(0, 0, new FixedLink(), 0, 0, 1, isMulticast);
    }

    private void name(int flows) {
        for (int flow = 1; flow <= flows; flow++) {
            path.onFlowNamed(2 * flow);
        }
    }

    @Test
    void noFlowIsNamedBeforeAReportNamesIt() {
        assertThat(path.namesFlow(0)).isFalse();
        name(2);
        assertThat(path.namesFlow(0)).isFalse();
        assertThat(path.namesFlow(2)).isTrue();
        assertThat(path.namesFlow(4)).isTrue();
    }

    @Test
    void ofMoreFlowsThanAPeerMayNameTheEarliestIsForgotten() {
        name(NAMED_FLOWS);
        assertThat(path.namesFlow(2)).isTrue();
        name(NAMED_FLOWS + 1);
        assertThat(path.namesFlow(2)).isFalse();
        for (int flow = 2; flow <= NAMED_FLOWS + 1; flow++) {
            assertThat(path.namesFlow(2 * flow)).as("flow %d", flow).isTrue();
        }
    }

    @Test
    void namingAFlowAgainForgetsNone() {
        name(NAMED_FLOWS);
        for (int i = 0; i < NAMED_FLOWS; i++) {
            path.onFlowNamed(2 * NAMED_FLOWS);
        }
        assertThat(path.namesFlow(2)).isTrue();
    }

    @Test
    void aPeerIsWhereItsMediaOrItsControlIs() {
        assertThat(path.isPeer(MEDIA)).isFalse();
        assertThat(path.peer()).isEqualTo(Endpoint.ipv4(0, 0));

        path.control = CONTROL;
        assertThat(path.peer()).isEqualTo(CONTROL);
        assertThat(path.isPeer(CONTROL)).isTrue();
        assertThat(path.isPeer(MEDIA)).isFalse();

        path.media = MEDIA;
        assertThat(path.peer()).isEqualTo(MEDIA);
        assertThat(path.isPeer(CONTROL)).isTrue();
        assertThat(path.isPeer(MEDIA)).isTrue();
        assertThat(path.isPeer(ELSEWHERE)).isFalse();
    }

    @Test
    void mediaIsHeardFromItsAddressAlone() {
        path.onSpeaker(5, MEDIA);
        assertThat(path.mediaHeardNs()).isZero();
        path.media = MEDIA;
        path.onSpeaker(7, CONTROL);
        assertThat(path.mediaHeardNs()).isZero();
        path.onSpeaker(9, MEDIA);
        assertThat(path.mediaHeardNs()).isEqualTo(9);
    }

    @Test
    void nothingWasHeardLatelyOfWhoeverIsCalledAnew() {
        assertThat(path.anythingHeardNs()).isNegative();
        path.onHeard(3, 100);
        assertThat(path.anythingHeardNs()).isEqualTo(3);
        path.onRedialled();
        assertThat(path.anythingHeardNs()).isNegative();
    }

    @Test
    void answersGoWhereControlIsAndInAGroupToWhoeverSpoke() {
        path.control = CONTROL;
        path.onSpeaker(0, ELSEWHERE);
        assertThat(path.answersTo()).isEqualTo(CONTROL);

        Path group = path(true);
        group.onSpeaker(0, ELSEWHERE);
        assertThat(group.answersTo()).isNull();
        group.control = CONTROL;
        assertThat(group.answersTo()).isEqualTo(ELSEWHERE.withPort(CONTROL.port()));
    }

    @Test
    void whatComesWithinAQuarterOfASecondOfAGoodbyeThatWasBelievedWasSentBeforeIt() {
        assertThat(FarewellPart.hasLeft(0, path)).isFalse();
        path.leftNs = SessionTime.SECOND;
        long endNs = SessionTime.SECOND + 250 * SessionTime.MILLISECOND;
        assertThat(FarewellPart.hasLeft(endNs, path)).isTrue();
        assertThat(FarewellPart.hasLeft(endNs + 1, path)).isFalse();
    }
}
