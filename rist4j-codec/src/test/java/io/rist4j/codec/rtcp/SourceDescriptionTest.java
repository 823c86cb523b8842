package io.rist4j.codec.rtcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rist4j.codec.RecordingHandler;
import io.rist4j.codec.Wire;
import io.rist4j.core.message.Verdict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

class SourceDescriptionTest {
    private static final String EMPTY_REPORT = "80c90001 00000001 ";

    private final RecordingHandler handler = new RecordingHandler();

    private Verdict read(String digits) {
        ByteBuffer b = Wire.hex(EMPTY_REPORT + digits);
        return RtcpReader.read(b, 0, b.capacity(), handler);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 81ca00020000000901000000",
        "a, 81ca00020000000901016100",
        "ab, 81ca0003000000090102616200000000",
        "bob, 81ca0003000000090103626f62000000",
        "abcde, 81ca0003000000090105616263646500",
        "abcdef, 81ca00040000000901066162636465660000000000",
    })
    void closesTheNameWithOneToFourZeros(String name, String digits) {
        ByteBuffer b = Wire.dirty(32);

        int bytes = RtcpWriter.canonicalName(b, 0, 9, name.getBytes(StandardCharsets.US_ASCII));

        assertThat(Wire.digits(b, 0, bytes)).isEqualTo(digits.substring(0, 2 * bytes));
        assertThat(bytes % 4).isZero();
    }

    @Test
    void readsBackNamesOfEveryLength() {
        ByteBuffer b = ByteBuffer.allocate(300);
        for (int length = 0; length <= 255; length++) {
            String name = "x".repeat(length);
            int bytes = RtcpWriter.emptyReceiverReport(b, 0, 1);
            bytes +=
                    RtcpWriter.canonicalName(b, bytes, 9, name.getBytes(StandardCharsets.US_ASCII));

            assertThat(RtcpReader.read(b, 0, bytes, handler)).isEqualTo(Verdict.OK);
            assertThat(handler.messages().getLast()).isEqualTo("name 00000009 " + name);
        }
    }

    @Test
    void refusesToWriteALongerName() {
        assertThatThrownBy(() ->
                        RtcpWriter.canonicalName(ByteBuffer.allocate(400), 0, 9, new byte[256]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("canonical name of 256 bytes is outside 0..255 bytes");
    }

    @Test
    void readsNamesOfSeveralSources() {
        assertThat(read("82ca0005 00000002 01016100" + "00000003 0102626300000000"))
                .isEqualTo(Verdict.OK);
        assertThat(handler.messages("name")).containsExactly("name 00000002 a", "name 00000003 bc");
    }

    @Test
    void findsTheNameAmongOtherItemsAndTakesTheFirst() {
        assertThat(read("81ca0005 00000002 06027878 0101610101620000 00000000"))
                .isEqualTo(Verdict.OK);

        assertThat(handler.messages("name")).containsExactly("name 00000002 a");
    }

    @Test
    void readsANameWithoutClosingZeros() {
        assertThat(read("81ca0002 00000002 01026162")).isEqualTo(Verdict.OK);

        assertThat(handler.messages("name")).containsExactly("name 00000002 ab");
    }

    @Test
    void readsAnEmptyNameAtTheVeryEnd() {
        assertThat(read("81ca0002 00000002 02000100")).isEqualTo(Verdict.OK);

        assertThat(handler.messages("name")).containsExactly("name 00000002 ");
    }

    @Test
    void refusesAnItemCutAfterItsType() {
        assertThat(read("81ca0002 00000002 02017801")).isEqualTo(Verdict.BAD_LENGTH);
    }

    @Test
    void readsChunksWithoutAnyItem() {
        assertThat(read("81ca0001 00000002")).isEqualTo(Verdict.OK);
        assertThat(read("82ca0004 00000002 00000000 00000003 00000000")).isEqualTo(Verdict.OK);
        assertThat(read("80ca0000")).isEqualTo(Verdict.OK);

        assertThat(handler.messages("name")).isEmpty();
    }

    @Test
    void visitsNoNameOfAPacketWithAFault() {
        assertThat(read("82ca0004 00000002 01016100 00000003 01096162"))
                .isEqualTo(Verdict.BAD_LENGTH);

        assertThat(handler.messages("name")).isEmpty();
    }
}
