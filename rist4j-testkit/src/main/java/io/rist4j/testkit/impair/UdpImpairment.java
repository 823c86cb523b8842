package io.rist4j.testkit.impair;

import io.rist4j.testkit.link.InFlight;
import io.rist4j.testkit.link.LinkConfig;
import io.rist4j.testkit.link.LinkCounters;
import io.rist4j.testkit.link.LinkModel;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A UDP proxy that behaves like a bad network. It listens for a dialling peer, forwards to a target
 * and carries the answers back, each direction through a {@link LinkModel}, from the first datagram
 * to the last.
 *
 * <p>It serves one dialling peer: answers go to where the latest datagram on that port came from,
 * so that a peer may come back from another port. Several consecutive ports make one link and share
 * its loss and rate (RIST Simple has media on P and control on P + 1).
 *
 * <p>It holds at most the configured memory and ends by itself after the configured time. Its own
 * thread does the work; every method may be called from any thread.
 */
public final class UdpImpairment implements AutoCloseable {
    private static final int MOST_PER_ROUND = 512;

    private final Lanes lanes;
    private final InFlight inFlight;
    private final LinkModel forward;
    private final LinkModel backward;
    private final long gatherNs;
    private final long endNs;
    private final long originNs = System.nanoTime();
    private final ReentrantLock lock = new ReentrantLock();
    private final Thread thread;
    private final long[] overMemory = new long[2];
    private volatile boolean closed;

    private UdpImpairment(Builder builder) throws IOException {
        lanes =
                new Lanes(
                        builder.listen == null
                                ? Lanes.anyLoopbackPort(builder.target)
                                : builder.listen,
                        builder.target,
                        builder.ports);
        inFlight = new InFlight(builder.memoryBytes, true);
        forward = new LinkModel(builder.forward, builder.seed);
        backward = new LinkModel(builder.backward, ~builder.seed);
        gatherNs = builder.gather.toNanos();
        endNs = builder.atMost.toNanos();
        thread = Thread.ofPlatform().daemon().name("rist4j-impairment").unstarted(this::run);
    }

    /**
     * A proxy towards a target; it does nothing bad until told.
     *
     * @param target address and first port that datagrams are forwarded to
     */
    public static Builder to(InetSocketAddress target) {
        return new Builder(target);
    }

    /** What the dialling peer dials instead of the target: address and first port. */
    public InetSocketAddress localAddress() {
        return lanes.localAddress();
    }

    /** What the proxy did so far. */
    public ImpairmentStats stats() {
        lock.lock();
        try {
            return new ImpairmentStats(
                    direction(Lanes.FORWARD, forward.counters()),
                    direction(Lanes.BACKWARD, backward.counters()));
        } finally {
            lock.unlock();
        }
    }

    private ImpairmentStats.Direction direction(int way, LinkCounters link) {
        return new ImpairmentStats.Direction(
                link,
                lanes.sent(way),
                lanes.sentBytes(way),
                lanes.unroutable(way),
                overMemory[way],
                lanes.refused(way),
                lanes.kernelDropped(way));
    }

    /**
     * Changes what happens to datagrams from now on. What is on its way arrives as decided. Outages
     * count from the start of the proxy.
     *
     * @param towardsTarget the new behaviour from the dialling peer to the target
     * @param towardsPeer the new behaviour from the target to the dialling peer
     */
    public void configure(LinkConfig towardsTarget, LinkConfig towardsPeer) {
        lock.lock();
        try {
            forward.configure(towardsTarget);
            backward.configure(towardsPeer);
        } finally {
            lock.unlock();
        }
    }

    /** Whether it still forwards. */
    public boolean isOpen() {
        return thread.isAlive();
    }

    /**
     * Waits until the proxy has ended by itself or was closed.
     *
     * @param atMost how long to wait
     * @return whether it ended
     * @throws InterruptedException when the caller is interrupted
     */
    public boolean awaitEnd(Duration atMost) throws InterruptedException {
        return thread.join(atMost);
    }

    /** Stops forwarding. What is on its way is dropped. Counters stay readable. */
    @Override
    public void close() {
        closed = true;
        lanes.wakeUp();
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closed && nowNs() < endNs) {
                int moved;
                lock.lock();
                try {
                    moved = lanes.receive(this::take, MOST_PER_ROUND);
                    moved += sendDue();
                } finally {
                    lock.unlock();
                }
                await(moved);
            }
        } finally {
            lock.lock();
            try {
                lanes.close();
            } finally {
                lock.unlock();
            }
        }
    }

    private long nowNs() {
        return System.nanoTime() - originNs;
    }

    private void take(int lane, int way, java.nio.ByteBuffer datagram) {
        LinkModel link = way == Lanes.FORWARD ? forward : backward;
        int copies = link.offer(nowNs(), datagram.remaining());
        if (copies == 0) {
            return;
        }
        int tag = 2 * lane + way;
        if (!inFlight.store(tag, datagram, datagram.position(), datagram.remaining())) {
            overMemory[way] += copies;
            return;
        }
        for (int copy = 0; copy < copies; copy++) {
            inFlight.schedule(link.exitNs(copy));
        }
    }

    private int sendDue() {
        int sent = 0;
        long nowNs = nowNs();
        while (inFlight.nextExitNs() <= nowNs && sent < MOST_PER_ROUND) {
            int tag = inFlight.nextTag();
            lanes.send(tag >>> 1, tag & 1, inFlight.nextView());
            inFlight.remove();
            sent++;
        }
        return sent;
    }

    /**
     * Under load lets datagrams gather, for a wake-up costs more than what it does; when idle waits
     * for the next arrival or exit.
     */
    private void await(int moved) {
        long waitNs = Math.min(inFlight.nextExitNs(), endNs) - nowNs();
        if (waitNs <= 0 || moved >= MOST_PER_ROUND) {
            return;
        }
        if (moved > 0 || waitNs < TimeUnit.MILLISECONDS.toNanos(1)) {
            LockSupport.parkNanos(Math.min(waitNs, gatherNs));
        } else {
            lanes.await(TimeUnit.NANOSECONDS.toMillis(waitNs));
        }
    }

    /** What to put between which ends. Not thread-safe. */
    public static final class Builder {
        private final InetSocketAddress target;
        private @Nullable InetSocketAddress listen;
        private int ports = 2;
        private LinkConfig forward = LinkConfig.clean();
        private LinkConfig backward = LinkConfig.clean();
        private long seed = 1;
        private Duration gather = Duration.ofNanos(500_000);
        private Duration atMost = Duration.ofHours(1);
        private int memoryBytes = 64 << 20;

        private Builder(InetSocketAddress target) {
            if (target.isUnresolved()) {
                throw new IllegalArgumentException("unknown host " + target.getHostString());
            }
            this.target = target;
        }

        /**
         * Where to listen for the dialling peer. By default a free port of the loopback address.
         *
         * @param address address and first port; port 0 chooses free ports, an even one first
         */
        public Builder listenOn(InetSocketAddress address) {
            listen = address;
            return this;
        }

        /**
         * How many consecutive ports make the link. By default 2: media and control of RIST Simple.
         *
         * @param consecutive 1..32
         */
        public Builder ports(int consecutive) {
            if (consecutive < 1 || consecutive > 32) {
                throw new IllegalArgumentException("ports " + consecutive + " is outside 1..32");
            }
            ports = consecutive;
            return this;
        }

        /**
         * What happens from the dialling peer to the target. By default nothing bad.
         *
         * @param link the behaviour
         */
        public Builder forward(LinkConfig link) {
            forward = link;
            return this;
        }

        /**
         * What happens from the target to the dialling peer. By default nothing bad.
         *
         * @param link the behaviour
         */
        public Builder backward(LinkConfig link) {
            backward = link;
            return this;
        }

        /**
         * What happens in each direction; their decisions are drawn apart.
         *
         * @param link the behaviour
         */
        public Builder bothWays(LinkConfig link) {
            return forward(link).backward(link);
        }

        /**
         * Seed of every decision. By default 1.
         *
         * @param number any
         */
        public Builder seed(long number) {
            seed = number;
            return this;
        }

        /**
         * How long datagrams may gather before the proxy looks at them; up to so much is added to
         * their delay. By default 0.5 ms.
         *
         * @param most 0..20 ms
         */
        public Builder gather(Duration most) {
            if (most.isNegative() || most.compareTo(Duration.ofMillis(20)) > 0) {
                throw new IllegalArgumentException("gather " + most + " is outside 0..20 ms");
            }
            gather = most;
            return this;
        }

        /**
         * When the proxy ends by itself. By default after 1 h.
         *
         * @param time 1 ms..365 days
         */
        public Builder atMost(Duration time) {
            if (time.compareTo(Duration.ofMillis(1)) < 0
                    || time.compareTo(Duration.ofDays(365)) > 0) {
                throw new IllegalArgumentException("time " + time + " is outside 1 ms..365 days");
            }
            atMost = time;
            return this;
        }

        /**
         * Bound of the memory for datagrams on their way; what does not fit is dropped and counted.
         * By default 64 MiB.
         *
         * @param bytes 65536 or more
         */
        public Builder memory(int bytes) {
            if (bytes < 65_536) {
                throw new IllegalArgumentException(
                        "memory " + bytes + " bytes is outside 65536.." + Integer.MAX_VALUE);
            }
            memoryBytes = bytes;
            return this;
        }

        /**
         * Opens the ports and begins to forward.
         *
         * @throws IOException when a port cannot be opened; the message names it
         */
        public UdpImpairment start() throws IOException {
            var impairment = new UdpImpairment(this);
            impairment.thread.start();
            return impairment;
        }
    }
}
