package io.rist4j.linux;

import io.rist4j.net.SessionClock;
import io.rist4j.net.tun.PacketHandler;
import io.rist4j.net.tun.TunDevice;
import io.rist4j.net.tun.TunSpec;
import io.rist4j.net.tun.TunStats;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A network device: one packet in each call, both ways, for Linux offers no batches. */
final class LinuxTun implements TunDevice, Polled {
    private final LinuxPortPoller poller;
    private final SessionClock clock;
    private final PacketHandler handler;
    private final Runnable onReadable;
    private final int fd;
    private final String name;
    private final int mtu;
    private final ByteBuffer in = Native.allocate(MAX_PACKET_BYTES).order(ByteOrder.BIG_ENDIAN);
    private final ByteBuffer out = Native.allocate(MAX_PACKET_BYTES);
    private final long inAddress = Native.address(in);
    private final long outAddress = Native.address(out);
    private boolean ready = true;
    private boolean broken;
    private boolean closed;

    private long packetsRead;
    private long bytesRead;
    private long packetsWritten;
    private long bytesWritten;
    private long writeErrors;

    /**
     * Opens it.
     *
     * @throws IOException when the system refuses
     */
    LinuxTun(
            LinuxPortPoller poller,
            TunSpec spec,
            SessionClock clock,
            PacketHandler handler,
            Runnable onReadable)
            throws IOException {
        this.poller = poller;
        this.clock = clock;
        this.handler = handler;
        this.onReadable = onReadable;
        var opened = LinuxTunSetup.open(spec, poller.errno());
        fd = opened.fd();
        name = opened.name();
        mtu = opened.mtu();
    }

    @Override
    public int fd() {
        return fd;
    }

    @Override
    public void setReady() {
        ready = true;
        onReadable.run();
    }

    /** The device was removed: nothing will ever come. */
    @Override
    public void setBroken() {
        broken = true;
        onReadable.run();
    }

    @Override
    public int receive(int maxPackets) {
        int received = 0;
        while (ready && !closed && received < maxPackets) {
            int bytes = Libc.read(fd, inAddress, MAX_PACKET_BYTES);
            if (bytes <= 0) {
                ready = false;
                if (broken) {
                    throw new UncheckedIOException(
                            new IOException("network device " + name + " was removed"));
                }
                continue;
            }
            received++;
            packetsRead++;
            bytesRead += bytes;
            handler.onPacket(clock.nowNs(), in, 0, bytes);
        }
        return received;
    }

    @Override
    public boolean write(ByteBuffer buffer, int at, int bytes) {
        if (!closed && bytes >= 1 && bytes <= MAX_PACKET_BYTES) {
            out.put(0, buffer, at, bytes);
            if (Libc.write(fd, outAddress, bytes) == bytes) {
                packetsWritten++;
                bytesWritten += bytes;
                return true;
            }
        }
        writeErrors++;
        return false;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int mtu() {
        return mtu;
    }

    @Override
    public TunStats stats() {
        return new TunStats(packetsRead, bytesRead, packetsWritten, bytesWritten, writeErrors);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            poller.forget(this);
            Libc.close(poller.errno(), fd);
        }
    }
}
