package io.rist4j.linux;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.time.SessionTime;
import io.rist4j.net.DatagramHandler;
import io.rist4j.net.DatagramPort;
import io.rist4j.net.EndpointCache;
import io.rist4j.net.PortRefusals;
import io.rist4j.net.PortStats;
import io.rist4j.net.SessionClock;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** A port on an own socket: runs of datagrams in one call, both ways. */
final class LinuxPort implements DatagramPort, Polled {
    /** How long one flush may wait for room in the socket, in ns. */
    private static final long SEND_PATIENCE_NS = SessionTime.MILLISECOND;

    /** Datagrams can be stamped so much before the socket shows them, in ns. */
    private static final long STAMP_LEAD_NS = SessionTime.MILLISECOND;

    private final LinuxPortPoller poller;
    private final LinuxSocket socket;
    private final SessionClock clock;
    private final DatagramHandler handler;
    private final Runnable onReadable;
    private final MemorySegment errno;
    private final EndpointCache sources = new EndpointCache();
    private final ReceiveBatch in;
    private final SendBatches batches;
    private @Nullable SendBatch out;
    private final OffloadLimits limits;
    private boolean ready = true;
    private boolean closed;
    private long drainedNs;

    private long datagramsSent;
    private long bytesSent;
    private long sendCalls;
    private long sendErrors;
    private final PortRefusals refusals = new PortRefusals();
    private long datagramsReceived;
    private long bytesReceived;
    private long receiveCalls;
    private int drops;

    LinuxPort(
            LinuxPortPoller poller,
            LinuxSocket socket,
            SessionClock clock,
            DatagramHandler handler,
            Runnable onReadable) {
        this.poller = poller;
        this.socket = socket;
        this.clock = clock;
        this.handler = handler;
        this.onReadable = onReadable;
        errno = poller.errno();
        in = poller.receiveBatch();
        batches = poller.sendBatches();
        limits = new OffloadLimits(socket.hasSegmentation());
    }

    @Override
    public int fd() {
        return socket.fd();
    }

    @Override
    public void setReady() {
        ready = true;
        onReadable.run();
    }

    @Override
    public ByteBuffer sendBuffer() {
        return claimed().buffer();
    }

    private SendBatch claimed() {
        SendBatch batch = out;
        if (batch == null) {
            throw new IllegalStateException("nothing is claimed");
        }
        return batch;
    }

    /** Whether a datagram is just being written. */
    boolean isClaimed() {
        return out != null && out.isClaimed();
    }

    @Override
    public int claim(Endpoint to, int maxBytes) {
        SendBatch batch = out;
        if (batch != null && !batch.hasRoomFor(maxBytes) && !batch.grow(maxBytes)) {
            flush();
            batch = null;
        }
        if (batch == null) {
            batch = batches.lend(this, socket.family(), maxBytes);
            out = batch;
        }
        return batch.claim(to, maxBytes);
    }

    @Override
    public void commit(int bytes) {
        claimed().commit(bytes);
    }

    @Override
    public void flush() {
        SendBatch batch = out;
        if (batch == null) {
            return;
        }
        if (!batch.isEmpty() && !closed) {
            send(batch);
        }
        out = null;
        batches.takeBack(this, batch);
    }

    private void send(SendBatch batch) {
        int runs = batch.plan(limits);
        int next = 0;
        int refusedAt = -1;
        long patienceNs = SEND_PATIENCE_NS;
        while (next < runs) {
            sendCalls++;
            int sent = Libc.sendmmsg(errno, socket.fd(), batch.address(next), runs - next);
            if (sent > 0) {
                countSent(batch, next, next + sent);
                next += sent;
                continue;
            }
            int error = -sent;
            if (error == Libc.EINTR) {
                continue;
            }
            if (error == Libc.EAGAIN && patienceNs > 0) {
                patienceNs -= awaitRoom(patienceNs);
            } else if (error == Libc.ECONNREFUSED && refusedAt != next) {
                refusedAt = next; // an earlier datagram's fate, told now; this one did not leave
            } else if (batch.datagrams(next) > 1 && OffloadLimits.isRefusal(error)) {
                limits.refuse(batch.destination(next), batch.segmentBytes(next), error);
                batch.dropBefore(next);
                runs = batch.plan(limits);
                next = 0;
                refusedAt = -1;
            } else {
                int refused = batch.datagrams(next);
                sendErrors += refused;
                refusals.count(
                        kind(error),
                        refused,
                        batch.totalBytes(next) / refused,
                        batch.destination(next));
                next++;
            }
        }
    }

    private static PortRefusals.Kind kind(int error) {
        return switch (error) {
            case Libc.EMSGSIZE -> PortRefusals.Kind.TOO_LARGE;
            case Libc.ENETDOWN, Libc.ENETUNREACH, Libc.EHOSTDOWN, Libc.EHOSTUNREACH ->
                    PortRefusals.Kind.UNREACHABLE;
            case Libc.ECONNREFUSED -> PortRefusals.Kind.CONNECTION_REFUSED;
            case Libc.EAGAIN, Libc.ENOBUFS -> PortRefusals.Kind.NO_ROOM;
            case Libc.EPERM, Libc.EACCES -> PortRefusals.Kind.NOT_PERMITTED;
            default -> PortRefusals.Kind.OTHER;
        };
    }

    private void countSent(SendBatch batch, int firstRun, int endRun) {
        for (int run = firstRun; run < endRun; run++) {
            datagramsSent += batch.datagrams(run);
            bytesSent += batch.totalBytes(run);
        }
    }

    /** Waits for room in the socket; returns how long. */
    private long awaitRoom(long atMostNs) {
        long beforeNs = clock.nowNs();
        poller.awaitWritable(socket.fd(), atMostNs);
        return Math.max(1, clock.nowNs() - beforeNs);
    }

    @Override
    public int receive(int maxDatagrams) {
        int received = 0;
        while (ready && !closed && received < maxDatagrams) {
            long beforeNs = clock.nowNs();
            receiveCalls++;
            int messages = in.receive(socket.fd());
            if (messages <= 0) {
                ready = false; // after an error of the socket, taken with this, it is polled again
                drainedNs = beforeNs;
                continue;
            }
            received += deliver(messages);
            if (messages < ReceiveBatch.MESSAGES) {
                ready = false;
                drainedNs = beforeNs;
            }
        }
        return received;
    }

    private int deliver(int messages) {
        long nowNs = clock.nowNs();
        int received = 0;
        try {
            for (int i = 0; i < messages; i++) {
                received += deliver(i, nowNs);
            }
        } finally {
            for (int i = 0; i < messages; i++) {
                in.reset(i);
            }
        }
        return received;
    }

    private int deliver(int message, long nowNs) {
        in.readControl(message, drops);
        drops = in.drops();
        int bytes = in.bytes(message);
        int segmentBytes = in.segmentBytes();
        int step = segmentBytes > 0 ? segmentBytes : bytes;
        long arrivalNs = arrivalNs(in.wallNs(), nowNs);
        Endpoint from = SocketAddress.read(in.names(), in.nameAt(message), sources);
        int at = in.at(message);
        int end = at + bytes;
        int count = 0;
        bytesReceived += bytes;
        do { // an empty datagram is one too
            int length = Math.min(step, end - at);
            if (length <= MAX_DATAGRAM_BYTES && !closed && !in.isTruncated(message)) {
                handler.onDatagram(arrivalNs, from, in.buffer(), at, length);
            } else if (!closed) {
                refusals.countOversized();
            }
            at += length;
            count++;
        } while (at < end);
        datagramsReceived += count;
        return count;
    }

    /**
     * Kernel time on the pump's clock. What the wall clock was set to meanwhile cannot move it
     * before the last time that the socket was empty, nor into the future.
     */
    private long arrivalNs(long wallNs, long nowNs) {
        if (wallNs == ReceiveBatch.NO_TIME) {
            return nowNs;
        }
        long arrivalNs = wallNs - clock.wallOffsetNs();
        return Math.clamp(arrivalNs, Math.min(nowNs, drainedNs - STAMP_LEAD_NS), nowNs);
    }

    @Override
    public PortRefusals refusals() {
        return refusals;
    }

    @Override
    public Endpoint localEndpoint() {
        return socket.localEndpoint();
    }

    @Override
    public PortStats stats() {
        return new PortStats(
                LinuxPortProvider.NAME,
                limits.isEnabled(),
                socket.hasReceiveOffload(),
                socket.hasTimestamps(),
                socket.receiveBufferBytes(),
                socket.sendBufferBytes(),
                datagramsSent,
                bytesSent,
                sendCalls,
                sendErrors,
                limits.refusals(),
                datagramsReceived,
                bytesReceived,
                receiveCalls,
                drops & 0xFFFF_FFFFL);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            flush(); // gives the batch back
            poller.forget(this);
            socket.close();
        }
    }
}
