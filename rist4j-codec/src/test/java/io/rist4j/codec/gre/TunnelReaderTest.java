package io.rist4j.codec.gre;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.codec.Wire;
import io.rist4j.codec.control.KeepAlive;
import io.rist4j.core.message.Verdict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.List;

class TunnelReaderTest {
    private static Verdict read(int protocolType, String hex, TunnelHandler handler) {
        ByteBuffer b = Wire.hex(hex);
        return TunnelReader.read(protocolType, b, 0, b.capacity(), handler);
    }

    @ParameterizedTest
    @CsvSource({
        "0xcce0, 00000000 8001 07b0 80aabb, reduced 32769>1968 80aabb",
        "0x88b6, 8001 07b0 80aabb, reduced 32769>1968 80aabb",
        "0x88b6, ffff 0000, 'reduced 65535>0 '",
        "0xcce0, 00008000 06de9363fae3 2520, 'alive 06de9363fae3 2520 -1 '",
        "0x88b5, 06de9363fae3 2520, 'alive 06de9363fae3 2520 -1 '",
        "0xcce0, 00008001 80bba688, nonce 80bba688",
        "0xcce0, 00008001 80bba688 ff, nonce 80bba688",
        "0xcce0, 00008002 07d0 01c2 0000, 'buffers 2000 450 0000 '",
        "0xcce0, 00008002 ffff ffff 88b6 800107b0, buffers 65535 65535 88b6 800107b0",
        "0x888e, 01020304, eapol 01020304",
        "0x888e, '', 'eapol '",
        "0x0800, 45, oob 0800 45",
        "0x86dd, '', 'oob 86dd '",
        "0x0000, 00, oob 0000 00",
    })
    void tellsWhatABodyIs(String protocolType, String hex, String message) {
        assertThat(RecordingTunnel.of(Integer.decode(protocolType), hex)).containsExactly(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00010000 800107b0 80",
                "ffff8000 06de9363fae3 2520",
                "00000001 800107b0 80",
                "00007fff 800107b0 80",
                "00008003 06de9363fae3 2520",
                "0000ffff",
            })
    void skipsReservedTypesOfTheVsf(String hex) {
        assertThat(RecordingTunnel.of(ProtocolTypes.VSF, hex)).containsExactly("UNKNOWN");
    }

    @ParameterizedTest
    @CsvSource({
        "0xcce0, 00000000 8001 07b0, 8",
        "0x88b6, 8001 07b0, 4",
        "0xcce0, 00008000 06de9363fae3 2520, 12",
        "0x88b5, 06de9363fae3 2520, 8",
        "0xcce0, 00008001 80bba688, 8",
        "0xcce0, 00008002 07d0 01c2 0000, 10",
    })
    void refusesEveryLengthBelowTheFixedPart(String protocolType, String hex, int fixedBytes) {
        ByteBuffer whole = Wire.hex(hex);
        assertThat(whole.capacity()).isEqualTo(fixedBytes);
        for (int bytes = 0; bytes < fixedBytes; bytes++) {
            var recording = new RecordingTunnel();
            ByteBuffer exact = whole.slice(0, bytes);

            Verdict verdict =
                    TunnelReader.read(Integer.decode(protocolType), exact, 0, bytes, recording);

            assertThat(verdict).as("of %d bytes", bytes).isEqualTo(Verdict.TRUNCATED);
            assertThat(recording.messages()).isEmpty();
        }
    }

    @Test
    void handsOnWhatTheHandlerMadeOfTheBytes() {
        var late =
                new TunnelHandler() {
                    @Override
                    public Verdict onReduced(int source, int to, ByteBuffer b, int at, int bytes) {
                        return Verdict.LATE;
                    }
                };

        assertThat(read(ProtocolTypes.REDUCED_OVERHEAD, "800107b0", late)).isEqualTo(Verdict.LATE);
    }

    @Test
    void saysThatNobodyWantedTheBytes() {
        var nobody = new TunnelHandler() {};

        assertThat(
                        List.of(
                                read(ProtocolTypes.REDUCED_OVERHEAD, "800107b0", nobody),
                                read(ProtocolTypes.EAPOL, "01", nobody),
                                read(ProtocolTypes.IP, "45", nobody)))
                .containsOnly(Verdict.UNKNOWN);
        assertThat(
                        List.of(
                                read(ProtocolTypes.KEEP_ALIVE, "06de9363fae32520", nobody),
                                read(ProtocolTypes.VSF, "0000800100000001", nobody),
                                read(ProtocolTypes.VSF, "00008002000000000000", nobody)))
                .containsOnly(Verdict.OK);
    }

    @ParameterizedTest
    @CsvSource({
        "LEGACY, 0x88b6, 800107b0, 0x88b5, ''",
        "VSF, 0xcce0, 00000000800107b0, 0xcce0, 00008000",
    })
    void writesBothEncapsulations(
            Encapsulation encapsulation,
            String reducedType,
            String reducedHead,
            String keepAliveType,
            String keepAliveHead) {
        ByteBuffer b = Wire.dirty(16);

        int bytes = encapsulation.writeReducedHead(b, 1, 0x8001, 0x07b0);

        assertThat(Wire.digits(b, 1, bytes)).isEqualTo(reducedHead);
        assertThat(encapsulation.reducedHeadBytes()).isEqualTo(bytes);
        assertThat(Encapsulation.MAX_REDUCED_HEAD_BYTES).isGreaterThanOrEqualTo(bytes);
        assertThat(encapsulation.reducedProtocolType()).isEqualTo(Integer.decode(reducedType));
        bytes = encapsulation.writeControl(b, 1, new KeepAlive(7, 0x2520));
        assertThat(Wire.digits(b, 1, bytes)).isEqualTo(keepAliveHead + "0000000000072520");
        assertThat(encapsulation.controlProtocolType()).isEqualTo(Integer.decode(keepAliveType));
    }
}
