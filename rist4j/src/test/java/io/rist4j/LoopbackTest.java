package io.rist4j;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.Objects.requireNonNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.ByteBuffer;
import java.time.Duration;

@Timeout(20)
class LoopbackTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Test
    void carriesPacketsFromSenderToReceiver() throws Exception {
        int port = FreePorts.evenPort();
        String at = "127.0.0.1:" + port + "?buffer=100";
        try (RistReceiver rx = RistReceiver.listen("rist://@" + at);
                RistSender tx = RistSender.dial("rist://" + at)) {
            tx.awaitConnected(PATIENCE);
            for (int i = 0; i < 100; i++) {
                tx.send(ByteBuffer.allocate(4).putInt(0, i));
            }
            for (int i = 0; i < 100; i++) {
                RistBlock block = requireNonNull(rx.receiveBlock(PATIENCE));
                assertThat(block.payload().getInt()).isEqualTo(i);
            }
        }
    }
}
