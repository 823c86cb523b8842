package io.rist4j.cli.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

class StreamOutputTest {
    private static final int PACKET_BYTES = 1316;

    private static final WritableByteChannel FULL =
            new StubChannel(() -> {
                throw new IOException("No space left on device");
            });

    private final ByteBuffer packet = ByteBuffer.allocate(PACKET_BYTES);
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    @Test
    void writesEveryByteInOrder() throws IOException {
        var bytes = new ByteArrayOutputStream();
        var output = output(new Place(false, Channels.newChannel(bytes)));
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
        var output = output(new Place(false, FULL));
        write(output, 1);

        assertThat(told.take()).isEqualTo("out.ts: No space left on device");
        assertThatThrownBy(output::close).hasMessage("out.ts: No space left on device");
    }

    @Test
    void goesOnWhereThereIsRoomAgainAndTellsWhatIsMissing() throws Exception {
        var bytes = new ByteArrayOutputStream();
        var place = new Place(true, FULL, FULL, Channels.newChannel(bytes));
        var output = output(place);
        write(output, 1);

        assertThat(told.take()).isEqualTo("out.ts: No space left on device, again");
        while (told.isEmpty()) { // packets go on coming, and are dropped
            write(output, 2);
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(told.take()).matches("out.ts: [1-9]\\d* missing"); // told of one failure only
        assertThat(output.droppedPackets()).isPositive();
        output.close();
        assertThat(bytes.size()).isPositive();
    }

    @Test
    void aFileThatFailedIsFollowedByAnotherAndNeverOverwritten(@TempDir Path folder)
            throws Exception {
        Path first = folder.resolve("a.b.ts");
        Files.writeString(folder.resolve("a.b-2.ts"), "precious");
        var place = new FilePlace(MediaUrl.parse(first.toString(), MediaUrl.Direction.OUTPUT));

        var channel = place.open();
        channel.write(ByteBuffer.allocate(1));
        place.abandon(channel);
        place.abandon(place.open()); // nothing was written: it is not left behind
        var second = place.open();
        second.write(ByteBuffer.allocate(2));
        second.close();

        assertThat(place.name()).isEqualTo(folder.resolve("a.b-3.ts").toString());
        assertThat(Files.size(first)).isOne();
        assertThat(Files.size(folder.resolve("a.b-3.ts"))).isEqualTo(2);
        assertThat(folder.resolve("a.b-2.ts")).hasContent("precious");
        try (var files = Files.list(folder)) {
            assertThat(files.count()).isEqualTo(3);
        }
    }

    @Test
    @Timeout(60)
    void aPipeThatNobodyReadsHoldsNobody(@TempDir Path folder) throws Exception {
        Path pipe = folder.resolve("pipe");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
        var place = new FilePlace(MediaUrl.parse(pipe.toString(), MediaUrl.Direction.OUTPUT));
        var output = output(place);
        write(output, 1);

        assertThat(output.droppedPackets()).isOne();
        assertThatThrownBy(output::close)
                .hasMessage(pipe + ": nobody opened it, 1 packets were not written");
    }

    @Test
    void countsPacketsThatASlowDiskCannotTake() throws Exception {
        var held = new CountDownLatch(1);
        var output = output(new Place(false, new StubChannel(held::await)));
        int fits = StreamOutput.MAX_BYTES / PACKET_BYTES;
        for (int i = 0; i < 2 * fits + 500; i++) {
            write(output, i);
        }
        held.countDown();

        assertThatThrownBy(output::close)
                .hasMessageMatching("out.ts: too slow, \\d+ packets were not written");
    }

    private StreamOutput output(OutputPlace place) throws IOException {
        return new StreamOutput(
                place,
                new StreamOutput.Listener() {
                    @Override
                    public void onFailure(IOException why, boolean retries) {
                        told.add(why.getMessage() + (retries ? ", again" : ""));
                    }

                    @Override
                    public void onRecovered(String where, long droppedPackets) {
                        told.add(where + ": " + droppedPackets + " missing");
                    }
                },
                1);
    }

    /** Opens one channel after the other. */
    private static final class Place implements OutputPlace {
        private final boolean canReopen;
        private final Deque<WritableByteChannel> channels;

        Place(boolean canReopen, WritableByteChannel... channels) {
            this.canReopen = canReopen;
            this.channels = new ArrayDeque<>(List.of(channels));
        }

        @Override
        public String name() {
            return "out.ts";
        }

        @Override
        public boolean mayBlock() {
            return false;
        }

        @Override
        public boolean canReopen() {
            return canReopen;
        }

        @Override
        public WritableByteChannel open() {
            return channels.remove();
        }

        @Override
        public void abandon(WritableByteChannel failed) {}

        @Override
        public void releaseOpening() {}
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
