package io.rist4j.testkit.impair;

import io.rist4j.net.Pump;
import io.rist4j.net.PumpConfig;
import io.rist4j.testkit.link.LinkConfig;
import io.rist4j.testkit.link.LinkModel;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A UDP proxy that behaves like a bad network. It listens for a dialling peer, forwards to a target
 * and carries the answers back, each direction through a {@link LinkModel}, from the first datagram
 * to the last.
 *
 * <p>It serves one dialling peer: on each port whoever spoke first, until nothing came from there
 * for 500 ms; then a peer may come back from another port. What others send meanwhile is neither
 * forwarded nor answered, and counted as unroutable. Several consecutive ports make one link and
 * share its loss and rate (RIST Simple has media on P and control on P + 1).
 *
 * <p>It holds at most the configured memory and ends by itself after the configured time. A pump of
 * its own does the work, with batches where the system has them; every method may be called from
 * any thread.
 */
public final class UdpImpairment implements AutoCloseable {
    private final Pump pump;
    private final Proxy proxy;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final InetSocketAddress localAddress;
    private volatile ImpairmentStats last;

    private UdpImpairment(Builder builder) throws IOException {
        pump =
                Pump.start(
                        PumpConfig.defaults()
                                .withThreadName("rist4j-impairment")
                                .withProvider(builder.provider)
                                .withMaxGatherNs(builder.gather.toNanos()));
        boolean open = false;
        try {
            proxy =
                    new Proxy(
                            pump.clock(),
                            new LinkModel(builder.forward, builder.seed),
                            new LinkModel(builder.backward, ~builder.seed),
                            builder.memoryBytes,
                            builder.gather.toNanos(),
                            builder.atMost.toNanos(),
                            this::onEnd);
            localAddress = proxy.open(pump, builder.listen(), builder.target, builder.ports);
            last = proxy.stats();
            pump.add(proxy);
            open = true;
        } finally {
            if (!open) {
                pump.close();
            }
        }
    }

    /** On the pump's thread: takes leave of the ports while they can still be asked. */
    private void onEnd() {
        last = proxy.stats();
        ended.countDown();
        pump.close();
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
        return localAddress;
    }

    /** What the proxy did so far. */
    public ImpairmentStats stats() {
        return ask(proxy::stats, () -> last);
    }

    /**
     * Changes what happens to datagrams from now on. What is on its way arrives as decided. Outages
     * count from the start of the proxy.
     *
     * @param towardsTarget the new behaviour from the dialling peer to the target
     * @param towardsPeer the new behaviour from the target to the dialling peer
     */
    public void configure(LinkConfig towardsTarget, LinkConfig towardsPeer) {
        ask(
                () -> {
                    proxy.configure(towardsTarget, towardsPeer);
                    return true;
                },
                () -> false);
    }

    /** Asks the proxy on its own thread; once it has ended, answers otherwise. */
    private <T> T ask(Supplier<T> question, Supplier<T> otherwise) {
        var answer = new FutureTask<T>(question::get);
        try {
            pump.execute(answer);
            return answer.get();
        } catch (RejectedExecutionException | CancellationException e) {
            return otherwise.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return otherwise.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the impairment failed", e.getCause());
        }
    }

    /** Whether it still forwards. */
    public boolean isOpen() {
        return ended.getCount() > 0;
    }

    /**
     * Waits until the proxy has ended by itself or was closed.
     *
     * @param atMost how long to wait
     * @return whether it ended
     * @throws InterruptedException when the caller is interrupted
     */
    public boolean awaitEnd(Duration atMost) throws InterruptedException {
        return ended.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Stops forwarding. What is on its way is dropped. Counters stay readable. */
    @Override
    public void close() {
        ask(
                () -> {
                    proxy.end();
                    return true;
                },
                () -> false);
        pump.close();
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
        private String provider = PumpConfig.AUTO;

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
         * Which kind of port carries the datagrams. By default the best that works here.
         *
         * @param name for example {@code nio} or {@code linux}, or {@link PumpConfig#AUTO}
         */
        public Builder provider(String name) {
            provider = name;
            return this;
        }

        private InetSocketAddress listen() throws IOException {
            return listen == null ? SocketAddresses.anyLoopbackPort(target) : listen;
        }

        /**
         * Opens the ports and begins to forward.
         *
         * @throws IOException when a port cannot be opened; the message names it
         */
        public UdpImpairment start() throws IOException {
            return new UdpImpairment(this);
        }
    }
}
