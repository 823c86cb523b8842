package io.rist4j.cli.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;

class StreamSelectionTest {
    private static final ByteBuffer PLAIN = ByteBuffer.allocate(200).put(0, (byte) 0x47);
    private static final ByteBuffer IN_IP =
            ByteBuffer.allocate(200).put(2, (byte) 0x45).put(11, (byte) 17);

    /** Streams, modes, virtual source and destination ports. */
    @ParameterizedTest
    @CsvSource({
        "0, -1, 5, 6, true",
        "0, 0, 5, 6, true",
        "0, 1, 5, 6, true",
        "2000, 0, 32769, 2000, true",
        "2000, 0, 2000, 1968, false",
        "2000, 1, 2000, 1968, true",
        "2000, 1, 32769, 2000, false",
        "2000, -1, 32769, 2000, true",
        "2000, -1, 32768, 2000, true",
        "2000, -1, 32767, 2000, false",
        "2000, -1, 2000, 1968, true"
    })
    void takesStreamsByTheirVirtualPort(
            int stream, int mode, int source, int destination, boolean taken) {
        var selection = new StreamSelection(stream, mode);
        assertThat(selection.skip(source, destination, PLAIN, 0, 200))
                .isEqualTo(taken ? 0 : StreamSelection.NOT_TAKEN);
    }

    @Test
    void stripsIpPacketsOfTheirHeaders() {
        var always = new StreamSelection(0, 2);
        assertThat(always.skip(1, 2, IN_IP, 2, 198)).isEqualTo(28);
        assertThat(always.skip(1, 2, PLAIN, 0, 200)).isEqualTo(StreamSelection.NOT_TAKEN);
        assertThat(always.skip(1, 2, IN_IP, 2, 28)).isEqualTo(StreamSelection.NOT_TAKEN);
        var told = new StreamSelection(2_000, -1);
        assertThat(told.skip(65_535, 1_968, IN_IP, 2, 198)).isEqualTo(28);
        assertThat(told.skip(65_535, 2_000, PLAIN, 0, 200)).isEqualTo(StreamSelection.NOT_TAKEN);
        assertThat(StreamSelection.EVERYTHING.skip(65_535, 2, IN_IP, 2, 198)).isZero();
    }

    @Test
    void isSelectiveWhereItLeavesSomethingOut() {
        assertThat(StreamSelection.EVERYTHING.isSelective()).isFalse();
        assertThat(new StreamSelection(0, 1).isSelective()).isFalse();
        assertThat(new StreamSelection(2, 0).isSelective()).isTrue();
        assertThat(new StreamSelection(0, 2).isSelective()).isTrue();
    }
}
