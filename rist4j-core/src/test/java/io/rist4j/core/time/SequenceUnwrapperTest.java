package io.rist4j.core.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.Random;

class SequenceUnwrapperTest {
    private final SequenceUnwrapper bits16 = new SequenceUnwrapper(16);
    private final SequenceUnwrapper bits32 = new SequenceUnwrapper(32);

    @Test
    void goesOnAcrossTheWrap() {
        assertThat(bits16.nearest(0, 65_535)).isEqualTo(65_536);
        assertThat(bits16.nearest(65_535, 65_536)).isEqualTo(65_535);
        assertThat(bits32.nearest(3, 0xFFFF_FFFFL)).isEqualTo(0x1_0000_0003L);
        assertThat(bits32.nearest(0xFFFF_FFFFL, 0x1_0000_0003L)).isEqualTo(0xFFFF_FFFFL);
    }

    @Test
    void takesHalfOfTheNumbersForOldOnes() {
        assertThat(bits16.nearest(32_767, 0)).isEqualTo(32_767);
        assertThat(bits16.nearest(32_768, 0)).isEqualTo(-32_768);
    }

    @Test
    void findsTheOnlyCandidateOnOneSide() {
        assertThat(bits16.atOrBelow(10, 70_000)).isEqualTo(65_546);
        assertThat(bits16.atOrBelow(70_000 & 0xFFFF, 70_000)).isEqualTo(70_000);
        assertThat(bits16.atOrBelow(70_001 & 0xFFFF, 70_000)).isEqualTo(70_001 - 65_536);
        assertThat(bits16.atOrAbove(70_001 & 0xFFFF, 70_000)).isEqualTo(70_001);
        assertThat(bits16.atOrAbove(69_999 & 0xFFFF, 70_000)).isEqualTo(69_999 + 65_536);
    }

    @Test
    void ignoresBitsAboveItsWidth() {
        assertThat(bits16.nearest(0x5_0007L, 5)).isEqualTo(7);
        assertThat(bits16.wire(0x5_0007L)).isEqualTo(7);
        assertThat(bits16.wire(-1)).isEqualTo(0xFFFF);
    }

    @Test
    void agreesWithItsDefinitionEverywhere() {
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            long reference = random.nextLong() >> 3;
            long wire = random.nextInt() & 0xFFFF_FFFFL;
            for (SequenceUnwrapper unwrapper : new SequenceUnwrapper[] {bits16, bits32}) {
                long near = unwrapper.nearest(wire, reference);
                long below = unwrapper.atOrBelow(wire, reference);
                long above = unwrapper.atOrAbove(wire, reference);
                long expected = unwrapper.wire(wire);
                assertThat(unwrapper.wire(near)).isEqualTo(expected);
                assertThat(unwrapper.wire(below)).isEqualTo(expected);
                assertThat(unwrapper.wire(above)).isEqualTo(expected);
                assertThat(near - reference)
                        .isBetween(-unwrapper.span() / 2, (unwrapper.span() / 2) - 1);
                assertThat(reference - below).isBetween(0L, unwrapper.span() - 1);
                assertThat(above - reference).isBetween(0L, unwrapper.span() - 1);
            }
        }
    }

    @Test
    void refusesAWidthThatIsNone() {
        assertThatThrownBy(() -> new SequenceUnwrapper(0)).hasMessage("bits 0 is outside 1..62");
        assertThatThrownBy(() -> new SequenceUnwrapper(63)).hasMessage("bits 63 is outside 1..62");
    }
}
