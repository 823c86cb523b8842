package io.rist4j.cli;

import io.rist4j.RistConfig;
import io.rist4j.RistPump;
import io.rist4j.RistReceiver;
import io.rist4j.RistReceiverStats;
import io.rist4j.RistSender;
import io.rist4j.RistSenderStats;
import io.rist4j.RistTimeoutException;
import io.rist4j.RistUri;
import io.rist4j.access.PumpAccess;
import io.rist4j.cli.ts.TsGenerator;
import io.rist4j.cli.ts.TsPacket;
import io.rist4j.net.SessionClock;
import io.rist4j.testkit.impair.ImpairmentStats;
import io.rist4j.testkit.impair.UdpImpairment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The demo's stage: generator, sender, bad network, receiver, each as real as in a program of its
 * own, over UDP on loopback. The network is bad from the first datagram to the last.
 */
final class DemoRun implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int CHUNK_BYTES = TsPacket.PER_DATAGRAM * TsPacket.BYTES;
    private static final Duration CONNECT_WAIT = Duration.ofSeconds(10);
    private static final long STEP_NS = 1_000_000;

    private static final long MOST_BEHIND_NS = 100 * STEP_NS;

    private final DemoPlan plan;
    private final RistPump sendingPump;
    private final RistPump receivingPump;
    private final RistReceiver receiver;
    private final UdpImpairment network;
    private final RistSender sender;
    private final StreamDigest in = new StreamDigest();
    private final StreamDigest out = new StreamDigest();
    private volatile boolean stopped;
    private volatile long streamedNs;

    /** What is told while it runs. */
    interface Progress {
        /** The stream runs, at times in quick succession. On the demo's thread. */
        void onStep(long streamedNs);

        /** The stream has ended; the last packets are on their way. */
        void onDraining();
    }

    DemoRun(DemoPlan plan) throws IOException {
        this.plan = plan;
        RistConfig config = plan.profile().toBuilder().recoveryBuffer(plan.buffer()).build();
        sendingPump = LinkSetup.startPump("rist-sender", plan.network());
        receivingPump = LinkSetup.startPump("rist-receiver", plan.network());
        receiver =
                RistReceiver.builder()
                        .path(RistUri.listen(LOOPBACK, 0, config))
                        .pump(receivingPump)
                        .onBlock(block -> out.add(block.payload()))
                        .onEvent(event -> {})
                        .open();
        network =
                UdpImpairment.to(receiver.localAddress())
                        .forward(plan.there())
                        .backward(plan.back())
                        .seed(plan.seed())
                        .start();
        sender =
                RistSender.builder()
                        .path(RistUri.dial(LOOPBACK, network.localAddress().getPort(), config))
                        .pump(sendingPump)
                        .onEvent(event -> {}) // what happens is shown, not logged
                        .open();
    }

    /** Ends the stream early. From any thread. */
    void stop() {
        stopped = true;
    }

    RistSenderStats senderStats() {
        return sender.stats();
    }

    RistReceiverStats receiverStats() {
        return receiver.stats();
    }

    ImpairmentStats networkStats() {
        return network.stats();
    }

    long streamedNs() {
        return streamedNs;
    }

    /** Runs the stream to its end, waits until the last packet is out, and compares. */
    DemoResult play(Progress progress) throws IOException {
        try {
            sender.awaitConnected(CONNECT_WAIT);
        } catch (RistTimeoutException e) {
            throw new CommandFailure(
                    ExitCode.NO_PEER, "the receiver was not heard through this network");
        }
        stream(progress);
        progress.onDraining();
        RistSenderStats sent = closeSender();
        receiver.close(plan.buffer().multipliedBy(2));
        return new DemoResult(plan, streamedNs, in, out, sent, receiver.stats(), network.stats());
    }

    /** Its counters after everything that it did. */
    private RistSenderStats closeSender() {
        sender.close();
        return sender.stats();
    }

    private void stream(Progress progress) throws IOException {
        var generator = new TsGenerator(plan.seed(), plan.bitsPerSecond());
        ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
        SessionClock clock = PumpAccess.pump(sendingPump).clock();
        long startNs = clock.nowNs();
        long lengthNs = plan.length().toNanos();
        while (!stopped) {
            long dueNs = generator.dueNs(generator.packets());
            if (dueNs >= lengthNs) {
                return;
            }
            long nowNs = clock.nowNs();
            if (startNs + dueNs > nowNs) {
                streamedNs = nowNs - startNs;
                progress.onStep(streamedNs);
                LockSupport.parkNanos(Math.max(STEP_NS, startNs + dueNs - clock.nowNs()));
                continue;
            }
            if (nowNs - (startNs + dueNs) > MOST_BEHIND_NS) {
                startNs = nowNs - dueNs; // this machine is too busy: no burst to catch up
            }
            generator.write(chunk, 0, TsPacket.PER_DATAGRAM);
            in.add(chunk.clear());
            sender.send(chunk, 0, CHUNK_BYTES, startNs + dueNs);
        }
    }

    @Override
    public void close() {
        sendingPump.close();
        receivingPump.close();
        network.close();
    }
}
