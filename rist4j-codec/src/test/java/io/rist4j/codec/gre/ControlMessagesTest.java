package io.rist4j.codec.gre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rist4j.codec.Wire;
import io.rist4j.codec.control.BufferNegotiation;
import io.rist4j.codec.control.ControlMessage;
import io.rist4j.codec.control.FutureNonce;
import io.rist4j.codec.control.KeepAlive;
import io.rist4j.core.message.Verdict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;

/** Buffer negotiation and the announcement of nonces. */
class ControlMessagesTest {
    @ParameterizedTest
    @CsvSource({
        "2000, 0, 0000800207d000000000",
        "0, 450, 00008002000001c20000",
        "70000, -1, 00008002ffff00000000",
    })
    void writesBuffersAsLibristDoes(long senderMaxMs, long receiverMs, String hex) {
        ByteBuffer b = Wire.dirty(16);

        var message = BufferNegotiation.ofEveryFlow(senderMaxMs, receiverMs);
        int bytes = Encapsulation.VSF.writeControl(b, 1, message);

        assertThat(bytes).isEqualTo(4 + message.bytes());
        assertThat(Wire.digits(b, 1, bytes)).isEqualTo(hex);
    }

    @Test
    void refusesToNegotiateForOneFlow() {
        ByteBuffer message = Wire.hex("0000 8002 07d0 0000 88b6 800107b0");
        ByteBuffer b = Wire.dirty(32);
        var refusing =
                new TunnelHandler() {
                    private int bytes;

                    @Override
                    public void onControl(ControlMessage heard) {
                        if (heard instanceof BufferNegotiation asked) {
                            bytes = Encapsulation.VSF.writeControl(b, 0, asked.refusal());
                        }
                    }
                };

        TunnelReader.read(ProtocolTypes.VSF, message, 0, message.capacity(), refusing);

        assertThat(Wire.digits(b, 0, refusing.bytes)).isEqualTo("000080020000000088b6800107b0");
    }

    @Test
    void acceptsNoLongerDescriptionThanAnyFlowHas() {
        int most = 4 + 6 + BufferNegotiation.MAX_SCOPE_BYTES;
        ByteBuffer b = Wire.dirty(most);
        Encapsulation.VSF.writeControl(b, 0, BufferNegotiation.ofEveryFlow(1, 2));
        var recording = new RecordingTunnel();

        assertThat(TunnelReader.read(ProtocolTypes.VSF, b, 0, most + 1, recording))
                .isEqualTo(Verdict.OVER_LIMIT);
        assertThat(recording.messages()).isEmpty();
        assertThat(TunnelReader.read(ProtocolTypes.VSF, b, 0, most, recording))
                .isEqualTo(Verdict.OK);
        assertThat(recording.messages()).hasSize(1);
    }

    @Test
    void announcesANonce() {
        ByteBuffer b = Wire.dirty(16);

        var message = new FutureNonce(0x80bba688);
        int bytes = Encapsulation.VSF.writeControl(b, 0, message);

        assertThat(bytes).isEqualTo(4 + message.bytes());
        assertThat(Wire.digits(b, 0, bytes)).isEqualTo("0000800180bba688");
    }

    @Test
    void noNonceIsZero() {
        assertThat(RecordingTunnel.of(ProtocolTypes.VSF, "00008001 00000000"))
                .containsExactly("MISPLACED");
        assertThatThrownBy(() -> new FutureNonce(0)).hasMessage("a nonce is not 0");
    }

    @Test
    void theOlderFramingCarriesKeepAliveMessagesAlone() {
        assertThat(Encapsulation.LEGACY.carries(new KeepAlive(1, 0))).isTrue();
        assertThat(Encapsulation.LEGACY.carries(new FutureNonce(1))).isFalse();
        assertThat(Encapsulation.LEGACY.carries(BufferNegotiation.ofEveryFlow(1, 0))).isFalse();
        assertThat(Encapsulation.VSF.carries(new FutureNonce(1))).isTrue();
    }

    @Test
    void onlyADisconnectMessageIsAFarewell() {
        assertThat(new KeepAlive(1, KeepAlive.DISCONNECT).isFarewell()).isTrue();
        assertThat(new KeepAlive(1, KeepAlive.RECONNECT).isFarewell()).isFalse();
        assertThat(new FutureNonce(1).isFarewell()).isFalse();
    }
}
