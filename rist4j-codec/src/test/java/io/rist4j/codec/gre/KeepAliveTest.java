package io.rist4j.codec.gre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rist4j.codec.Wire;
import io.rist4j.codec.control.KeepAlive;
import io.rist4j.core.message.Verdict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;

class KeepAliveTest {
    private static final long MAC = 0x06de_9363_fae3L;

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(utf8(text));
    }

    @Test
    void readsJson() {
        String json = "{\"tunnelIP\":\"allocateIPv4\"}";

        assertThat(RecordingTunnel.of(ProtocolTypes.KEEP_ALIVE, "06de9363fae3 2530 " + hex(json)))
                .containsExactly("alive 06de9363fae3 2530 -1 " + json);
    }

    @ParameterizedTest
    @CsvSource({
        "80000000, '128 '",
        "e0000000, '224 '",
        "00000000, '0 '",
        "80000000 7b7d, '128 {}'",
        "80000000 7b7d 00, '128 {}'",
        "0000, '-1 '",
        "7b7d 0000, '-1 {}'",
        "7b20 7d00, '-1 { }'",
    })
    void readsTheExtensionOfLaterPeersAndDropsClosingNuls(String rest, String read) {
        assertThat(RecordingTunnel.of(ProtocolTypes.KEEP_ALIVE, "06de9363fae3 2520" + rest))
                .containsExactly("alive 06de9363fae3 2520 " + read);
    }

    @Test
    void writesWhatLibristSends() {
        ByteBuffer b = Wire.dirty(32);
        int flags = 0x2520;

        int bytes = Encapsulation.VSF.writeControl(b, 0, new KeepAlive(MAC, flags));

        assertThat(Wire.digits(b, 0, bytes)).isEqualTo("0000800006de9363fae32520");
    }

    @Test
    void readsBackWhatItWrote() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            long mac = random.nextLong() >>> 16;
            int flags = random.nextInt(0x10000);
            int extension = random.nextInt(257) - 1;
            String json = random.nextBoolean() ? "" : "{\"é\":" + random.nextInt() + "}";
            ByteBuffer b = Wire.dirty(64);

            var message = new KeepAlive(mac, flags, extension, json);
            int bytes = message.write(b, 0);

            assertThat(bytes).isEqualTo(message.bytes());
            assertThat(RecordingTunnel.of(ProtocolTypes.KEEP_ALIVE, Wire.digits(b, 0, bytes)))
                    .as("seed %d", seed)
                    .containsExactly(
                            String.format("alive %012x %04x %d %s", mac, flags, extension, json));
        }
    }

    @Test
    void acceptsNoMoreJsonThanOnePacketHolds() {
        int most = KeepAlive.FIXED_BYTES + KeepAlive.MAX_JSON_BYTES;
        ByteBuffer b = Wire.dirty(most);
        var recording = new RecordingTunnel();
        b.putLong(0, (MAC << 16) | 0x2530);

        assertThat(TunnelReader.read(ProtocolTypes.KEEP_ALIVE, b, 0, most + 1, recording))
                .isEqualTo(Verdict.OVER_LIMIT);
        assertThat(recording.messages()).isEmpty();
        assertThat(TunnelReader.read(ProtocolTypes.KEEP_ALIVE, b, 0, most, recording))
                .isEqualTo(Verdict.OK);
        assertThat(recording.messages()).hasSize(1);
    }

    @Test
    void writesNoMoreJsonThanItAccepts() {
        ByteBuffer b = ByteBuffer.allocate(10_000);
        var message = new KeepAlive(MAC, 0, KeepAlive.NO_EXTENSION, " ".repeat(8_193));

        assertThatThrownBy(() -> message.write(b, 0))
                .hasMessage("JSON of 8193 bytes is outside 0..8192 bytes");
    }

    @ParameterizedTest
    @CsvSource({"true, 06de9363fae325a0", "false, 06de9363fae32560"})
    void disconnectAndReconnectAreKeepAliveMessages(boolean disconnect, String hex) {
        ByteBuffer b = Wire.dirty(16);
        int kind = disconnect ? KeepAlive.DISCONNECT : KeepAlive.RECONNECT;

        int bytes = new KeepAlive(MAC, 0x2520 | kind).write(b, 0);

        assertThat(Wire.digits(b, 0, bytes)).isEqualTo(hex);
    }
}
