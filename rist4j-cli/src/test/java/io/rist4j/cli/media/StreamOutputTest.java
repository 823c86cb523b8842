package io.rist4j.cli.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

class StreamOutputTest {
    private static final int PACKET_BYTES = 1316;

    private final ByteBuffer packet = ByteBuffer.allocate(PACKET_BYTES);

    @Test
    void writesEveryByteInOrder() throws IOException {
        var bytes = new ByteArrayOutputStream();
        var output = new StreamOutput("out", Channels.newChannel(bytes), e -> {});
        for (int i = 0; i < 5000; i++) {
            write(output, i);
        }
        output.close();

        ByteBuffer written = ByteBuffer.wrap(bytes.toByteArray());
        assertThat(written.capacity()).isEqualTo(5000 * PACKET_BYTES);
        for (int i = 0; i < 5000; i++) {
            assertThat(written.getInt(i * PACKET_BYTES)).isEqualTo(i);
        }
    }

    @Test
    void tellsOfAFullDiskAtOnceAndWhenClosing() throws Exception {
        var told = new CompletableFuture<String>();
        var output =
                new StreamOutput(
                        "out.ts",
                        new StubChannel(() -> {
                            throw new IOException("No space left on device");
                        }),
                        e -> told.complete(e.getMessage()));
        write(output, 1);

        assertThat(told.get(10, TimeUnit.SECONDS)).isEqualTo("out.ts: No space left on device");
        assertThatThrownBy(output::close).hasMessage("out.ts: No space left on device");
    }

    @Test
    void countsPacketsThatASlowDiskCannotTake() throws Exception {
        var held = new CountDownLatch(1);
        var output = new StreamOutput("out.ts", new StubChannel(held::await), e -> {});
        int fits = StreamOutput.MAX_BYTES / PACKET_BYTES;
        for (int i = 0; i < 2 * fits + 500; i++) {
            write(output, i);
        }
        held.countDown();

        assertThatThrownBy(output::close)
                .hasMessageMatching("out.ts: too slow, \\d+ packets were not written");
    }

    private void write(StreamOutput output, int number) {
        packet.putInt(0, number);
        output.write(number, 0, 0, packet, 0, PACKET_BYTES);
    }

    private interface Action {
        void run() throws IOException, InterruptedException;
    }

    /** Does something, then takes everything. */
    private record StubChannel(Action action) implements WritableByteChannel {
        @Override
        public int write(ByteBuffer from) throws IOException {
            try {
                action.run();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            int bytes = from.remaining();
            from.position(from.limit());
            return bytes;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
