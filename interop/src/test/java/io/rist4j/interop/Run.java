package io.rist4j.interop;

import io.rist4j.testkit.impair.ImpairmentStats;
import io.rist4j.testkit.impair.UdpImpairment;
import io.rist4j.testkit.link.LinkConfig;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A numbered stream from one end to another through a bad network.
 *
 * <p>The stream is fed steadily until the receiver has put out its first packet, and then for a
 * time: what an end drops before it is connected is not judged, and nobody waits blindly.
 *
 * @param sender sends
 * @param receiver receives
 * @param caller who of them dials; the other one listens
 * @param loss share of the datagrams lost, in each direction
 * @param seed of the stream and of the losses
 */
record Run(End sender, End receiver, Caller caller, double loss, long seed) {
    /** Who dials. */
    enum Caller {
        SENDER,
        RECEIVER
    }

    private static final Duration BUFFER = Duration.ofSeconds(1);

    // ristsink's first report comes 0.65 s or more after its first packet; nobody knows where to
    // send requests before. Its other direction has the same, for the comparison with itself.
    private static final Duration BUFFER_FOR_LATE_REPORTS = Duration.ofSeconds(2);

    private static final Duration ONE_WAY = Duration.ofMillis(10);
    private static final Duration MEDIA_TO_JUDGE = Duration.ofMillis(2500);
    private static final Duration FIRST_PACKET_WITHIN = Duration.ofSeconds(60);
    private static final Duration LAST_PACKET_WITHIN = Duration.ofSeconds(20);
    private static final long PAYLOAD_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(5);

    /**
     * What came of it.
     *
     * @param delivery packets, until one buffer before the sender's end
     * @param link what the network did
     * @param note what the ends tell about requests
     * @param unreadable datagrams from the receiver that its sender could not read
     */
    record Outcome(Run run, Delivery delivery, ImpairmentStats link, String note, long unreadable) {
        /** A link does not damage datagrams; a few may be of an end that has left before. */
        private static final int STRAY = 3;

        /** Whether the receiver asked for packets in datagrams that nobody can read. */
        boolean isSpoiltByRequests() {
            return unreadable > STRAY;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%-10s -> %-10s %2.0f %%, the %s dials: first %d, %d delivered, %d lost %s, %d repeated, %d"
                            + " disordered, %d stray bytes, %s; seed %d; lost on the way %d of %d,"
                            + " back %d of %d; %s",
                    run.sender.name(),
                    run.receiver.name(),
                    100 * run.loss,
                    run.caller.name().toLowerCase(Locale.ROOT),
                    delivery.firstNumber(),
                    delivery.packets(),
                    delivery.lost(),
                    delivery.lostRange(),
                    delivery.repeated(),
                    delivery.disordered(),
                    delivery.strayBytes(),
                    delivery.isExact() ? "equal" : "NOT EQUAL",
                    run.seed,
                    link.forward().link().lost(),
                    link.forward().link().entered(),
                    link.backward().link().lost(),
                    link.backward().link().entered(),
                    note);
        }
    }

    /** The recovery buffer at both ends. */
    Duration buffer() {
        boolean late = sender.reportsLate() || receiver.reportsLate();
        return late ? BUFFER_FOR_LATE_REPORTS : BUFFER;
    }

    Outcome go() throws IOException, InterruptedException {
        int port = Ports.evenPair();
        var stream = new NumberedStream(seed);
        var recording = new Recording(stream);
        LinkConfig link = LinkConfig.clean().delay(ONE_WAY).loss(loss);
        var target = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        UdpImpairment.Builder proxy =
                UdpImpairment.to(target).bothWays(link).seed(seed).atMost(Duration.ofMinutes(2));
        return switch (caller) {
            case SENDER -> {
                try (End.Receiver rx = receiver.receiver(port, buffer(), recording);
                        UdpImpairment network = proxy.start();
                        End.Sender tx = sender.sender(network.localAddress().getPort(), buffer())) {
                    yield pass(tx, rx, network, stream, recording);
                }
            }
            case RECEIVER -> {
                try (End.Sender tx = sender.listeningSender(port, buffer());
                        UdpImpairment network = proxy.start();
                        End.Receiver rx =
                                receiver.diallingReceiver(
                                        network.localAddress().getPort(), buffer(), recording)) {
                    yield pass(tx, rx, network, stream, recording);
                }
            }
        };
    }

    private Outcome pass(
            End.Sender tx,
            End.Receiver rx,
            UdpImpairment network,
            NumberedStream stream,
            Recording recording)
            throws IOException, InterruptedException {
        int end;
        try {
            end = feed(tx, stream, recording);
        } catch (IOException e) {
            throw new IOException(e.getMessage() + "; " + tx + "; " + rx, e);
        }
        recording.await(end - 1, LAST_PACKET_WITHIN);
        String note = (tx.note() + " " + rx.note()).strip();
        return new Outcome(this, recording.judge(end), network.stats(), note, tx.unreadable());
    }

    /** Returns the number of the first packet that was fed less than one buffer before the end. */
    private int feed(End.Sender tx, NumberedStream stream, Recording recording)
            throws IOException, InterruptedException {
        long startNs = System.nanoTime();
        long endNs = startNs + FIRST_PACKET_WITHIN.toNanos();
        boolean begun = false;
        long payloads = 0;
        int count = 0;
        var fedNs = new long[1 << 14];
        while (System.nanoTime() - endNs < 0) {
            if (!begun && recording.lastNumber() >= 0) {
                begun = true;
                endNs = System.nanoTime() + MEDIA_TO_JUDGE.plus(buffer()).toNanos();
            }
            long waitNs = startNs + payloads * PAYLOAD_INTERVAL_NS - System.nanoTime();
            if (waitNs > 0) {
                LockSupport.parkNanos(waitNs);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                continue;
            }
            tx.send(stream.payload(count * NumberedStream.PACKETS_PER_PAYLOAD));
            fedNs[count++] = System.nanoTime();
            payloads++;
        }
        if (!begun) {
            throw new IOException(
                    "nothing was delivered within " + Recording.seconds(FIRST_PACKET_WITHIN));
        }
        int judged = count;
        while (judged > 0 && fedNs[judged - 1] - (endNs - buffer().toNanos()) > 0) {
            judged--;
        }
        return judged * NumberedStream.PACKETS_PER_PAYLOAD;
    }
}
