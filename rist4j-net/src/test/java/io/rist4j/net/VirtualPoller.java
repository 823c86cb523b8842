package io.rist4j.net;

import static io.rist4j.core.time.SessionTime.NEVER;

import io.rist4j.core.address.Endpoint;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/** Ports without a network and waits without waiting: time jumps to what happens next. */
final class VirtualPoller implements PortPoller, SessionClock {
    /** Something that happens at an instant, for example a call from another thread. */
    private record Happening(long atNs, Runnable what) {}

    private final PriorityQueue<Happening> happenings =
            new PriorityQueue<>((a, b) -> Long.compare(a.atNs, b.atNs));
    private final List<VirtualPort> ports = new ArrayList<>();
    private long nowNs;
    private boolean woken;
    int timedOut;

    /** Of the ports that are opened from now on. */
    int receiveBufferBytes = 8 << 20;

    @Override
    public long nowNs() {
        return nowNs;
    }

    @Override
    public long wallOffsetNs() {
        return 0;
    }

    void at(long atNs, Runnable what) {
        happenings.add(new Happening(atNs, what));
    }

    @Override
    public VirtualPort open(
            PortSpec spec, SessionClock clock, DatagramHandler handler, Runnable onReadable) {
        var port = new VirtualPort(spec.local(), handler, onReadable);
        ports.add(port);
        return port;
    }

    int ports() {
        return ports.size();
    }

    VirtualPort port(int index) {
        return ports.get(index);
    }

    @Override
    public void await(long timeoutNs) {
        long endNs = timeoutNs == NEVER ? NEVER : nowNs + timeoutNs;
        letHappen();
        while (!woken && ports.stream().allMatch(port -> port.arrived.isEmpty())) {
            Happening next = happenings.peek();
            if (next == null || next.atNs > endNs) {
                if (endNs == NEVER) {
                    throw new IllegalStateException("would wait for ever");
                }
                timedOut += timeoutNs > 0 ? 1 : 0;
                nowNs = endNs;
                break;
            }
            nowNs = next.atNs;
            letHappen();
        }
        woken = false;
    }

    @Override
    public void pause(long durationNs) {
        long endNs = nowNs + durationNs;
        while (!woken) {
            Happening next = happenings.peek();
            if (next == null || next.atNs > endNs) {
                nowNs = endNs;
                break;
            }
            nowNs = next.atNs;
            letHappen();
        }
        woken = false;
    }

    private void letHappen() {
        while (!happenings.isEmpty() && happenings.peek().atNs <= nowNs) {
            happenings.remove().what.run();
        }
    }

    @Override
    public void wakeUp() {
        woken = true;
    }

    @Override
    public void close() {}

    /** Takes what a test lets arrive; remembers how often it was flushed. */
    final class VirtualPort implements DatagramPort {
        private final Endpoint local;
        private final DatagramHandler handler;
        private final Runnable onReadable;
        private final ArrayDeque<Long> arrived = new ArrayDeque<>();
        private final ByteBuffer buffer = ByteBuffer.allocate(MAX_DATAGRAM_BYTES);
        private final int receiveBufferBytes = VirtualPoller.this.receiveBufferBytes;
        boolean closed;
        int flushes;
        int mostAtOnce;
        int reads;
        @Nullable RuntimeException failure;

        VirtualPort(Endpoint local, DatagramHandler handler, Runnable onReadable) {
            this.local = local;
            this.handler = handler;
            this.onReadable = onReadable;
        }

        /** Lets one datagram arrive. */
        void arrive(long atNs) {
            at(
                    atNs,
                    () -> {
                        arrived.add(atNs);
                        onReadable.run();
                    });
        }

        /** Lets datagrams arrive at a steady rate. */
        void arriveEvery(long everyNs, long fromNs, long toNs) {
            for (long atNs = fromNs; atNs < toNs; atNs += everyNs) {
                arrive(atNs);
            }
        }

        @Override
        public int receive(int maxDatagrams) {
            reads++;
            if (failure != null) {
                throw failure;
            }
            int received = 0;
            mostAtOnce = Math.max(mostAtOnce, arrived.size());
            while (!arrived.isEmpty() && received < maxDatagrams) {
                received++;
                handler.onDatagram(arrived.remove(), local, buffer, 0, 1);
            }
            return received;
        }

        @Override
        public ByteBuffer sendBuffer() {
            return buffer;
        }

        @Override
        public int claim(Endpoint to, int maxBytes) {
            return 0;
        }

        @Override
        public void commit(int bytes) {}

        @Override
        public void flush() {
            flushes++;
        }

        @Override
        public Endpoint localEndpoint() {
            return local;
        }

        @Override
        public PortRefusals refusals() {
            return new PortRefusals();
        }

        @Override
        public PortStats stats() {
            return new PortStats(
                    "virtual",
                    false,
                    false,
                    true,
                    receiveBufferBytes,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
