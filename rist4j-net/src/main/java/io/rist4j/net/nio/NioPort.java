package io.rist4j.net.nio;

import io.rist4j.core.address.Endpoint;
import io.rist4j.net.DatagramHandler;
import io.rist4j.net.DatagramPort;
import io.rist4j.net.EndpointCache;
import io.rist4j.net.PortRefusals;
import io.rist4j.net.PortStats;
import io.rist4j.net.SessionClock;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A port on a datagram channel: one system call for each datagram. */
final class NioPort implements DatagramPort {
    private static final int BATCH_DATAGRAMS = 256;
    private static final int BATCH_BYTES = 192 << 10;

    /** What a port begins with; it grows with what is batched. */
    private static final int FIRST_BATCH_BYTES = 16 << 10;

    /** Destinations whose address objects are kept; more of them only cost objects. */
    private static final int KNOWN_DESTINATIONS = 1024;

    private final NioPortPoller poller;
    private final DatagramChannel channel;
    private final SelectionKey key;
    private final SessionClock clock;
    private final DatagramHandler handler;
    private final Runnable onReadable;
    private final Endpoint local;
    private final int receiveBufferBytes;
    private final int sendBufferBytes;

    private final ByteBuffer receiveBuffer = ByteBuffer.allocateDirect(MAX_DATAGRAM_BYTES + 1);
    private final EndpointCache sources = new EndpointCache();
    private @Nullable SocketAddress lastSource;
    private Endpoint lastEndpoint = Endpoint.ipv4(0, 0);
    private boolean ready = true;
    private boolean closed;

    private ByteBuffer sendBuffer = ByteBuffer.allocateDirect(FIRST_BATCH_BYTES);
    private ByteBuffer sendView = sendBuffer.duplicate();
    private final Endpoint[] to = new Endpoint[BATCH_DATAGRAMS];
    private final int[] ends = new int[BATCH_DATAGRAMS];
    private final Map<Endpoint, InetSocketAddress> destinations = new HashMap<>();
    private int batched;
    private int batchedBytes;
    private @Nullable Endpoint claimedTo;
    private int claimedBytes;

    private long datagramsSent;
    private long bytesSent;
    private long sendCalls;
    private long sendErrors;
    private final PortRefusals refusals = new PortRefusals();
    private long datagramsReceived;
    private long bytesReceived;
    private long receiveCalls;

    NioPort(
            NioPortPoller poller,
            DatagramChannel channel,
            SessionClock clock,
            DatagramHandler handler,
            Runnable onReadable)
            throws IOException {
        this.poller = poller;
        this.channel = channel;
        this.clock = clock;
        this.handler = handler;
        this.onReadable = onReadable;
        local = SocketAddresses.of((InetSocketAddress) channel.getLocalAddress());
        receiveBufferBytes = channel.getOption(StandardSocketOptions.SO_RCVBUF);
        sendBufferBytes = channel.getOption(StandardSocketOptions.SO_SNDBUF);
        key = channel.register(poller.selector(), SelectionKey.OP_READ, this);
    }

    void setReady() {
        ready = true;
        onReadable.run();
    }

    @Override
    public ByteBuffer sendBuffer() {
        return sendBuffer;
    }

    @Override
    public int claim(Endpoint destination, int maxBytes) {
        if (maxBytes < 0 || maxBytes > MAX_DATAGRAM_BYTES) {
            throw new IllegalArgumentException(
                    "maxBytes " + maxBytes + " is outside 0.." + MAX_DATAGRAM_BYTES);
        }
        if (batched == BATCH_DATAGRAMS || batchedBytes + maxBytes > BATCH_BYTES) {
            flush();
        } else if (batchedBytes + maxBytes > sendBuffer.capacity()) {
            grow();
        }
        claimedTo = destination;
        claimedBytes = maxBytes;
        return batchedBytes;
    }

    private void grow() {
        int bytes = Math.min(BATCH_BYTES, 2 * sendBuffer.capacity());
        ByteBuffer larger = ByteBuffer.allocateDirect(bytes);
        larger.put(0, sendBuffer, 0, batchedBytes);
        sendBuffer = larger;
        sendView = larger.duplicate();
    }

    @Override
    public void commit(int bytes) {
        if (claimedTo == null || bytes < 0 || bytes > claimedBytes) {
            throw new IllegalStateException("commit of " + bytes + " bytes without such a claim");
        }
        to[batched] = claimedTo;
        batchedBytes += bytes;
        ends[batched++] = batchedBytes;
        claimedTo = null;
    }

    @Override
    public void flush() {
        if (!closed) {
            int at = 0;
            for (int i = 0; i < batched; i++) {
                send(to[i], at, ends[i]);
                at = ends[i];
            }
        }
        batched = 0;
        batchedBytes = 0;
    }

    private void send(Endpoint destination, int at, int end) {
        sendView.limit(end).position(at);
        sendCalls++;
        try {
            if (channel.send(sendView, address(destination)) == end - at) {
                datagramsSent++;
                bytesSent += end - at;
                return;
            }
            refusals.count(PortRefusals.Kind.NO_ROOM, 1, end - at, destination);
        } catch (IOException | RuntimeException refused) {
            refusals.count(kind(refused), 1, end - at, destination);
        }
        sendErrors++;
    }

    /** By the system's words, for Java hides its number. */
    private static PortRefusals.Kind kind(Exception refused) {
        if (refused instanceof PortUnreachableException) {
            return PortRefusals.Kind.CONNECTION_REFUSED;
        }
        String words = String.valueOf(refused.getMessage()).toLowerCase(Locale.ROOT);
        if (words.contains("too long") || words.contains("too large") || words.contains("larger")) {
            return PortRefusals.Kind.TOO_LARGE;
        }
        if (words.contains("unreachable") || words.contains("no route") || words.contains("down")) {
            return PortRefusals.Kind.UNREACHABLE;
        }
        if (words.contains("buffer space")) {
            return PortRefusals.Kind.NO_ROOM;
        }
        return words.contains("permi") || words.contains("denied")
                ? PortRefusals.Kind.NOT_PERMITTED
                : PortRefusals.Kind.OTHER;
    }

    private InetSocketAddress address(Endpoint destination) {
        InetSocketAddress known = destinations.get(destination);
        if (known == null) {
            if (destinations.size() >= KNOWN_DESTINATIONS) {
                destinations.clear();
            }
            known = SocketAddresses.of(destination);
            destinations.put(destination, known);
        }
        return known;
    }

    @Override
    public int receive(int maxDatagrams) {
        int received = 0;
        for (int reads = 0; reads < maxDatagrams && ready && !closed; reads++) {
            SocketAddress from = read();
            if (from == null) {
                ready = false;
                break;
            }
            int bytes = receiveBuffer.position();
            received++;
            datagramsReceived++;
            bytesReceived += bytes;
            if (bytes <= MAX_DATAGRAM_BYTES) {
                receiveBuffer.clear();
                handler.onDatagram(clock.nowNs(), endpoint(from), receiveBuffer, 0, bytes);
            } else {
                refusals.countOversized();
            }
        }
        return received;
    }

    private @Nullable SocketAddress read() {
        receiveBuffer.clear();
        receiveCalls++;
        try {
            return channel.receive(receiveBuffer);
        } catch (IOException refused) {
            return null; // a pending error of the socket; the next poll shows what is left
        }
    }

    private Endpoint endpoint(SocketAddress from) {
        if (!from.equals(lastSource)) { // converting costs objects
            var address = (InetSocketAddress) from;
            lastSource = from;
            var fresh = SocketAddresses.of(address);
            lastEndpoint = sources.get(fresh.high(), fresh.low(), fresh.scope(), fresh.port());
        }
        return lastEndpoint;
    }

    @Override
    public PortRefusals refusals() {
        return refusals;
    }

    @Override
    public Endpoint localEndpoint() {
        return local;
    }

    @Override
    public PortStats stats() {
        return new PortStats(
                NioPortProvider.NAME,
                false,
                false,
                false,
                receiveBufferBytes,
                sendBufferBytes,
                datagramsSent,
                bytesSent,
                sendCalls,
                sendErrors,
                0,
                datagramsReceived,
                bytesReceived,
                receiveCalls,
                0);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        poller.forget(this);
        key.cancel();
        try {
            channel.close();
            // a registered channel keeps its port until the selector has let go of it
            key.selector().selectNow(other -> {});
        } catch (IOException | ClosedSelectorException ignored) {
            // the descriptor is gone either way
        }
    }
}
