package io.rist4j.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimestampUnwrapperTest {
    @Test
    void goesOnAcrossTheWrap() {
        TimestampUnwrapper unwrapper = new TimestampUnwrapper(0xFFFF_FFF0L);
        long before = unwrapper.reference();
        unwrapper.advanceTo(unwrapper.widen(0x10));
        assertThat(unwrapper.reference() - before).isEqualTo(0x20);
    }

    @Test
    void placesAStragglerFromBeforeTheWrap() {
        TimestampUnwrapper unwrapper = new TimestampUnwrapper(0xFFFF_FFF0L);
        long before = unwrapper.reference();
        unwrapper.advanceTo(unwrapper.widen(0x10));
        assertThat(unwrapper.widen(0xFFFF_FFF0L)).isEqualTo(before);
    }

    @Test
    void countsEveryWrap() {
        TimestampUnwrapper unwrapper = new TimestampUnwrapper(0);
        long step = 0x4000_0000L;
        for (int i = 1; i <= 40; i++) {
            unwrapper.advanceTo(unwrapper.widen((i * step) & 0xFFFF_FFFFL));
        }
        assertThat(unwrapper.reference()).isEqualTo(40 * step);
    }

    @Test
    void givesWhatIsOlderThanTheFirstOneANegativeNumber() {
        TimestampUnwrapper unwrapper = new TimestampUnwrapper(5);
        assertThat(unwrapper.widen(0xFFFF_FFFFL)).isEqualTo(-1);
    }
}
