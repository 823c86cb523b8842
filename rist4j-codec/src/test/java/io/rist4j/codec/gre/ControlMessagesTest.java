package io.rist4j.codec.gre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rist4j.codec.Wire;
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

        int bytes = BufferNegotiation.write(b, 1, senderMaxMs, receiverMs);

        assertThat(bytes).isEqualTo(BufferNegotiation.BODY_BYTES);
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
                    public void onBufferNegotiation(
                            int senderMaxMs,
                            int receiverMs,
                            int scope,
                            ByteBuffer buffer,
                            int scopeAt,
                            int scopeBytes) {
                        bytes =
                                BufferNegotiation.writeRefusal(
                                        b, 0, scope, buffer, scopeAt, scopeBytes);
                    }
                };

        TunnelReader.read(ProtocolTypes.VSF, message, 0, message.capacity(), refusing);

        assertThat(Wire.digits(b, 0, refusing.bytes)).isEqualTo("000080020000000088b6800107b0");
    }

    @Test
    void acceptsNoLongerDescriptionThanAnyFlowHas() {
        int most = BufferNegotiation.BODY_BYTES + BufferNegotiation.MAX_SCOPE_BYTES;
        ByteBuffer b = Wire.dirty(most);
        BufferNegotiation.write(b, 0, 1, 2);
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

        int bytes = FutureNonce.write(b, 0, 0x80bba688);

        assertThat(bytes).isEqualTo(FutureNonce.BODY_BYTES);
        assertThat(Wire.digits(b, 0, bytes)).isEqualTo("0000800180bba688");
    }

    @Test
    void noNonceIsZero() {
        assertThat(RecordingTunnel.of(ProtocolTypes.VSF, "00008001 00000000"))
                .containsExactly("MISPLACED");
        assertThatThrownBy(() -> FutureNonce.write(Wire.dirty(16), 0, 0))
                .hasMessage("a nonce is not 0");
    }
}
